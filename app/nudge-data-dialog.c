/* nudge-data-dialog.c - which columns of a data file are inputs, and which are targets
 *
 * SPDX-License-Identifier: MIT
 */

#include "app/nudge-data-dialog.h"

#include <glib/gi18n.h>

#include "app/base/nudge-dialogs.h"
#include "app/base/nudge-reading.h"
#include "nn/files/nn-path.h"
#include "nn/io/nn-experiment-for-file.h"

/* More columns, as of images, have no rows of their own: the guess stands. */
#define MOST_COLUMNS 64

struct _NudgeDataDialog {
  AdwWindow parent_instance;

  NnDataSpec spec; /* (owned) */
  NnSheet *sheet;  /* (owned) */
  NudgeDataChosen chosen;
  gpointer data;
  GtkApplication *application; /* (unowned) */

  AdwWindowTitle *title;
  GtkWidget *use;
  GtkLabel *summary;
  GtkListBox *columns;
  GtkWidget *missing_row;
  GtkDropDown *missing;
  GtkColumnView *rows;
};

G_DEFINE_FINAL_TYPE (NudgeDataDialog, nudge_data_dialog, ADW_TYPE_WINDOW)

/* --- What is chosen ---------------------------------------------------------------- */

static gsize
count_role (NudgeDataDialog *self, NnColumnRole role)
{
  gsize n = 0;

  for (gsize i = 0; i < self->sheet->n_columns; i++)
    n += self->sheet->columns[i].role == role;
  return n;
}

static gboolean
has_missing (NudgeDataDialog *self)
{
  for (gsize i = 0; i < self->sheet->n_columns; i++)
    if (self->sheet->columns[i].role != NN_COLUMN_UNUSED &&
        self->sheet->columns[i].n_missing > 0)
      return TRUE;
  return FALSE;
}

static void
show_choice (NudgeDataDialog *self)
{
  const gsize n_inputs = count_role (self, NN_COLUMN_INPUT);
  const gsize n_targets = count_role (self, NN_COLUMN_TARGET);
  g_autofree char *text = NULL;

  if (n_inputs == 0)
    text = g_strdup (_ ("At least one column must be an input."));
  else if (n_targets == 0)
    text = g_strdup (_ ("At least one column must be a target."));
  else
    text = g_strdup_printf (_ ("%zu rows. Inputs: %zu, targets: %zu, unused: %zu."),
                            self->sheet->n_rows, n_inputs, n_targets,
                            self->sheet->n_columns - n_inputs - n_targets);
  gtk_label_set_text (self->summary, text);
  gtk_widget_set_sensitive (self->use, n_inputs > 0 && n_targets > 0);
  gtk_widget_set_visible (self->missing_row, has_missing (self));
}

static char **
dup_names (NudgeDataDialog *self, NnColumnRole role)
{
  char **names = g_new0 (char *, count_role (self, role) + 1);
  gsize n = 0;

  for (gsize i = 0; i < self->sheet->n_columns; i++)
    if (self->sheet->columns[i].role == role)
      names[n++] = g_strdup (self->sheet->columns[i].name);
  return names;
}

static void
update_spec (NudgeDataDialog *self)
{
  static const NnMissing choices[] = { NN_MISSING_DROP, NN_MISSING_MEAN };

  g_strfreev (self->spec.inputs);
  g_strfreev (self->spec.targets);
  self->spec.inputs = dup_names (self, NN_COLUMN_INPUT);
  self->spec.targets = dup_names (self, NN_COLUMN_TARGET);
  self->spec.missing = has_missing (self)
                           ? choices[gtk_drop_down_get_selected (self->missing)]
                           : NN_MISSING_REFUSE;
}

/* --- What comes of it -------------------------------------------------------------- */

/* @experiment: (transfer full) (nullable) */
static void
finish (NudgeDataDialog *self, NnExperiment *experiment)
{
  NudgeDataChosen chosen = self->chosen;

  self->chosen = NULL;
  if (chosen != NULL)
    chosen (experiment, self->data);
}

static gpointer
read_chosen (const char *path,
             gconstpointer spec,
             const NnProgress *progress,
             GError **error)
{
  return nn_experiment_for_data_file (spec, progress, error);
}

static void
free_spec (gpointer spec)
{
  nn_data_spec_clear (spec);
  g_free (spec);
}

static void
read_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (NudgeDataDialog) self = data;
  g_autoptr (GError) error = NULL;
  NnExperiment *experiment = nudge_reading_finish (result, &error);

  gtk_widget_set_sensitive (self->use, TRUE);
  if (experiment != NULL) {
    finish (self, experiment);
    gtk_window_destroy (GTK_WINDOW (self));
  } else if (!g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED)) {
    nudge_dialogs_say (GTK_WINDOW (self), _ ("These columns cannot be used"),
                       error->message);
  }
}

