/* nudge-found-file.c - what a file that is opened holds
 *
 * SPDX-License-Identifier: MIT
 */

#include "app/nudge-found-file.h"

#include "nn/io/nn-experiment-for-file.h"

/**
 * nudge_found_file_read:
 * @data: not used
 *
 * Any thread.
 *
 * Returns: (transfer full) (nullable): a NudgeFoundFile; %NULL with @error set
 */
gpointer
nudge_found_file_read (const char *path,
                       gconstpointer data,
                       const NnProgress *progress,
                       GError **error)
{
  g_autoptr (NudgeFoundFile) self = g_new0 (NudgeFoundFile, 1);

  if (nn_experiment_find_data (path, &self->data))
    self->sheet = nn_data_spec_load_sheet (&self->data, progress, error);
  else
    self->experiment = nn_experiment_open (path, progress, error);
  return self->sheet || self->experiment ? g_steal_pointer (&self) : NULL;
}

void
nudge_found_file_free (NudgeFoundFile *self)
{
  g_clear_pointer (&self->experiment, nn_experiment_free);
  g_clear_pointer (&self->sheet, nn_sheet_free);
  nn_data_spec_clear (&self->data);
  g_free (self);
}
