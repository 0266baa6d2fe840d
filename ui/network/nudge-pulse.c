/* nudge-pulse.c - something in a picture that lights up and fades
 *
 * SPDX-License-Identifier: MIT
 */

#include "ui/network/nudge-pulse.h"

#define PULSE_MS 350

struct _NudgePulse {
  GtkWidget *widget; /* (not owned) which has this */
  NudgePulseChanged changed;
  gssize what; /* -1: nothing */
  double value;
  AdwAnimation *fade; /* (owned) */
  guint still_timer;  /* ends a pulse without animations */
};

static void
set_value (double value, gpointer data)
{
  NudgePulse *self = data;

  self->value = value;
  if (value <= 0)
    self->what = -1;
  self->changed (self->widget);
}

static gboolean
still_timer_cb (gpointer data)
{
  NudgePulse *self = data;

  self->still_timer = 0;
  set_value (0, self);
  return G_SOURCE_REMOVE;
}

/**
 * nudge_pulse_new:
 * @widget: must be there as long as this is
 */
NudgePulse *
nudge_pulse_new (GtkWidget *widget, NudgePulseChanged changed)
{
  NudgePulse *self = g_new0 (NudgePulse, 1);

  self->widget = widget;
  self->changed = changed;
  self->what = -1;
  self->fade = adw_timed_animation_new (
      widget, 1, 0, PULSE_MS, adw_callback_animation_target_new (set_value, self, NULL));
  return self;
}

void
nudge_pulse_free (NudgePulse *self)
{
  g_clear_handle_id (&self->still_timer, g_source_remove);
  g_clear_object (&self->fade);
  g_free (self);
}

/**
 * nudge_pulse_start:
 *
 * A new pulse replaces one that has not ended. What is not on the screen does not pulse.
 */
void
nudge_pulse_start (NudgePulse *self, gssize what)
{
  g_clear_handle_id (&self->still_timer, g_source_remove);
  adw_animation_reset (self->fade);
  if (!gtk_widget_get_mapped (self->widget))
    return;
  self->what = what;
  set_value (1, self);
  if (adw_get_enable_animations (self->widget))
    adw_animation_play (self->fade);
  else
    self->still_timer = g_timeout_add (PULSE_MS, still_timer_cb, self);
}

/**
 * nudge_pulse_get:
 * @what: (out): -1 if nothing pulses
 *
 * Returns: 1 when it began, fading to 0
 */
double
nudge_pulse_get (const NudgePulse *self, gssize *what)
{
  *what = self->what;
  return self->value;
}
