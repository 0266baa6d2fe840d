/* nudge-window-timeline.c - along the run: undo, redo, go to
 *
 * SPDX-License-Identifier: MIT
 */

#include "app/nudge-window-private.h"

#include <glib/gi18n.h>

#include "ui/nudge-timeline.h"
#include "ui/text/nudge-words.h"

static void
set_enabled (NudgeWindow *self, const char *name, gboolean enabled)
{
  GAction *action = g_action_map_lookup_action (G_ACTION_MAP (self), name);

  g_simple_action_set_enabled (G_SIMPLE_ACTION (action), enabled);
}

/* What lands on the way there has landed before: nobody needs to be told. */
static void
travel (NudgeWindow *self)
{
  self->travels_until = nn_session_get_n_commands (self->session);
  nudge_window_expect_frames (self);
}

/* While text is being typed, the keys are its own, as long as it has something to take
 * back; whether it had shows only in what becomes of it. */
static gboolean
is_for_text (NudgeWindow *self, const char *action)
{
  GtkWidget *focus = gtk_window_get_focus (GTK_WINDOW (self));
  g_autofree char *before = NULL;

  if (!GTK_IS_TEXT (focus))
    return FALSE;
  before = g_strdup (gtk_editable_get_text (GTK_EDITABLE (focus)));
  gtk_widget_activate_action (focus, action, NULL);
  return !g_str_equal (gtk_editable_get_text (GTK_EDITABLE (focus)), before);
}

static void
undo_cb (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  NudgeWindow *self = data;

  self->has_place = FALSE;
  nn_session_undo (self->session);
  travel (self);
}

static void
redo_cb (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  NudgeWindow *self = data;

  self->has_place = FALSE;
  nn_session_redo (self->session);
  travel (self);
}

static void
undo_by_key_cb (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  if (!is_for_text (data, "text.undo"))
    g_action_group_activate_action (data, "undo", NULL);
}

static void
redo_by_key_cb (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  if (!is_for_text (data, "text.redo"))
    g_action_group_activate_action (data, "redo", NULL);
}

/* A place is asked for when the last one is shown: a thumb that is dragged faster than
 * the run can be restored leaves no trail of commands behind it. */
static void
ask_for_place (NudgeWindow *self)
{
  if (!self->has_place || !nudge_window_is_up_to_date (self))
    return;
  self->has_place = FALSE;
  nn_session_go_to (self->session, self->place);
  travel (self);
}

/**
 * nudge_window_go_to:
 *
 * Shows the run as it was after @step, paused: it would go on from there.
 */
void
nudge_window_go_to (NudgeWindow *self, guint64 step)
{
  if (!self->session || !self->frame)
    return;
  self->has_place = TRUE;
  self->place = step;
  ask_for_place (self);
  nudge_window_expect_frames (self);
}

static void
timeline_grabbed_cb (NudgeWindow *self)
{
  if (!self->session || !self->frame)
    return;
  if (self->frame->running) {
    nn_session_pause (self->session);
    nudge_window_show_running (self, FALSE);
    nudge_window_expect_frames (self);
  }
  nudge_timeline_set_frame (NUDGE_TIMELINE (self->timeline), self->frame);
}

static void
timeline_go_to_cb (NudgeWindow *self, guint64 step)
{
  nudge_window_go_to (self, step);
}

/* The newest nudge by hand that @previous had and @frame has no more. */
static const NnLanding *
find_undone (const NnFrame *frame, const NnFrame *previous)
{
  for (gsize i = previous->n_landings; i > 0; i--) {
    const NnLanding *landing = &previous->landings[i - 1];
    gboolean is_left = FALSE;

    for (gsize k = 0; k < frame->n_landings && !is_left; k++)
      is_left = frame->landings[k].nudge == landing->nudge;
    if (!is_left && !landing->standing)
      return landing;
  }
  return NULL;
}

/* The run went back: says of what it is the state before, if that was one nudge. */
static void
tell_undone (NudgeWindow *self, const NnFrame *previous)
{
  const NnFrame *frame = self->frame;
  const NnLanding *landing;
  gboolean is_back;

  g_clear_pointer (&self->undone, g_free);
  if (!previous || !frame->can_redo || frame->n_landings >= previous->n_landings)
    return;
  landing = find_undone (frame, previous);
  is_back = landing && frame->step == landing->first;
  if (is_back)
    self->undone = nudge_words_for_undone (landing);
}

/**
 * nudge_window_follow_timeline:
 * @previous: (nullable): the frame before the present one
 */
void
nudge_window_follow_timeline (NudgeWindow *self, const NnFrame *previous)
{
  gboolean stays = previous && self->frame->n_landings == previous->n_landings &&
                   self->frame->step == previous->step;

  if (!stays)
    tell_undone (self, previous);
  set_enabled (self, "undo", self->frame->can_undo);
  set_enabled (self, "redo", self->frame->can_redo);
  ask_for_place (self);
}

static const GActionEntry actions[] = {
  { "undo", undo_cb },
  { "redo", redo_cb },
  { "undo-by-key", undo_by_key_cb },
  { "redo-by-key", redo_by_key_cb },
};

void
nudge_window_add_timeline (NudgeWindow *self)
{
  g_action_map_add_action_entries (G_ACTION_MAP (self), actions, G_N_ELEMENTS (actions),
                                   self);
  set_enabled (self, "undo", FALSE);
  set_enabled (self, "redo", FALSE);
  g_signal_connect_object (self->timeline, "grabbed", G_CALLBACK (timeline_grabbed_cb),
                           self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->timeline, "go-to", G_CALLBACK (timeline_go_to_cb), self,
                           G_CONNECT_SWAPPED);
}
