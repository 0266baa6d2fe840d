/* nudge-status.c - the header bar's status: experiment, step, loss, rate
 *
 * SPDX-License-Identifier: MIT
 */

#include "app/panels/nudge-status.h"

#include <glib/gi18n.h>
#include <math.h>

#include "ui/base/nudge-tooltip.h"
#include "ui/draw/base/nudge-frame.h"
#include "ui/text/nudge-words.h"

/* A speed is measured over at least this long. */
#define RATE_US (G_USEC_PER_SEC / 2)

struct _NudgeStatus {
  NudgePanel parent_instance;

  GtkWidget *column; /* the only child: disposal finds it by this */
  GtkWidget *title;
  GtkWidget *step;
  GtkWidget *loss;
  GtkWidget *accuracy_box;
  GtkWidget *accuracy;
  GtkWidget *rate_box;
  GtkWidget *rate;
  GtkWidget *change_box;
  GtkWidget *change;
  gint64 since_us;    /* the measured stretch began here, … */
  guint64 since_step; /* … at this step; 0 in time means not running */
};

G_DEFINE_FINAL_TYPE (NudgeStatus, nudge_status, NUDGE_TYPE_PANEL)

/* It only grows, so that its neighbours stay in place while numbers change. */
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
forget_widths (NudgeStatus *self)
{
  gtk_widget_set_size_request (self->step, -1, -1);
  gtk_widget_set_size_request (self->loss, -1, -1);
  gtk_widget_set_size_request (self->accuracy, -1, -1);
  gtk_widget_set_size_request (self->rate, -1, -1);
}

static void
show_rate (NudgeStatus *self, const NnFrame *frame)
{
  gint64 now = g_get_monotonic_time ();
  gboolean is_measuring = self->since_us > 0 && frame->step >= self->since_step;

  if (frame->running && is_measuring) {
    gint64 elapsed_us = now - self->since_us;
    guint64 n_steps = frame->step - self->since_step;
    g_autofree char *text = NULL;

    if (elapsed_us < RATE_US || n_steps == 0)
      return;
    text = nudge_words_for_rate ((double) n_steps * G_USEC_PER_SEC / (double) elapsed_us);
    set_steady_text (self->rate, text);
    gtk_widget_set_visible (self->rate_box, TRUE);
  } else if (!frame->running) {
    gtk_widget_set_visible (self->rate_box, FALSE);
  }
  self->since_us = frame->running ? now : 0;
  self->since_step = frame->step;
}

/* Beside the step's loss: the loss of another batch is not a change of it. */
static void
show_change (NudgeStatus *self, const NnFrame *frame)
{
  double change =
      frame->step > 0 && !frame->running ? nudge_frame_get_change (frame) : NAN;

  if (isfinite (change)) {
    g_autofree char *text = nudge_words_for_loss_change (change);

    gtk_label_set_text (GTK_LABEL (self->change), text);
  }
  gtk_widget_set_visible (self->change_box, isfinite (change));
}

/* Of what is held out, if anything is: that is what counts. */
static void
show_accuracy (NudgeStatus *self, const NnFrame *frame)
{
  NnScoreKind kind;
  const double accuracy = nudge_frame_get_accuracy (frame, &kind);

  if (isfinite (accuracy)) {
    g_autofree char *text = nudge_words_for_accuracy (accuracy);

    set_steady_text (self->accuracy, text);
    nudge_widget_set_tooltip (self->accuracy,
                              kind == NN_SCORE_HELD_OUT
                                  ? _ ("Of the examples that are held out")
                                  : _ ("Of the examples that are trained on"));
    gtk_accessible_update_property (GTK_ACCESSIBLE (self->accuracy),
                                    GTK_ACCESSIBLE_PROPERTY_DESCRIPTION, _ ("Accuracy"),
                                    -1);
  }
  gtk_widget_set_visible (self->accuracy_box, isfinite (accuracy));
}

static void
nudge_status_show_words (NudgePanel *panel, NnFrame *frame)
{
  NudgeStatus *self = NUDGE_STATUS (panel);
  g_autofree char *step = nudge_words_for_step (frame->step);
  g_autofree char *loss = nudge_words_for_loss (nudge_frame_get_loss (frame));

  if (frame->step == 0)
    forget_widths (self);
  set_steady_text (self->step, step);
  set_steady_text (self->loss, loss);
  show_accuracy (self, frame);
  show_rate (self, frame);
  show_change (self, frame);
}

static void
show_title (NudgeStatus *self)
{
  NudgeDocument *document = nudge_panel_get_document (NUDGE_PANEL (self));
  g_autofree char *title = document ? nudge_document_dup_title (document) : g_strdup ("");
  gboolean unsaved = FALSE;

  if (document != NULL)
    g_object_get (document, "unsaved", &unsaved, NULL);
  gtk_label_set_text (GTK_LABEL (self->title), title);
  nudge_widget_set_tooltip (self->title, title);
  gtk_accessible_update_property (
      GTK_ACCESSIBLE (self->title), GTK_ACCESSIBLE_PROPERTY_DESCRIPTION,
      unsaved ? _ ("Document, with unsaved changes") : _ ("Document"), -1);
}

static void
nudge_status_document_changed (NudgePanel *panel, NudgeDocument *document)
{
  NudgeStatus *self = NUDGE_STATUS (panel);

  forget_widths (self);
  self->since_us = 0;
  gtk_widget_set_visible (self->accuracy_box, FALSE);
  gtk_widget_set_visible (self->rate_box, FALSE);
  gtk_widget_set_visible (self->change_box, FALSE);
  show_title (self);
}

static void
nudge_status_dispose (GObject *object)
{
  gtk_widget_dispose_template (GTK_WIDGET (object), NUDGE_TYPE_STATUS);
  G_OBJECT_CLASS (nudge_status_parent_class)->dispose (object);
}

static void
nudge_status_class_init (NudgeStatusClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = nudge_status_dispose;
  NUDGE_PANEL_CLASS (klass)->document_changed = nudge_status_document_changed;
  NUDGE_PANEL_CLASS (klass)->show_words = nudge_status_show_words;
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/org/nudgelab/Nudge/ui/nudge-status.ui");
  gtk_widget_class_bind_template_child (widget_class, NudgeStatus, column);
  gtk_widget_class_bind_template_child (widget_class, NudgeStatus, title);
  gtk_widget_class_bind_template_child (widget_class, NudgeStatus, step);
  gtk_widget_class_bind_template_child (widget_class, NudgeStatus, loss);
  gtk_widget_class_bind_template_child (widget_class, NudgeStatus, accuracy_box);
  gtk_widget_class_bind_template_child (widget_class, NudgeStatus, accuracy);
  gtk_widget_class_bind_template_child (widget_class, NudgeStatus, rate_box);
  gtk_widget_class_bind_template_child (widget_class, NudgeStatus, rate);
  gtk_widget_class_bind_template_child (widget_class, NudgeStatus, change_box);
  gtk_widget_class_bind_template_child (widget_class, NudgeStatus, change);
}

static void
nudge_status_init (NudgeStatus *self)
{
  GSignalGroup *signals = nudge_panel_get_signals (NUDGE_PANEL (self));

  g_signal_group_connect_swapped (signals, "notify::file", G_CALLBACK (show_title), self);
  g_signal_group_connect_swapped (signals, "notify::unsaved", G_CALLBACK (show_title),
                                  self);
  gtk_widget_init_template (GTK_WIDGET (self));
  gtk_widget_set_visible (self->accuracy_box, FALSE);
  gtk_widget_set_visible (self->rate_box, FALSE);
  gtk_widget_set_visible (self->change_box, FALSE);
}
