/* nn-gzip.h - decompresses gzip, in memory
 *
 * SPDX-License-Identifier: MIT
 */

#pragma once

#include "nn/files/nn-file.h"

G_BEGIN_DECLS

gboolean nn_gzip_recognise (const void *bytes, gsize n_bytes);
char *nn_gzip_unpack (const void *bytes,
                      gsize n_bytes,
                      gsize most_bytes,
                      gsize *n_unpacked,
                      GError **error) G_GNUC_WARN_UNUSED_RESULT;
char *nn_gzip_read_file (const char *path,
                         NnFileWanted wanted,
                         gsize *n_bytes,
                         GError **error) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
