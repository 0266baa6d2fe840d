/* nn-file.h - replacing a file whole or not at all
 *
 * SPDX-License-Identifier: MIT
 */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

gboolean
nn_file_replace (const char *path, const void *bytes, gsize n_bytes, GError **error);

G_END_DECLS
