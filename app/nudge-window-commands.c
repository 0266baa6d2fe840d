/* nudge-window-commands.c - what a hand asks of the run
 *
 * SPDX-License-Identifier: MIT
 */

#include "app/nudge-window-private.h"

#include <glib/gi18n.h>
#include <math.h>

#include "ui/text/nudge-words.h"

static void
run_change_state_cb (GSimpleAction *action, GVariant *state, gpointer data)
{
  NudgeWindow *self = data;

  if (g_variant_get_boolean (state))
    nn_session_run (self->session);
  else
    nn_session_pause (self->session);
  nudge_window_show_running (self, g_variant_get_boolean (state));
  nudge_window_expect_frames (self);
}

static void
step_cb (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  NudgeWindow *self = data;

  nn_session_step (self->session);
  nudge_window_expect_frames (self);
}

static void
reset_cb (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  NudgeWindow *self = data;

  nn_session_reset (self->session);
  nudge_window_expect_frames (self);
}

/* Steps per second, to two digits, as a person would choose them; 0 at the right end,
 * for as fast as possible. */
static double
chosen_speed (NudgeWindow *self)
{
  double value = gtk_adjustment_get_value (self->speed);
  double speed = pow (10, value);
  double unit = pow (10, floor (value) - 1);

  if (value >= gtk_adjustment_get_upper (self->speed))
    return 0;
  return speed < 10 ? round (speed) : round (speed / unit) * unit;
}

void
nudge_window_apply_speed (NudgeWindow *self)
{
  double speed = chosen_speed (self);
  g_autofree char *text =
      speed > 0 ? nudge_words_for_rate (speed) : g_strdup (_ ("as fast as possible"));

  gtk_label_set_text (GTK_LABEL (self->speed_label), text);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->speed_scale),
                                  GTK_ACCESSIBLE_PROPERTY_VALUE_TEXT, text, -1);
  if (self->session) {
    nn_session_set_speed (self->session, speed);
    nudge_window_expect_frames (self);
  }
}

/**
 * nudge_window_await_nudge:
 *
 * A nudge is on its way: if it does not land soon, a badge says so.
 */
void
nudge_window_await_nudge (NudgeWindow *self)
{
  self->pending_until = nn_session_get_n_commands (self->session);
  self->pending_since_us = g_get_monotonic_time ();
}

/**
 * nudge_window_apply_ghost:
 *
 * The switch is the window's, whatever session it has.
 */
void
nudge_window_apply_ghost (NudgeWindow *self)
{
  g_autoptr (GVariant) state =
      g_action_group_get_action_state (G_ACTION_GROUP (self), "ghost");

  if (!self->session)
    return;
  nn_session_set_ghost (self->session, g_variant_get_boolean (state));
  nudge_window_expect_frames (self);
}

static void
ghost_change_state_cb (GSimpleAction *action, GVariant *state, gpointer data)
{
  g_simple_action_set_state (action, state);
  nudge_window_apply_ghost (data);
}

static const char *const guards[] = {
  [NN_GUARD_SHIELD] = "shield",
  [NN_GUARD_CHECK] = "check",
  [NN_GUARD_OFF] = "off",
};

static void
guard_change_state_cb (GSimpleAction *action, GVariant *state, gpointer data)
{
  NudgeWindow *self = data;
  const char *name = g_variant_get_string (state, NULL);

  for (gsize i = 0; i < G_N_ELEMENTS (guards); i++) {
    NnEvent event = { .kind = NN_EVENT_GUARD, .guard = (NnGuard) i };

    if (!g_str_equal (guards[i], name) || !self->session)
      continue;
    nudge_cards_do (self->cards, &event);
    g_simple_action_set_state (action, state);
    nudge_window_expect_frames (self);
  }
}

/**
 * nudge_window_show_guard:
 *
 * The frame's, which a step back along the timeline may have changed.
 */
void
nudge_window_show_guard (NudgeWindow *self)
{
  static const char *const labels[] = {
    [NN_GUARD_SHIELD] = N_ ("Guard: shield"),
    [NN_GUARD_CHECK] = N_ ("Guard: check"),
    [NN_GUARD_OFF] = N_ ("Guard: off"),
  };
  GAction *action = g_action_map_lookup_action (G_ACTION_MAP (self), "guard");
  const char *label = _ (labels[self->frame->guard]);

  if (g_str_equal (gtk_label_get_text (GTK_LABEL (self->guard_label)), label))
    return;
  g_simple_action_set_state (G_SIMPLE_ACTION (action),
                             g_variant_new_string (guards[self->frame->guard]));
  gtk_label_set_text (GTK_LABEL (self->guard_label), label);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->guard_button),
                                  GTK_ACCESSIBLE_PROPERTY_LABEL, label, -1);
}

static const GActionEntry actions[] = {
  { "run", NULL, NULL, "false", run_change_state_cb },
  { "step", step_cb },
  { "reset", reset_cb },
  { "ghost", NULL, NULL, "false", ghost_change_state_cb },
  { "guard", NULL, "s", "'shield'", guard_change_state_cb },
};

void
nudge_window_add_commands (NudgeWindow *self)
{
  g_action_map_add_action_entries (G_ACTION_MAP (self), actions, G_N_ELEMENTS (actions),
                                   self);
}
