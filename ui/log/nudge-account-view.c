/* nudge-account-view.c - why the loss jumped: a sentence, and a bar for each candidate
 *
 * SPDX-License-Identifier: MIT
 */

#include "ui/log/nudge-account-view.h"

#include <glib/gi18n.h>
#include <math.h>

#include "ui/log/nudge-share-bar.h"
#include "ui/text/nudge-account-sentence.h"
#include "ui/text/nudge-account-text.h"
#include "ui/text/nudge-account-words.h"
#include "ui/text/nudge-number.h"

#define ROW "nudge-account-row"

/* The title, a sentence of four lines, the horizons and what is around them, in pixels; and
 * rows that are worth looking at, three. */
#define ABOVE_ROWS 190
#define LEAST_ROWS 66

struct _NudgeAccountView {
  GtkWidget parent_instance;

  GtkWidget *column; /* the only child: disposal finds it by this */
  GtkLabel *title;
  GtkWidget *copy;
  GtkLabel *sentence;
  GtkWidget *answer;
  GtkBox *horizons;
  GtkLabel *change;
  GtkScrolledWindow *rows; /* around the list */
  GtkListBox *list;
  GtkWidget *busy;
  GtkProgressBar *progress;

  GtkSizeGroup *names; /* (owned) so that all bars begin in one place */
  NnAccount *account;  /* (owned) (nullable) */
  char *file;          /* (owned) (nullable) what the commands name */
  gsize horizon;
  int hovered; /* a row, or G_MININT */
  int focused;
};

enum {
  SHOWN,
  CANCELLED,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (NudgeAccountView, nudge_account_view, GTK_TYPE_WIDGET)

/* ---- which run is shown ------------------------------------------------------------ */

/* The pointer leads. */
static void
say_shown (NudgeAccountView *self)
{
  g_signal_emit (self, signals[SHOWN], 0,
                 self->hovered != G_MININT ? self->hovered : self->focused);
}

static int
get_row (GtkEventController *controller)
{
  GtkWidget *row = gtk_event_controller_get_widget (controller);

  return GPOINTER_TO_INT (g_object_get_data (G_OBJECT (row), ROW));
}

static void
entered_cb (NudgeAccountView *self, double x, double y, GtkEventController *motion)
{
  self->hovered = get_row (motion);
  say_shown (self);
}

static void
left_cb (NudgeAccountView *self)
{
  self->hovered = G_MININT;
  say_shown (self);
}

static void
focus_entered_cb (NudgeAccountView *self, GtkEventController *focus)
{
  self->focused = get_row (focus);
  say_shown (self);
}

static void
focus_left_cb (NudgeAccountView *self)
{
  self->focused = G_MININT;
  say_shown (self);
}

/* ---- rows -------------------------------------------------------------------------- */

static void
watch_row (NudgeAccountView *self, GtkWidget *row)
{
  GtkEventController *motion = gtk_event_controller_motion_new ();
  GtkEventController *focus = gtk_event_controller_focus_new ();

  g_signal_connect_swapped (motion, "enter", G_CALLBACK (entered_cb), self);
  g_signal_connect_swapped (motion, "leave", G_CALLBACK (left_cb), self);
  g_signal_connect_swapped (focus, "enter", G_CALLBACK (focus_entered_cb), self);
  g_signal_connect_swapped (focus, "leave", G_CALLBACK (focus_left_cb), self);
  gtk_widget_add_controller (row, motion);
  gtk_widget_add_controller (row, focus);
}

static gboolean
is_of_another (const NnAccount *account, gssize row)
{
  return row >= 0 && account->parts[row].kind == NN_ACCOUNT_PARAMETER;
}

/* What landed is of the nudges' colour, and all else is not. */
static gboolean
is_landing (const NnAccount *account, gssize row)
{
  return row >= 0 && account->parts[row].kind <= NN_ACCOUNT_MEMORY;
}

static GtkWidget *
new_row (NudgeAccountView *self, gssize index)
{
  GtkWidget *row = gtk_list_box_row_new ();
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 12);
  GtkWidget *indented = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 0);
  GtkWidget *name = gtk_label_new (NULL);
  GtkWidget *bar = nudge_share_bar_new ();
  GtkWidget *share = gtk_label_new (NULL);
  g_autofree char *text = nudge_words_for_account_name (self->account, index);

  gtk_label_set_text (GTK_LABEL (name), text);
  gtk_label_set_xalign (GTK_LABEL (name), 0);
  gtk_label_set_ellipsize (GTK_LABEL (name), PANGO_ELLIPSIZE_MIDDLE);
  gtk_widget_set_hexpand (name, TRUE);
  gtk_label_set_max_width_chars (GTK_LABEL (name), 34);
  gtk_widget_set_tooltip_text (name, text);
  gtk_widget_set_margin_start (name, is_of_another (self->account, index) ? 18 : 0);
  gtk_widget_set_hexpand (bar, TRUE);
  gtk_widget_set_valign (bar, GTK_ALIGN_CENTER);
  gtk_label_set_xalign (GTK_LABEL (share), 1);
  gtk_label_set_width_chars (GTK_LABEL (share), 9);
  gtk_widget_add_css_class (share, "numeric");
  gtk_widget_add_css_class (row, is_landing (self->account, index) ? "landing" : "other");
  gtk_widget_set_hexpand (indented, FALSE);
  gtk_box_append (GTK_BOX (indented), name);
  gtk_size_group_add_widget (self->names, indented);
  gtk_box_append (GTK_BOX (box), indented);
  gtk_box_append (GTK_BOX (box), bar);
  gtk_box_append (GTK_BOX (box), share);
  gtk_list_box_row_set_child (GTK_LIST_BOX_ROW (row), box);
  gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (row), FALSE);
  g_object_set_data (G_OBJECT (row), ROW, GINT_TO_POINTER ((int) index));
  watch_row (self, row);
  return row;
}

