/* nn-file-difference.c - the difference between the arrays of two files
 *
 * SPDX-License-Identifier: MIT
 */

#include "nn/patch/nn-file-difference.h"

#include <glib/gi18n.h>
#include <jansson.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#define BLOCK 65536         /* elements at a time */
#define PIECE (1024 * 1024) /* bytes at a time */

typedef struct {
  const NnFileVersion *versions[2];
  const NnArrayStore *a; /* of their files */
  const NnArrayStore *b;
  const NnProgress *progress;
  NnFileDifference *found;
} Search;

static void
free_pair (gpointer data)
{
  NnArrayPair *pair = data;

  g_free (pair->name);
  g_free (pair->largest_at);
  for (guint side = 0; side < 2; side++) {
    g_free (pair->types[side]);
    g_free (pair->shapes[side]);
  }
  nn_array_difference_clear (&pair->difference);
  g_free (pair);
}

static NnArrayPair *
add_pair (Search *self, NnPairKind kind, const char *name)
{
  NnArrayPair *pair = g_new0 (NnArrayPair, 1);

  pair->kind = kind;
  pair->name = g_strdup (name);
  g_ptr_array_add (self->found->pairs, pair);
  return pair;
}

static void
describe (NnArrayPair *pair, guint side, const NnArray *array)
{
  pair->types[side] = g_strdup (nn_dtype_get_name (array->dtype));
  pair->shapes[side] = nn_array_dup_shape (array);
}

/* ---- a pair ------------------------------------------------------------------------ */

/* Sets @same if every bit is: a memcmp (), much faster than
 * nn_array_difference_find (). */
static gboolean
have_same_bits (NnArrayValues *a, NnArrayValues *b, gboolean *same, GError **error)
{
  const guint64 n = a->area->n;

  *same = TRUE;
  for (guint64 first = 0; first < n && *same; first += BLOCK) {
    const gsize n_block = (gsize) MIN (n - first, BLOCK);
    const guint8 *one = nn_array_values_read_bytes (a, first, n_block, error);
    const guint8 *other =
        one != NULL ? nn_array_values_read_bytes (b, first, n_block, error) : NULL;

    if (other == NULL)
      return FALSE;
    *same = memcmp (one, other, n_block * a->size) == 0;
  }
  return TRUE;
}

static gboolean
compare_values (NnArrayPair *pair,
                const NnArrayArea *area,
                NnArrayValues *a,
                NnArrayValues *b,
                GError **error)
{
  gboolean same = FALSE;

  if (pair->kind != NN_PAIR_TYPE && !have_same_bits (a, b, &same, error))
    return FALSE;
  if (same) {
    pair->kind = NN_PAIR_SAME;
    return TRUE;
  }
  if (!nn_array_difference_find (&pair->difference, a, b, TRUE, error))
    return FALSE;
  if (pair->difference.largest > 0)
    pair->largest_at = nn_array_area_dup_element_name (area, pair->difference.at);
  return TRUE;
}

static gboolean
compare_arrays (Search *self, guint index_a, guint index_b, GError **error)
{
  const NnArray *a = self->a->arrays->arrays->pdata[index_a];
  const NnArray *b = self->b->arrays->arrays->pdata[index_b];
  NnArrayPair *pair = add_pair (self, NN_PAIR_CHANGED, nn_array_area_get_name (a));
  NnArrayValues one = { NULL }, other = { NULL };
  NnArrayArea area_a, area_b;
  gboolean good;

  describe (pair, 0, a);
  describe (pair, 1, b);
  if (strcmp (pair->shapes[0], pair->shapes[1]) != 0) {
    pair->kind = NN_PAIR_SHAPE;
    return TRUE;
  }
  pair->rank = a->rank;
  memcpy (pair->shape, a->shape, a->rank * sizeof *a->shape);
  if (a->dtype != b->dtype)
    pair->kind = NN_PAIR_TYPE;
  nn_array_area_init_whole (&area_a, a, index_a);
  nn_array_area_init_whole (&area_b, b, index_b);
  good = nn_file_version_open_values (self->versions[0], &area_a, &one, error) &&
         nn_file_version_open_values (self->versions[1], &area_b, &other, error) &&
         compare_values (pair, &area_a, &one, &other, error);
  nn_array_values_clear (&one);
  nn_array_values_clear (&other);
  return good;
}

/* ---- all pairs --------------------------------------------------------------------- */

/* Returns: (transfer full): a map from names to indices */
static GHashTable *
index_arrays (const GPtrArray *arrays)
{
  GHashTable *table = g_hash_table_new (g_str_hash, g_str_equal);

  for (guint i = 0; i < arrays->len; i++)
    g_hash_table_insert (table, ((NnArray *) arrays->pdata[i])->name,
                         GUINT_TO_POINTER (i));
  return table;
}

