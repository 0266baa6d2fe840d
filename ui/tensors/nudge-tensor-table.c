/* nudge-tensor-table.c - all tensors of a file or a job: a row for each
 *
 * SPDX-License-Identifier: MIT
 */

#include "ui/tensors/nudge-tensor-table.h"

#include <glib/gi18n.h>

#include "ui/tensors/nudge-tensor-order.h"
#include "ui/tensors/nudge-tensor-rows.h"
#include "ui/tensors/nudge-tensor-watch.h"
#include "ui/text/nudge-number.h"

struct _NudgeTensorTable {
  GtkWidget parent_instance;

  NudgeTensorWatch *watch;     /* (owned) of the tensors */
  NudgeTensorRows *rows;       /* (owned) */
  NudgeTensorOrder *row_order; /* (owned) */
  NudgeTensorColumns columns;
  NudgeTensor *selected; /* (owned) (nullable) */
  char *filter;          /* (owned) that the rows have */
  guint filling;         /* an idle source */
  gboolean showing; /* the selection is being set from outside, so it is not notified */

  GtkWidget *column;
  GtkSearchEntry *entry;
  GtkDropDown *order;
  GtkToggleButton *tree;
  GtkToggleButton *list;
  GtkColumnView *view;
  GtkLabel *count;
};

enum {
  PROP_TENSORS = 1,
  PROP_SELECTED,
  PROP_COLUMNS,
  PROP_FLAT,
  PROP_FILTER,
  N_PROPS,
};

static GParamSpec *props[N_PROPS];
static guint wanted;
static guint unwanted;
static guint activated;

G_DEFINE_FINAL_TYPE (NudgeTensorTable, nudge_tensor_table, GTK_TYPE_WIDGET)

/* ---- rows -------------------------------------------------------------------------- */

/* "148 tensors · 124 439 808 values" */
static void
show_count (NudgeTensorTable *self)
{
  GListModel *tensors = nudge_tensor_watch_get (self->watch);
  const guint n = tensors ? g_list_model_get_n_items (tensors) : 0;
  const guint n_shown = nudge_tensor_rows_get_n_tensors (self->rows);
  g_autofree char *count = nudge_number_format_count (n);
  g_autofree char *shown = nudge_number_format_count (n_shown);
  g_autofree char *values =
      nudge_number_format_count (nudge_tensor_rows_get_n_values (self->rows));
  g_autofree char *n_tensors =
      n_shown < n ? g_strdup_printf (ngettext ("%s of %s tensor", "%s of %s tensors", n),
                                     shown, count)
                  : g_strdup_printf (ngettext ("%s tensor", "%s tensors", n), count);
  g_autofree char *words = g_strdup_printf (_ ("%s · %s values"), n_tensors, values);

  gtk_label_set_text (self->count, words);
}

static void
select_again (NudgeTensorTable *self)
{
  self->showing = TRUE;
  nudge_tensor_rows_select (self->rows, self->selected);
  self->showing = FALSE;
}

static void
fill (NudgeTensorTable *self)
{
  const gboolean flat = gtk_toggle_button_get_active (self->list);

  g_clear_handle_id (&self->filling, g_source_remove);
  g_free (self->filter);
  self->filter = g_strdup (nudge_tensor_table_get_filter (self));
  if (flat) /* no space for what opens a module */
    gtk_widget_add_css_class (GTK_WIDGET (self->view), "flat");
  else
    gtk_widget_remove_css_class (GTK_WIDGET (self->view), "flat");
  self->showing = TRUE;
  nudge_tensor_rows_fill (self->rows, nudge_tensor_watch_get (self->watch), self->filter,
                          flat);
  self->showing = FALSE;
  select_again (self);
  show_count (self);
}

static gboolean
fill_cb (gpointer data)
{
  NudgeTensorTable *self = data;

  self->filling = 0;
  fill (self);
  return G_SOURCE_REMOVE;
}

static void
fill_soon (NudgeTensorTable *self)
{
  if (self->filling == 0)
    self->filling = g_idle_add (fill_cb, self);
}

static void
values_changed (gpointer tensor, gpointer self)
{
  nudge_tensor_order_values_changed (((NudgeTensorTable *) self)->row_order);
}

static void
list_changed (gpointer tensors, gpointer self)
{
  fill_soon (self);
}

/* ---- what a user does -------------------------------------------------------------- */

