/* nn-path.h - helpers for paths of files
 *
 * SPDX-License-Identifier: MIT
 *
 * They look at the text of a path only, except nn_path_is_same_file ().
 */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

char *nn_path_dup_display_name (const char *path);
char *nn_path_dup_relative (const char *path, const char *folder);
gboolean nn_path_has_ending (const char *path, const char *ending);
gboolean nn_path_check_ending (const char *path,
                               const char *ending,
                               const char *what,
                               GError **error);

gboolean nn_path_is_same_file (const char *a, const char *b);

G_END_DECLS
