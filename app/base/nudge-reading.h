/* nudge-reading.h - reading a file on another thread, with a dialog if that takes long
 *
 * SPDX-License-Identifier: MIT
 *
 * A file that takes a while gets a dialog with its progress and a button to cancel; most
 * files are read before that appears.
 */

#pragma once

#include <gtk/gtk.h>

#include "nn/base/nn-progress.h"

G_BEGIN_DECLS

/* On the other thread. Returns: (transfer full) (nullable): %NULL with @error set */
typedef gpointer (*NudgeReadFunc) (const char *path,
                                   gconstpointer data,
                                   const NnProgress *progress,
                                   GError **error);

typedef struct {
  const char *path; /* copied; perhaps followed by a part's name, FILE:NAME */
  NudgeReadFunc read;
  gpointer data; /* (transfer full) (nullable) the reader's */
  GDestroyNotify free_data;
  GDestroyNotify free_result;
  gboolean ends_with_parent; /* cancelled if the parent is closed, else it goes on */
} NudgeReading;

void nudge_reading_async (GtkApplication *application,
                          GtkWindow *parent,
                          const NudgeReading *what,
                          GAsyncReadyCallback callback,
                          gpointer data);
gpointer nudge_reading_finish (GAsyncResult *result, GError **error);

G_END_DECLS