static void
use_cb (NudgeDataDialog *self)
{
  NudgeReading what = { .path = self->spec.file,
                        .read = read_chosen,
                        .free_data = free_spec,
                        .free_result = (GDestroyNotify) nn_experiment_free };

  update_spec (self);
  what.data = g_new0 (NnDataSpec, 1);
  nn_data_spec_copy (what.data, &self->spec);
  gtk_widget_set_sensitive (self->use, FALSE);
  nudge_reading_async (self->application, GTK_WINDOW (self), &what, read_cb,
                       g_object_ref (self));
}

static gboolean
close_request_cb (NudgeDataDialog *self)
{
  finish (self, NULL);
  return FALSE;
}

/* --- The columns ------------------------------------------------------------------- */

static GQuark
get_column_quark (void)
{
  return g_quark_from_static_string ("nudge-data-column");
}

static void
role_cb (GtkDropDown *drop_down, GParamSpec *pspec, NudgeDataDialog *self)
{
  const gsize i =
      GPOINTER_TO_SIZE (g_object_get_qdata (G_OBJECT (drop_down), get_column_quark ()));

  self->sheet->columns[i].role = (NnColumnRole) gtk_drop_down_get_selected (drop_down);
  show_choice (self);
}

static char *
describe (const NnSheetColumn *column)
{
  g_autoptr (GString) text = g_string_new (NULL);

  if (column->n_classes > 0)
    g_string_append_printf (text, ngettext ("%u class", "%u classes", column->n_classes),
                            (guint) column->n_classes);
  else
    g_string_append (text, _ ("numbers"));
  if (column->n_missing > 0)
    g_string_append_printf (text, _ (", %zu missing"), column->n_missing);
  if (column->flaw != NULL)
    g_string_append_printf (text, "; %s", column->flaw);
  return g_string_free (g_steal_pointer (&text), FALSE);
}

static GtkWidget *
new_role (NudgeDataDialog *self, gsize i)
{
  const char *const roles[] = { _ ("Unused"), _ ("Input"), _ ("Target"), NULL };
  GtkWidget *role = gtk_drop_down_new_from_strings (roles);
  g_autofree char *label =
      g_strdup_printf (_ ("Role of %s"), self->sheet->columns[i].name);

  gtk_drop_down_set_selected (GTK_DROP_DOWN (role), self->sheet->columns[i].role);
  gtk_widget_set_valign (role, GTK_ALIGN_CENTER);
  gtk_accessible_update_property (GTK_ACCESSIBLE (role), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  label, -1);
  g_object_set_qdata (G_OBJECT (role), get_column_quark (), GSIZE_TO_POINTER (i));
  g_signal_connect (role, "notify::selected", G_CALLBACK (role_cb), self);
  return role;
}

static void
add_column (NudgeDataDialog *self, gsize i)
{
  const NnSheetColumn *column = &self->sheet->columns[i];
  g_autofree char *description = describe (column);
  GtkWidget *row = adw_action_row_new ();

  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), column->name);
  adw_action_row_set_subtitle (ADW_ACTION_ROW (row), description);
  adw_action_row_add_suffix (ADW_ACTION_ROW (row), new_role (self, i));
  gtk_list_box_append (self->columns, row);
}

/* --- The rows ---------------------------------------------------------------------- */

static void
setup_cb (GtkSignalListItemFactory *factory, GtkListItem *item, NudgeDataDialog *self)
{
  GtkWidget *label = gtk_label_new (NULL);

  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_ellipsize (GTK_LABEL (label), PANGO_ELLIPSIZE_END);
  gtk_label_set_width_chars (GTK_LABEL (label), 6);
  gtk_label_set_max_width_chars (GTK_LABEL (label), 24);
  gtk_list_item_set_child (item, label);
}

static void
bind_cb (GtkSignalListItemFactory *factory, GtkListItem *item, NudgeDataDialog *self)
{
  const gsize i =
      GPOINTER_TO_SIZE (g_object_get_qdata (G_OBJECT (factory), get_column_quark ()));
  const gsize row = gtk_list_item_get_position (item);

  gtk_label_set_text (GTK_LABEL (gtk_list_item_get_child (item)),
                      self->sheet->cells[row * self->sheet->n_columns + i]);
}

