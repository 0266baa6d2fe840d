/* nudge-setting-rows.c - rows for the settings of an optimizer, a loss or a data source
 *
 * SPDX-License-Identifier: MIT
 */

#include "ui/rows/nudge-setting-rows.h"

#include <glib/gi18n.h>
#include <math.h>

#include "ui/rows/nudge-choice-row.h"
#include "ui/rows/nudge-number-row.h"
#include "ui/text/nudge-setting-words.h"

struct _NudgeSettingRows {
  GtkWidget parent_instance;

  GtkWidget *column;      /* the only child */
  const NnSetting *first; /* of the settings that are shown: the table's own */
  GPtrArray *rows;        /* (owned) (element-type Row) */
  gboolean showing;       /* a control is being set, not by the user */
};

/* A control, and the number of a setting that it shows. */
typedef struct {
  NudgeSettingRows *owner; /* (unowned) */
  const NnSetting *setting;
  gsize index;
  double number; /* NAN: a seed that is not given */
  GtkWidget *control;
} Row;

static guint set;

G_DEFINE_FINAL_TYPE (NudgeSettingRows, nudge_setting_rows, GTK_TYPE_WIDGET)

/* Returns: (transfer full) (nullable): what is wrong */
static char *
emit_set (Row *row, double number)
{
  char *wrong = NULL;

  g_signal_emit (row->owner, set, 0, row->setting->key, (guint) row->index, number,
                 &wrong);
  return wrong;
}

/* --- Numbers ----------------------------------------------------------------------- */

static char *
number_set_cb (NudgeNumberRow *control, double number, Row *row)
{
  return emit_set (row, number);
}

static GtkWidget *
new_number (Row *row, const char *title)
{
  static const NnSetting seed = { .type = NN_SETTING_COUNT,
                                  .most = G_MAXUINT32,
                                  .range = N_ ("a whole number from 0 to 4294967295") };
  const gboolean is_seed = row->setting->type == NN_SETTING_SEED;
  GtkWidget *control = nudge_number_row_new (title, _ (row->setting->sentence),
                                             is_seed ? &seed : row->setting,
                                             is_seed ? _ ("the run’s") : NULL);

  g_signal_connect (control, "set", G_CALLBACK (number_set_cb), row);
  return control;
}

/* --- Flags and choices ------------------------------------------------------------- */

static void
flag_cb (GtkSwitch *control, GParamSpec *pspec, Row *row)
{
  g_autofree char *wrong = NULL;

  if (row->owner->showing)
    return;
  wrong = emit_set (row, gtk_switch_get_active (control) ? 1 : 0);
  if (wrong) {
    row->owner->showing = TRUE;
    gtk_switch_set_active (control, row->number != 0);
    row->owner->showing = FALSE;
  }
}

static GtkWidget *
new_flag (Row *row, const char *title)
{
  GtkWidget *control = gtk_switch_new ();

  gtk_widget_set_valign (control, GTK_ALIGN_CENTER);
  gtk_accessible_update_property (GTK_ACCESSIBLE (control), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  title, -1);
  g_signal_connect (control, "notify::active", G_CALLBACK (flag_cb), row);
  return control;
}

static void
chosen_cb (NudgeChoiceRow *control, const char *name, Row *row)
{
  g_autofree char *wrong = NULL;
  guint choice;

  if (!nn_setting_find_choice (row->setting, name, &choice, NULL))
    return;
  wrong = emit_set (row, choice);
  if (wrong)
    nudge_choice_row_refuse (control, wrong);
}

static GtkWidget *
new_choice (Row *row, const char *title)
{
  GtkWidget *control = nudge_choice_row_new (title, _ (row->setting->sentence));

  nudge_choice_row_set_names (NUDGE_CHOICE_ROW (control), row->setting->choices);
  g_signal_connect (control, "chosen", G_CALLBACK (chosen_cb), row);
  return control;
}

/* --- Rows -------------------------------------------------------------------------- */

/* @title and a control in one line. */
static GtkWidget *
wrap (const char *title, const char *tooltip, GtkWidget *control)
{
  GtkWidget *row = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);
  GtkWidget *label = gtk_label_new (title);

  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_widget_set_hexpand (label, TRUE);
  gtk_widget_add_css_class (row, "setting-row");
  gtk_widget_set_tooltip_text (row, tooltip);
  gtk_box_append (GTK_BOX (row), label);
  gtk_box_append (GTK_BOX (row), control);
  return row;
}

static GtkWidget *
new_file (Row *row, const char *title)
{
  GtkWidget *label = gtk_label_new (NULL);

  gtk_label_set_ellipsize (GTK_LABEL (label), PANGO_ELLIPSIZE_MIDDLE);
  gtk_label_set_xalign (GTK_LABEL (label), 1);
  gtk_widget_set_hexpand (label, TRUE);
  gtk_widget_add_css_class (label, "value");
  return label;
}

static void
append (NudgeSettingRows *self, const NnSetting *setting, gsize index)
{
  g_autofree char *key = nn_setting_dup_key (setting, index);
  g_autofree char *title = nudge_words_for_setting (key);
  Row *row = g_new (Row, 1);
  GtkWidget *whole;

  *row = (Row){ self, setting, index, NAN, NULL };
  if (setting->type == NN_SETTING_FLAG)
    row->control = new_flag (row, title);
  else if (setting->type == NN_SETTING_CHOICE)
    row->control = new_choice (row, title);
  else if (setting->type == NN_SETTING_FILE)
    row->control = new_file (row, title);
  else
    row->control = new_number (row, title);
  whole = setting->type == NN_SETTING_FLAG || setting->type == NN_SETTING_FILE
              ? wrap (title, _ (setting->sentence), row->control)
              : row->control;
  g_ptr_array_add (self->rows, row);
  gtk_box_append (GTK_BOX (self->column), whole);
}

