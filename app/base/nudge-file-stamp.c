/* nudge-file-stamp.c - whether a file has changed, without reading it
 *
 * SPDX-License-Identifier: MIT
 */

#include "app/base/nudge-file-stamp.h"

#include <glib/gstdio.h>

/**
 * nudge_file_stamp_dup:
 *
 * Returns: (transfer full) (nullable): equal as long as the file has not been written;
 *   %NULL if there is none
 */
char *
nudge_file_stamp_dup (GFile *file)
{
  g_autofree char *path = g_file_get_path (file);
  GStatBuf found;

  if (path == NULL || g_stat (path, &found) != 0)
    return NULL;
  return g_strdup_printf ("%" G_GUINT64_FORMAT " %" G_GINT64_FORMAT " %" G_GINT64_FORMAT
                          ".%09" G_GINT64_FORMAT,
                          (guint64) found.st_ino, (gint64) found.st_size,
                          (gint64) found.st_mtim.tv_sec, (gint64) found.st_mtim.tv_nsec);
}
