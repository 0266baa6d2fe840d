/* nn-deflate-file.h - decompresses and compresses members of a zip, from and to files
 *
 * SPDX-License-Identifier: MIT
 *
 * In pieces, so members may be larger than memory.
 */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Returns: FALSE if it could not be written */
typedef gboolean (*NnDeflateWrite) (gpointer data,
                                    const guint8 *bytes,
                                    gsize n_bytes,
                                    GError **error);

gboolean nn_deflate_unpack (const guint8 *packed,
                            gsize n_packed,
                            guint64 n_bytes,
                            guint32 crc,
                            int fd,
                            GError **error);
gboolean nn_deflate_pack (int fd,
                          guint64 n_bytes,
                          NnDeflateWrite write,
                          gpointer data,
                          guint32 *crc,
                          GError **error);

G_END_DECLS
