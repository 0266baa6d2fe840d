/* nudge-network-words.h - the network's picture in words, for a screen reader
 *
 * SPDX-License-Identifier: MIT
 */

#pragma once

#include "nn/nudge/nn-target.h"
#include "ui/draw/network/nudge-network-hover.h"

G_BEGIN_DECLS

char *nudge_network_dup_words (const NnFrame *frame,
                               const NudgeNetworkThing *cursor,
                               const NnTarget *selected,
                               gsize n_selected);

G_END_DECLS
