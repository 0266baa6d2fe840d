/* nudge-data-panel.c - the data that are trained on, shown and edited
 *
 * SPDX-License-Identifier: MIT
 */

#include "app/panels/nudge-data-panel.h"

#include <glib/gi18n.h>

#include "app/document/nudge-data-points.h"
#include "ui/network/nudge-data-view.h"
#include "ui/rows/nudge-choice-row.h"
#include "ui/rows/nudge-message.h"
#include "ui/rows/nudge-number-row.h"
#include "ui/rows/nudge-setting-rows.h"
#include "ui/text/nudge-setting-words.h"

/* A random seed is short enough to write down. */
#define ROLLED_SEEDS 10000

struct _NudgeDataPanel {
  NudgeEditPanel parent_instance;

  GtkWidget *section; /* the only child: disposal finds it by this */
  GtkBox *column;
  NudgeDataView *view;
  GtkWidget *message;     /* what is wrong with a point */
  NudgeChoiceRow *class;  /* of points that are added … */
  NudgeNumberRow *target; /* … or their target, where that is a number */
  NudgeChoiceRow *set;
  NudgeSettingRows *settings;
  GtkWidget *roll;

  double new_target;        /* as @target shows */
  const NnDataset *classes; /* (unowned) whose are offered; compared, never read */
};

G_DEFINE_FINAL_TYPE (NudgeDataPanel, nudge_data_panel, NUDGE_TYPE_EDIT_PANEL)

static NudgeEdits *
get_edits (NudgeDataPanel *self)
{
  return nudge_edit_panel_get_edits (NUDGE_EDIT_PANEL (self));
}

static const NnSetting any_number = { .type = NN_SETTING_FLOAT,
                                      .least = -NN_SETTING_LARGEST_FLOAT,
                                      .most = NN_SETTING_LARGEST_FLOAT };

/* Returns: (transfer none): as they were asked to be */
static const NnDataSpec *
get_data (NudgeDataPanel *self)
{
  return &nudge_edits_get_experiment (get_edits (self))->data;
}

/* Returns: (transfer full): one that says the data as they are */
static NnEdit *
new_edit (NudgeDataPanel *self)
{
  NnEdit *edit = nn_edit_new ();

  edit->parts = NN_EDIT_HAS_DATA;
  nn_data_spec_copy (&edit->data, get_data (self));
  return edit;
}

/* --- The set ----------------------------------------------------------------------- */

static gboolean
needs_file (const NnDataKind *kind)
{
  for (gsize i = 0; i < kind->settings.n_rows; i++)
    if (kind->settings.rows[i].type == NN_SETTING_FILE)
      return TRUE;
  return FALSE;
}

/* A file, and the user's own points, are in the list while they are the data. */
static gboolean
is_offered (NnDataSource source, NnDataSource present)
{
  const NnDataKind *kind = nn_data_source_get_kind (source);

  return source == present || kind->fill || (kind->load && !needs_file (kind));
}

static void
offer_sets (NudgeDataPanel *self, NnDataSource present)
{
  const char *names[NN_N_DATA_SOURCES + 1] = { NULL };
  guint n = 0;

  for (guint i = 0; i < NN_N_DATA_SOURCES; i++)
    if (is_offered ((NnDataSource) i, present))
      names[n++] = nn_data_source_get_name ((NnDataSource) i);
  nudge_choice_row_set_names (self->set, names);
}

static char *
dup_set_note (const char *name)
{
  NnDataSource source;

  return nn_data_source_find (name, &source, NULL)
             ? g_strdup (_ (nn_data_source_get_kind (source)->sentence))
             : NULL;
}

/* Settings that both sets have stay. */
static void
keep_settings (NnDataSpec *data, const NnDataSpec *before)
{
  const NnDataKind *kind = nn_data_source_get_kind (before->source);

  data->validation = before->validation;
  data->seed = before->seed;
  if (kind->fill) {
    data->n_examples = before->n_examples;
    data->noise = before->noise;
  }
}

/* A set with very few points gets more: it should look like a data set. */
#define FEW_EXAMPLES 20

static void
set_chosen_cb (NudgeDataPanel *self, const char *name)
{
  g_autoptr (NnEdit) edit = nn_edit_new ();
  g_autoptr (GError) error = NULL;
  g_autofree char *wrong = NULL;
  NnDataSource source;

  if (!nn_data_source_find (name, &source, NULL))
    return;
  edit->parts = NN_EDIT_HAS_DATA;
  nn_data_spec_init (&edit->data, source);
  keep_settings (&edit->data, get_data (self));
  if (edit->data.n_examples < FEW_EXAMPLES)
    nn_settings_set_usual (&nn_data_source_get_kind (source)->settings, &edit->data);
  if (!nn_data_spec_load (&edit->data, NULL, &error)) {
    nudge_choice_row_refuse (self->set, error->message);
    return;
  }
  wrong = nudge_edits_try_fitted (get_edits (self), edit);
  if (wrong)
    nudge_choice_row_refuse (self->set, wrong);
}

