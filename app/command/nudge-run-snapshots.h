/* nudge-run-snapshots.h - the parameters every so many steps, as files with numbers
 *
 * SPDX-License-Identifier: MIT
 *
 * Of --snapshot x.npz --snapshot-every 100: x-000100.npz, x-000200.npz and so on, and the
 * last step's, each with the history up to its step, if that is asked for. Each takes effect
 * as a whole.
 */

#pragma once

#include "app/command/nudge-run-options.h"
#include "nn/run/nn-timeline.h"

G_BEGIN_DECLS

gboolean nudge_run_snapshots_parse (const NudgeRunOptions *options,
                                    const GPtrArray *others,
                                    guint64 *every,
                                    GError **error);
gboolean nudge_run_snapshots_keep (const NudgeRunOptions *options,
                                   guint64 every,
                                   const NnExperiment *experiment,
                                   NnTimeline *timeline,
                                   gboolean last,
                                   GError **error);

G_END_DECLS
