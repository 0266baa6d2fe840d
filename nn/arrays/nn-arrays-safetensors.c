/* nn-arrays-safetensors.c - the format safetensors: Hugging Face's named tensors
 *
 * SPDX-License-Identifier: MIT
 *
 * The length of a JSON header, the header (name -> type, shape, offsets), and the values
 * of all arrays (github.com/huggingface/safetensors, "Format").
 */

#include <glib/gi18n.h>
#include <inttypes.h>
#include <jansson.h>
#include <string.h>

#include "nn/arrays/nn-array-kind.h"
#include "nn/base/nn-error.h"
#include "nn/files/nn-json.h"
#include "nn/files/nn-little-endian.h"

/* The size of the first field, the header's length. The data is aligned to it, too. */
#define LENGTH_SIZE sizeof (guint64)

#define MAX_HEADER 100000000 /* bytes, by the format's definition */
#define METADATA   "__metadata__"
#define COMPLEX    'C' /* the names of complex types begin with it */
#define SHOWN      60  /* bytes of a name in a message */

/* ---- reading ----------------------------------------------------------------------- */

static gboolean
recognise (const guint8 *start, gsize n_bytes)
{
  return n_bytes > LENGTH_SIZE && start[LENGTH_SIZE] == '{' &&
         nn_little_endian_get_u64 (start) <= MAX_HEADER;
}

/* A file whose header is being read. */
typedef struct {
  NnArrayFile *file;
  GBytes *data;    /* (owned) everything after the header */
  guint64 n_bytes; /* its length */
  GArray *ranges;  /* (owned) (element-type Range) one for each array */
} Reader;

typedef struct {
  guint64 begin;
  guint64 end;
  const char *name;
} Range;

static gboolean
read_metadata (NnArrayFile *file, const NnJson *header, GError **error)
{
  NnJson metadata;
  const char *key;
  json_t *value;

  if (!nn_json_find (header, METADATA, &metadata))
    return TRUE;
  if (!nn_json_check_object (&metadata, error))
    return FALSE;
  json_object_foreach (metadata.value, key, value)
  {
    const NnJson member = { value, &metadata, key, 0 };
    const char *text;

    if (!nn_json_get_string (&member, &text, error))
      return FALSE;
    g_ptr_array_add (file->metadata, g_strdup (key));
    g_ptr_array_add (file->metadata, g_strdup (text));
  }
  return TRUE;
}

/* @other: (out) (nullable): the name of a type that Nudge cannot read, if such arrays are
 *   kept as bytes */
static gboolean
read_dtype (const Reader *self,
            const NnJson *entry,
            NnDtype *dtype,
            const char **other,
            GError **error)
{
  NnJson member;
  const char *name;

  *other = NULL;
  if (!nn_json_require (entry, "dtype", &member, error) ||
      !nn_json_get_string (&member, &name, error))
    return FALSE;
  for (*dtype = 0; *dtype < NN_N_DTYPES; (*dtype)++)
    if (strcmp (name, nn_dtype_get_safetensors_name (*dtype)) == 0)
      return TRUE;
  if (self->file->in_place != NULL) {
    *other = name;
    return TRUE;
  }
  return nn_json_refuse (
      &member, error, NN_ERROR_UNKNOWN,
      *name == COMPLEX
          ? _ ("complex numbers (%.*s) are not read; in Python, save .real and .imag")
          : _ ("numbers of the type %.*s are not read; in Python, save them as float32"),
      SHOWN, name);
}

/* Reads a JSON array of whole numbers. */
static gboolean
read_numbers (const NnJson *entry,
              const char *key,
              guint64 *numbers,
              gsize most,
              gsize *n,
              GError **error)
{
  NnJson member;

  if (!nn_json_require (entry, key, &member, error) ||
      !nn_json_check_array (&member, error))
    return FALSE;
  *n = json_array_size (member.value);
  if (*n > most)
    return nn_json_refuse (&member, error, NN_ERROR_SHAPE,
                           _ ("%zu numbers are more than %zu"), *n, most);
  for (gsize i = 0; i < *n; i++) {
    const NnJson element = nn_json_get_element (&member, i);
    gint64 number;

    if (!nn_json_get_integer (&element, 0, G_MAXINT64, &number, error))
      return FALSE;
    numbers[i] = (guint64) number;
  }
  return TRUE;
}

/* The range is checked against the file's size here, against the shape later. */
static gboolean
read_range (const Reader *self, const NnJson *entry, Range *range, GError **error)
{
  guint64 offsets[2];
  gsize n;

  if (!read_numbers (entry, "data_offsets", offsets, 2, &n, error))
    return FALSE;
  if (n != 2 || offsets[0] > offsets[1] || offsets[1] > self->n_bytes)
    return nn_json_refuse (
        entry, error, NN_ERROR_SYNTAX,
        _ ("data_offsets are not a beginning and an end in the %" PRIu64
           " bytes that follow the header%s"),
        self->n_bytes, n == 2 ? _ (": the file is cut short or damaged") : "");
  range->begin = offsets[0];
  range->end = offsets[1];
  return TRUE;
}

