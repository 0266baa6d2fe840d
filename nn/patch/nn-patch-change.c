/* nn-patch-change.c - applies a nudge to one array of a file
 *
 * SPDX-License-Identifier: MIT
 */

#include <glib/gi18n.h>
#include <string.h>

#include "nn/base/nn-error.h"
#include "nn/nudge/nn-stream.h"
#include "nn/patch/nn-patch-private.h"

typedef struct {
  NnPatch *patch;
  const NnArrayArea *area;
  NnPatchFile *file;
  gboolean fresh;        /* the region was not written before */
  NnArrayValues values;  /* (owned) */
  NnArrayValues initial; /* (owned) if there are initial values */
  NnArrayArea initial_area;
  const float *ranks; /* (nullable) `global_rank` */
  gboolean is_double;
} Change;

static gboolean
read_values (gpointer data,
             NnStreamArray array,
             guint64 first,
             gsize n,
             gpointer values,
             GError **error)
{
  Change *self = data;
  double *doubles = values;

  if (!nn_patch_meter_add (&self->patch->meter, n * self->values.size, error))
    return FALSE;
  if (array == NN_STREAM_INITIAL)
    return nn_array_values_read (&self->initial, first, n, self->is_double, values,
                                 error);
  if (array == NN_STREAM_WEIGHT)
    return nn_array_values_read (&self->values, first, n, self->is_double, values, error);
  for (gsize i = 0; i < n && self->is_double; i++)
    doubles[i] = (double) self->ranks[first + i];
  if (!self->is_double)
    memcpy (values, self->ranks + first, n * sizeof *self->ranks);
  return TRUE;
}

static gboolean
write_bytes (gpointer data,
             guint64 offset,
             gconstpointer bytes,
             gsize n_bytes,
             GError **error)
{
  const Change *self = data;
  const guint64 at = self->patch->places[self->area->index].offset + offset;

  return self->fresh ? nn_patch_file_write_fresh (self->file, at, bytes, n_bytes, error)
                     : nn_patch_file_write (self->file, at, bytes, n_bytes, error);
}

static gboolean
write_values (gpointer data, guint64 first, gsize n, gconstpointer values, GError **error)
{
  Change *self = data;

  return nn_array_values_write (&self->values, first, n, values, write_bytes, self,
                                error);
}

/* Only rounds to the array's type, to find values that it cannot hold. */
static gboolean
try_values (gpointer data, guint64 first, gsize n, gconstpointer values, GError **error)
{
  Change *self = data;

  return nn_array_values_write (&self->values, first, n, values, NULL, NULL, error);
}

static char *
name_element (gpointer data, guint64 element)
{
  const Change *self = data;

  return nn_array_area_dup_element_name (self->area, element);
}

static gboolean
open_initial (Change *self, GError **error)
{
  const NnArrayStore *store = self->patch->initial;
  const NnArray *array = self->area->array;
  const NnArray *initial = nn_array_file_find (store->arrays, array->name);
  g_autofree char *shape = nn_array_dup_shape (array);
  NnArrayPlace place;

  if (initial == NULL || initial->rank != array->rank ||
      memcmp (initial->shape, array->shape, array->rank * sizeof *array->shape) != 0) {
    g_set_error (error, NN_ERROR, NN_ERROR_SHAPE,
                 _ ("%s: the file of the initial values has no array of that name and "
                    "the shape %s"),
                 nn_array_area_get_name (array), shape);
    return FALSE;
  }
  self->initial_area = *self->area;
  self->initial_area.array = initial;
  place = nn_array_store_locate (store, initial->bytes);
  return nn_array_values_init (&self->initial, &self->initial_area, &place, error);
}

/* An array that is its whole region will be overwritten entirely; otherwise the region is
 * copied first. */