/* Features are the network's inputs, and classes its outputs. */
static char *
setting_set_cb (NudgeDataPanel *self, const char *key, guint index, double number)
{
  g_autoptr (NnEdit) edit = new_edit (self);

  nn_settings_set_number (&nn_data_source_get_kind (edit->data.source)->settings,
                          &edit->data, key, index, number);
  return nudge_edits_try (get_edits (self), edit);
}

static void
roll_cb (NudgeDataPanel *self)
{
  g_autoptr (NnEdit) edit = new_edit (self);
  const NnSeed before = edit->data.seed;
  g_autofree char *wrong = NULL;

  edit->data.seed.given = TRUE;
  do
    edit->data.seed.value = (guint32) g_random_int_range (0, ROLLED_SEEDS);
  while (before.given && edit->data.seed.value == before.value);
  wrong = nudge_edits_try (get_edits (self), edit);
  nudge_message_show (self->message, self->roll, wrong);
}

/* --- Points ------------------------------------------------------------------------ */

/* What a click adds. */
static double
get_new_target (NudgeDataPanel *self, const NnDataset *dataset)
{
  const char *class = nudge_choice_row_get_chosen (self->class);

  if (dataset->n_classes == 0)
    return self->new_target;
  return class ? (double) g_ascii_strtoull (class, NULL, 10) : 0;
}

static void
edited_cb (NudgeDataPanel *self, int what, guint64 row, double x, double y)
{
  const NnDataset *dataset = nudge_edits_get_dataset (get_edits (self));
  g_autoptr (NnEdit) edit = NULL;
  g_autofree char *wrong = NULL;

  if (dataset == NULL)
    return;
  edit =
      nudge_data_points_new_edit (get_data (self), dataset,
                                  &(NudgeDataPoint){ (NudgeDataEdit) what, (gsize) row, x,
                                                     y, get_new_target (self, dataset) });
  if (edit == NULL)
    return;
  wrong = nudge_edits_try (get_edits (self), edit);
  nudge_message_show (self->message, GTK_WIDGET (self->view), wrong);
}

static char *
target_set_cb (NudgeDataPanel *self, double number)
{
  self->new_target = number;
  nudge_number_row_set_number (self->target, number);
  return NULL;
}

static void
class_chosen_cb (NudgeDataPanel *self, const char *name)
{
  nudge_choice_row_set_chosen (self->class, name);
}

/* --- What is shown ----------------------------------------------------------------- */

static char *
dup_class_label (const char *name)
{
  /* Translators: %s is the number of a class, from 0 */
  return g_strdup_printf (_ ("class %s"), name);
}

static void
offer_classes (NudgeDataPanel *self, const NnDataset *dataset)
{
  g_autoptr (GPtrArray) names = g_ptr_array_new_with_free_func (g_free);
  const char *present = nudge_choice_row_get_chosen (self->class);
  const gsize n = MAX (dataset->n_classes, 2);
  const gboolean kept = present && g_ascii_strtoull (present, NULL, 10) < n;

  for (gsize i = 0; i < n; i++)
    g_ptr_array_add (names, g_strdup_printf ("%" G_GSIZE_FORMAT, i));
  g_ptr_array_add (names, NULL);
  nudge_choice_row_set_names (self->class, (const char *const *) names->pdata);
  if (!kept)
    nudge_choice_row_set_chosen (self->class, "1");
}

/* What a click will add, where one can. */
static void
show_new_point (NudgeDataPanel *self, const NnDataset *dataset)
{
  const gboolean has_choice = nudge_data_view_is_editable (self->view) &&
                              dataset->n_features == 2 && dataset->n_targets > 0;
  const gboolean has_classes = dataset->n_classes > 0;

  gtk_widget_set_visible (GTK_WIDGET (self->class), has_choice && has_classes);
  gtk_widget_set_visible (GTK_WIDGET (self->target), has_choice && !has_classes);
  if (has_choice && has_classes && self->classes != dataset)
    offer_classes (self, dataset);
  self->classes = dataset;
}

