/* nudge-log-row.c - a row of the log: one nudge that landed
 *
 * SPDX-License-Identifier: MIT
 */

#include "ui/log/nudge-log-row.h"

#include <glib/gi18n.h>

#include "ui/base/nudge-context-menu.h"
#include "ui/text/nudge-landing-words.h"
#include "ui/text/nudge-nudge-words.h"
#include "ui/text/nudge-number.h"
#include "ui/text/nudge-receipt-words.h"

/* Of why it was refused; the tooltip has all of it. */
#define REASON_CHARS 20
#define NORM_DIGITS  3

struct _NudgeLogRow {
  GtkWidget parent_instance;

  GSignalGroup *entry; /* (owned) the shown one's */
  GtkLabel *mark;
  GtkLabel *step;
  GtkLabel *what;
  GtkLabel *outcome;
};

enum {
  COPY_SCRIPT,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (NudgeLogRow, nudge_log_row, GTK_TYPE_WIDGET)

/* Of a job no loss is known, so it is how much was changed. */
static char *
dup_short_receipt (const NnLanding *landing)
{
  g_autofree char *norm =
      nudge_number_format (nn_landing_receipt_get_norm (landing->receipt), NORM_DIGITS);

  /* Translators: the norm of what a nudge has changed, as short as can be */
  return landing->taken_back ? g_strdup (_ ("taken back"))
                             : g_strdup_printf (_ ("norm %s"), norm);
}

/* "ΔL −0.0024", "refused: " and as much of the reason as there is space for, or nothing
 * where it was not computed. */
static void
show_outcome (NudgeLogRow *self, const NnLanding *landing)
{
  g_autofree char *difference = landing->receipt ? dup_short_receipt (landing)
                                                 : nudge_words_for_difference (landing);
  g_autofree char *counts = nudge_words_for_counts (landing);
  g_autofree char *refused = NULL;

  if (landing->refusal) {
    refused = g_strdup_printf (_ ("refused: %s"), landing->refusal);
    gtk_widget_add_css_class (GTK_WIDGET (self->outcome), "refused");
  } else {
    gtk_widget_remove_css_class (GTK_WIDGET (self->outcome), "refused");
  }
  gtk_label_set_ellipsize (self->outcome,
                           refused ? PANGO_ELLIPSIZE_END : PANGO_ELLIPSIZE_NONE);
  gtk_label_set_max_width_chars (self->outcome, refused ? REASON_CHARS : -1);
  gtk_label_set_text (self->outcome, refused      ? refused
                                     : counts     ? counts
                                     : difference ? difference
                                                  : "");
}

/* All its details, a line each. */
static char *
dup_whole (const NnLanding *landing, gboolean ahead)
{
  g_autofree char *what = nudge_words_for_nudge (landing->nudge);
  g_autofree char *place = nudge_words_for_place (landing);
  g_autofree char *jump =
      landing->refusal ? g_strdup (landing->refusal) : nudge_words_for_jump (landing);
  g_autofree char *change = nudge_words_for_change (landing);
  g_autofree char *counts = nudge_words_for_counts (landing);
  g_autofree char *receipt = nudge_words_for_whole_receipt (landing);
  g_autofree char *back = nudge_words_for_taking_back (landing);
  g_autoptr (GString) text = g_string_new (what);

  g_string_append_printf (text, "\n%s", place);
  if (counts)
    g_string_append_printf (text, "\n%s", counts);
  if (landing->skipped)
    g_string_append_printf (text, "\n%s", landing->skipped);
  if (jump)
    g_string_append_printf (text, "\n%s", jump);
  if (change)
    g_string_append_printf (text, "\n%s", change);
  if (receipt)
    g_string_append_printf (text, "\n%s", receipt);
  if (back)
    g_string_append_printf (text, "\n%s", back);
  if (ahead)
    g_string_append_printf (text, "\n%s", _ ("ahead of where the run is now"));
  return g_string_free (g_steal_pointer (&text), FALSE);
}

/* The same of what has not been done. @number: 0: not known */
static char *
dup_plan (const char *what, guint64 number)
{
  g_autofree char *step = nudge_number_format_count (number);

  return number > 0 ? g_strdup_printf (_ ("%s\nto come, after step %s"), what, step)
                    : g_strdup_printf (_ ("%s\nto come"), what);
}

static char *
dup_nudge_plan (const NnLanding *landing)
{
  g_autofree char *what = nudge_words_for_nudge (landing->nudge);

  return dup_plan (what, landing->first);
}

static void
set_css_class (NudgeLogRow *self, const char *name, gboolean set)
{
  if (set)
    gtk_widget_add_css_class (GTK_WIDGET (self), name);
  else
    gtk_widget_remove_css_class (GTK_WIDGET (self), name);
}

/* The list's own widget around it is what has the focus. */
static void
set_whole (NudgeLogRow *self, const char *whole)
{
  GtkWidget *item = gtk_widget_get_parent (GTK_WIDGET (self));

  gtk_widget_set_tooltip_text (GTK_WIDGET (self), whole);
  if (item)
    gtk_accessible_update_property (GTK_ACCESSIBLE (item), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                    whole, -1);
}

/* What is trained was or will be changed, and no weight by that. */
static void
show_edit (NudgeLogRow *self, NudgeEntry *entry)
{
  const guint64 number = nudge_entry_get_step (entry);
  const gboolean coming = nudge_entry_get_coming (entry);
  const char *what = nudge_entry_get_words (entry);
  g_autofree char *step = nudge_number_format_count (number);
  g_autofree char *whole = NULL;

  /* Translators: what was edited, a step's number */
  whole = coming ? dup_plan (what, number)
                 : g_strdup_printf (_ ("%s\nedited after step %s"), what, step);
  gtk_label_set_text (self->mark, coming ? "○" : "●");
  gtk_widget_add_css_class (GTK_WIDGET (self->mark), "edit");
  gtk_label_set_text (self->step, step);
  gtk_label_set_text (self->what, what);
  gtk_label_set_text (self->outcome, coming ? _ ("to come") : "");
  set_css_class (self, "ahead", coming || nudge_entry_get_ahead (entry));
  set_whole (self, whole);
}

static void
show (NudgeLogRow *self)
{
  g_autoptr (NudgeEntry) entry = g_signal_group_dup_target (self->entry);
  const NnLanding *landing = entry ? nudge_entry_get_landing (entry) : NULL;
  gboolean coming = entry && nudge_entry_get_coming (entry);
  g_autofree char *step = NULL, *what = NULL, *whole = NULL;

  if (entry && nudge_entry_get_nudge (entry) == NULL)
    show_edit (self, entry);
  if (!landing)
    return;
  step = landing->first > 0 || !coming ? nudge_number_format_count (landing->first)
                                       : g_strdup ("");
  what = nudge_words_for_nudge_in_a_row (landing->nudge);
  if (landing->n_times > 1) {
    g_autofree char *once = g_steal_pointer (&what);

    g_autofree char *times = nudge_number_format_count (landing->n_times);

    what = g_strdup_printf ("%s  ×%s", once, times);
  }
  whole = coming ? dup_nudge_plan (landing)
                 : dup_whole (landing, nudge_entry_get_ahead (entry));
  set_css_class (self, "ahead", coming || nudge_entry_get_ahead (entry));
  gtk_widget_remove_css_class (GTK_WIDGET (self->mark), "edit");
  gtk_label_set_text (self->mark, landing->refusal || coming ? "◇" : "◆");
  gtk_label_set_text (self->step, step);
  gtk_label_set_text (self->what, what);
  show_outcome (self, landing);
  if (coming)
    gtk_label_set_text (self->outcome, _ ("to come"));
  set_whole (self, whole);
}

/**
 * nudge_log_row_set_entry:
 * @entry: (nullable): with a landing
 */
void
nudge_log_row_set_entry (NudgeLogRow *self, NudgeEntry *entry)
{
  g_return_if_fail (NUDGE_IS_LOG_ROW (self));

  g_signal_group_set_target (self->entry, entry);
  show (self);
}

/* --- Its menu ----------------------------------------------------------------------- */

static const char *
choose_menu (GtkWidget *widget, double x, double y)
{
  NudgeLogRow *self = NUDGE_LOG_ROW (widget);
  g_autoptr (NudgeEntry) entry = g_signal_group_dup_target (self->entry);

  if (!entry)
    return NULL;
  gtk_widget_action_set_enabled (widget, "log-row.go-to",
                                 !nudge_entry_get_coming (entry));
  gtk_widget_action_set_enabled (widget, "log-row.why", !nudge_entry_get_coming (entry));
  gtk_widget_action_set_enabled (widget, "log-row.copy-script",
                                 nudge_entry_get_nudge (entry) != NULL);
  return "log-row";
}

static void
go_to_cb (GtkWidget *widget, const char *action, GVariant *parameter)
{
  g_autoptr (NudgeEntry) entry =
      g_signal_group_dup_target (NUDGE_LOG_ROW (widget)->entry);

  if (entry)
    gtk_widget_activate_action (widget, "log.go-to", "t", nudge_entry_get_step (entry));
}

static void
why_cb (GtkWidget *widget, const char *action, GVariant *parameter)
{
  g_autoptr (NudgeEntry) entry =
      g_signal_group_dup_target (NUDGE_LOG_ROW (widget)->entry);

  if (entry)
    gtk_widget_activate_action (widget, "log.why", "t", nudge_entry_get_step (entry));
}

/* As a nudge is written; of an edit what is shown. */
static char *
dup_text (NudgeEntry *entry)
{
  const char *words = nudge_entry_get_words (entry);

  return words ? g_strdup (words) : nn_nudge_dup_text (nudge_entry_get_nudge (entry));
}

static void
copy_cb (GtkWidget *widget, const char *action, GVariant *parameter)
{
  g_autoptr (NudgeEntry) entry =
      g_signal_group_dup_target (NUDGE_LOG_ROW (widget)->entry);
  g_autofree char *text = entry ? dup_text (entry) : NULL;

  if (text)
    gdk_clipboard_set_text (gtk_widget_get_clipboard (widget), text);
}

static void
copy_script_cb (GtkWidget *widget, const char *action, GVariant *parameter)
{
  g_autoptr (NudgeEntry) entry =
      g_signal_group_dup_target (NUDGE_LOG_ROW (widget)->entry);

  if (entry)
    g_signal_emit (widget, signals[COPY_SCRIPT], 0, nudge_entry_get_nudge (entry));
}

static void
nudge_log_row_dispose (GObject *object)
{
  NudgeLogRow *self = NUDGE_LOG_ROW (object);
  GtkWidget *child;

  g_clear_object (&self->entry);
  while ((child = gtk_widget_get_first_child (GTK_WIDGET (self))))
    gtk_widget_unparent (child);
  G_OBJECT_CLASS (nudge_log_row_parent_class)->dispose (object);
}

static void
nudge_log_row_class_init (NudgeLogRowClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = nudge_log_row_dispose;
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BOX_LAYOUT);
  gtk_widget_class_install_action (widget_class, "log-row.go-to", NULL, go_to_cb);
  gtk_widget_class_install_action (widget_class, "log-row.why", NULL, why_cb);
  gtk_widget_class_install_action (widget_class, "log-row.copy", NULL, copy_cb);
  gtk_widget_class_install_action (widget_class, "log-row.copy-script", NULL,
                                   copy_script_cb);
  signals[COPY_SCRIPT] =
      g_signal_new ("copy-script", NUDGE_TYPE_LOG_ROW, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                    NULL, G_TYPE_NONE, 1, G_TYPE_POINTER);
  gtk_widget_class_set_css_name (widget_class, "log-row");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_GROUP);
}

