/* nudge-tensor-job.c - what is read of a tensor on the worker's thread
 *
 * SPDX-License-Identifier: MIT
 */

#include "app/tensors/nudge-tensor-job.h"

#include "nn/patch/nn-array-difference.h"

/* @index: of the array in the file that @tensor is */
NudgeTensorJob *
nudge_tensor_job_new (NnFileVersion *version, NudgeTensor *tensor, guint index)
{
  NudgeTensorJob *self = g_new0 (NudgeTensorJob, 1);

  self->version = nn_file_version_ref (version);
  self->tensor = g_object_ref (tensor);
  self->index = index;
  return self;
}

void
nudge_tensor_job_free (NudgeTensorJob *self)
{
  nn_file_version_unref (self->version);
  g_object_unref (self->tensor);
  g_clear_pointer (&self->nudge, nn_nudge_unref);
  g_free (self);
}

void
nudge_tensor_facts_free (NudgeTensorFacts *self)
{
  g_clear_pointer (&self->summary, nn_tensor_summary_unref);
  g_free (self);
}

static void
init_area (NnArrayArea *area, const NudgeTensorJob *self)
{
  nn_array_area_init_whole (
      area, nn_file_version_get_arrays (self->version)->pdata[self->index], self->index);
}

/* Against the file as it is on disk, if any nudge has touched the tensor since. */
static gboolean
find_change (const NudgeTensorJob *self, NudgeTensorChange *change, GError **error)
{
  NnFileVersion *first = nn_file_version_get_first (self->version);
  NnArrayArea area;
  NnArrayValues a = { NULL }, b = { NULL };
  NnArrayDifference difference = { 0 };
  gboolean good;

  if (!nn_file_version_differ (first, self->version, self->index))
    return TRUE;
  init_area (&area, self);
  good = nn_file_version_open_values (first, &area, &a, error) &&
         nn_file_version_open_values (self->version, &area, &b, error) &&
         nn_array_difference_find (&difference, &a, &b, FALSE, error);
  nn_array_values_clear (&a);
  nn_array_values_clear (&b);
  *change = (NudgeTensorChange){ difference.n_changed, difference.norm };
  nn_array_difference_clear (&difference);
  return good;
}

static NnTensorSummary *
summarize (const NudgeTensorJob *self,
           const NnFileVersion *version,
           gboolean with_picture,
           const NnProgress *progress,
           GError **error)
{
  NnArrayArea area;
  NnArrayValues values = { NULL };
  NnTensorSummary *summary = NULL;

  init_area (&area, self);
  if (nn_file_version_open_values (version, &area, &values, error))
    summary = nn_array_summary_new (&values, with_picture, progress, error);
  nn_array_values_clear (&values);
  return summary;
}

gpointer
nudge_tensor_job_read_facts (gpointer data, const NnProgress *progress, GError **error)
{
  const NudgeTensorJob *self = data;
  g_autoptr (NudgeTensorFacts) facts = g_new0 (NudgeTensorFacts, 1);

  if (!nn_file_version_check (self->version, error) ||
      !find_change (self, &facts->change, error))
    return NULL;
  facts->summary = summarize (self, self->version, FALSE, progress, error);
  return facts->summary != NULL ? g_steal_pointer (&facts) : NULL;
}

gpointer
nudge_tensor_job_read_picture (gpointer data, const NnProgress *progress, GError **error)
{
  const NudgeTensorJob *self = data;
  NnArrayArea area;
  NnArrayValues values = { NULL };
  NnTensorPicture *picture = NULL;

  init_area (&area, self);
  if (nn_file_version_open_values (self->version, &area, &values, error))
    picture = nn_array_picture_new (&values, progress, error);
  nn_array_values_clear (&values);
  return picture;
}

gpointer
nudge_tensor_job_read_window (gpointer data, const NnProgress *progress, GError **error)
{
  const NudgeTensorJob *self = data;
  NnArrayArea area;
  NnArrayValues values = { NULL };
  NnTensorWindow *window = NULL;

  init_area (&area, self);
  if (nn_file_version_open_values (self->version, &area, &values, error))
    window = nn_array_window_new (&values, NULL, self->first_row, self->first_column,
                                  self->n_rows, self->n_columns, error);
  nn_array_values_clear (&values);
  return window;
}

gpointer
nudge_tensor_job_preview (gpointer data, const NnProgress *progress, GError **error)
{
  const NudgeTensorJob *self = data;
  g_autoptr (NnFileVersion) preview =
      nn_file_version_preview (self->version, self->nudge, self->index, progress, error);

  return preview != NULL ? summarize (self, preview, TRUE, progress, error) : NULL;
}