static void
nudge_data_panel_show_experiment (NudgeEditPanel *panel, NudgeEdits *edits)
{
  NudgeDataPanel *self = NUDGE_DATA_PANEL (panel);
  const NnDataSpec *data = get_data (self);
  const NnDataKind *kind = nn_data_source_get_kind (data->source);
  const NnDataset *dataset = nudge_edits_get_dataset (edits);

  offer_sets (self, data->source);
  nudge_choice_row_set_chosen (self->set, nn_data_source_get_name (data->source));
  nudge_setting_rows_show (self->settings, &kind->settings, data, kind->load != NULL);
  gtk_widget_set_sensitive (self->roll, !kind->is_table || data->validation > 0);
  nudge_message_show (self->message, GTK_WIDGET (self->view), NULL);
  if (dataset)
    show_new_point (self, dataset);
}

/* Nothing is drawn as long as the data stay the same. */
static void
nudge_data_panel_show_frame (NudgePanel *panel, NnFrame *frame)
{
  NudgeDataPanel *self = NUDGE_DATA_PANEL (panel);

  nudge_data_view_set_frame (self->view, frame);
  if (frame->dataset && frame->dataset != self->classes)
    show_new_point (self, frame->dataset);
}

/* --- Life -------------------------------------------------------------------------- */

static void
add_point_rows (NudgeDataPanel *self)
{
  GtkWidget *class =
      nudge_choice_row_new (_ ("A click adds"), _ ("The class of points that are added"));
  GtkWidget *target =
      nudge_number_row_new (_ ("Target of a click"),
                            _ ("The target of points that are added"), &any_number, NULL);

  self->class = NUDGE_CHOICE_ROW (class);
  self->target = NUDGE_NUMBER_ROW (target);
  nudge_choice_row_set_words (self->class, dup_class_label, NULL);
  nudge_choice_row_set_name (self->class, _ ("Class of new points"));
  self->new_target = 1;
  nudge_number_row_set_number (self->target, self->new_target);
  g_signal_connect_object (class, "chosen", G_CALLBACK (class_chosen_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (target, "set", G_CALLBACK (target_set_cb), self,
                           G_CONNECT_SWAPPED);
  gtk_widget_set_visible (class, FALSE);
  gtk_widget_set_visible (target, FALSE);
  gtk_box_append (self->column, class);
  gtk_box_append (self->column, target);
}

static void
add_set_rows (NudgeDataPanel *self)
{
  GtkWidget *set = nudge_choice_row_new (_ ("Set"), _ ("What is trained on"));
  GtkWidget *settings = nudge_setting_rows_new ();

  self->set = NUDGE_CHOICE_ROW (set);
  self->settings = NUDGE_SETTING_ROWS (settings);
  nudge_choice_row_set_words (self->set, nudge_words_for_data, dup_set_note);
  nudge_choice_row_set_name (self->set, _ ("Data set"));
  self->roll = gtk_button_new_with_label (_ ("New data"));
  gtk_widget_set_tooltip_text (self->roll, _ ("Draw the data again, by another seed"));
  g_signal_connect_object (set, "chosen", G_CALLBACK (set_chosen_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (settings, "set", G_CALLBACK (setting_set_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->roll, "clicked", G_CALLBACK (roll_cb), self,
                           G_CONNECT_SWAPPED);
  gtk_box_append (self->column, set);
  gtk_box_append (self->column, settings);
  gtk_box_append (self->column, self->roll);
}

static void
nudge_data_panel_dispose (GObject *object)
{
  NudgeDataPanel *self = NUDGE_DATA_PANEL (object);

  gtk_widget_dispose_template (GTK_WIDGET (self), NUDGE_TYPE_DATA_PANEL);
  G_OBJECT_CLASS (nudge_data_panel_parent_class)->dispose (object);
}

static void
nudge_data_panel_class_init (NudgeDataPanelClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = nudge_data_panel_dispose;
  NUDGE_EDIT_PANEL_CLASS (klass)->show_experiment = nudge_data_panel_show_experiment;
  NUDGE_PANEL_CLASS (klass)->show_frame = nudge_data_panel_show_frame;
  g_type_ensure (NUDGE_TYPE_DATA_VIEW);
  gtk_widget_class_set_template_from_resource (
      widget_class, "/org/nudgelab/Nudge/ui/nudge-data-panel.ui");
  gtk_widget_class_bind_template_child (widget_class, NudgeDataPanel, section);
  gtk_widget_class_bind_template_child (widget_class, NudgeDataPanel, column);
  gtk_widget_class_bind_template_child (widget_class, NudgeDataPanel, view);
  gtk_widget_class_bind_template_child (widget_class, NudgeDataPanel, message);
  gtk_widget_class_bind_template_callback (widget_class, edited_cb);
}

static void
nudge_data_panel_init (NudgeDataPanel *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  add_point_rows (self);
  add_set_rows (self);
}
