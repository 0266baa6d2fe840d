/* nn-log.h - what the user has done to a run, from its first step on
 *
 * SPDX-License-Identifier: MIT
 *
 * With the experiment that the events were done to, so that it is enough to repeat the
 * run bit for bit.
 *
 * Immutable and shared: ref and unref from any thread. Appending an event makes another
 * log, which shares all earlier events, so that every frame can have one, however long
 * it is.
 */

#pragma once

#include "nn/experiment/nn-event.h"
#include "nn/experiment/nn-experiment.h"

G_BEGIN_DECLS

typedef struct _NnLog NnLog;

NnLog *nn_log_new (NnExperiment *base, const guint64 *ids) G_GNUC_WARN_UNUSED_RESULT;
NnLog *nn_log_append (NnLog *self, const NnEvent *event) G_GNUC_WARN_UNUSED_RESULT;
NnLog *nn_log_ref (NnLog *self);
void nn_log_unref (NnLog *self);

gsize nn_log_get_n_events (const NnLog *self);
const NnEvent *nn_log_get_last (const NnLog *self);
NnExperiment *
nn_log_make_experiment (const NnLog *self,
                        const NnExperiment *named) G_GNUC_WARN_UNUSED_RESULT;
gboolean nn_log_keeps_ids (const NnLog *self);
NnExperiment *nn_log_get_base (const NnLog *self);
GArray *nn_log_dup_edits (const NnLog *self) G_GNUC_WARN_UNUSED_RESULT;
NnEdit *nn_log_dup_before (const NnLog *self,
                           const GArray *edits,
                           guint index) G_GNUC_WARN_UNUSED_RESULT;

G_DEFINE_AUTOPTR_CLEANUP_FUNC (NnLog, nn_log_unref)

G_END_DECLS