static void
add_other (Reader *self,
           const NnJson *entry,
           const char *type,
           gsize rank,
           const guint64 *shape,
           GBytes *bytes)
{
  NnArray shaped = { .rank = (guint) rank };
  g_autofree char *text = NULL;

  memcpy (shaped.shape, shape, rank * sizeof *shape);
  text = nn_array_dup_shape (&shaped);
  nn_in_place_add_other (self->file->in_place, entry->key, type, text, bytes);
}

static gboolean
read_entry (Reader *self, const NnJson *entry, GError **error)
{
  static const char *const keys[] = { "dtype", "shape", "data_offsets", NULL };
  Range range = { 0, 0, entry->key };
  guint64 shape[NN_ARRAY_MAX_RANK];
  g_autoptr (GBytes) bytes = NULL;
  NnArray *array;
  const char *other;
  NnDtype dtype;
  gsize rank;

  if (!nn_json_check_object (entry, error) || !nn_json_check_keys (entry, keys, error) ||
      !read_dtype (self, entry, &dtype, &other, error) ||
      !read_numbers (entry, "shape", shape, NN_ARRAY_MAX_RANK, &rank, error) ||
      !read_range (self, entry, &range, error))
    return FALSE;
  bytes = g_bytes_new_from_bytes (self->data, range.begin, range.end - range.begin);
  if (other != NULL) {
    add_other (self, entry, other, rank, shape, bytes);
    g_array_append_val (self->ranges, range);
    return TRUE;
  }
  array = nn_array_new (entry->key, dtype, (guint) rank, shape, NULL, bytes, error);
  if (array == NULL)
    return FALSE;
  g_ptr_array_add (self->file->arrays, array);
  g_array_append_val (self->ranges, range);
  if (array->n_values * nn_dtype_get_size (dtype) == range.end - range.begin)
    return TRUE;
  return nn_json_refuse (
      entry, error, NN_ERROR_SHAPE,
      _ ("data_offsets give it %" PRIu64 " bytes, its type and shape need %zu"),
      range.end - range.begin, array->n_values * nn_dtype_get_size (dtype));
}

static int
compare_ranges (gconstpointer a, gconstpointer b)
{
  const Range *first = a;
  const Range *second = b;

  if (first->begin != second->begin)
    return first->begin < second->begin ? -1 : 1;
  return (first->end > second->end) - (first->end < second->end);
}

/* By the format's definition, arrays neither overlap nor leave gaps. */
static gboolean
check_ranges (Reader *self, GError **error)
{
  guint64 place = 0;

  g_array_sort (self->ranges, compare_ranges);
  for (guint i = 0; i < self->ranges->len; i++) {
    const Range *range = &g_array_index (self->ranges, Range, i);

    if (range->begin != place) {
      g_set_error (error, NN_ERROR, NN_ERROR_SYNTAX,
                   _ ("%.*s: its bytes begin at %" PRIu64
                      ", but the array before it ends at %" PRIu64),
                   SHOWN, range->name, range->begin, place);
      return FALSE;
    }
    place = range->end;
  }
  if (place != self->n_bytes) {
    g_set_error (error, NN_ERROR, NN_ERROR_SYNTAX,
                 _ ("%" PRIu64 " bytes at its end belong to no array"),
                 self->n_bytes - place);
    return FALSE;
  }
  return TRUE;
}

static gboolean
read_arrays (Reader *self, const NnJson *header, GError **error)
{
  const char *key;
  json_t *value;

  if (!nn_json_check_object (header, error) || !read_metadata (self->file, header, error))
    return FALSE;
  json_object_foreach (header->value, key, value)
  {
    const NnJson entry = { value, header, key, 0 };

    if (strcmp (key, METADATA) != 0 && !read_entry (self, &entry, error))
      return FALSE;
  }
  return check_ranges (self, error);
}

static gboolean
read (NnArrayFile *file,
      GBytes *bytes,
      const char *member,
      const NnProgress *progress,
      GError **error)
{
  gsize n_bytes;
  const guint8 *start = g_bytes_get_data (bytes, &n_bytes);
  const guint64 n_header = nn_little_endian_get_u64 (start);
  Reader reader = { .file = file };
  json_auto_t *root = NULL;
  gboolean done;

  if (n_header > n_bytes - LENGTH_SIZE) {
    g_set_error (
        error, NN_ERROR, NN_ERROR_SYNTAX,
        _ ("the header should have %" PRIu64
           " bytes, and the file ends after %zu of them: it is cut short or damaged"),
        n_header, n_bytes - LENGTH_SIZE);
    return FALSE;
  }
  root = nn_json_parse ((const char *) start + LENGTH_SIZE, n_header, error);
  if (root == NULL) {
    g_prefix_error (error, _ ("header, "));
    return FALSE;
  }
  reader.n_bytes = n_bytes - LENGTH_SIZE - n_header;
  reader.data = g_bytes_new_from_bytes (bytes, LENGTH_SIZE + n_header, reader.n_bytes);
  reader.ranges = g_array_new (FALSE, FALSE, sizeof (Range));
  done = read_arrays (&reader, &(NnJson){ .value = root }, error);
  g_bytes_unref (reader.data);
  g_array_unref (reader.ranges);
  return done;
}

