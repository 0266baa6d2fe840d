/* nudge-phase-view.c - a phase of a step, animated over the network
 *
 * SPDX-License-Identifier: MIT
 */

#include "ui/network/nudge-phase-view.h"

#include <adwaita.h>
#include <glib/gi18n.h>

#include "ui/draw/network/nudge-phase-overlay.h"
#include "ui/text/nudge-phase-words.h"

/* The animation ends before the phase does, so that its result can be seen. */
#define MOVING_SHARE 0.75
#define MOST_MS      2400

struct _NudgePhaseView {
  NudgePicture parent_instance;

  NudgePhase phase;
  double progress;
  AdwAnimation *motion; /* (owned) */
};

G_DEFINE_FINAL_TYPE (NudgePhaseView, nudge_phase_view, NUDGE_TYPE_PICTURE)

static void
set_progress (double progress, gpointer data)
{
  NudgePhaseView *self = data;

  self->progress = progress;
  nudge_picture_refresh (NUDGE_PICTURE (self));
}

static void
begin (NudgePhaseView *self, guint duration_ms)
{
  adw_animation_reset (self->motion);
  if (self->phase == NUDGE_PHASE_NONE || !adw_get_enable_animations (GTK_WIDGET (self))) {
    set_progress (1, self);
    return;
  }
  adw_timed_animation_set_duration (ADW_TIMED_ANIMATION (self->motion),
                                    MIN ((guint) (MOVING_SHARE * duration_ms), MOST_MS));
  adw_animation_play (self->motion);
}

/**
 * nudge_phase_view_show:
 * @frame: (nullable): with the step's record, if there is a phase; gets a reference
 * @duration_ms: how long the phase lasts
 *
 * Another phase, or another step's, begins to move; the same one goes on.
 */
void
nudge_phase_view_show (NudgePhaseView *self,
                       NnFrame *frame,
                       NudgePhase phase,
                       guint duration_ms)
{
  const NnFrame *previous = nudge_picture_get_frame (NUDGE_PICTURE (self));
  const gboolean goes_on =
      phase == self->phase && previous && frame && previous->record == frame->record;

  g_return_if_fail (NUDGE_IS_PHASE_VIEW (self));

  self->phase = frame ? phase : NUDGE_PHASE_NONE;
  gtk_widget_set_visible (GTK_WIDGET (self), self->phase != NUDGE_PHASE_NONE);
  nudge_picture_set_frame (NUDGE_PICTURE (self),
                           self->phase != NUDGE_PHASE_NONE ? frame : NULL);
  if (!goes_on)
    begin (self, duration_ms);
}

static void
nudge_phase_view_draw (NudgePicture *picture,
                       cairo_t *cr,
                       const NudgePalette *palette,
                       double width,
                       double height)
{
  NudgePhaseView *self = NUDGE_PHASE_VIEW (picture);
  NudgePhaseStyle style = { .palette = palette,
                            .phase = self->phase,
                            .progress = self->progress };

  nudge_picture_get_reserved (picture, &style.reserved_width, &style.reserved_height);
  nudge_draw_phase (cr, nudge_picture_get_frame (picture), &style, width, height);
}

static char *
nudge_phase_view_describe (NudgePicture *picture)
{
  return nudge_words_for_phase (nudge_picture_get_frame (picture),
                                NUDGE_PHASE_VIEW (picture)->phase);
}

static void
nudge_phase_view_dispose (GObject *object)
{
  g_clear_object (&NUDGE_PHASE_VIEW (object)->motion);
  G_OBJECT_CLASS (nudge_phase_view_parent_class)->dispose (object);
}

static void
nudge_phase_view_class_init (NudgePhaseViewClass *klass)
{
  NudgePictureClass *picture_class = NUDGE_PICTURE_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = nudge_phase_view_dispose;
  picture_class->draw = nudge_phase_view_draw;
  picture_class->describe = nudge_phase_view_describe;
  picture_class->see_through = TRUE;
  gtk_widget_class_set_css_name (GTK_WIDGET_CLASS (klass), "phase-view");
}

static void
nudge_phase_view_init (NudgePhaseView *self)
{
  self->motion = adw_timed_animation_new (
      GTK_WIDGET (self), 0, 1, MOST_MS,
      adw_callback_animation_target_new (set_progress, self, NULL));
  adw_timed_animation_set_easing (ADW_TIMED_ANIMATION (self->motion), ADW_LINEAR);
  gtk_widget_set_can_target (GTK_WIDGET (self), FALSE);
  gtk_widget_set_visible (GTK_WIDGET (self), FALSE);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _ ("Phase"), -1);
}

GtkWidget *
nudge_phase_view_new (void)
{
  return g_object_new (NUDGE_TYPE_PHASE_VIEW, NULL);
}