static void
fill_rows (NudgeAccountView *self)
{
  for (gssize i = 0; i < (gssize) self->account->n_parts; i++)
    gtk_list_box_append (self->list, new_row (self, i));
  if (nudge_account_has_row (self->account, NUDGE_ACCOUNT_COURSE))
    gtk_list_box_append (self->list, new_row (self, NUDGE_ACCOUNT_COURSE));
  gtk_list_box_append (self->list, new_row (self, NUDGE_ACCOUNT_INTERACTION));
}

static void
clear_rows (NudgeAccountView *self)
{
  GtkWidget *row;

  while ((row = gtk_widget_get_first_child (GTK_WIDGET (self->list))) != NULL)
    gtk_list_box_remove (self->list, row);
}

static void
show_row (NudgeAccountView *self, GtkWidget *row, double least, double most)
{
  const int index = GPOINTER_TO_INT (g_object_get_data (G_OBJECT (row), ROW));
  GtkWidget *box = gtk_list_box_row_get_child (GTK_LIST_BOX_ROW (row));
  GtkWidget *indented = gtk_widget_get_first_child (box);
  GtkWidget *name = gtk_widget_get_first_child (indented);
  GtkWidget *bar = gtk_widget_get_next_sibling (indented);
  GtkWidget *share = gtk_widget_get_next_sibling (bar);
  g_autofree char *number =
      nudge_words_for_account_share (self->account, index, self->horizon);
  g_autofree char *whole = NULL;

  nudge_share_bar_set (NUDGE_SHARE_BAR (bar),
                       nudge_account_get_share (self->account, index, self->horizon),
                       least, most);
  gtk_label_set_text (GTK_LABEL (share), number);
  whole = g_strdup_printf ("%s: %s", gtk_label_get_text (GTK_LABEL (name)), number);
  gtk_accessible_update_property (GTK_ACCESSIBLE (row), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  whole, -1);
}

static void
show_rows (NudgeAccountView *self)
{
  double least = 0, most = 0;
  GtkWidget *row;

  for (gssize i = NUDGE_ACCOUNT_INTERACTION; i < (gssize) self->account->n_parts; i++) {
    const double share = nudge_account_get_share (self->account, i, self->horizon);

    if (nudge_account_has_row (self->account, i) && !isnan (share)) {
      least = MIN (least, share);
      most = MAX (most, share);
    }
  }
  for (row = gtk_widget_get_first_child (GTK_WIDGET (self->list)); row != NULL;
       row = gtk_widget_get_next_sibling (row))
    show_row (self, row, least, most);
}

/* ---- how many steps on ------------------------------------------------------------- */

