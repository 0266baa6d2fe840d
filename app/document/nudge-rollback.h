/* nudge-rollback.h - takes a run to another position in its history
 *
 * SPDX-License-Identifier: MIT
 *
 * By undo, redo and going to a step, as a user would do it. A plain value; the learner
 * owns it.
 */

#pragma once

#include "app/document/nudge-session.h"

G_BEGIN_DECLS

/* A position in a run's history: after a step and after a number of the user's actions. */
typedef struct {
  gboolean known;
  guint64 step;
  gsize n_events;  /* the user's actions */
  gboolean failed; /* training had stopped there with an error */
} NudgeRunPosition;

typedef struct {
  NudgeRunPosition target;
  guint n_resets;   /* since the target, each to be undone */
  guint n_commands; /* given so far */
} NudgeRollback;

NudgeRunPosition nudge_run_position_of (const NnFrame *frame);
gboolean nudge_rollback_continue (NudgeRollback *self, NudgeSession *session);

G_END_DECLS
