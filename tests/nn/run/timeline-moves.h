/* timeline-moves.h - back and forth along the timeline of a small experiment
 *
 * SPDX-License-Identifier: MIT
 */

#pragma once

#include "nn/run/nn-timeline.h"
#include "nn/session/nn-frame.h"
#include "tests/nn/small-trainer.h"

G_BEGIN_DECLS

static inline NnTimeline *
moves_new_timeline (const char *text, gsize budget)
{
  g_autoptr (NnExperiment) experiment = small_experiment (text);
  g_autoptr (GError) error = NULL;
  NnTimeline *timeline = nn_timeline_new (experiment, budget, &error);

  g_assert_no_error (error);
  return timeline;
}

static inline void
moves_run (NnTimeline *timeline, guint n)
{
  for (guint i = 0; i < n; i++)
    g_assert_true (nn_timeline_step (timeline, NULL));
}

static inline void
moves_arrive (NnTimeline *timeline)
{
  while (nn_timeline_is_travelling (timeline))
    nn_timeline_travel (timeline, 7);
}

static inline void
moves_undo (NnTimeline *timeline)
{
  nn_timeline_undo (timeline);
  moves_arrive (timeline);
}

static inline void
moves_redo (NnTimeline *timeline)
{
  nn_timeline_redo (timeline);
  moves_arrive (timeline);
}

static inline void
moves_go_to (NnTimeline *timeline, guint64 step)
{
  nn_timeline_go_to (timeline, step);
  moves_arrive (timeline);
}

static inline void
moves_nudge (NnTimeline *timeline, const char *text)
{
  g_autoptr (NnNudge) parsed = nn_nudge_parse (text, NULL);

  g_assert_nonnull (parsed);
  g_assert_true (nn_timeline_do (
      timeline, &(NnEvent){ .kind = NN_EVENT_NUDGE, .nudge = parsed }, NULL));
}

static inline guint64
moves_get_step (NnTimeline *timeline)
{
  return nn_trainer_get_n_steps (nn_timeline_get_trainer (timeline));
}

static inline void
moves_assert_same_frames (const NnFrame *a, const NnFrame *b)
{
  g_assert_cmpuint (a->step, ==, b->step);
  g_assert_cmpint (a->guard, ==, b->guard);
  g_assert_cmpuint (a->n_landings, ==, b->n_landings);
  for (gsize i = 0; i < a->n_landings; i++) {
    const NnLanding *one = &a->landings[i];
    const NnLanding *other = &b->landings[i];

    g_assert_true (one->nudge == other->nudge);
    g_assert_cmpuint (one->serial, ==, other->serial);
    g_assert_cmpuint (one->first, ==, other->first);
    g_assert_cmpuint (one->last, ==, other->last);
    g_assert_cmpuint (one->n_times, ==, other->n_times);
    g_assert_cmpstr (one->refusal, ==, other->refusal);
    g_assert_cmpfloat (one->loss_before, ==, other->loss_before);
    g_assert_cmpfloat (one->loss_after, ==, other->loss_after);
    g_assert_cmpfloat (one->change, ==, other->change);
  }
  g_assert_cmpuint (a->n_standing, ==, b->n_standing);
  for (gsize i = 0; i < a->n_standing; i++) {
    g_assert_true (a->standing[i].nudge == b->standing[i].nudge);
    g_assert_cmpint (a->standing[i].paused, ==, b->standing[i].paused);
    g_assert_cmpuint (a->standing[i].n_times, ==, b->standing[i].n_times);
  }
  small_trainer_assert_same_loss ((float) a->step_loss, (float) b->step_loss);
}

/* Nudges of all sorts. */
static const char *const moves_texts[] = {
  "*: w + a*noise a=0.01",
  "fc1: w - a*w @ every 3 steps a=0.1",
  "fc2: w + a*rand @ every example a=0.001",
  "fc3.weight: w + a*w @ every 2 steps before backward a=0.1",
  "fc1.bias: w/(w - w) @ step 20",
  "*.weight: 0-w @ every epoch",
};

/* @nudges: from which one is taken */
static inline NnEvent
moves_make_event (GRand *dice, const NnTrainer *trainer, GPtrArray *nudges)
{
  const gsize n_standing = nn_trainer_get_n_standing (trainer);
  NnEvent event = { .kind = (NnEventKind) g_rand_int_range (dice, 0, 8) };
  gssize to;

  if (n_standing == 0 && event.kind >= NN_EVENT_REPLACE && event.kind <= NN_EVENT_MOVE)
    event.kind = NN_EVENT_STAND;
  if (n_standing > 4 && event.kind == NN_EVENT_STAND)
    event.kind = NN_EVENT_REMOVE;
  event.nudge = nudges->pdata[g_rand_int_range (dice, 0, (gint32) nudges->len)];
  event.index = (gsize) g_rand_int_range (dice, 0, (gint32) MAX (n_standing, 1));
  to = (gssize) g_rand_int_range (dice, 0, (gint32) MAX (n_standing, 1));
  event.by = to - (gssize) event.index;
  if (event.kind == NN_EVENT_STAND)
    event.id = nn_trainer_get_next_id (trainer);
  if (event.kind >= NN_EVENT_REPLACE && event.kind <= NN_EVENT_MOVE)
    event.id = small_trainer_get_id (trainer, event.index);
  event.guard = g_rand_boolean (dice) ? NN_GUARD_OFF : NN_GUARD_SHIELD;
  return event;
}

G_END_DECLS