static void
add_only (Search *self, NnPairKind kind, const NnArray *array)
{
  NnArrayPair *pair = add_pair (self, kind, nn_array_area_get_name (array));

  describe (pair, kind == NN_PAIR_ONLY_B, array);
}

static gboolean
compare_all (Search *self, GError **error)
{
  const GPtrArray *a = self->a->arrays->arrays, *b = self->b->arrays->arrays;
  g_autoptr (GHashTable) in_a = index_arrays (a);
  g_autoptr (GHashTable) in_b = index_arrays (b);

  for (guint i = 0; i < a->len; i++) {
    const NnArray *array = a->pdata[i];
    gpointer other;

    if (!nn_progress_report (self->progress, (double) i / (double) a->len, error))
      return FALSE;
    if (!g_hash_table_lookup_extended (in_b, array->name, NULL, &other))
      add_only (self, NN_PAIR_ONLY_A, array);
    else if (!compare_arrays (self, i, GPOINTER_TO_UINT (other), error))
      return FALSE;
  }
  for (guint i = 0; i < b->len; i++)
    if (!g_hash_table_contains (in_a, ((NnArray *) b->pdata[i])->name))
      add_only (self, NN_PAIR_ONLY_B, b->pdata[i]);
  return TRUE;
}

/* ---- arrays of types that are not read, and metadata ------------------------------- */

static const NnOtherArray *
find_other (const NnArrayStore *store, const char *name)
{
  const GPtrArray *others = store->arrays->in_place->others;

  for (guint i = 0; i < others->len; i++)
    if (strcmp (((NnOtherArray *) others->pdata[i])->name, name) == 0)
      return others->pdata[i];
  return NULL;
}

static gboolean
compare_bytes (const NnArrayStore *a,
               GBytes *bytes,
               const NnArrayStore *b,
               GBytes *other,
               gboolean *same,
               GError **error)
{
  const NnArrayPlace one = nn_array_store_locate (a, bytes);
  const NnArrayPlace two = nn_array_store_locate (b, other);
  const gsize n = g_bytes_get_size (bytes);
  g_autofree guint8 *x = g_malloc (PIECE);
  g_autofree guint8 *y = g_malloc (PIECE);

  *same = n == g_bytes_get_size (other);
  for (gsize at = 0; at < n && *same; at += PIECE) {
    const gsize piece = MIN (n - at, PIECE);

    if (!nn_array_place_read (&one, at, x, piece, error) ||
        !nn_array_place_read (&two, at, y, piece, error))
      return FALSE;
    *same = memcmp (x, y, piece) == 0;
  }
  return TRUE;
}

static gboolean
compare_others (Search *self, GError **error)
{
  const GPtrArray *a = self->a->arrays->in_place->others;
  const GPtrArray *b = self->b->arrays->in_place->others;

  for (guint i = 0; i < a->len; i++) {
    const NnOtherArray *one = a->pdata[i];
    const NnOtherArray *other = find_other (self->b, one->name);
    gboolean same = FALSE;
    NnArrayPair *pair;

    if (other != NULL &&
        !compare_bytes (self->a, one->bytes, self->b, other->bytes, &same, error))
      return FALSE;
    same &= other != NULL && strcmp (one->type, other->type) == 0 &&
            g_strcmp0 (one->shape, other->shape) == 0;
    pair = add_pair (self,
                     other == NULL ? NN_PAIR_ONLY_A
                     : same        ? NN_PAIR_SAME
                                   : NN_PAIR_OTHER,
                     one->name);
    pair->types[0] = g_strdup (one->type);
    pair->shapes[0] = g_strdup (one->shape);
    if (other != NULL) {
      pair->types[1] = g_strdup (other->type);
      pair->shapes[1] = g_strdup (other->shape);
    }
  }
  for (guint i = 0; i < b->len; i++) {
    const NnOtherArray *other = b->pdata[i];

    if (find_other (self->a, other->name) == NULL) {
      NnArrayPair *pair = add_pair (self, NN_PAIR_ONLY_B, other->name);

      pair->types[1] = g_strdup (other->type);
      pair->shapes[1] = g_strdup (other->shape);
    }
  }
  return TRUE;
}

/* Adds what @one has under keys for which @other has nothing, or another value. */
static void
compare_metadata (Search *self,
                  const NnArrayFile *one,
                  const NnArrayFile *other,
                  gboolean both)
{
  for (guint i = 0; i + 1 < one->metadata->len; i += 2) {
    const char *key = one->metadata->pdata[i];
    const char *value = one->metadata->pdata[i + 1];
    const char *its = nn_array_file_get_metadata (other, key);

    if (its == NULL)
      g_ptr_array_add (
          self->found->metadata,
          g_strdup_printf (_ ("%s: only in %s: %s"), key, both ? "A" : "B", value));
    else if (both && strcmp (value, its) != 0)
      g_ptr_array_add (self->found->metadata,
                       g_strdup_printf (_ ("%s: %s in A, %s in B"), key, value, its));
  }
}

