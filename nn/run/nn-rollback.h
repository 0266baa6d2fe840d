/* nn-rollback.h - what nudges change within a step, in case that step fails
 *
 * SPDX-License-Identifier: MIT
 *
 * The weights, the slow copies, the nudges' stream of random numbers and the optimizer's
 * state. Each is copied when a nudge is first about to change it within a step: a step
 * without such nudges costs nothing. One owner, one thread.
 */

#pragma once

#include "nn/nudge/nn-apply.h"

G_BEGIN_DECLS

typedef struct _NnRollback NnRollback;

NnRollback *nn_rollback_new (gsize n_values) G_GNUC_WARN_UNUSED_RESULT;
void nn_rollback_free (NnRollback *self);

void nn_rollback_keep (NnRollback *self,
                       guint64 step,
                       const NnNudge *nudge,
                       const NnNudgeContext *context);
void nn_rollback_restore (NnRollback *self, guint64 step, const NnNudgeContext *context);
void nn_rollback_forget (NnRollback *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (NnRollback, nn_rollback_free)

G_END_DECLS
