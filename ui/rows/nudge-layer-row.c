/* nudge-layer-row.c - a row of the list of layers: name, units and activation
 *
 * SPDX-License-Identifier: MIT
 */

#include "ui/rows/nudge-layer-row.h"

#include <glib/gi18n.h>
#include <math.h>

#include "nn/experiment/nn-experiment.h"
#include "ui/base/nudge-drop-down.h"
#include "ui/base/nudge-line.h"
#include "ui/rows/nudge-message.h"
#include "ui/text/nudge-number.h"

struct _NudgeLayerRow {
  GtkWidget parent_instance;

  GtkWidget *column; /* the only child: disposal finds it by this */
  NudgeLine *name_line;
  GtkWidget *up;
  GtkWidget *down;
  GtkWidget *remove;
  GtkSpinButton *units;
  GtkDropDown *activation;
  GtkLabel *message;

  char *name;       /* (owned) (nullable) in force */
  gboolean showing; /* a control is being set, not by the user */
};

static guint edited;

G_DEFINE_FINAL_TYPE (NudgeLayerRow, nudge_layer_row, GTK_TYPE_WIDGET)

/* --- What a user does -------------------------------------------------------------- */

static void
say (NudgeLayerRow *self, GtkWidget *control, const char *wrong)
{
  nudge_message_show (GTK_WIDGET (self->message), control, wrong);
}

/* The row may go by it. */
static void
edit (NudgeLayerRow *self,
      GtkWidget *control,
      NudgeLayerEdit what,
      const char *text,
      int number)
{
  g_autoptr (NudgeLayerRow) kept = g_object_ref (self);
  g_autofree char *wrong = NULL;

  g_signal_emit (kept, edited, 0, (int) what, text, number, &wrong);
  say (kept, control, wrong);
}

static void
name_accepted_cb (NudgeLayerRow *self)
{
  g_autofree char *name = g_strdup (nudge_line_get_text (self->name_line));
  g_autofree char *wrong = NULL;

  if (g_strcmp0 (name, self->name) == 0)
    return;
  g_signal_emit (self, edited, 0, (int) NUDGE_LAYER_NAME, name, 0, &wrong);
  if (wrong)
    nudge_line_refuse (self->name_line, self->name, wrong);
}

static void
units_changed_cb (NudgeLayerRow *self)
{
  if (!self->showing)
    edit (self, GTK_WIDGET (self->units), NUDGE_LAYER_UNITS, NULL,
          gtk_spin_button_get_value_as_int (self->units));
}

/* Parsed as amounts are, so that errors are shown, where the spin button would silently
 * correct them. */
static int
units_input_cb (NudgeLayerRow *self, double *units, GtkSpinButton *control)
{
  const char *text = gtk_editable_get_text (GTK_EDITABLE (control));
  g_autoptr (GError) error = NULL;
  g_autofree char *wrong = NULL;
  double number;

  if (!nudge_number_parse_whole (text, gtk_spin_button_get_value (control), &number,
                                 &error))
    wrong = g_strdup (error->message);
  else if (number < 1 || number > NN_EXPERIMENT_MAX_UNITS || number != floor (number))
    wrong = g_strdup_printf (_ ("expected a whole number from 1 to %d"),
                             NN_EXPERIMENT_MAX_UNITS);
  if (wrong) {
    say (self, GTK_WIDGET (control), wrong);
    *units = gtk_spin_button_get_value (control); /* what is taken after an error, too */
    return GTK_INPUT_ERROR;
  }
  *units = number;
  return TRUE;
}

static void
activation_selected_cb (NudgeLayerRow *self)
{
  if (!self->showing && gtk_drop_down_get_selected_item (self->activation))
    edit (self, GTK_WIDGET (self->activation), NUDGE_LAYER_ACTIVATION,
          nudge_drop_down_get (self->activation), 0);
}