static gboolean
open_change (Change *self, const NnNudge *nudge, GError **error)
{
  const guint index = self->area->index;
  NnPatchRegion *region = nn_patch_get_region (self->patch, index);
  const guint64 n_bytes = nn_array_values_count_span (self->area->array);

  self->file = nn_patch_get_file (self->patch, index);
  self->fresh = !region->done && self->area->whole &&
                nn_array_is_contiguous (self->area->array) &&
                region->end - region->begin == n_bytes;
  if (!self->fresh && !nn_patch_file_copy_region (self->file, region, error))
    return FALSE;
  if (!nn_patch_open_values (self->patch, self->area, &self->values, error))
    return FALSE;
  return !(nn_expression_get_needs (nudge->expression) & NN_NEED_INITIAL) ||
         open_initial (self, error);
}

static NnStream
get_stream (Change *self, gboolean writes)
{
  return (NnStream){
    .n = self->area->n,
    .is_double = self->is_double,
    .shape = nn_array_area_get_shape (self->area),
    .read = read_values,
    .write = writes ? write_values : try_values,
    .name = name_element,
    .data = self,
  };
}

static gboolean
is_unfit (const GError *error)
{
  return g_error_matches (error, NN_ERROR, NN_ERROR_NOT_FINITE) ||
         g_error_matches (error, NN_ERROR, NN_ERROR_SHAPE);
}

/* With else=skip, finds out by a dry run, before anything is written, whether the array
 * is to be skipped. A skipped array consumes no random numbers. */
static gboolean
check_skipped (Change *self, const NnNudge *nudge, gboolean *skipped, GError **error)
{
  const NnStream stream = get_stream (self, FALSE);
  g_autoptr (NnRandom) random = nn_random_copy (self->patch->random);
  GError *why = NULL;

  *skipped = FALSE;
  if (!nudge->skips || nn_stream_apply (&stream, nudge, random, &why))
    return TRUE;
  if (!is_unfit (why)) {
    g_propagate_error (error, why);
    return FALSE;
  }
  *skipped = TRUE;
  g_ptr_array_add (self->patch->receipt->notes,
                   g_strdup_printf (_ ("%s was skipped: %s"),
                                    nn_array_area_get_name (self->area->array),
                                    why->message));
  g_error_free (why);
  return TRUE;
}

static gboolean
apply_open (Change *self, const NnNudge *nudge, GError **error)
{
  const NnStream stream = get_stream (self, TRUE);
  gboolean skipped;

  if (!check_skipped (self, nudge, &skipped, error))
    return FALSE;
  if (skipped)
    return TRUE;
  if (!nn_stream_apply (&stream, nudge, self->patch->random, error) ||
      !nn_array_values_flush (&self->values, write_bytes, self, error))
    return FALSE;
  nn_patch_get_region (self->patch, self->area->index)->done = TRUE;
  return TRUE;
}

/* Adds to the message which array it is about, and the remedy. */
static void
explain (const NnArrayArea *area, const NnNudge *nudge, GError *failure, GError **error)
{
  const char *name = nn_array_area_get_name (area->array);
  const gboolean is_named = g_str_has_prefix (failure->message, name);

  if (is_unfit (failure) && !nudge->skips)
    g_set_error (error, NN_ERROR, failure->code,
                 _ ("%s%s%s; else=skip would leave such arrays as they are"),
                 is_named ? "" : name, is_named ? "" : ": ", failure->message);
  else
    g_set_error_literal (error, NN_ERROR, failure->code, failure->message);
  g_error_free (failure);
}

/**
 * nn_patch_change:
 * @nudge: accepted by nn_stream_check ()
 * @area: from nn_patch_find_areas ()
 * @ranks: (nullable): (area's n) the values of `global_rank`
 *
 * Returns: FALSE if a value would not be finite (NN_ERROR_NOT_FINITE), or a file cannot
 *   be read or written
 */
gboolean
nn_patch_change (NnPatch *self,
                 const NnNudge *nudge,
                 const NnArrayArea *area,
                 const float *ranks,
                 GError **error)
{
  Change change = { .patch = self,
                    .area = area,
                    .ranks = ranks,
                    .is_double = area->array->dtype == NN_DTYPE_FLOAT64 };
  GError *failure = NULL;
  const gboolean good =
      open_change (&change, nudge, &failure) && apply_open (&change, nudge, &failure);

  nn_array_values_clear (&change.values);
  nn_array_values_clear (&change.initial);
  if (!good)
    explain (area, nudge, failure, error);
  return good;
}
