/* nudge-window-memory.c - a new window looks as the last one did
 *
 * SPDX-License-Identifier: MIT
 */

#include "app/panels/nudge-window-memory.h"

#include "app/base/nudge-preferences.h"
#include "app/base/nudge-settings.h"

void
nudge_window_memory_add_window (GtkWindow *window)
{
  nudge_settings_remember ("window-width", window, "default-width");
  nudge_settings_remember ("window-height", window, "default-height");
  nudge_settings_remember ("window-maximized", window, "maximized");
}

/* A flap that was folded by a narrow window was not folded by the user. */
static void
reveal_cb (AdwFlap *flap)
{
  if (!adw_flap_get_folded (flap))
    nudge_settings_set_boolean ("panel-shown", adw_flap_get_reveal_flap (flap));
}

void
nudge_window_memory_add_flap (AdwFlap *flap)
{
  adw_flap_set_reveal_flap (flap, nudge_settings_get_boolean ("panel-shown", TRUE));
  g_signal_connect (flap, "notify::reveal-flap", G_CALLBACK (reveal_cb), NULL);
}

static void
speed_cb (GObject *session)
{
  double speed;

  g_object_get (session, "speed", &speed, NULL);
  nudge_settings_set_double ("speed", speed);
}

/**
 * nudge_window_memory_add_session:
 *
 * One that has a speed of its own keeps it.
 */
void
nudge_window_memory_add_session (NudgeSession *session)
{
  const GParamSpec *pspec =
      g_object_class_find_property (G_OBJECT_GET_CLASS (session), "speed");
  double start, remembered, speed;

  g_object_get (nudge_preferences_get (), "start-speed", &start, NULL);
  remembered = start >= 0 ? start : nudge_settings_get_double ("speed", -1);
  g_object_get (session, "speed", &speed, NULL);
  if (remembered >= 0 && speed == G_PARAM_SPEC_DOUBLE (pspec)->default_value)
    g_object_set (session, "speed", remembered, NULL);
  g_signal_connect (session, "notify::speed", G_CALLBACK (speed_cb), NULL);
}