static void
up_cb (NudgeLayerRow *self)
{
  edit (self, self->up, NUDGE_LAYER_MOVE, NULL, -1);
}

static void
down_cb (NudgeLayerRow *self)
{
  edit (self, self->down, NUDGE_LAYER_MOVE, NULL, 1);
}

static void
remove_cb (NudgeLayerRow *self)
{
  edit (self, self->remove, NUDGE_LAYER_REMOVE, NULL, 0);
}

/* --- What is shown ----------------------------------------------------------------- */

static char *
dup_activation (gpointer data, const char *name)
{
  return g_markup_escape_text (name, -1);
}

static char *
dup_activation_note (gpointer data, const char *name)
{
  NnActivation activation;

  if (!nn_activation_find (name, &activation, NULL))
    return NULL;
  return g_markup_escape_text (_ (nn_activation_get_sentence (activation)), -1);
}

/* @label: (transfer full) */
static void
set_label (GtkWidget *control, char *label)
{
  gtk_accessible_update_property (GTK_ACCESSIBLE (control), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  label, -1);
  if (GTK_IS_BUTTON (control))
    gtk_widget_set_tooltip_text (control, label);
  g_free (label);
}

static void
set_name (NudgeLayerRow *self, const char *name)
{
  g_autofree char *activation = g_strdup_printf (_ ("Activation of %s"), name);
  g_autofree char *line = g_strdup_printf (_ ("Name of %s"), name);

  if (g_strcmp0 (self->name, name) == 0)
    return;
  g_free (self->name);
  self->name = g_strdup (name);
  nudge_line_set_text (self->name_line, name);
  nudge_line_set_name (self->name_line, line);
  gtk_widget_set_tooltip_text (GTK_WIDGET (self->name_line), name);
  nudge_drop_down_set_name (self->activation, activation);
  set_label (GTK_WIDGET (self->units), g_strdup_printf (_ ("Units of %s"), name));
  set_label (self->up, g_strdup_printf (_ ("Move %s up"), name));
  set_label (self->down, g_strdup_printf (_ ("Move %s down"), name));
  set_label (self->remove, g_strdup_printf (_ ("Remove %s"), name));
}

/**
 * nudge_layer_row_show:
 *
 * What is being typed stays, if the layer stays as it is.
 */
void
nudge_layer_row_show (NudgeLayerRow *self,
                      const NnLayerShape *layer,
                      gboolean is_first,
                      gboolean is_last)
{
  g_return_if_fail (NUDGE_IS_LAYER_ROW (self));

  self->showing = TRUE;
  set_name (self, layer->name);
  if (gtk_spin_button_get_value (self->units) != (double) layer->n_units)
    gtk_spin_button_set_value (self->units, (double) layer->n_units);
  /* The typed text has become an edit, which is undone as that, not in the entry. */
  gtk_editable_set_enable_undo (GTK_EDITABLE (self->units), FALSE);
  gtk_editable_set_enable_undo (GTK_EDITABLE (self->units), TRUE);
  nudge_drop_down_select (self->activation, nn_activation_get_name (layer->activation));
  gtk_widget_set_sensitive (self->up, !is_first);
  gtk_widget_set_sensitive (self->down, !is_last);
  gtk_widget_set_sensitive (self->remove, !(is_first && is_last));
  say (self, GTK_WIDGET (self->units), NULL);
  self->showing = FALSE;
}

/**
 * nudge_layer_row_focus_move:
 * @by: what moved the layer here
 *
 * The focus goes on with it.
 */
void
nudge_layer_row_focus_move (NudgeLayerRow *self, int by)
{
  GtkWidget *button = by < 0 ? self->up : self->down;

  g_return_if_fail (NUDGE_IS_LAYER_ROW (self));

  if (!gtk_widget_get_sensitive (button))
    button = by < 0 ? self->down : self->up;
  gtk_widget_grab_focus (button);
}

/* --- Life -------------------------------------------------------------------------- */

