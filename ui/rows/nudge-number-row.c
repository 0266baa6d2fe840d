/* nudge-number-row.c - a row of a panel: a number, typed as amounts are
 *
 * SPDX-License-Identifier: MIT
 */

#include "ui/rows/nudge-number-row.h"

#include <math.h>

#include "ui/base/nudge-line.h"
#include "ui/text/nudge-number.h"

struct _NudgeNumberRow {
  GtkWidget parent_instance;

  NudgeLine *line; /* the only child */
  const NnSetting *setting;
  gboolean optional;
  double number; /* in force; NAN: none */
};

static guint set;

G_DEFINE_FINAL_TYPE (NudgeNumberRow, nudge_number_row, GTK_TYPE_WIDGET)

static char *
format (NudgeNumberRow *self)
{
  if (isnan (self->number))
    return g_strdup ("");
  if (self->setting->type == NN_SETTING_COUNT)
    return g_strdup_printf ("%.0f", self->number);
  return nudge_number_format_exact ((float) self->number);
}

static gboolean
parse (NudgeNumberRow *self, const char *text, double *number, GError **error)
{
  if (self->optional && *text == '\0') {
    *number = NAN;
    return TRUE;
  }
  return (self->setting->type == NN_SETTING_COUNT ? nudge_number_parse_whole
                                                  : nudge_number_parse) (
             text, isnan (self->number) ? 0 : self->number, number, error) &&
         nn_setting_check_number (self->setting, *number, error);
}

static char *
check (const char *text, gpointer data)
{
  g_autoptr (GError) error = NULL;
  double number;

  return parse (data, text, &number, &error) ? NULL : g_strdup (error->message);
}

static gboolean
is_same (double a, double b)
{
  return a == b || (isnan (a) && isnan (b));
}

static void
accepted_cb (NudgeNumberRow *self)
{
  g_autofree char *before = format (self);
  g_autofree char *wrong = NULL;
  double number;

  if (!parse (self, nudge_line_get_text (self->line), &number, NULL))
    return;
  if (is_same (number, self->number)) {
    nudge_line_set_text (self->line, before);
    return;
  }
  g_signal_emit (self, set, 0, number, &wrong);
  if (wrong)
    nudge_line_refuse (self->line, before, wrong);
}

/**
 * nudge_number_row_set_number:
 * @number: NAN: none
 *
 * Shows it. What is being typed stays if that is what was in force before.
 */
void
nudge_number_row_set_number (NudgeNumberRow *self, double number)
{
  g_autofree char *text = NULL;

  g_return_if_fail (NUDGE_IS_NUMBER_ROW (self));

  self->number = number;
  text = format (self);
  if (!g_str_equal (nudge_line_get_text (self->line), text))
    nudge_line_set_text (self->line, text);
}

/**
 * nudge_number_row_append:
 * @widget: goes behind the number
 */
void
nudge_number_row_append (NudgeNumberRow *self, GtkWidget *widget)
{
  g_return_if_fail (NUDGE_IS_NUMBER_ROW (self));

  nudge_line_append (self->line, widget);
}

static void
nudge_number_row_dispose (GObject *object)
{
  NudgeNumberRow *self = NUDGE_NUMBER_ROW (object);

  if (self->line)
    gtk_widget_unparent (GTK_WIDGET (g_steal_pointer (&self->line)));
  G_OBJECT_CLASS (nudge_number_row_parent_class)->dispose (object);
}

static void
nudge_number_row_class_init (NudgeNumberRowClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = nudge_number_row_dispose;
  set = g_signal_new ("set", NUDGE_TYPE_NUMBER_ROW, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                      NULL, G_TYPE_STRING, 1, G_TYPE_DOUBLE);
  gtk_widget_class_set_layout_manager_type (GTK_WIDGET_CLASS (klass),
                                            GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_set_css_name (GTK_WIDGET_CLASS (klass), "number-row");
}

static void
nudge_number_row_init (NudgeNumberRow *self)
{
  self->number = NAN;
  self->line = g_object_new (NUDGE_TYPE_LINE, NULL);
  nudge_line_set_check (self->line, check, self);
  g_signal_connect_swapped (self->line, "accepted", G_CALLBACK (accepted_cb), self);
  gtk_widget_set_parent (GTK_WIDGET (self->line), GTK_WIDGET (self));
}

/**
 * nudge_number_row_new:
 * @title: also its name
 * @tooltip: (nullable)
 * @setting: what it may be, for as long as the row is there
 * @none: (nullable): what it means that nothing is typed; %NULL: something must be
 */
GtkWidget *
nudge_number_row_new (const char *title,
                      const char *tooltip,
                      const NnSetting *setting,
                      const char *none)
{
  NudgeNumberRow *self = g_object_new (NUDGE_TYPE_NUMBER_ROW, NULL);

  self->setting = setting;
  self->optional = none != NULL;
  nudge_line_set_title (self->line, title, tooltip);
  nudge_line_set_placeholder (self->line, none);
  return GTK_WIDGET (self);
}