static void
search_changed_cb (NudgeTensorTable *self)
{
  if (g_strcmp0 (self->filter, nudge_tensor_table_get_filter (self)) == 0)
    return;
  fill (self);
  g_object_notify_by_pspec (G_OBJECT (self), props[PROP_FILTER]);
}

static void
stop_search_cb (NudgeTensorTable *self)
{
  gtk_editable_set_text (GTK_EDITABLE (self->entry), "");
  gtk_widget_grab_focus (GTK_WIDGET (self->view));
}

static void
list_toggled_cb (NudgeTensorTable *self)
{
  fill (self);
  g_object_notify_by_pspec (G_OBJECT (self), props[PROP_FLAT]);
}

static void
activate_cb (NudgeTensorTable *self, guint position)
{
  g_autoptr (NudgeTensor) tensor = nudge_tensor_rows_dup_tensor (self->rows, position);

  if (tensor)
    g_signal_emit (self, activated, 0, tensor);
  else
    nudge_tensor_rows_toggle (self->rows, position);
}

static void
selected_cb (NudgeTensorTable *self)
{
  NudgeTensor *tensor = nudge_tensor_rows_get_selected (self->rows);

  /* A module has no values of its own: the tensor before stays the selected one. */
  if (!self->showing && tensor && g_set_object (&self->selected, tensor))
    g_object_notify_by_pspec (G_OBJECT (self), props[PROP_SELECTED]);
}

/* The row that has the focus may be in the module: the view takes the focus then. */
static gboolean
close_module (NudgeTensorTable *self)
{
  if (!nudge_tensor_rows_expand (self->rows, FALSE))
    return FALSE;
  gtk_widget_grab_focus (GTK_WIDGET (self->view));
  return TRUE;
}

static gboolean
key_pressed_cb (NudgeTensorTable *self, guint key, guint code, GdkModifierType state)
{
  if ((state & GDK_CONTROL_MASK) && key == GDK_KEY_f) {
    gtk_widget_grab_focus (GTK_WIDGET (self->entry));
    return GDK_EVENT_STOP;
  }
  if (state & (GDK_ALT_MASK | GDK_CONTROL_MASK))
    return GDK_EVENT_PROPAGATE;
  if (key == GDK_KEY_Right || key == GDK_KEY_plus || key == GDK_KEY_KP_Add)
    return nudge_tensor_rows_expand (self->rows, TRUE);
  if (key == GDK_KEY_Left || key == GDK_KEY_minus || key == GDK_KEY_KP_Subtract)
    return close_module (self);
  return GDK_EVENT_PROPAGATE;
}

/* ---- rows that come and go --------------------------------------------------------- */

static GQuark
get_tensor_quark (void)
{
  return g_quark_from_static_string ("nudge-tensor-table-tensor");
}

static void
emit_of_row (NudgeTensorTable *self, NudgeTensor *tensor, guint signal)
{
  if (tensor && nudge_tensor_get_summary (tensor) == NULL &&
      nudge_tensor_get_fault (tensor) == NULL)
    g_signal_emit (self, signal, 0, tensor);
}

/* The list item keeps its tensor, as at "unbind" the tree's row may not have it any more. */
static void
bind_cb (NudgeTensorTable *self, GtkListItem *item)
{
  g_autoptr (GObject) found =
      gtk_tree_list_row_get_item (GTK_TREE_LIST_ROW (gtk_list_item_get_item (item)));

  if (!NUDGE_IS_TENSOR (found))
    return;
  emit_of_row (self, NUDGE_TENSOR (found), wanted);
  g_object_set_qdata_full (G_OBJECT (item), get_tensor_quark (), g_steal_pointer (&found),
                           g_object_unref);
}

static void
unbind_cb (NudgeTensorTable *self, GtkListItem *item)
{
  g_autoptr (NudgeTensor) tensor =
      g_object_steal_qdata (G_OBJECT (item), get_tensor_quark ());

  emit_of_row (self, tensor, unwanted);
}

/* ---- what it shows ----------------------------------------------------------------- */

/**
 * nudge_tensor_table_set_tensors:
 * @tensors: (nullable): gets a reference
 */
void
nudge_tensor_table_set_tensors (NudgeTensorTable *self, GListModel *tensors)
{
  g_return_if_fail (NUDGE_IS_TENSOR_TABLE (self));

  if (nudge_tensor_watch_get (self->watch) == tensors)
    return;
  nudge_tensor_watch_set (self->watch, tensors);
  fill (self);
  g_object_notify_by_pspec (G_OBJECT (self), props[PROP_TENSORS]);
}

