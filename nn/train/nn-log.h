/* nn-log.h - what has been done to a run by hand, from its first step on
 *
 * SPDX-License-Identifier: MIT
 *
 * With the experiment it was done to, it is enough to do the run again bit for bit.
 * Immutable and shared: ref and unref from any thread.
 */

#pragma once

#include "nn/train/nn-event.h"
#include "nn/train/nn-experiment.h"

G_BEGIN_DECLS

typedef struct {
  GPtrArray *standing; /* (owned) (element-type NnNudge) at step 0, in their order */
  NnGuard guard;       /* at step 0 */
  GArray *events;      /* (owned) (element-type NnEvent) oldest first */
} NnLog;

NnLog *nn_log_new (const GPtrArray *standing,
                   NnGuard guard,
                   const NnEvent *events,
                   gsize n_events) G_GNUC_WARN_UNUSED_RESULT;
NnLog *nn_log_ref (NnLog *self);
void nn_log_unref (NnLog *self);

NnExperiment *
nn_log_make_experiment (const NnLog *self,
                        const NnExperiment *experiment) G_GNUC_WARN_UNUSED_RESULT;

G_DEFINE_AUTOPTR_CLEANUP_FUNC (NnLog, nn_log_unref)

G_END_DECLS
