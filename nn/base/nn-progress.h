/* nn-progress.h - a progress callback that can cancel
 *
 * SPDX-License-Identifier: MIT
 *
 * Passed down through whatever takes seconds: reading or writing a large file, trial
 * runs. Borrowed for the duration of the call; NULL where progress does not matter.
 */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef struct {
  /* Called on the thread that does the work, a few hundred times in all, or after each
   * step of a run.
   * @fraction: done so far, 0 to 1
   *
   * Returns: FALSE to cancel */
  gboolean (*report) (double fraction, gpointer data);
  gpointer data;
} NnProgress;

gboolean nn_progress_report (const NnProgress *self, double fraction, GError **error);

G_END_DECLS
