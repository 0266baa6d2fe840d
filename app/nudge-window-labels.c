/* nudge-window-labels.c - what the window says of the newest frame
 *
 * SPDX-License-Identifier: MIT
 */

#include "app/nudge-window-private.h"

#include <glib/gi18n.h>

#include "ui/nudge-phase-strip.h"
#include "ui/text/nudge-words.h"

/* A speed is measured over at least this long. */
#define RATE_INTERVAL_US (G_USEC_PER_SEC / 2)
/* A wait shorter than this is not worth a word. */
#define PENDING_US (G_USEC_PER_SEC / 5)
/* What a hand has done stays readable this long before standing nudges speak again. */
#define TELL_US (6 * G_USEC_PER_SEC)

/* Only ever wider, so that what is beside it stays in place while numbers change. */
static void
set_steady_text (GtkWidget *label, const char *text)
{
  int width, steady_width;

  gtk_widget_get_size_request (label, &steady_width, NULL);
  gtk_label_set_text (GTK_LABEL (label), text);
  gtk_widget_measure (label, GTK_ORIENTATION_HORIZONTAL, -1, NULL, &width, NULL, NULL);
  if (width > steady_width)
    gtk_widget_set_size_request (label, width, -1);
}

static void
forget_widths (NudgeWindow *self)
{
  gtk_widget_set_size_request (self->step_label, -1, -1);
  gtk_widget_set_size_request (self->loss_label, -1, -1);
  gtk_widget_set_size_request (self->rate_label, -1, -1);
}

static void
show_rate (NudgeWindow *self, gint64 now)
{
  guint64 step = self->frame->step;
  gboolean is_measuring = self->rate_since_us > 0 && step >= self->rate_since_step;

  if (self->frame->running && is_measuring) {
    gint64 elapsed_us = now - self->rate_since_us;
    guint64 n_steps = step - self->rate_since_step;
    g_autofree char *text = NULL;

    if (elapsed_us < RATE_INTERVAL_US || n_steps == 0)
      return;
    text = nudge_words_for_rate ((double) n_steps * G_USEC_PER_SEC / (double) elapsed_us);
    set_steady_text (self->rate_label, text);
    gtk_widget_set_visible (self->rate_box, TRUE);
  } else if (!self->frame->running) {
    gtk_widget_set_visible (self->rate_box, FALSE);
  }
  self->rate_since_us = self->frame->running ? now : 0;
  self->rate_since_step = step;
}

/* The newest nudge made by hand has the word, standing ones when it has been read. */
static void
show_sentence (NudgeWindow *self, gint64 now)
{
  const NnFrame *frame = self->frame;
  const NnLanding *by_hand = NULL;
  g_autofree char *sentence = NULL;

  for (gsize i = frame->n_landings; i > 0 && !by_hand; i--)
    if (!frame->landings[i - 1].standing)
      by_hand = &frame->landings[i - 1];
  if (self->undone)
    sentence = g_strdup (self->undone);
  else if (!by_hand || now - self->told_us > TELL_US)
    sentence = nudge_words_for_standing (frame);
  if (!sentence && by_hand)
    sentence = nudge_words_for_landing (by_hand);
  nudge_phase_strip_set_sentence (NUDGE_PHASE_STRIP (self->phase_strip),
                                  sentence ? sentence : "");
}

void
nudge_window_show_pending (NudgeWindow *self, gint64 now)
{
  gboolean waits = self->frame && self->frame->n_commands < self->pending_until;

  nudge_phase_strip_set_pending (NUDGE_PHASE_STRIP (self->phase_strip),
                                 waits && now - self->pending_since_us > PENDING_US);
}

void
nudge_window_show_labels (NudgeWindow *self, gint64 now)
{
  g_autofree char *step = nudge_words_for_step (self->frame->step);
  g_autofree char *loss = nudge_words_for_loss (self->frame->loss);

  if (self->frame->step == 0)
    forget_widths (self);
  set_steady_text (self->step_label, step);
  set_steady_text (self->loss_label, loss);
  show_rate (self, now);
  show_sentence (self, now);
  nudge_window_show_guard (self);
  nudge_window_show_lists (self);
  self->labels_are_stale = FALSE;
  self->labels_are_urgent = FALSE;
  self->labels_shown_us = now;
}

void
nudge_window_show_failure (NudgeWindow *self)
{
  if (self->frame->failure) {
    g_autofree char *text = nudge_words_for_failure (self->frame);

    gtk_label_set_text (GTK_LABEL (self->failure_label), text);
  }
  gtk_info_bar_set_revealed (GTK_INFO_BAR (self->failure_bar),
                             self->frame->failure != NULL);
}

void
nudge_window_show_running (NudgeWindow *self, gboolean running)
{
  GAction *run = g_action_map_lookup_action (G_ACTION_MAP (self), "run");
  const char *label = running ? _ ("Pause") : _ ("Run");

  g_simple_action_set_state (G_SIMPLE_ACTION (run), g_variant_new_boolean (running));
  gtk_label_set_text (GTK_LABEL (self->run_label), label);
  gtk_image_set_from_icon_name (GTK_IMAGE (self->run_icon),
                                running ? "media-playback-pause-symbolic"
                                        : "media-playback-start-symbolic");
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->run_button),
                                  GTK_ACCESSIBLE_PROPERTY_LABEL, label, -1);
  if (running)
    gtk_widget_remove_css_class (self->run_button, "suggested-action");
  else
    gtk_widget_add_css_class (self->run_button, "suggested-action");
}

void
nudge_window_toast (NudgeWindow *self, const char *text)
{
  /* A title is markup, and an update function may hold any sign. */
  g_autofree char *title = g_markup_escape_text (text, -1);

  /* What still stands there need not be said again. */
  if (self->toast && g_str_equal (adw_toast_get_title (self->toast), title))
    return;
  g_set_weak_pointer (&self->toast, adw_toast_new (title));
  adw_toast_overlay_add_toast (ADW_TOAST_OVERLAY (self->toasts), self->toast);
}