static gboolean
key_pressed_cb (NudgeLayerRow *self, guint key, guint code, GdkModifierType state)
{
  if ((state & gtk_accelerator_get_default_mod_mask ()) != GDK_ALT_MASK ||
      (key != GDK_KEY_Up && key != GDK_KEY_Down))
    return GDK_EVENT_PROPAGATE;
  if (key == GDK_KEY_Up && gtk_widget_get_sensitive (self->up))
    up_cb (self);
  else if (key == GDK_KEY_Down && gtk_widget_get_sensitive (self->down))
    down_cb (self);
  return GDK_EVENT_STOP;
}

static void
nudge_layer_row_dispose (GObject *object)
{
  gtk_widget_dispose_template (GTK_WIDGET (object), NUDGE_TYPE_LAYER_ROW);
  G_OBJECT_CLASS (nudge_layer_row_parent_class)->dispose (object);
}

static void
nudge_layer_row_finalize (GObject *object)
{
  g_free (NUDGE_LAYER_ROW (object)->name);
  G_OBJECT_CLASS (nudge_layer_row_parent_class)->finalize (object);
}

static void
bind_callbacks (GtkWidgetClass *widget_class)
{
  gtk_widget_class_bind_template_callback (widget_class, name_accepted_cb);
  gtk_widget_class_bind_template_callback (widget_class, units_changed_cb);
  gtk_widget_class_bind_template_callback (widget_class, units_input_cb);
  gtk_widget_class_bind_template_callback (widget_class, activation_selected_cb);
  gtk_widget_class_bind_template_callback (widget_class, up_cb);
  gtk_widget_class_bind_template_callback (widget_class, down_cb);
  gtk_widget_class_bind_template_callback (widget_class, remove_cb);
  gtk_widget_class_bind_template_callback (widget_class, key_pressed_cb);
}

static void
nudge_layer_row_class_init (NudgeLayerRowClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = nudge_layer_row_dispose;
  G_OBJECT_CLASS (klass)->finalize = nudge_layer_row_finalize;
  edited = g_signal_new ("edited", NUDGE_TYPE_LAYER_ROW, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                         NULL, G_TYPE_STRING, 3, G_TYPE_INT, G_TYPE_STRING, G_TYPE_INT);
  g_type_ensure (NUDGE_TYPE_LINE);
  gtk_widget_class_set_template_from_resource (
      widget_class, "/org/nudgelab/Nudge/ui/nudge-layer-row.ui");
  gtk_widget_class_bind_template_child (widget_class, NudgeLayerRow, column);
  gtk_widget_class_bind_template_child (widget_class, NudgeLayerRow, name_line);
  gtk_widget_class_bind_template_child (widget_class, NudgeLayerRow, up);
  gtk_widget_class_bind_template_child (widget_class, NudgeLayerRow, down);
  gtk_widget_class_bind_template_child (widget_class, NudgeLayerRow, remove);
  gtk_widget_class_bind_template_child (widget_class, NudgeLayerRow, units);
  gtk_widget_class_bind_template_child (widget_class, NudgeLayerRow, activation);
  gtk_widget_class_bind_template_child (widget_class, NudgeLayerRow, message);
  bind_callbacks (widget_class);
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_set_css_name (widget_class, "layer-row");
}

static void
nudge_layer_row_init (NudgeLayerRow *self)
{
  self->showing = TRUE;
  gtk_widget_init_template (GTK_WIDGET (self));
  nudge_drop_down_set_words (
      self->activation,
      &(NudgeDropDownWords){ dup_activation, dup_activation, dup_activation_note, NULL });
  for (guint i = 0; i < NN_N_ACTIVATIONS; i++)
    nudge_drop_down_append (self->activation, nn_activation_get_name ((NnActivation) i));
  self->showing = FALSE;
}

GtkWidget *
nudge_layer_row_new (void)
{
  return g_object_new (NUDGE_TYPE_LAYER_ROW, NULL);
}
