/* nn-script-text.h - lines of Python, indented
 *
 * SPDX-License-Identifier: MIT
 */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

void nn_script_append_indented (GString *text, const char *lines, guint depth);

G_END_DECLS
