/* nn-near-target.h - the nearest target that a network has
 *
 * SPDX-License-Identifier: MIT
 */

#pragma once

#include "nn/model/nn-architecture.h"
#include "nn/nudge/nn-nudge.h"

G_BEGIN_DECLS

char *nn_nudge_dup_near (const NnNudge *self,
                         const NnArchitecture *architecture) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
