/* nudge-run-history.h - what was done to the weights of a run, as a snapshot's metadata
 *
 * SPDX-License-Identifier: MIT
 */

#pragma once

#include "app/command/nudge-run-options.h"
#include "nn/session/nn-frame.h"

G_BEGIN_DECLS

#define NUDGE_HISTORY_LOG      "nudge.history"
#define NUDGE_HISTORY_STANDING "nudge.standing"
#define NUDGE_HISTORY_MOST     1000 /* entries of each that are written */

gboolean nudge_run_history_check (const NudgeRunOptions *options, GError **error);
GPtrArray *nudge_run_history_new (const NnExperiment *experiment,
                                  const NnFrame *frame) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
