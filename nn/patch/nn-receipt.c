/* nn-receipt.c - what an edit of a file changed, found by reading the output back
 *
 * SPDX-License-Identifier: MIT
 */

#include "nn/patch/nn-receipt.h"

#include <jansson.h>
#include <stdlib.h>

static void
free_array (gpointer data)
{
  NnReceiptArray *array = data;

  g_free (array->name);
  g_free (array->type);
  g_free (array->shape);
  g_free (array->largest_at);
  nn_array_difference_clear (&array->difference);
  g_free (array);
}

NnReceipt *
nn_receipt_new (void)
{
  NnReceipt *self = g_new0 (NnReceipt, 1);

  self->nudges = g_ptr_array_new_with_free_func (g_free);
  self->arrays = g_ptr_array_new_with_free_func (free_array);
  self->notes = g_ptr_array_new_with_free_func (g_free);
  return self;
}

void
nn_receipt_free (NnReceipt *self)
{
  g_ptr_array_unref (self->nudges);
  g_ptr_array_unref (self->arrays);
  g_ptr_array_unref (self->notes);
  g_free (self);
}

/**
 * nn_receipt_add:
 * @area: of a whole array
 * @aimed: whether a nudge named it
 * @difference: its contents are taken over: not to be cleared by the caller
 */
void
nn_receipt_add (NnReceipt *self,
                const NnArrayArea *area,
                gboolean aimed,
                const NnArrayDifference *difference)
{
  NnReceiptArray *array = g_new0 (NnReceiptArray, 1);

  array->name = g_strdup (nn_array_area_get_name (area->array));
  array->type = g_strdup (nn_dtype_get_name (area->array->dtype));
  array->shape = nn_array_dup_shape (area->array);
  array->aimed = aimed;
  array->difference = *difference;
  if (difference->largest > 0)
    array->largest_at = nn_array_area_dup_element_name (area, difference->at);
  g_ptr_array_add (self->arrays, array);
}

/* ---- as JSON ----------------------------------------------------------------------- */

static json_t *
describe_texts (const GPtrArray *texts)
{
  json_t *list = json_array ();

  for (guint i = 0; i < texts->len; i++)
    json_array_append_new (list, json_string (texts->pdata[i]));
  return list;
}

static json_t *
describe_array (const NnReceiptArray *array)
{
  const NnArrayDifference *d = &array->difference;

  return json_pack ("{s:s, s:s, s:s, s:b, s:I, s:I, s:f, s:f, s:s?, s:s, s:s}", "name",
                    array->name, "type", array->type, "shape", array->shape, "aimed",
                    array->aimed, "values", (json_int_t) d->n, "changed",
                    (json_int_t) d->n_changed, "norm", d->norm, "largest", d->largest,
                    "largest_at", array->largest_at, "sha256_before", d->hash_a,
                    "sha256_after", d->hash_b);
}

/**
 * nn_receipt_dup_json:
 *
 * Returns: (transfer full): the whole receipt as JSON, ending in a line break
 */
char *
nn_receipt_dup_json (const NnReceipt *self)
{
  json_auto_t *arrays = json_array ();
  json_auto_t *root = NULL;
  char *dumped;
  char *text;

  for (guint i = 0; i < self->arrays->len; i++)
    json_array_append_new (arrays, describe_array (self->arrays->pdata[i]));
  root = json_pack (
      "{s:o, s:O, s:o, s:i, s:I, s:I}", "nudges", describe_texts (self->nudges), "arrays",
      arrays, "notes", describe_texts (self->notes), "arrays_same", (int) self->n_same,
      "bytes_same", (json_int_t) self->n_bytes_same, "bytes", (json_int_t) self->n_bytes);
  dumped = json_dumps (root, JSON_INDENT (2));
  text = g_strconcat (dumped, "\n", NULL);
  free (dumped);
  return text;
}
