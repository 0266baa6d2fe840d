/* nn-patch-arrays.c - finds the arrays that a nudge changes, each storage once
 *
 * SPDX-License-Identifier: MIT
 *
 * PyTorch's tensors are views of storages, so two of them (tied weights) may
 * share values.
 */

#include <glib/gi18n.h>
#include <stdlib.h>

#include "nn/base/nn-error.h"
#include "nn/patch/nn-patch-private.h"

/**
 * nn_patch_get_file:
 *
 * Returns: (transfer none): the file that array @index is written to
 */
NnPatchFile *
nn_patch_get_file (const NnPatch *self, guint index)
{
  const gssize unpacked = self->places[index].unpacked;

  return unpacked >= 0 ? self->unpacked[unpacked] : self->file;
}

/**
 * nn_patch_get_region:
 *
 * Returns: (transfer none) (nullable): the region of array @index in that file; NULL if
 *   the array is empty
 */
NnPatchRegion *
nn_patch_get_region (const NnPatch *self, guint index)
{
  return nn_patch_file_find_region (nn_patch_get_file (self, index),
                                    self->places[index].offset);
}

/**
 * nn_patch_open_values:
 * @values: (out): to be cleared by the caller, even after a failure
 *
 * Opens the elements of @area in their present state.
 */
gboolean
nn_patch_open_values (const NnPatch *self,
                      const NnArrayArea *area,
                      NnArrayValues *values,
                      GError **error)
{
  NnArrayPlace place = self->places[area->index];

  place.file =
      nn_patch_file_get_source (nn_patch_get_file (self, area->index), place.offset);
  return nn_array_values_init (values, area, &place, error);
}

static gboolean
refuse (const NnArrayArea *area, const char *why, GError **error)
{
  g_set_error (error, NN_ERROR, NN_ERROR_SHAPE, "'%s': %s",
               nn_array_area_get_name (area->array), why);
  return FALSE;
}

/* ---- elements that share memory ---------------------------------------------------- */

typedef struct {
  guint64 size;
  guint64 stride;
} Dimension;

static int
compare_strides (gconstpointer a, gconstpointer b)
{
  const Dimension *x = a, *y = b;

  return x->stride < y->stride ? -1 : x->stride > y->stride;
}

/* Checks that no two elements are the same number in the file (a stride of 0, for
 * example): each stride must span all dimensions of smaller stride. */
static gboolean
check_distinct (const NnArrayArea *area, GError **error)
{
  const NnArray *array = area->array;
  Dimension dimensions[NN_ARRAY_MAX_RANK];
  guint64 reach = 0;
  guint n = 0;

  for (guint i = 0; i < array->rank; i++)
    if (array->shape[i] > 1)
      dimensions[n++] = (Dimension){ array->shape[i], array->strides[i] };
  qsort (dimensions, n, sizeof *dimensions, compare_strides);
  for (guint i = 0; i < n; i++) {
    if (dimensions[i].stride <= reach)
      return refuse (area,
                     _ ("several of its elements are one number in the file; in Python, "
                        "save it .contiguous ()"),
                     error);
    reach += (dimensions[i].size - 1) * dimensions[i].stride;
  }
  return TRUE;
}

/* ---- arrays that share memory ------------------------------------------------------ */

static gboolean
is_same_view (const NnPatch *self, const NnArrayArea *a, const NnArrayArea *b)
{
  const NnArrayPlace x = self->places[a->index], y = self->places[b->index];
  const NnArray *one = a->array, *other = b->array;

  if (x.file != y.file || x.offset != y.offset || one->dtype != other->dtype ||
      one->rank != other->rank)
    return FALSE;
  for (guint i = 0; i < one->rank; i++)
    if (one->shape[i] != other->shape[i] || one->strides[i] != other->strides[i])
      return FALSE;
  return TRUE;
}

static gboolean
share_bytes (const NnPatch *self, const NnArrayArea *a, const NnArrayArea *b)
{
  const NnArrayPlace x = self->places[a->index], y = self->places[b->index];

  return x.file == y.file &&
         x.offset < y.offset + nn_array_values_count_span (b->array) &&
         y.offset < x.offset + nn_array_values_count_span (a->array);
}

/* Finds out whether @area is to be changed, or is the same view as an area before it. */
static gboolean
check_shared (NnPatch *self,
              const GArray *areas,
              guint n,
              const NnArrayArea *area,
              gboolean *tied,
              GError **error)
{
  *tied = FALSE;
  for (guint i = 0; i < n; i++) {
    const NnArrayArea *other = &g_array_index (areas, NnArrayArea, i);

    if (other->index == area->index || !share_bytes (self, area, other))
      continue;
    if (!is_same_view (self, area, other) || !area->whole || !other->whole) {
      g_set_error (
          error, NN_ERROR, NN_ERROR_SHAPE,
          _ ("'%s' and '%s' are parts of one storage that overlap: name one of them"),
          nn_array_area_get_name (other->array), nn_array_area_get_name (area->array));
      return FALSE;
    }
    *tied = TRUE;
    g_ptr_array_add (
        self->receipt->notes,
        g_strdup_printf (_ ("%s is the same storage as %s, and was changed once"),
                         nn_array_area_get_name (area->array),
                         nn_array_area_get_name (other->array)));
  }
  return TRUE;
}

static gboolean
settle (NnPatch *self, GArray *areas, GError **error)
{
  guint n = 0;

  for (guint i = 0; i < areas->len; i++) {
    const NnArrayArea area = g_array_index (areas, NnArrayArea, i);
    gboolean tied;

    if (!check_distinct (&area, error) ||
        !check_shared (self, areas, n, &area, &tied, error))
      return FALSE;
    self->aimed[area.index] = TRUE;
    if (!tied)
      g_array_index (areas, NnArrayArea, n++) = area;
  }
  g_array_set_size (areas, n);
  return TRUE;
}

static void
note_left (NnPatch *self, const GPtrArray *left)
{
  for (guint i = 0; i < left->len; i++) {
    char *note =
        g_strdup_printf (_ ("%s was left as it is"), (const char *) left->pdata[i]);

    if (g_ptr_array_find_with_equal_func (self->receipt->notes, note, g_str_equal, NULL))
      g_free (note);
    else
      g_ptr_array_add (self->receipt->notes, note);
  }
}

/**
 * nn_patch_find_areas:
 *
 * Returns: (transfer full) (nullable) (element-type NnArrayArea): the areas that @nudge
 *   changes, in which each number of the file occurs once; they borrow the nudge and
 *   the input
 */
GArray *
nn_patch_find_areas (NnPatch *self, const NnNudge *nudge, GError **error)
{
  g_autoptr (GArray) areas = g_array_new (FALSE, FALSE, sizeof (NnArrayArea));
  g_autoptr (GPtrArray) left = g_ptr_array_new_with_free_func (g_free);

  if (!nn_array_area_find (areas, &nudge->target, self->in->arrays, left, error) ||
      !settle (self, areas, error))
    return NULL;
  note_left (self, left);
  if (areas->len > 0)
    return g_steal_pointer (&areas);
  g_set_error_literal (error, NN_ERROR, NN_ERROR_UNKNOWN,
                       left->len > 0 ? _ ("what the target fits is not of floats")
                                     : _ ("what the target fits has no elements"));
  return NULL;
}