/* ---- both files -------------------------------------------------------------------- */

static void
count_same (NnFileDifference *self)
{
  for (guint i = 0; i < self->pairs->len; i++)
    self->n_same += ((NnArrayPair *) self->pairs->pdata[i])->kind == NN_PAIR_SAME;
  self->same = self->n_same == self->pairs->len && self->metadata->len == 0;
}

static gboolean
compare_files (Search *self, GError **error)
{
  return compare_bytes (self->a, self->a->file->bytes, self->b, self->b->file->bytes,
                        &self->found->identical, error);
}

/**
 * nn_file_difference_new:
 * @progress: (nullable)
 *
 * Returns: (transfer full) (nullable): NULL if a file cannot be read or
 *   @progress cancelled
 */
NnFileDifference *
nn_file_difference_new (const NnFileVersion *a,
                        const NnFileVersion *b,
                        const NnProgress *progress,
                        GError **error)
{
  g_autoptr (NnFileDifference) self = g_new0 (NnFileDifference, 1);
  Search search = {
    { a, b }, nn_file_version_get_store (a), nn_file_version_get_store (b), progress, self
  };

  self->pairs = g_ptr_array_new_with_free_func (free_pair);
  self->metadata = g_ptr_array_new_with_free_func (g_free);
  if (!compare_all (&search, error) || !compare_others (&search, error))
    return NULL;
  compare_metadata (&search, search.a->arrays, search.b->arrays, TRUE);
  compare_metadata (&search, search.b->arrays, search.a->arrays, FALSE);
  count_same (self);
  if (self->same && nn_file_version_get_receipt (a) == NULL &&
      nn_file_version_get_receipt (b) == NULL && !compare_files (&search, error))
    return NULL;
  return g_steal_pointer (&self);
}

void
nn_file_difference_free (NnFileDifference *self)
{
  g_ptr_array_unref (self->pairs);
  g_ptr_array_unref (self->metadata);
  g_free (self);
}

/* ---- as JSON ----------------------------------------------------------------------- */

static json_t *
describe_number (double number)
{
  return isfinite (number) ? json_real (number) : json_null ();
}

static json_t *
describe_pair (const NnArrayPair *pair)
{
  static const char *const kinds[] = {
    [NN_PAIR_SAME] = "same",        [NN_PAIR_CHANGED] = "changed",
    [NN_PAIR_TYPE] = "type",        [NN_PAIR_SHAPE] = "shape",
    [NN_PAIR_OTHER] = "bytes",      [NN_PAIR_ONLY_A] = "only in A",
    [NN_PAIR_ONLY_B] = "only in B",
  };
  const NnArrayDifference *d = &pair->difference;
  json_t *object =
      json_pack ("{s:s, s:s, s:s?, s:s?, s:s?, s:s?}", "name", pair->name, "what",
                 kinds[pair->kind], "type_a", pair->types[0], "type_b", pair->types[1],
                 "shape_a", pair->shapes[0], "shape_b", pair->shapes[1]);

  if (pair->kind != NN_PAIR_CHANGED && pair->kind != NN_PAIR_TYPE)
    return object;
  json_object_set_new (object, "values", json_integer ((json_int_t) d->n));
  json_object_set_new (object, "changed", json_integer ((json_int_t) d->n_changed));
  json_object_set_new (object, "special", json_integer ((json_int_t) d->n_special));
  json_object_set_new (object, "norm", describe_number (d->norm));
  json_object_set_new (object, "norm_a", describe_number (d->norm_a));
  json_object_set_new (object, "norm_b", describe_number (d->norm_b));
  json_object_set_new (object, "largest", describe_number (d->largest));
  json_object_set_new (object, "cosine", describe_number (d->cosine));
  json_object_set_new (object, "sha256_a", json_string (d->hash_a));
  json_object_set_new (object, "sha256_b", json_string (d->hash_b));
  return object;
}

/**
 * nn_file_difference_dup_json:
 *
 * Returns: (transfer full): the whole difference as JSON, ending in a line break
 */
char *
nn_file_difference_dup_json (const NnFileDifference *self)
{
  json_auto_t *root = json_object ();
  json_t *arrays = json_array ();
  json_t *metadata = json_array ();
  char *dumped;
  char *text;

  for (guint i = 0; i < self->pairs->len; i++)
    json_array_append_new (arrays, describe_pair (self->pairs->pdata[i]));
  for (guint i = 0; i < self->metadata->len; i++)
    json_array_append_new (metadata, json_string (self->metadata->pdata[i]));
  json_object_set_new (root, "same", json_boolean (self->same));
  json_object_set_new (root, "identical", json_boolean (self->identical));
  json_object_set_new (root, "arrays", arrays);
  json_object_set_new (root, "metadata", metadata);
  dumped = json_dumps (root, JSON_INDENT (2));
  text = g_strconcat (dumped, "\n", NULL);
  free (dumped);
  return text;
}