/* ---- writing ----------------------------------------------------------------------- */

static gsize
count_bytes (const NnArray *array)
{
  return array->n_values * nn_dtype_get_size (array->dtype);
}

/* Wide types first, so that all values are aligned, as PyTorch's reader assumes.
 * @n_bytes: (out): the length of the data
 *
 * Returns: (transfer full): (arrays->len) the offset of each array in the data */
static gsize *
place_arrays (const GPtrArray *arrays, gsize *n_bytes)
{
  gsize *places = g_new (gsize, arrays->len + 1);

  *n_bytes = 0;
  for (gsize size = sizeof (double); size > 0; size /= 2)
    for (guint i = 0; i < arrays->len; i++) {
      const NnArray *array = arrays->pdata[i];

      if (nn_dtype_get_size (array->dtype) != size)
        continue;
      places[i] = *n_bytes;
      *n_bytes += count_bytes (array);
    }
  return places;
}

static json_t *
describe_array (const NnArray *array, gsize begin)
{
  json_t *shape = json_array ();

  for (guint i = 0; i < array->rank; i++)
    json_array_append_new (shape, json_integer ((json_int_t) array->shape[i]));
  return json_pack ("{s:s, s:o, s:[I, I]}", "dtype",
                    nn_dtype_get_safetensors_name (array->dtype), "shape", shape,
                    "data_offsets", (json_int_t) begin,
                    (json_int_t) (begin + count_bytes (array)));
}

/* Some readers refuse a file whose metadata has no "format". */
static json_t *
describe_metadata (const GPtrArray *metadata)
{
  json_t *object = json_object ();

  for (guint i = 0; i + 1 < metadata->len; i += 2)
    json_object_set_new (object, metadata->pdata[i],
                         json_string (metadata->pdata[i + 1]));
  if (json_object_get (object, "format") == NULL)
    json_object_set_new (object, "format", json_string ("pt"));
  return object;
}

/* jansson keeps the order of insertion, so the header lists arrays in PyTorch's order. */
static json_t *
describe (const NnArrayFile *file, const gsize *places, GError **error)
{
  json_auto_t *header = json_object ();

  json_object_set_new (header, METADATA, describe_metadata (file->metadata));
  for (guint i = 0; i < file->arrays->len; i++) {
    const NnArray *array = file->arrays->pdata[i];

    /* A duplicate name would replace an entry, and leave a gap in the data. */
    if (json_object_get (header, array->name) != NULL ||
        json_object_set_new (header, array->name, describe_array (array, places[i])) !=
            0) {
      g_set_error (error, NN_ERROR, NN_ERROR_FILE,
                   _ ("cannot store parameter %u by its name: it is taken or not UTF-8, "
                      "rename its layer"),
                   i + 1);
      return NULL;
    }
  }
  return g_steal_pointer (&header);
}

static GBytes *
encode (const NnArrayFile *file, GError **error)
{
  gsize n_data;
  g_autofree gsize *places = place_arrays (file->arrays, &n_data);
  json_auto_t *header = describe (file, places, error);
  gsize n_text;
  gsize n_header;
  guint8 *bytes;

  if (header == NULL)
    return NULL;
  n_text = json_dumpb (header, NULL, 0, JSON_COMPACT);
  n_header = (n_text + LENGTH_SIZE - 1) / LENGTH_SIZE * LENGTH_SIZE;
  bytes = g_malloc (LENGTH_SIZE + n_header + n_data);
  nn_little_endian_put_u64 (bytes, n_header);
  json_dumpb (header, (char *) &bytes[LENGTH_SIZE], n_text, JSON_COMPACT);
  memset (&bytes[LENGTH_SIZE + n_text], ' ', n_header - n_text);
  for (guint i = 0; i < file->arrays->len; i++)
    nn_array_get_bytes (file->arrays->pdata[i],
                        &bytes[LENGTH_SIZE + n_header + places[i]]);
  return g_bytes_new_take (bytes, LENGTH_SIZE + n_header + n_data);
}

const NnArrayFileKind nn_arrays_safetensors = {
  .name = "safetensors",
  .label = "safetensors (PyTorch)",
  .what = N_ ("a safetensors file"),
  .endings = ".safetensors",
  .recognise = recognise,
  .read = read,
  .encode = encode,
  .value_memory = 8,
};
