/* nn-progress.h - how far something that takes seconds is, and whether it is to go on
 *
 * SPDX-License-Identifier: MIT
 *
 * Passed down to what reads a large file. Borrowed for the call.
 */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef struct {
  /* @fraction: 0 to 1. Called on the thread that works, some hundred times in all, or after
   * each step of a run.
   * Returns: FALSE to stop */
  gboolean (*report) (double fraction, gpointer data);
  gpointer data;
} NnProgress;

gboolean nn_progress_report (const NnProgress *self, double fraction, GError **error);

G_END_DECLS
