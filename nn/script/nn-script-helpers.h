/* nn-script-helpers.h - the functions that a program calls, and what it keeps
 *
 * SPDX-License-Identifier: MIT
 */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

char *nn_script_collect_helpers (const char *own,
                                 guint32 seed,
                                 const char *previous,
                                 GString *memory) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
