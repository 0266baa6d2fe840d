/* nn-near-target.h - corrects the target of a nudge to the nearest one in a network
 *
 * SPDX-License-Identifier: MIT
 *
 * For nudges that were written for another network, and for typing errors.
 */

#pragma once

#include "nn/model/nn-architecture.h"
#include "nn/nudge/nn-nudge.h"

G_BEGIN_DECLS

char *nn_nudge_dup_near (const NnNudge *self,
                         const NnArchitecture *architecture) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
