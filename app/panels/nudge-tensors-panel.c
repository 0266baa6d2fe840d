/* nudge-tensors-panel.c - the tensors of a job whose model is not a chain of layers
 *
 * SPDX-License-Identifier: MIT
 */

#include "app/panels/nudge-tensors-panel.h"

#include "nn/attach/nn-job-target.h"
#include "ui/tensors/nudge-tensor-table.h"
#include "ui/tensors/nudge-tensor-view.h"

/* Of the tensor beside the table. */
#define LEAST_WIDTH 220

struct _NudgeTensorsPanel {
  NudgePanel parent_instance;

  GtkWidget *paned; /* the only child: disposal finds it by this */
  NudgeTensorTable *table;
  NudgeTensorView *view;
  GListStore *list;      /* (owned) of NudgeTensor, as the frame has them */
  NnTensors *shown;      /* (owned) (nullable) of the newest frame */
  NnTensorChoice choice; /* what is opened */
};

G_DEFINE_FINAL_TYPE (NudgeTensorsPanel, nudge_tensors_panel, NUDGE_TYPE_PANEL)

/* ---- the list ----------------------------------------------------------------------- */

/* The same tensors of the same model, whatever their values. */
static gboolean
is_same_list (const NnTensors *a, const NnTensors *b)
{
  return a != NULL && b != NULL && a->texts == b->texts;
}

static void
make_list (NudgeTensorsPanel *self, const NnTensors *tensors)
{
  g_list_store_remove_all (self->list);
  for (gsize i = 0; tensors != NULL && i < tensors->n; i++) {
    const NnTensorFacts *facts = &tensors->facts[i];
    g_autoptr (NudgeTensor) tensor =
        nudge_tensor_new (facts->name, facts->type, facts->rank, facts->shape);

    if (*facts->note != '\0')
      nudge_tensor_set_note (tensor, facts->note);
    g_list_store_append (self->list, tensor);
  }
}

/* Sets only what is new: most tensors are as in the frame before. */
static void
follow_facts (NudgeTensor *tensor, const NnTensorFacts *facts)
{
  if (facts->summary != NULL && facts->summary != nudge_tensor_get_summary (tensor))
    nudge_tensor_set_summary (tensor, facts->summary);
  nudge_tensor_set_training (tensor, facts->gradient_norm, facts->update_ratio);
}

static void
follow_all (NudgeTensorsPanel *self, const NnTensors *tensors)
{
  for (gsize i = 0; i < tensors->n; i++) {
    g_autoptr (NudgeTensor) tensor =
        g_list_model_get_item (G_LIST_MODEL (self->list), (guint) i);

    follow_facts (tensor, &tensors->facts[i]);
  }
}

/* ---- the opened one ----------------------------------------------------------------- */

static void
show_opened (NudgeTensorsPanel *self)
{
  const NnTensors *tensors = self->shown;
  NudgeTensor *tensor = nudge_tensor_view_get_tensor (self->view);
  const NnTensorFacts *facts;

  if (tensors == NULL || tensor == NULL || tensors->opened < 0 ||
      tensors->opened != self->choice.tensor)
    return;
  facts = &tensors->facts[tensors->opened];
  if (facts->summary != NULL && facts->summary->picture != NULL)
    nudge_tensor_view_set_picture (self->view, tensor, facts->summary->picture);
  if (tensors->window != NULL)
    nudge_tensor_view_set_window (self->view, tensor, tensors->window);
  nudge_tensor_view_set_preview (self->view, facts->preview);
  nudge_tensor_view_set_n_others (
      self->view, tensors->n_previewed > 0 ? tensors->n_previewed - 1 : 0);
}

static void
open_choice (NudgeTensorsPanel *self)
{
  NudgeDocument *document = nudge_panel_get_document (NUDGE_PANEL (self));

  if (document != NULL)
    nudge_session_open_tensor (nudge_document_get_session (document), &self->choice);
}