static void
add_view_column (NudgeDataDialog *self, gsize i)
{
  GtkListItemFactory *factory = gtk_signal_list_item_factory_new ();
  g_autoptr (GtkColumnViewColumn) column =
      gtk_column_view_column_new (self->sheet->columns[i].name, factory);

  g_object_set_qdata (G_OBJECT (factory), get_column_quark (), GSIZE_TO_POINTER (i));
  g_signal_connect (factory, "setup", G_CALLBACK (setup_cb), self);
  g_signal_connect (factory, "bind", G_CALLBACK (bind_cb), self);
  gtk_column_view_column_set_resizable (column, TRUE);
  gtk_column_view_column_set_expand (column, TRUE);
  gtk_column_view_append_column (self->rows, column);
}

/* As many nameless items as there are rows; a cell finds its text by its position. */
static GtkSelectionModel *
new_model (gsize n_rows)
{
  GtkStringList *list = gtk_string_list_new (NULL);

  for (gsize i = 0; i < n_rows; i++)
    gtk_string_list_append (list, "");
  return GTK_SELECTION_MODEL (gtk_no_selection_new (G_LIST_MODEL (list)));
}

static void
fill (NudgeDataDialog *self)
{
  const gsize n = MIN (self->sheet->n_columns, MOST_COLUMNS);
  g_autoptr (GtkSelectionModel) model = new_model (self->sheet->n_shown);
  g_autofree char *base = g_path_get_basename (self->spec.file);
  g_autofree char *name = nn_path_dup_display_name (base);

  adw_window_title_set_title (self->title, name);
  gtk_window_set_title (GTK_WINDOW (self), name);
  for (gsize i = 0; i < n; i++) {
    add_column (self, i);
    add_view_column (self, i);
  }
  if (n < self->sheet->n_columns) {
    g_autofree char *more = g_strdup_printf (_ ("%zu more columns, used as guessed"),
                                             self->sheet->n_columns - n);
    GtkWidget *row = adw_action_row_new ();

    adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), more);
    gtk_list_box_append (self->columns, row);
  }
  gtk_column_view_set_model (self->rows, model);
  show_choice (self);
}

/* --- Life -------------------------------------------------------------------------- */

static void
nudge_data_dialog_dispose (GObject *object)
{
  NudgeDataDialog *self = NUDGE_DATA_DIALOG (object);

  finish (self, NULL);
  gtk_widget_dispose_template (GTK_WIDGET (self), NUDGE_TYPE_DATA_DIALOG);
  G_OBJECT_CLASS (nudge_data_dialog_parent_class)->dispose (object);
}

static void
nudge_data_dialog_finalize (GObject *object)
{
  NudgeDataDialog *self = NUDGE_DATA_DIALOG (object);

  nn_data_spec_clear (&self->spec);
  nn_sheet_free (self->sheet);
  G_OBJECT_CLASS (nudge_data_dialog_parent_class)->finalize (object);
}

static void
nudge_data_dialog_class_init (NudgeDataDialogClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = nudge_data_dialog_dispose;
  G_OBJECT_CLASS (klass)->finalize = nudge_data_dialog_finalize;
  gtk_widget_class_set_template_from_resource (
      widget_class, "/org/nudgelab/Nudge/ui/nudge-data-dialog.ui");
  gtk_widget_class_bind_template_child (widget_class, NudgeDataDialog, title);
  gtk_widget_class_bind_template_child (widget_class, NudgeDataDialog, use);
  gtk_widget_class_bind_template_child (widget_class, NudgeDataDialog, summary);
  gtk_widget_class_bind_template_child (widget_class, NudgeDataDialog, columns);
  gtk_widget_class_bind_template_child (widget_class, NudgeDataDialog, missing_row);
  gtk_widget_class_bind_template_child (widget_class, NudgeDataDialog, missing);
  gtk_widget_class_bind_template_child (widget_class, NudgeDataDialog, rows);
  gtk_widget_class_bind_template_callback (widget_class, use_cb);
  gtk_widget_class_bind_template_callback (widget_class, close_request_cb);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Escape, 0, "window.close",
                                       NULL);
}

static void
nudge_data_dialog_init (NudgeDataDialog *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

/**
 * nudge_data_dialog_present:
 * @spec: of the file; copied
 * @sheet: (transfer full): what it has
 * @chosen: called once
 */
void
nudge_data_dialog_present (GtkWindow *parent,
                           const NnDataSpec *spec,
                           NnSheet *sheet,
                           NudgeDataChosen chosen,
                           gpointer data)
{
  NudgeDataDialog *self =
      g_object_new (NUDGE_TYPE_DATA_DIALOG, "transient-for", parent, NULL);

  nn_data_spec_copy (&self->spec, spec);
  self->sheet = sheet;
  self->chosen = chosen;
  self->data = data;
  self->application = gtk_window_get_application (parent);
  fill (self);
  gtk_widget_grab_focus (self->use);
  gtk_window_present (GTK_WINDOW (self));
}