void
nudge_tensor_table_set_columns (NudgeTensorTable *self, NudgeTensorColumns columns)
{
  g_return_if_fail (NUDGE_IS_TENSOR_TABLE (self));

  if (self->columns == columns)
    return;
  self->columns = columns;
  nudge_tensor_column_set_show (self->view, columns);
  g_object_notify_by_pspec (G_OBJECT (self), props[PROP_COLUMNS]);
}

/* Returns: (transfer none) (nullable) */
NudgeTensor *
nudge_tensor_table_get_selected (NudgeTensorTable *self)
{
  g_return_val_if_fail (NUDGE_IS_TENSOR_TABLE (self), NULL);

  return self->selected;
}

/**
 * nudge_tensor_table_select:
 * @tensor: (nullable)
 *
 * Opens the modules that it is in, and scrolls to it.
 */
void
nudge_tensor_table_select (NudgeTensorTable *self, NudgeTensor *tensor)
{
  g_return_if_fail (NUDGE_IS_TENSOR_TABLE (self));

  if (!g_set_object (&self->selected, tensor))
    return;
  if (tensor)
    nudge_tensor_rows_reveal (self->rows, tensor);
  select_again (self);
  g_object_notify_by_pspec (G_OBJECT (self), props[PROP_SELECTED]);
}

gboolean
nudge_tensor_table_get_flat (NudgeTensorTable *self)
{
  g_return_val_if_fail (NUDGE_IS_TENSOR_TABLE (self), FALSE);

  return gtk_toggle_button_get_active (self->list);
}

void
nudge_tensor_table_set_flat (NudgeTensorTable *self, gboolean flat)
{
  g_return_if_fail (NUDGE_IS_TENSOR_TABLE (self));

  gtk_toggle_button_set_active (flat ? self->list : self->tree, TRUE);
}

const char *
nudge_tensor_table_get_filter (NudgeTensorTable *self)
{
  g_return_val_if_fail (NUDGE_IS_TENSOR_TABLE (self), NULL);

  return gtk_editable_get_text (GTK_EDITABLE (self->entry));
}

void
nudge_tensor_table_set_filter (NudgeTensorTable *self, const char *filter)
{
  g_return_if_fail (NUDGE_IS_TENSOR_TABLE (self));

  gtk_editable_set_text (GTK_EDITABLE (self->entry), filter ? filter : "");
  fill (self);
}

/* ---- life -------------------------------------------------------------------------- */

static void
nudge_tensor_table_get_property (GObject *object,
                                 guint id,
                                 GValue *value,
                                 GParamSpec *pspec)
{
  NudgeTensorTable *self = NUDGE_TENSOR_TABLE (object);

  switch (id) {
  case PROP_TENSORS:
    g_value_set_object (value, nudge_tensor_watch_get (self->watch));
    break;
  case PROP_SELECTED:
    g_value_set_object (value, self->selected);
    break;
  case PROP_COLUMNS:
    g_value_set_uint (value, self->columns);
    break;
  case PROP_FLAT:
    g_value_set_boolean (value, nudge_tensor_table_get_flat (self));
    break;
  case PROP_FILTER:
    g_value_set_string (value, nudge_tensor_table_get_filter (self));
    break;
  default:
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
  }
}

static void
nudge_tensor_table_set_property (GObject *object,
                                 guint id,
                                 const GValue *value,
                                 GParamSpec *pspec)
{
  NudgeTensorTable *self = NUDGE_TENSOR_TABLE (object);

  switch (id) {
  case PROP_TENSORS:
    nudge_tensor_table_set_tensors (self, g_value_get_object (value));
    break;
  case PROP_SELECTED:
    nudge_tensor_table_select (self, g_value_get_object (value));
    break;
  case PROP_COLUMNS:
    nudge_tensor_table_set_columns (self, g_value_get_uint (value));
    break;
  case PROP_FLAT:
    nudge_tensor_table_set_flat (self, g_value_get_boolean (value));
    break;
  case PROP_FILTER:
    nudge_tensor_table_set_filter (self, g_value_get_string (value));
    break;
  default:
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
  }
}

static void
nudge_tensor_table_dispose (GObject *object)
{
  NudgeTensorTable *self = NUDGE_TENSOR_TABLE (object);

  g_clear_handle_id (&self->filling, g_source_remove);
  g_clear_pointer (&self->watch, nudge_tensor_watch_free);
  g_clear_object (&self->selected);
  g_clear_pointer (&self->filter, g_free);
  g_clear_pointer (&self->row_order, nudge_tensor_order_free);
  gtk_widget_dispose_template (GTK_WIDGET (self), NUDGE_TYPE_TENSOR_TABLE);
  g_clear_object (&self->rows);
  G_OBJECT_CLASS (nudge_tensor_table_parent_class)->dispose (object);
}