static void
selected_cb (NudgeTensorsPanel *self)
{
  NudgeTensor *tensor = nudge_tensor_table_get_selected (self->table);
  guint position;

  nudge_tensor_view_set_tensor (self->view, tensor);
  self->choice = (NnTensorChoice){ .tensor = -1 };
  if (tensor != NULL && g_list_store_find (self->list, tensor, &position))
    self->choice.tensor = (gssize) position;
  open_choice (self);
}

static void
picture_wanted_cb (NudgeTensorsPanel *self)
{
  show_opened (self);
}

static void
window_wanted_cb (NudgeTensorsPanel *self,
                  NudgeTensor *tensor,
                  guint64 first_row,
                  guint64 first_column,
                  guint64 n_rows,
                  guint64 n_columns)
{
  self->choice.first_row = first_row;
  self->choice.first_column = first_column;
  self->choice.n_rows = (gsize) n_rows;
  self->choice.n_columns = (gsize) n_columns;
  open_choice (self);
}

/* The first of those that it names. */
static void
open_target (NudgeTensorsPanel *self, const NnTarget *target)
{
  const NnTensors *tensors = self->shown;

  for (gsize i = 0; tensors != NULL && i < tensors->n; i++) {
    g_autoptr (NudgeTensor) tensor = NULL;

    if (!nn_job_target_names (target, tensors->facts[i].name))
      continue;
    tensor = g_list_model_get_item (G_LIST_MODEL (self->list), (guint) i);
    nudge_tensor_table_select (self->table, tensor);
    return;
  }
}

static void
open_cb (GSimpleAction *action, GVariant *parameter, gpointer panel)
{
  const char *text = g_variant_get_string (parameter, NULL);
  const char *at = text;
  NnTarget target;

  if (nn_target_parse (&target, text, &at, NULL))
    open_target (panel, &target);
  nn_target_clear (&target);
}

static const GActionEntry actions[] = {
  { .name = "open-tensor", .activate = open_cb, .parameter_type = "s" },
};

/* ---- frames ------------------------------------------------------------------------- */

static void
take (NudgeTensorsPanel *self, NnTensors *tensors)
{
  const gboolean other = !is_same_list (self->shown, tensors);

  g_clear_pointer (&self->shown, nn_tensors_unref);
  self->shown = tensors != NULL ? nn_tensors_ref (tensors) : NULL;
  if (other)
    make_list (self, tensors);
  if (tensors == NULL)
    return;
  follow_all (self, tensors);
  if (other && tensors->n > 0) {
    g_autoptr (NudgeTensor) first = g_list_model_get_item (G_LIST_MODEL (self->list), 0);

    nudge_tensor_table_select (self->table, first);
  }
  show_opened (self);
}

static void
nudge_tensors_panel_show_frame (NudgePanel *panel, NnFrame *frame)
{
  NudgeTensorsPanel *self = NUDGE_TENSORS_PANEL (panel);

  gtk_widget_set_visible (GTK_WIDGET (self), frame->tensors != NULL);
  if (self->shown != frame->tensors)
    take (self, frame->tensors);
}

static void
nudge_tensors_panel_document_changed (NudgePanel *panel, NudgeDocument *document)
{
  NudgeTensorsPanel *self = NUDGE_TENSORS_PANEL (panel);

  gtk_widget_set_visible (GTK_WIDGET (self), FALSE);
  self->choice = (NnTensorChoice){ .tensor = -1 };
  take (self, NULL);
}

/* ---- the window ----------------------------------------------------------------------- */

static void
nudge_tensors_panel_root (GtkWidget *widget)
{
  GtkRoot *root;

  GTK_WIDGET_CLASS (nudge_tensors_panel_parent_class)->root (widget);
  root = gtk_widget_get_root (widget);
  if (G_IS_ACTION_MAP (root))
    g_action_map_add_action_entries (G_ACTION_MAP (root), actions, G_N_ELEMENTS (actions),
                                     widget);
}