static void
show_horizon (NudgeAccountView *self)
{
  g_autofree char *why = nudge_words_for_account (self->account, self->horizon);
  g_autofree char *change = nudge_words_for_account_change (self->account, self->horizon);

  gtk_label_set_text (self->sentence, why);
  gtk_label_set_text (self->change, change);
  show_rows (self);
}

static void
horizon_cb (NudgeAccountView *self, GtkToggleButton *button)
{
  if (self->account == NULL || !gtk_toggle_button_get_active (button))
    return;
  self->horizon = GPOINTER_TO_SIZE (g_object_get_data (G_OBJECT (button), ROW));
  show_horizon (self);
}

static void
add_horizons (NudgeAccountView *self)
{
  GtkWidget *first = NULL;

  for (gsize i = 0; i < NN_ACCOUNT_HORIZONS; i++) {
    g_autofree char *words = nudge_words_for_account_horizon (i);
    GtkWidget *button = gtk_toggle_button_new_with_label (words);

    g_object_set_data (G_OBJECT (button), ROW, GSIZE_TO_POINTER (i));
    if (first)
      gtk_toggle_button_set_group (GTK_TOGGLE_BUTTON (button), GTK_TOGGLE_BUTTON (first));
    else
      first = button;
    g_signal_connect_swapped (button, "toggled", G_CALLBACK (horizon_cb), self);
    gtk_box_append (self->horizons, button);
  }
}

static void
choose_horizon (NudgeAccountView *self)
{
  GtkWidget *button = gtk_widget_get_first_child (GTK_WIDGET (self->horizons));

  self->horizon = nudge_account_choose_horizon (self->account);
  for (gsize i = 0; i < self->horizon; i++)
    button = gtk_widget_get_next_sibling (button);
  gtk_toggle_button_set_active (GTK_TOGGLE_BUTTON (button), TRUE);
}

/* ---- what is told ------------------------------------------------------------------ */

static void
show_title (NudgeAccountView *self, guint64 step)
{
  g_autofree char *number = nudge_number_format_count (step);
  g_autofree char *title = g_strdup_printf (_ ("Why? Step %s"), number);

  gtk_label_set_text (self->title, title);
}

/**
 * nudge_account_view_begin:
 * @step: that is asked about
 *
 * Forgets what was shown before. Nothing is said of the waiting until there is some.
 */
void
nudge_account_view_begin (NudgeAccountView *self, guint64 step)
{
  g_return_if_fail (NUDGE_IS_ACCOUNT_VIEW (self));

  clear_rows (self);
  g_clear_pointer (&self->account, nn_account_free);
  self->hovered = self->focused = G_MININT;
  show_title (self, step);
  gtk_widget_set_visible (self->copy, FALSE);
  gtk_widget_set_visible (GTK_WIDGET (self->sentence), FALSE);
  gtk_widget_set_visible (self->answer, FALSE);
  gtk_widget_set_visible (self->busy, FALSE);
  /* Gets the focus for its keys, although it has no rows yet. */
  gtk_widget_set_focusable (GTK_WIDGET (self), TRUE);
}

/**
 * nudge_account_view_set_progress:
 *
 * Shows that it takes a while, and how far it is: 0 to 1.
 */
void
nudge_account_view_set_progress (NudgeAccountView *self, double fraction)
{
  g_return_if_fail (NUDGE_IS_ACCOUNT_VIEW (self));

  gtk_widget_set_visible (self->busy, TRUE);
  gtk_progress_bar_set_fraction (self->progress, fraction);
}

/**
 * nudge_account_view_set_failure:
 * @why: there is no account
 */
void
nudge_account_view_set_failure (NudgeAccountView *self, const char *why)
{
  g_return_if_fail (NUDGE_IS_ACCOUNT_VIEW (self));

  gtk_widget_set_visible (self->busy, FALSE);
  gtk_label_set_text (self->sentence, why);
  gtk_widget_set_visible (GTK_WIDGET (self->sentence), TRUE);
}

/**
 * nudge_account_view_take_account:
 * @account: (transfer full)
 * @file: the experiment's, as commands are to name it
 */
