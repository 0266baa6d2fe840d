/* nn-arrays-json.c - named arrays in a JSON file
 *
 * SPDX-License-Identifier: MIT
 *
 * { "fc1.weight": [[1.0, 2.0], [3.0, 4.0]], "fc1.bias": [0.5, 0.25] }. Objects in objects
 * join their keys by dots; an array alone has no name. JSON has no NaN and no infinity.
 */

#include "nn/arrays/nn-arrays-json.h"

#include <glib/gi18n.h>
#include <inttypes.h>
#include <string.h>

#include "nn/arrays/nn-text-numbers.h"
#include "nn/base/nn-error.h"
#include "nn/files/nn-text-start.h"

#define SHOWN      60        /* bytes of a name in a message */
#define MOST_EMPTY (1 << 20) /* lists without a number that are written of an array */

/* ---- reading ----------------------------------------------------------------------- */

static gboolean
recognise (const guint8 *start, gsize n_bytes)
{
  g_autofree char *text = nn_text_start_dup (start, n_bytes, NN_ARRAY_FILE_START);
  const char *at;
  char first;

  if (text == NULL)
    return FALSE;
  at = text + strspn (text, " \t\r\n");
  first = *at;
  if (first != '\0')
    at += 1 + strspn (at + 1, " \t\r\n");
  return (first == '{' && (*at == '"' || *at == '}')) ||
         (first == '[' && *at != '\0' && strchr ("[]-0123456789", *at) != NULL);
}

typedef struct {
  guint rank;
  guint64 shape[NN_ARRAY_MAX_RANK];
  GArray *numbers; /* (owned) (element-type NnTextNumber) */
} Numbers;

/* Finds the shape from the first element of each level. */
static gboolean
find_shape (const NnJson *value, Numbers *numbers, GError **error)
{
  const json_t *at = value->value;

  while (json_is_array (at)) {
    if (numbers->rank == NN_ARRAY_MAX_RANK)
      return nn_json_refuse (value, error, NN_ERROR_SHAPE, _ ("more than %d dimensions"),
                             NN_ARRAY_MAX_RANK);
    numbers->shape[numbers->rank++] = json_array_size (at);
    at = json_array_get (at, 0);
  }
  return TRUE;
}

/* Appends the numbers in @value, whose first index is of dimension @depth. */
static gboolean
read_level (const NnJson *value, Numbers *numbers, guint depth, GError **error)
{
  const gsize n = json_array_size (value->value); /* 0 if it is not an array */

  if (depth == numbers->rank) {
    const NnTextNumber number = { json_is_integer (value->value),
                                  json_integer_value (value->value),
                                  json_number_value (value->value) };

    if (!json_is_number (value->value))
      return nn_json_refuse_value (value, error, _ ("a number"));
    g_array_append_val (numbers->numbers, number);
    return TRUE;
  }
  if (!json_is_array (value->value) || n != numbers->shape[depth])
    return nn_json_refuse (value, error, NN_ERROR_SHAPE,
                           _ ("expected %" PRIu64 " values, as before it"),
                           numbers->shape[depth]);
  for (gsize i = 0; i < n; i++) {
    const NnJson element = nn_json_get_element (value, i);

    if (!read_level (&element, numbers, depth + 1, error))
      return FALSE;
  }
  return TRUE;
}

static gboolean
read_array (NnArrayFile *file, const NnJson *value, const char *name, GError **error)
{
  Numbers numbers = { .numbers = g_array_new (FALSE, FALSE, sizeof (NnTextNumber)) };
  NnArray *array = NULL;

  if (find_shape (value, &numbers, error) && read_level (value, &numbers, 0, error))
    array = nn_text_numbers_make_array (
        name, numbers.rank, numbers.shape,
        (const NnTextNumber *) (gpointer) numbers.numbers->data, error);
  g_array_unref (numbers.numbers);
  if (array == NULL)
    return FALSE;
  g_ptr_array_add (file->arrays, array);
  return TRUE;
}

static gboolean
read_value (NnArrayFile *file, const NnJson *value, const char *name, GError **error)
{
  const char *key;
  json_t *child;

  if (json_is_array (value->value) || json_is_number (value->value))
    return read_array (file, value, name, error);
  if (!json_is_object (value->value))
    return nn_json_refuse_value (value, error, _ ("numbers, or names and numbers"));
  json_object_foreach (value->value, key, child)
  {
    const NnJson member = { child, value, key, 0 };
    g_autofree char *joined =
        *name != '\0' ? g_strdup_printf ("%s.%s", name, key) : g_strdup (key);

    if (!read_value (file, &member, joined, error))
      return FALSE;
  }
  return TRUE;
}

/**
 * nn_arrays_json_read:
 * @file: (inout): the arrays are added to its own
 * @value: an object of names and arrays, perhaps nested
 *
 * Returns: FALSE if it is something else, or an array is ragged; the message begins with
 *   the location in the document
 */
gboolean
nn_arrays_json_read (NnArrayFile *file, const NnJson *value, GError **error)
{
  return read_value (file, value, "", error);
}