static void
nudge_tensors_panel_unroot (GtkWidget *widget)
{
  GtkRoot *root = gtk_widget_get_root (widget);

  if (G_IS_ACTION_MAP (root))
    g_action_map_remove_action (G_ACTION_MAP (root), actions[0].name);
  GTK_WIDGET_CLASS (nudge_tensors_panel_parent_class)->unroot (widget);
}

/* ---- life --------------------------------------------------------------------------- */

static void
nudge_tensors_panel_dispose (GObject *object)
{
  NudgeTensorsPanel *self = NUDGE_TENSORS_PANEL (object);

  g_clear_pointer (&self->paned, gtk_widget_unparent);
  g_clear_object (&self->list);
  g_clear_pointer (&self->shown, nn_tensors_unref);
  G_OBJECT_CLASS (nudge_tensors_panel_parent_class)->dispose (object);
}

static void
nudge_tensors_panel_class_init (NudgeTensorsPanelClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = nudge_tensors_panel_dispose;
  GTK_WIDGET_CLASS (klass)->root = nudge_tensors_panel_root;
  GTK_WIDGET_CLASS (klass)->unroot = nudge_tensors_panel_unroot;
  NUDGE_PANEL_CLASS (klass)->document_changed = nudge_tensors_panel_document_changed;
  NUDGE_PANEL_CLASS (klass)->show_frame = nudge_tensors_panel_show_frame;
  gtk_widget_class_set_layout_manager_type (GTK_WIDGET_CLASS (klass),
                                            GTK_TYPE_BIN_LAYOUT);
}

/* It asks for no more of the window than there is; the table scrolls by itself. */
static GtkWidget *
new_scrolled (GtkWidget *child)
{
  GtkWidget *scrolled = gtk_scrolled_window_new ();

  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (scrolled), GTK_POLICY_NEVER,
                                  GTK_POLICY_AUTOMATIC);
  gtk_scrolled_window_set_min_content_width (GTK_SCROLLED_WINDOW (scrolled), LEAST_WIDTH);
  gtk_scrolled_window_set_propagate_natural_width (GTK_SCROLLED_WINDOW (scrolled), TRUE);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scrolled), child);
  return scrolled;
}

static void
nudge_tensors_panel_init (NudgeTensorsPanel *self)
{
  GtkWidget *table = nudge_tensor_table_new ();
  GtkWidget *view = nudge_tensor_view_new ();

  self->choice.tensor = -1;
  self->list = g_list_store_new (NUDGE_TYPE_TENSOR);
  self->table = NUDGE_TENSOR_TABLE (table);
  self->view = NUDGE_TENSOR_VIEW (view);
  nudge_tensor_table_set_columns (self->table, NUDGE_TENSOR_COLUMNS_TRAINING);
  nudge_tensor_table_set_tensors (self->table, G_LIST_MODEL (self->list));
  self->paned = gtk_paned_new (GTK_ORIENTATION_HORIZONTAL);
  gtk_paned_set_start_child (GTK_PANED (self->paned), table);
  gtk_paned_set_end_child (GTK_PANED (self->paned), new_scrolled (view));
  gtk_paned_set_shrink_start_child (GTK_PANED (self->paned), FALSE);
  gtk_paned_set_shrink_end_child (GTK_PANED (self->paned), FALSE);
  gtk_paned_set_resize_end_child (GTK_PANED (self->paned), FALSE);
  gtk_widget_set_vexpand (self->paned, TRUE);
  gtk_widget_set_hexpand (self->paned, TRUE);
  gtk_widget_set_parent (self->paned, GTK_WIDGET (self));
  g_signal_connect_object (table, "notify::selected", G_CALLBACK (selected_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (view, "picture-wanted", G_CALLBACK (picture_wanted_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (view, "window-wanted", G_CALLBACK (window_wanted_cb), self,
                           G_CONNECT_SWAPPED);
}
