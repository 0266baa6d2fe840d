/* nn-npy.c - encodes and decodes arrays in NumPy's .npy format
 *
 * SPDX-License-Identifier: MIT
 *
 * Magic, version, the length of the header, the header, and the values. The header is a
 * Python dictionary with three keys; the parser here accepts nothing else.
 */

#include "nn/arrays/nn-npy.h"

#include <glib/gi18n.h>
#include <string.h>

#include "nn/base/nn-error.h"
#include "nn/files/nn-little-endian.h"

static const guint8 magic[] = { 0x93, 'N', 'U', 'M', 'P', 'Y' };

/* Magic and two bytes of version, followed by the header's length, in two bytes in
 * version 1 and four from version 2 on. */
#define PREFIX     (sizeof magic + 2)
#define PREFIX_1   (PREFIX + sizeof (guint16))
#define PREFIX_2   (PREFIX + sizeof (guint32))
#define ALIGNMENT  64    /* of the data, within the .npy */
#define MAX_HEADER 65535 /* bytes: NumPy itself reads at most 10,000 */
#define SHOWN      60    /* bytes of a text in a message */

/* ---- the header -------------------------------------------------------------------- */

typedef struct {
  const char *at;
  const char *end;
  char *descr; /* (owned) (nullable) */
  gboolean has_order;
  gboolean fortran_order;
  gboolean has_shape;
  guint rank;
  guint64 shape[NN_ARRAY_MAX_RANK];
} Header;

static gboolean
refuse (const Header *self, GError **error, const char *expected)
{
  g_set_error (error, NN_ERROR, NN_ERROR_SYNTAX,
               _ ("the header is damaged: expected %s, %zu bytes before its end"),
               expected, (gsize) (self->end - self->at));
  return FALSE;
}

static void
skip_blanks (Header *self)
{
  while (self->at < self->end && g_ascii_isspace (*self->at))
    self->at++;
}

/* Consumes @text if it comes next. */
static gboolean
accept (Header *self, const char *text)
{
  const gsize length = strlen (text);

  skip_blanks (self);
  if ((gsize) (self->end - self->at) < length || memcmp (self->at, text, length) != 0)
    return FALSE;
  self->at += length;
  return TRUE;
}

/* Reads a quoted string without escapes. */
static char *
read_string (Header *self, GError **error)
{
  const char *start;
  char *text;
  char quote;

  skip_blanks (self);
  quote = self->at < self->end ? *self->at : '\0';
  if (quote != '\'' && quote != '"') {
    refuse (self, error, _ ("a text in quotes"));
    return NULL;
  }
  start = ++self->at;
  while (self->at < self->end && *self->at != quote && *self->at != '\\')
    self->at++;
  if (self->at == self->end || *self->at != quote) {
    refuse (self, error, _ ("the end of a text in quotes"));
    return NULL;
  }
  text = g_strndup (start, (gsize) (self->at - start));
  self->at++;
  return text;
}

static gboolean
read_number (Header *self, guint64 *number, GError **error)
{
  const char *start;

  skip_blanks (self);
  start = self->at;
  *number = 0;
  while (self->at < self->end && g_ascii_isdigit (*self->at)) {
    if (!g_uint64_checked_mul (number, *number, 10) ||
        !g_uint64_checked_add (number, *number, (guint64) (*self->at - '0')))
      return refuse (self, error, _ ("a size of 64 bits"));
    self->at++;
  }
  if (self->at == start)
    return refuse (self, error, _ ("a whole number"));
  accept (self, "L"); /* Python 2 */
  return TRUE;
}

/* "(2, 3)", "(2,)", "()" */
static gboolean
read_shape (Header *self, GError **error)
{
  if (!accept (self, "("))
    return refuse (self, error, _ ("a shape in parentheses"));
  while (!accept (self, ")")) {
    if (self->rank == NN_ARRAY_MAX_RANK) {
      g_set_error (error, NN_ERROR, NN_ERROR_SHAPE, _ ("it has more than %d dimensions"),
                   NN_ARRAY_MAX_RANK);
      return FALSE;
    }
    if (!read_number (self, &self->shape[self->rank], error))
      return FALSE;
    self->rank++;
    if (accept (self, ","))
      continue;
    if (self->rank == 1 || !accept (self, ")"))
      return refuse (self, error, _ ("a comma or the end of the shape"));
    break;
  }
  self->has_shape = TRUE;
  return TRUE;
}

static gboolean
read_order (Header *self, GError **error)
{
  self->fortran_order = accept (self, "True");
  self->has_order = self->fortran_order || accept (self, "False");
  return self->has_order || refuse (self, error, _ ("True or False"));
}

static gboolean
read_descr (Header *self, GError **error)
{
  if (accept (self, "[") || accept (self, "(")) {
    g_set_error (error, NN_ERROR, NN_ERROR_UNKNOWN,
                 _ ("it has rows of several fields; in Python, save each field alone"));
    return FALSE;
  }
  self->descr = read_string (self, error);
  return self->descr != NULL;
}

