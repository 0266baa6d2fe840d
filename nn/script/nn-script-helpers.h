/* nn-script-helpers.h - the functions of helpers.py that a program calls
 *
 * SPDX-License-Identifier: MIT
 *
 * helpers.py is embedded by the build; a program gets those functions that it uses,
 * directly or through others.
 */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

char *nn_script_collect_helpers (const char *own,
                                 guint32 seed,
                                 const char *previous,
                                 GString *memory) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