static void
install_properties (GObjectClass *object_class)
{
  const GParamFlags flags =
      G_PARAM_READWRITE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS;

  props[PROP_TENSORS] =
      g_param_spec_object ("tensors", NULL, NULL, G_TYPE_LIST_MODEL, flags);
  props[PROP_SELECTED] =
      g_param_spec_object ("selected", NULL, NULL, NUDGE_TYPE_TENSOR, flags);
  props[PROP_COLUMNS] = g_param_spec_uint (
      "columns", NULL, NULL, 0,
      NUDGE_TENSOR_COLUMNS_TRAINING | NUDGE_TENSOR_COLUMNS_CHANGE, 0, flags);
  props[PROP_FLAT] = g_param_spec_boolean ("flat", NULL, NULL, FALSE, flags);
  props[PROP_FILTER] = g_param_spec_string ("filter", NULL, NULL, "", flags);
  g_object_class_install_properties (object_class, N_PROPS, props);
}

static guint
new_signal (const char *name)
{
  return g_signal_new (name, NUDGE_TYPE_TENSOR_TABLE, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                       NULL, G_TYPE_NONE, 1, NUDGE_TYPE_TENSOR);
}

static void
bind_template (GtkWidgetClass *widget_class)
{
  gtk_widget_class_set_template_from_resource (
      widget_class, "/org/nudgelab/Nudge/ui/nudge-tensor-table.ui");
  gtk_widget_class_bind_template_child (widget_class, NudgeTensorTable, column);
  gtk_widget_class_bind_template_child (widget_class, NudgeTensorTable, entry);
  gtk_widget_class_bind_template_child (widget_class, NudgeTensorTable, order);
  gtk_widget_class_bind_template_child (widget_class, NudgeTensorTable, tree);
  gtk_widget_class_bind_template_child (widget_class, NudgeTensorTable, list);
  gtk_widget_class_bind_template_child (widget_class, NudgeTensorTable, view);
  gtk_widget_class_bind_template_child (widget_class, NudgeTensorTable, count);
  gtk_widget_class_bind_template_callback (widget_class, search_changed_cb);
  gtk_widget_class_bind_template_callback (widget_class, stop_search_cb);
  gtk_widget_class_bind_template_callback (widget_class, list_toggled_cb);
  gtk_widget_class_bind_template_callback (widget_class, activate_cb);
}

static void
nudge_tensor_table_class_init (NudgeTensorTableClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = nudge_tensor_table_dispose;
  object_class->get_property = nudge_tensor_table_get_property;
  object_class->set_property = nudge_tensor_table_set_property;
  install_properties (object_class);
  wanted = new_signal ("wanted");
  unwanted = new_signal ("unwanted");
  activated = new_signal ("activated");
  bind_template (widget_class);
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_set_css_name (widget_class, "tensor-table");
}

static void
nudge_tensor_table_init (NudgeTensorTable *self)
{
  GtkEventController *keys = gtk_event_controller_key_new ();
  GtkListItemFactory *first;

  self->watch = nudge_tensor_watch_new (list_changed, values_changed, self);
  gtk_widget_init_template (GTK_WIDGET (self));
  first = nudge_tensor_column_set_add (self->view);
  g_signal_connect_swapped (first, "bind", G_CALLBACK (bind_cb), self);
  g_signal_connect_swapped (first, "unbind", G_CALLBACK (unbind_cb), self);
  self->rows = nudge_tensor_rows_new (self->view);
  self->row_order = nudge_tensor_order_new (self->view, self->order);
  g_signal_connect_object (self->rows, "selected", G_CALLBACK (selected_cb), self,
                           G_CONNECT_SWAPPED);
  nudge_tensor_column_set_show (self->view, self->columns);
  gtk_event_controller_set_propagation_phase (keys, GTK_PHASE_CAPTURE);
  g_signal_connect_swapped (keys, "key-pressed", G_CALLBACK (key_pressed_cb), self);
  gtk_widget_add_controller (GTK_WIDGET (self->view), keys);
  show_count (self);
}

GtkWidget *
nudge_tensor_table_new (void)
{
  return g_object_new (NUDGE_TYPE_TENSOR_TABLE, NULL);
}