static gboolean
read_entry (Header *self, GError **error)
{
  g_autofree char *key = read_string (self, error);

  if (key == NULL)
    return FALSE;
  if (!accept (self, ":"))
    return refuse (self, error, _ ("a colon"));
  if (strcmp (key, "descr") == 0 && self->descr == NULL)
    return read_descr (self, error);
  if (strcmp (key, "fortran_order") == 0 && !self->has_order)
    return read_order (self, error);
  if (strcmp (key, "shape") == 0 && !self->has_shape)
    return read_shape (self, error);
  return refuse (self, error, _ ("descr, fortran_order and shape, each once"));
}

static gboolean
read_header (Header *self, GError **error)
{
  if (!accept (self, "{"))
    return refuse (self, error, _ ("a dictionary"));
  while (!accept (self, "}")) {
    if (!read_entry (self, error))
      return FALSE;
    if (accept (self, ","))
      continue;
    if (!accept (self, "}"))
      return refuse (self, error, _ ("a comma or the end of the dictionary"));
    break;
  }
  skip_blanks (self);
  if (self->at != self->end)
    return refuse (self, error, _ ("blanks"));
  return (self->descr != NULL && self->has_order && self->has_shape) ||
         refuse (self, error, _ ("descr, fortran_order and shape"));
}

/* ---- reading ----------------------------------------------------------------------- */

#define AS_FLOATS  N_ ("save it with .astype (\"float32\")")
#define AS_CLASSES N_ ("leave it out, or save numpy.unique (x, return_inverse=True)[1]")

/* NumPy's kinds of elements that Nudge cannot read: what they are, and a remedy. */
static const struct {
  char kind;
  const char *what;
  const char *remedy;
} refused[] = {
  { 'c', N_ ("complex numbers"), N_ ("save .real and .imag") },
  { 'O', N_ ("Python objects"), AS_CLASSES },
  { 'S', N_ ("texts"), AS_CLASSES },
  { 'U', N_ ("texts"), AS_CLASSES },
  { 'M', N_ ("dates"), AS_FLOATS },
  { 'm', N_ ("durations"), AS_FLOATS },
  { 'V', N_ ("bytes without a type, as bfloat16 is saved"), AS_FLOATS },
};

static gboolean
refuse_descr (const char *descr, GError **error)
{
  const char kind = descr[strspn (descr, "<>|=")];

  for (gsize i = 0; i < G_N_ELEMENTS (refused); i++)
    if (kind == refused[i].kind) {
      g_set_error (error, NN_ERROR, NN_ERROR_UNKNOWN,
                   _ ("it holds %s (%.*s), which are not read; in Python, %s"),
                   _ (refused[i].what), SHOWN, descr, _ (refused[i].remedy));
      return FALSE;
    }
  g_set_error (error, NN_ERROR, NN_ERROR_UNKNOWN,
               _ ("numbers of the type '%.*s' are not read; in Python, %s"), SHOWN, descr,
               _ (AS_FLOATS));
  return FALSE;
}

static gboolean
find_dtype (const char *descr, NnDtype *dtype, gboolean *big_endian, GError **error)
{
  const char *code = descr + (*descr != '\0' && strchr ("<>|=", *descr) != NULL);

  *big_endian = *descr == '>';
  for (*dtype = 0; *dtype < NN_N_DTYPES; (*dtype)++)
    if (g_strcmp0 (code, nn_dtype_get_numpy_code (*dtype)) == 0)
      return TRUE;
  return refuse_descr (descr, error);
}

static gboolean
find_header (GBytes *bytes, Header *header, gsize *data, GError **error)
{
  gsize n_bytes;
  const guint8 *start = g_bytes_get_data (bytes, &n_bytes);
  const gboolean short_length = n_bytes > PREFIX && start[PREFIX - 2] == 1;
  const gsize prefix = short_length ? PREFIX_1 : PREFIX_2;
  gsize length;

  if (n_bytes < prefix) {
    g_set_error (error, NN_ERROR, NN_ERROR_SYNTAX, _ ("it ends in its header"));
    return FALSE;
  }
  if (start[PREFIX - 2] < 1 || start[PREFIX - 2] > 3) {
    g_set_error (error, NN_ERROR, NN_ERROR_SYNTAX,
                 _ ("version %u of the npy format is not known here"), start[PREFIX - 2]);
    return FALSE;
  }
  length = short_length ? nn_little_endian_get_u16 (&start[PREFIX])
                        : nn_little_endian_get_u32 (&start[PREFIX]);
  if (length > MAX_HEADER || length > n_bytes - prefix) {
    g_set_error (error, NN_ERROR, NN_ERROR_SYNTAX,
                 _ ("its header should have %zu bytes: it is cut short or damaged"),
                 length);
    return FALSE;
  }
  header->at = (const char *) &start[prefix];
  header->end = header->at + length;
  *data = prefix + length;
  return TRUE;
}

/* Finds the strides of Fortran order.
 *
 * Returns: FALSE on overflow */
