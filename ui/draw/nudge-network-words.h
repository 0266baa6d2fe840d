/* nudge-network-words.h - the picture of the network for those who cannot see it
 *
 * SPDX-License-Identifier: MIT
 */

#pragma once

#include "nn/nudge/nn-target.h"
#include "ui/draw/nudge-network-hover.h"

G_BEGIN_DECLS

char *nudge_network_dup_words (const NnFrame *frame,
                               const NudgeNetworkThing *cursor,
                               const NnTarget *selected,
                               gsize n_selected);

G_END_DECLS
