/* try-nudge.h - what any text must do when it is read as a nudge
 *
 * SPDX-License-Identifier: MIT
 *
 * Shared by libFuzzer's target and by the ordinary test that mutates texts by itself.
 */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

gboolean try_nudge (const void *bytes, gsize size);

G_END_DECLS