static gboolean
find_strides (const Header *header, guint64 *strides)
{
  guint64 n = 1;

  for (guint i = 0; i < header->rank; i++) {
    strides[i] = n;
    if (!g_uint64_checked_mul (&n, n, MAX (header->shape[i], 1)))
      return FALSE;
  }
  return TRUE;
}

static NnArray *
make_array (const char *name, const Header *header, GBytes *data, GError **error)
{
  guint64 strides[NN_ARRAY_MAX_RANK];
  gboolean big_endian;
  NnArray *array;
  NnDtype dtype;
  gsize n_bytes;

  if (!find_dtype (header->descr, &dtype, &big_endian, error))
    return NULL;
  if (!find_strides (header, strides)) {
    g_set_error (error, NN_ERROR, NN_ERROR_SHAPE,
                 _ ("the shape is larger than any memory"));
    return NULL;
  }
  array = (big_endian ? nn_array_new_big_endian : nn_array_new) (
      name, dtype, header->rank, header->shape, header->fortran_order ? strides : NULL,
      data, error);
  if (array == NULL)
    return NULL;
  n_bytes = array->n_values * nn_dtype_get_size (dtype);
  if (n_bytes == g_bytes_get_size (data))
    return array;
  g_set_error (
      error, NN_ERROR, NN_ERROR_SYNTAX,
      _ ("%zu bytes follow the array; in Python, save several arrays with numpy.savez"),
      g_bytes_get_size (data) - n_bytes);
  nn_array_unref (array);
  return NULL;
}

/**
 * nn_npy_recognise:
 * @start: (array length=n_bytes): the start of a file
 *
 * Returns: whether it is a .npy file
 */
gboolean
nn_npy_recognise (const guint8 *start, gsize n_bytes)
{
  return n_bytes >= sizeof magic && memcmp (start, magic, sizeof magic) == 0;
}

/**
 * nn_npy_read:
 * @name: of the array
 * @bytes: a whole .npy, of version 1, 2 or 3; the array keeps a reference
 *
 * Returns: (transfer full) (nullable): NULL if it is damaged, or of a type that Nudge
 *   cannot read (NN_ERROR_UNKNOWN)
 */
NnArray *
nn_npy_read (const char *name, GBytes *bytes, GError **error)
{
  g_autoptr (GBytes) data = NULL;
  gsize n_bytes;
  const guint8 *start = g_bytes_get_data (bytes, &n_bytes);
  Header header = { NULL };
  NnArray *array = NULL;
  gsize begin;

  if (!nn_npy_recognise (start, n_bytes)) {
    g_set_error (error, NN_ERROR, NN_ERROR_SYNTAX, _ ("it is not an npy array"));
    return NULL;
  }
  if (!find_header (bytes, &header, &begin, error))
    return NULL;
  data = g_bytes_new_from_bytes (bytes, begin, n_bytes - begin);
  if (read_header (&header, error))
    array = make_array (name, &header, data, error);
  g_free (header.descr);
  return array;
}

/* ---- writing ----------------------------------------------------------------------- */

static GString *
header_new (const NnArray *array, NnDtype dtype)
{
  GString *text = g_string_new ("{'descr': '");
  g_autofree char *shape = nn_array_dup_shape (array);

  g_string_append_printf (text, "%c%s', 'fortran_order': False, 'shape': %s, }",
                          nn_dtype_get_size (dtype) == 1 ? '|' : '<',
                          nn_dtype_get_numpy_code (dtype), shape);
  while ((PREFIX_1 + text->len + 1) % ALIGNMENT != 0)
    g_string_append_c (text, ' ');
  g_string_append_c (text, '\n');
  return text;
}

/**
 * nn_npy_encode:
 *
 * Returns: (transfer full): the bytes that numpy.save () writes, in version 1.0;
 *   bfloat16, which NumPy lacks, becomes float32
 */
GBytes *
nn_npy_encode (const NnArray *array)
{
  const gboolean widened = nn_dtype_get_numpy_code (array->dtype) == NULL;
  const NnDtype dtype = widened ? NN_DTYPE_FLOAT32 : array->dtype;
  GString *header = header_new (array, dtype);
  const gsize data = PREFIX_1 + header->len;
  const gsize n_bytes = data + array->n_values * nn_dtype_get_size (dtype);
  guint8 *bytes = g_malloc (n_bytes);

  memcpy (bytes, magic, sizeof magic);
  bytes[PREFIX - 2] = 1;
  bytes[PREFIX - 1] = 0;
  nn_little_endian_put_u16 (&bytes[PREFIX], (guint16) header->len);
  memcpy (&bytes[PREFIX_1], header->str, header->len);
  g_string_free (header, TRUE);
  if (widened) {
    g_autofree float *values = g_new (float, array->n_values);

    nn_array_get_floats (array, values);
    nn_little_endian_put_floats (&bytes[data], values, array->n_values);
  } else
    nn_array_get_bytes (array, &bytes[data]);
  return g_bytes_new_take (bytes, n_bytes);
}
