/* session-frames.h - a session's frames, taken as a window's frame clock does
 *
 * SPDX-License-Identifier: MIT
 *
 * A frame that never comes fails the test.
 */

#pragma once

#include "nn/session/nn-session.h"
#include "tests/deadline.h"

#define FRAME_DEADLINE_US (20 * G_USEC_PER_SEC)

static inline NnFrame *
next_frame (NnSession *session)
{
  const gint64 deadline = deadline_after (FRAME_DEADLINE_US);

  for (;;) {
    NnFrame *frame = nn_session_take_frame (session);

    if (frame)
      return frame;
    g_assert_cmpint (g_get_monotonic_time (), <, deadline);
    g_usleep (200);
  }
}

/* The frame that shows the effect of every command given so far. */
static inline NnFrame *
settled_frame (NnSession *session)
{
  for (;;) {
    NnFrame *frame = next_frame (session);

    if (frame->n_commands == nn_session_get_n_commands (session))
      return frame;
    nn_frame_unref (frame);
  }
}

/* Once the run is paused, too. */
static inline NnFrame *
paused_frame (NnSession *session)
{
  NnFrame *frame;

  while ((frame = settled_frame (session))->running)
    nn_frame_unref (frame);
  return frame;
}

/* Keeps the session's thread busy until *@data is not 0, so that commands which are given
 * meanwhile are all carried out after it, one right after the other. */
static inline void
hold_cb (NnReplayStart *start, NnLog *log, gpointer data)
{
  if (start)
    nn_replay_start_clear (start);
  while (!g_atomic_int_get ((gint *) data))
    g_usleep (100);
}

static inline void
hold (NnSession *session, gint *released)
{
  nn_session_find_start (session, 0, 0, hold_cb, released);
}

/* And everything that was asked for, if the run is paused. */
static inline NnFrame *
finished_frame (NnSession *session)
{
  NnFrame *frame = settled_frame (session);

  while (frame->unfinished) {
    nn_frame_unref (frame);
    frame = next_frame (session);
  }
  return frame;
}