static GtkLabel *
add_label (NudgeLogRow *self, const char *css_class)
{
  GtkWidget *label = gtk_label_new (NULL);

  gtk_widget_add_css_class (label, css_class);
  gtk_widget_set_parent (label, GTK_WIDGET (self));
  return GTK_LABEL (label);
}

static void
nudge_log_row_init (NudgeLogRow *self)
{
  nudge_context_menu_add (GTK_WIDGET (self), choose_menu);
  self->entry = g_signal_group_new (NUDGE_TYPE_ENTRY);
  g_signal_group_connect_swapped (self->entry, "changed", G_CALLBACK (show), self);
  self->mark = add_label (self, "mark");
  self->step = add_label (self, "step");
  self->what = add_label (self, "what");
  self->outcome = add_label (self, "outcome");
  gtk_widget_add_css_class (GTK_WIDGET (self->step), "numeric");
  gtk_widget_add_css_class (GTK_WIDGET (self->outcome), "numeric");
  gtk_label_set_width_chars (self->step, 3);
  gtk_label_set_xalign (self->step, 0);
  gtk_label_set_xalign (self->what, 0);
  gtk_label_set_ellipsize (self->what, PANGO_ELLIPSIZE_MIDDLE);
  gtk_widget_set_hexpand (GTK_WIDGET (self->what), TRUE);
}

GtkWidget *
nudge_log_row_new (void)
{
  return g_object_new (NUDGE_TYPE_LOG_ROW, NULL);
}
