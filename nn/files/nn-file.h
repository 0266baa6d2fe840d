/* nn-file.h - reads and writes whole files, like g_file_get_contents ()
 *
 * SPDX-License-Identifier: MIT
 */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Whether a stream that begins with these bytes, NN_FILE_START or more, is to be read on. */
typedef gboolean (*NnFileWanted) (const guint8 *start, gsize n_bytes);

#define NN_FILE_START (1 << 20)

char *nn_file_read (const char *path, gsize most_bytes, gsize *n_bytes, GError **error)
    G_GNUC_WARN_UNUSED_RESULT;
char *nn_file_read_wanted (const char *path,
                           gsize most_bytes,
                           NnFileWanted wanted,
                           gsize *n_bytes,
                           GError **error) G_GNUC_WARN_UNUSED_RESULT;
gsize nn_file_get_memory_limit (void);
gboolean
nn_file_replace (const char *path, const void *bytes, gsize n_bytes, GError **error);

G_END_DECLS