void
nudge_account_view_take_account (NudgeAccountView *self,
                                 NnAccount *account,
                                 const char *file)
{
  g_return_if_fail (NUDGE_IS_ACCOUNT_VIEW (self));

  nudge_account_view_begin (self, account->step);
  self->account = account;
  g_free (self->file);
  self->file = g_strdup (file);
  fill_rows (self);
  choose_horizon (self);
  show_horizon (self);
  gtk_widget_set_visible (self->copy, TRUE);
  gtk_widget_set_visible (GTK_WIDGET (self->sentence), TRUE);
  gtk_widget_set_visible (self->answer, TRUE);
  gtk_widget_grab_focus (gtk_widget_get_first_child (GTK_WIDGET (self->list)));
  gtk_widget_set_focusable (GTK_WIDGET (self), FALSE);
}

/**
 * nudge_account_view_set_most_height:
 * @height: pixels that there are for all of it; rows that are too many scroll
 */
void
nudge_account_view_set_most_height (NudgeAccountView *self, int height)
{
  g_return_if_fail (NUDGE_IS_ACCOUNT_VIEW (self));

  gtk_scrolled_window_set_max_content_height (self->rows,
                                              MAX (height - ABOVE_ROWS, LEAST_ROWS));
}

/* Returns: (transfer none) (nullable) */
const NnAccount *
nudge_account_view_get_account (NudgeAccountView *self)
{
  g_return_val_if_fail (NUDGE_IS_ACCOUNT_VIEW (self), NULL);

  return self->account;
}

static void
copy_cb (NudgeAccountView *self)
{
  g_autofree char *text =
      nudge_words_for_account_text (self->account, self->horizon, self->file);

  gdk_clipboard_set_text (gtk_widget_get_clipboard (GTK_WIDGET (self)), text);
}

static void
cancel_cb (NudgeAccountView *self)
{
  g_signal_emit (self, signals[CANCELLED], 0);
}

static void
nudge_account_view_dispose (GObject *object)
{
  NudgeAccountView *self = NUDGE_ACCOUNT_VIEW (object);

  gtk_widget_dispose_template (GTK_WIDGET (object), NUDGE_TYPE_ACCOUNT_VIEW);
  g_clear_object (&self->names);
  g_clear_pointer (&self->account, nn_account_free);
  g_clear_pointer (&self->file, g_free);
  G_OBJECT_CLASS (nudge_account_view_parent_class)->dispose (object);
}

static void
nudge_account_view_class_init (NudgeAccountViewClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = nudge_account_view_dispose;
  signals[SHOWN] = g_signal_new ("shown", NUDGE_TYPE_ACCOUNT_VIEW, G_SIGNAL_RUN_LAST, 0,
                                 NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_INT);
  signals[CANCELLED] =
      g_signal_new ("cancelled", NUDGE_TYPE_ACCOUNT_VIEW, G_SIGNAL_RUN_LAST, 0, NULL,
                    NULL, NULL, G_TYPE_NONE, 0);
  gtk_widget_class_set_template_from_resource (
      widget_class, "/org/nudgelab/Nudge/ui/nudge-account-view.ui");
  gtk_widget_class_bind_template_child (widget_class, NudgeAccountView, column);
  gtk_widget_class_bind_template_child (widget_class, NudgeAccountView, title);
  gtk_widget_class_bind_template_child (widget_class, NudgeAccountView, copy);
  gtk_widget_class_bind_template_child (widget_class, NudgeAccountView, sentence);
  gtk_widget_class_bind_template_child (widget_class, NudgeAccountView, answer);
  gtk_widget_class_bind_template_child (widget_class, NudgeAccountView, horizons);
  gtk_widget_class_bind_template_child (widget_class, NudgeAccountView, change);
  gtk_widget_class_bind_template_child (widget_class, NudgeAccountView, rows);
  gtk_widget_class_bind_template_child (widget_class, NudgeAccountView, list);
  gtk_widget_class_bind_template_child (widget_class, NudgeAccountView, busy);
  gtk_widget_class_bind_template_child (widget_class, NudgeAccountView, progress);
  gtk_widget_class_bind_template_callback (widget_class, copy_cb);
  gtk_widget_class_bind_template_callback (widget_class, cancel_cb);
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_set_css_name (widget_class, "account-view");
}

static void
nudge_account_view_init (NudgeAccountView *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  self->names = gtk_size_group_new (GTK_SIZE_GROUP_HORIZONTAL);
  self->hovered = self->focused = G_MININT;
  add_horizons (self);
}

GtkWidget *
nudge_account_view_new (void)
{
  return g_object_new (NUDGE_TYPE_ACCOUNT_VIEW, NULL);
}