static gboolean
read (NnArrayFile *file,
      GBytes *bytes,
      const char *member,
      const NnProgress *progress,
      GError **error)
{
  gsize n_bytes;
  const char *text = g_bytes_get_data (bytes, &n_bytes);
  json_auto_t *root = nn_json_parse (text, n_bytes, error);

  return root != NULL && nn_arrays_json_read (file, &(NnJson){ .value = root }, error);
}

/* ---- writing ----------------------------------------------------------------------- */

/* Appends a nested list of dimensions @depth and on, from value @first on.
 *
 * Returns: the index of the next value */
static gsize
append_level (GString *text,
              const NnArray *array,
              const NnTextNumbers *numbers,
              guint depth,
              gsize first)
{
  if (depth == array->rank) {
    nn_text_numbers_append (numbers, first, text);
    return first + 1;
  }
  g_string_append_c (text, '[');
  for (guint64 i = 0; i < array->shape[depth]; i++) {
    if (i > 0)
      g_string_append (text, depth + 1 < array->rank ? ",\n    " : ", ");
    first = append_level (text, array, numbers, depth + 1, first);
  }
  g_string_append_c (text, ']');
  return first;
}

/* An array of a few bytes may have any shape with a 0 in it, (2^40, 0), which would be as
 * many lists. */
static gboolean
check_lists (const NnArray *array, GError **error)
{
  g_autofree char *shape = NULL;
  guint64 n = 1;

  /* Without overflow: an array's shape was checked. */
  for (guint i = 0; i < array->rank && array->shape[i] > 0; i++)
    n *= array->shape[i];
  if (array->n_values > 0 || n <= MOST_EMPTY)
    return TRUE;
  shape = nn_array_dup_shape (array);
  g_set_error (error, NN_ERROR, NN_ERROR_SHAPE,
               _ ("'%.*s' of shape %s would be %" PRIu64
                  " empty lists; name a file that ends in .safetensors or .npz"),
               SHOWN, array->name, shape, n);
  return FALSE;
}

static gboolean
append_array (GString *text, const NnArray *array, GError **error)
{
  NnTextNumbers numbers;
  gboolean finite;

  if (!check_lists (array, error))
    return FALSE;
  nn_text_numbers_init (&numbers, array);
  finite = nn_text_numbers_are_finite (&numbers);
  if (finite)
    append_level (text, array, &numbers, 0, 0);
  nn_text_numbers_clear (&numbers);
  if (!finite)
    g_set_error (
        error, NN_ERROR, NN_ERROR_FILE,
        _ ("'%.*s' holds a NaN or an infinity, which JSON cannot store: name a file "
           "that ends in .safetensors or .npz"),
        SHOWN, array->name);
  return finite;
}

/* Returns: FALSE if @name is not UTF-8 */
static gboolean
append_name (GString *text, const char *name)
{
  json_auto_t *string = json_string (name);
  char *quoted = string ? json_dumps (string, JSON_ENCODE_ANY) : NULL;

  if (quoted == NULL)
    return FALSE;
  g_string_append_printf (text, "  %s: ", quoted);
  free (quoted);
  return TRUE;
}

static gboolean
append_arrays (GString *text, const GPtrArray *arrays, GError **error)
{
  g_autoptr (GHashTable) names = g_hash_table_new (g_str_hash, g_str_equal);

  g_string_append (text, "{");
  for (guint i = 0; i < arrays->len; i++) {
    NnArray *array = arrays->pdata[i];

    g_string_append (text, i > 0 ? ",\n" : "\n");
    if (!g_hash_table_add (names, array->name) || !append_name (text, array->name)) {
      g_set_error (error, NN_ERROR, NN_ERROR_FILE,
                   _ ("cannot store parameter %u by its name: it is taken or not UTF-8, "
                      "rename its layer"),
                   i + 1);
      return FALSE;
    }
    if (!append_array (text, array, error))
      return FALSE;
  }
  g_string_append (text, "\n}\n");
  return TRUE;
}

/* Whether the only array is one without a name. */
static gboolean
is_nameless (const GPtrArray *arrays)
{
  return arrays->len == 1 && *((const NnArray *) arrays->pdata[0])->name == '\0' &&
         ((const NnArray *) arrays->pdata[0])->rank > 0;
}

static GBytes *
encode (const NnArrayFile *file, GError **error)
{
  g_autoptr (GString) text = g_string_new (NULL);

  if (is_nameless (file->arrays)) {
    if (!append_array (text, file->arrays->pdata[0], error))
      return NULL;
    g_string_append_c (text, '\n');
  } else if (!append_arrays (text, file->arrays, error))
    return NULL;
  return g_string_free_to_bytes (g_steal_pointer (&text));
}

const NnArrayFileKind nn_arrays_json = {
  .name = "json",
  .label = "JSON",
  .what = N_ ("arrays in JSON"),
  .endings = ".json",
  .recognise = recognise,
  .read = read,
  .encode = encode,
  .value_memory = 28,
};
