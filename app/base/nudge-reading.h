/* nudge-reading.h - a file, read on another thread while a window says how far it is
 *
 * SPDX-License-Identifier: MIT
 *
 * A file that takes longer than a moment gets a dialog with its progress and a button that
 * cancels; a short one is read without any.
 */

#pragma once

#include <gtk/gtk.h>

#include "nn/base/nn-progress.h"

G_BEGIN_DECLS

/* On the other thread. Returns: (transfer full) (nullable): %NULL with @error set */
typedef gpointer (*NudgeReader) (const char *path,
                                 gconstpointer data,
                                 const NnProgress *progress,
                                 GError **error);

typedef struct {
  const char *path; /* copied; may have a member behind it, FILE:NAME */
  NudgeReader read;
  gpointer data; /* (transfer full) (nullable) the reader's */
  GDestroyNotify free_data;
  GDestroyNotify free_result;
} NudgeReading;

void nudge_reading_async (GtkApplication *application,
                          GtkWindow *parent,
                          const NudgeReading *what,
                          GAsyncReadyCallback callback,
                          gpointer data);
gpointer nudge_reading_finish (GAsyncResult *result, GError **error);

G_END_DECLS
