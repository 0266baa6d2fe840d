/* nn-apply.h - a nudge meets a network
 *
 * SPDX-License-Identifier: MIT
 */

#pragma once

#include "nn/model/nn-network.h"
#include "nn/nudge/nn-noise.h"
#include "nn/nudge/nn-nudge.h"

G_BEGIN_DECLS

gboolean nn_nudge_check_target (const NnNudge *nudge,
                                const NnArchitecture *architecture,
                                GError **error);
gboolean nn_nudge_apply (const NnNudge *nudge,
                         NnNetwork *network,
                         NnNoise *noise,
                         float *scratch,
                         GError **error);

G_END_DECLS