/* What a file was read by would have it read again. */
static gboolean
is_shown (const NnSetting *setting, gboolean loaded)
{
  switch (setting->type) {
  case NN_SETTING_TEXT:
  case NN_SETTING_NAMES:
  case NN_SETTING_TABLE:
    return FALSE;
  case NN_SETTING_CHOICE:
    return !loaded;
  default:
    return TRUE;
  }
}

static void
clear (NudgeSettingRows *self)
{
  GtkWidget *child;

  while ((child = gtk_widget_get_first_child (self->column)))
    gtk_box_remove (GTK_BOX (self->column), child);
  g_ptr_array_set_size (self->rows, 0);
}

static void
rebuild (NudgeSettingRows *self, const NnSettings *settings, gboolean loaded)
{
  clear (self);
  gtk_widget_set_visible (GTK_WIDGET (self), settings->n_rows > 0);
  self->first = settings->rows;
  for (gsize i = 0; i < settings->n_rows; i++) {
    const NnSetting *setting = &settings->rows[i];
    const gsize n = MAX (nn_setting_get_n_numbers (setting), 1);

    for (gsize k = 0; k < n && is_shown (setting, loaded); k++)
      append (self, setting, k);
  }
}

static void
show_file (Row *row, gconstpointer values)
{
  const char *path = G_STRUCT_MEMBER (char *, values, row->setting->offset);
  g_autofree char *name = path ? g_filename_display_basename (path) : g_strdup ("");

  gtk_label_set_text (GTK_LABEL (row->control), name);
  gtk_widget_set_tooltip_text (row->control, path);
}

static double
get_number (const Row *row, gconstpointer values)
{
  const NnSeed *seed;

  if (row->setting->type != NN_SETTING_SEED)
    return nn_setting_get_number (row->setting, values, row->index);
  seed = (const NnSeed *) (const void *) ((const char *) values + row->setting->offset);
  return seed->given ? seed->value : NAN;
}

static void
show (Row *row, gconstpointer values)
{
  if (row->setting->type == NN_SETTING_FILE) {
    show_file (row, values);
    return;
  }
  row->number = get_number (row, values);
  if (row->setting->type == NN_SETTING_FLAG)
    gtk_switch_set_active (GTK_SWITCH (row->control), row->number != 0);
  else if (row->setting->type == NN_SETTING_CHOICE)
    nudge_choice_row_set_chosen (NUDGE_CHOICE_ROW (row->control),
                                 row->setting->choices[(guint) row->number]);
  else
    nudge_number_row_set_number (NUDGE_NUMBER_ROW (row->control), row->number);
}

/**
 * nudge_setting_rows_show:
 * @settings: a table of the engine
 * @values: the kind's struct
 * @loaded: whether it is of what was read from a file, so that how that was to be read is
 *   not asked any more
 *
 * What is being typed stays where its setting does.
 */
void
nudge_setting_rows_show (NudgeSettingRows *self,
                         const NnSettings *settings,
                         gconstpointer values,
                         gboolean loaded)
{
  g_return_if_fail (NUDGE_IS_SETTING_ROWS (self));

  self->showing = TRUE;
  if (self->first != settings->rows)
    rebuild (self, settings, loaded);
  for (guint i = 0; i < self->rows->len; i++)
    show (self->rows->pdata[i], values);
  self->showing = FALSE;
}

/* --- Life -------------------------------------------------------------------------- */

static void
nudge_setting_rows_dispose (GObject *object)
{
  NudgeSettingRows *self = NUDGE_SETTING_ROWS (object);

  if (self->column)
    clear (self);
  g_clear_pointer (&self->column, gtk_widget_unparent);
  G_OBJECT_CLASS (nudge_setting_rows_parent_class)->dispose (object);
}

static void
nudge_setting_rows_finalize (GObject *object)
{
  g_ptr_array_unref (NUDGE_SETTING_ROWS (object)->rows);
  G_OBJECT_CLASS (nudge_setting_rows_parent_class)->finalize (object);
}

static void
nudge_setting_rows_class_init (NudgeSettingRowsClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = nudge_setting_rows_dispose;
  G_OBJECT_CLASS (klass)->finalize = nudge_setting_rows_finalize;
  set = g_signal_new ("set", NUDGE_TYPE_SETTING_ROWS, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                      NULL, G_TYPE_STRING, 3, G_TYPE_STRING, G_TYPE_UINT, G_TYPE_DOUBLE);
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_set_css_name (widget_class, "setting-rows");
}

static void
nudge_setting_rows_init (NudgeSettingRows *self)
{
  self->rows = g_ptr_array_new_with_free_func (g_free);
  self->column = gtk_box_new (GTK_ORIENTATION_VERTICAL, 4);
  gtk_widget_set_parent (self->column, GTK_WIDGET (self));
  gtk_widget_set_visible (GTK_WIDGET (self), FALSE);
}

GtkWidget *
nudge_setting_rows_new (void)
{
  return g_object_new (NUDGE_TYPE_SETTING_ROWS, NULL);
}
