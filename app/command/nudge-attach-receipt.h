/* nudge-attach-receipt.h - what a nudge of a job really did, as text
 *
 * SPDX-License-Identifier: MIT
 */

#pragma once

#include "nn/attach/nn-wire.h"

G_BEGIN_DECLS

void nudge_attach_print_receipt (const char *text,
                                 const NnMessage *reply,
                                 gboolean draws,
                                 gboolean whole);

G_END_DECLS
