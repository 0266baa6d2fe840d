/* nudge-out-of-memory.h - the last resort when an allocation fails
 *
 * SPDX-License-Identifier: MIT
 *
 * What a run needs is compared with what there is before it begins
 * (nn/run/nn-footprint.h); but other processes take memory, too.
 */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

void nudge_out_of_memory_watch (const char *command);

G_END_DECLS
