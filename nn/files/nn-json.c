/* nn-json.c - reading JSON strictly, with errors that name the location
 *
 * SPDX-License-Identifier: MIT
 */

#include "nn/files/nn-json.h"

#include <glib/gi18n.h>
#include <inttypes.h>
#include <locale.h>
#include <math.h>
#include <string.h>

#include "nn/base/nn-number.h"
#include "nn/files/nn-encoding.h"

#define SHOWN 40 /* characters of a text that an error message repeats */

static void
set_syntax_error (GError **error, const char *text, const char *at, const char *message)
{
  gsize line = 1;
  const char *start = text;

  for (const char *c = text; c < at; c++)
    if (*c == '\n') {
      line++;
      start = c + 1;
    }
  g_set_error (error, NN_ERROR, NN_ERROR_SYNTAX, _ ("line %zu, column %ld: %s"), line,
               g_utf8_pointer_to_offset (start, at) + 1, message);
}

/**
 * nn_json_check_text:
 *
 * Finds out what is cheaper to know before there is a document in memory: whether
 * @text is UTF-8 and not too large.
 */
gboolean
nn_json_check_text (const char *text, gsize n_bytes, GError **error)
{
  gsize n_values = 1;
  const char *end;

  if (n_bytes > NN_JSON_MAX_BYTES) {
    g_set_error (error, NN_ERROR, NN_ERROR_SYNTAX, _ ("it is larger than %d MiB"),
                 NN_JSON_MAX_BYTES / (1024 * 1024));
    return FALSE;
  }
  if (!g_utf8_validate_len (text, n_bytes, &end)) {
    g_autofree char *message =
        g_strdup_printf (_ ("found the byte 0x%02x, expected UTF-8 text"), (guchar) *end);

    set_syntax_error (error, text, end, message);
    return FALSE;
  }
  /* Each value but the first of an object or array has a comma before it. */
  for (gsize i = 0; i < n_bytes; i++)
    n_values += text[i] == ',' || text[i] == '[' || text[i] == '{';
  if (n_values > NN_JSON_MAX_VALUES) {
    g_set_error (error, NN_ERROR, NN_ERROR_SYNTAX, _ ("it holds more than %d values"),
                 NN_JSON_MAX_VALUES);
    return FALSE;
  }
  return TRUE;
}

/* @text on one line, without a code that a terminal would obey. */
static char *
dup_shown (const char *text, gsize n_characters)
{
  g_autofree char *valid =
      g_utf8_make_valid (text, (gssize) MIN (strlen (text), 4 * (n_characters + 1)));
  GString *shown = g_string_new (NULL);
  const char *at = valid;

  for (gsize i = 0; i < n_characters && *at != '\0'; i++, at = g_utf8_next_char (at)) {
    gunichar character = g_utf8_get_char (at);

    g_string_append_unichar (shown, g_unichar_isprint (character) ? character : 0xfffd);
  }
  if (*at != '\0')
    g_string_append (shown, "…");
  return g_string_free (shown, FALSE);
}

static void
set_parse_error (GError **error, const json_error_t *failure)
{
  g_autofree char *text = dup_shown (failure->text, sizeof failure->text);
  const char *message = text;
  const char *remedy = "";

  /* The one case in which jansson speaks of its own flags. */
  if (json_error_code (failure) == json_error_null_character)
    message = _ ("found \\u0000, which no text here may hold");
  if (json_error_code (failure) == json_error_duplicate_key)
    remedy = _ (": take one of the two out");
  g_set_error (error, NN_ERROR, NN_ERROR_SYNTAX, _ ("line %d, column %d: %s%s"),
               failure->line, MAX (failure->column, 1), message, remedy);
}

static gboolean
is_blank (const char *text, gsize n_bytes)
{
  gsize n = 0;

  while (n < n_bytes && g_ascii_isspace (text[n]))
    n++;
  return n == n_bytes;
}

/* @text: UTF-8 without a byte order mark */
static json_t *
parse (const char *text, gsize n_bytes, GError **error)
{
  json_error_t failure;
  json_t *root;
  locale_t c;
  locale_t before;

  if (!nn_json_check_text (text, n_bytes, error))
    return NULL;
  if (is_blank (text, n_bytes)) {
    g_set_error_literal (error, NN_ERROR, NN_ERROR_SYNTAX, _ ("it is empty"));
    return NULL;
  }

  /* jansson asks the locale how a point is written, and stops the program where that
   * takes more than one byte. */
  c = newlocale (LC_NUMERIC_MASK, "C", (locale_t) 0);
  before = uselocale (c);
  root = json_loadb (text, n_bytes, JSON_REJECT_DUPLICATES, &failure);
  uselocale (before);
  freelocale (c);

  if (root == NULL)
    set_parse_error (error, &failure);
  return root;
}

/* What editors on Windows save: UTF-16, or a byte order mark before UTF-8. */
static gboolean
is_to_be_decoded (const char *text, gsize n_bytes)
{
  return n_bytes >= 2 &&
         (text[0] == '\0' || text[1] == '\0' || strncmp (text, "\xff\xfe", 2) == 0 ||
          strncmp (text, "\xfe\xff", 2) == 0 || strncmp (text, "\xef\xbb", 2) == 0);
}

/**
 * nn_json_parse:
 * @text: (array length=n_bytes): any bytes; UTF-16 is read too
 *
 * Returns: (nullable): the document, an object or an array; NULL with the line and
 *   column of what does not read as JSON, or of the second of two equal keys
 */
json_t *
nn_json_parse (const char *text, gsize n_bytes, GError **error)
{
  g_auto (NnText) decoded = { NULL };

  if (!is_to_be_decoded (text, n_bytes) || n_bytes > NN_JSON_MAX_BYTES)
    return parse (text, n_bytes, error);
  if (!nn_encoding_read (&decoded, text, n_bytes, NULL, error))
    return NULL;
  return parse (decoded.text, decoded.n_bytes, error);
}

static void
append_path (GString *path, const NnJson *self)
{
  if (self->parent == NULL)
    return;
  append_path (path, self->parent);
  if (self->key == NULL)
    g_string_append_printf (path, "[%" G_GSIZE_FORMAT "]", self->index);
  else
    g_string_append_printf (path, "%s%s", path->len > 0 ? "." : "", self->key);
}

/* "network.layers[1]: ", or nothing for the whole document */
static char *
dup_prefix (const NnJson *self)
{
  GString *path = g_string_new (NULL);

  append_path (path, self);
  if (path->len > 0)
    g_string_append (path, ": ");
  return g_string_free (path, FALSE);
}

/**
 * nn_json_prefix_error:
 *
 * Puts the location before the message that another's function has set.
 *
 * Returns: FALSE
 */
gboolean
nn_json_prefix_error (const NnJson *self, GError **error)
{
  g_autofree char *prefix = dup_prefix (self);

  g_prefix_error (error, "%s", prefix);
  return FALSE;
}

/**
 * nn_json_refuse:
 *
 * Returns: FALSE, with an error that begins with the location
 */
gboolean
nn_json_refuse (const NnJson *self, GError **error, NnError code, const char *format, ...)
{
  g_autofree char *prefix = dup_prefix (self);
  g_autofree char *message = NULL;
  va_list arguments;

  va_start (arguments, format);
  message = g_strdup_vprintf (format, arguments);
  va_end (arguments);
  g_set_error (error, NN_ERROR, (int) code, "%s%s", prefix, message);
  return FALSE;
}

/* A real number that is whole keeps the point that makes it one. */
static char *
dup_real (double number)
{
  GString *text = g_string_new (NULL);

  nn_number_append (text, number);
  if (strspn (text->str, "-0123456789") == text->len)
    g_string_append (text, ".0");
  return g_string_free (text, FALSE);
}

/* What an error message calls @value. */
static char *
dup_found (const json_t *value)
{
  g_autofree char *shown = NULL;

  switch (json_typeof (value)) {
  case JSON_OBJECT:
    return g_strdup (_ ("an object"));
  case JSON_ARRAY:
    return g_strdup (_ ("an array"));
  case JSON_STRING:
    shown = dup_shown (json_string_value (value), SHOWN);
    return g_strdup_printf ("\"%s\"", shown);
  case JSON_INTEGER:
    return g_strdup_printf ("%" JSON_INTEGER_FORMAT, json_integer_value (value));
  case JSON_REAL:
    return dup_real (json_real_value (value));
  case JSON_TRUE:
    return g_strdup ("true");
  case JSON_FALSE:
    return g_strdup ("false");
  case JSON_NULL:
    return g_strdup ("null");
  }
  g_return_val_if_reached (NULL);
}

/**
 * nn_json_refuse_value:
 * @expected: "a whole number"
 *
 * Returns: FALSE, with an error that says what is there instead
 */
gboolean
nn_json_refuse_value (const NnJson *self, GError **error, const char *expected)
{
  g_autofree char *found = dup_found (self->value);

  return nn_json_refuse (self, error, NN_ERROR_SYNTAX, _ ("expected %s, found %s"),
                         expected, found);
}

gboolean
nn_json_check_object (const NnJson *self, GError **error)
{
  return json_is_object (self->value) ||
         nn_json_refuse_value (self, error, _ ("an object, { … }"));
}

gboolean
nn_json_check_array (const NnJson *self, GError **error)
{
  return json_is_array (self->value) ||
         nn_json_refuse_value (self, error, _ ("an array, [ … ]"));
}

/**
 * nn_json_check_keys:
 * @known: NULL-terminated
 *
 * Refuses an object with a key that would not be read, which may be a slip of the pen.
 */
gboolean
nn_json_check_keys (const NnJson *object, const char *const *known, GError **error)
{
  const char *key;
  json_t *value;

  json_object_foreach (object->value, key, value)
  {
    g_autofree char *shown = NULL;
    g_autoptr (GString) names = NULL;

    if (g_strv_contains (known, key))
      continue;
    shown = dup_shown (key, SHOWN);
    names = g_string_new (known[0]);
    for (gsize i = 1; known[i] != NULL; i++)
      g_string_append_printf (names, ", %s", known[i]);
    return nn_json_refuse (object, error, NN_ERROR_UNKNOWN,
                           _ ("unknown key \"%s\": the keys here are %s"), shown,
                           names->str);
  }
  return TRUE;
}

/**
 * nn_json_find:
 * @member: (out) borrows @object and @key
 *
 * Returns: whether @object has @key
 */
gboolean
nn_json_find (const NnJson *object, const char *key, NnJson *member)
{
  *member = (NnJson){ json_object_get (object->value, key), object, key, 0 };
  return member->value != NULL;
}

gboolean
nn_json_require (const NnJson *object, const char *key, NnJson *member, GError **error)
{
  return nn_json_find (object, key, member) ||
         nn_json_refuse (object, error, NN_ERROR_SYNTAX, _ ("the key \"%s\" is missing"),
                         key);
}

NnJson
nn_json_get_element (const NnJson *array, gsize index)
{
  return (NnJson){ json_array_get (array->value, index), array, NULL, index };
}

/**
 * nn_json_get_integer:
 * @value: (out) from @least to @most
 *
 * A number with a point or an exponent is none.
 */
gboolean
nn_json_get_integer (const NnJson *self,
                     gint64 least,
                     gint64 most,
                     gint64 *value,
                     GError **error)
{
  g_autofree char *expected = NULL;

  if (json_is_integer (self->value) && json_integer_value (self->value) >= least &&
      json_integer_value (self->value) <= most) {
    *value = json_integer_value (self->value);
    return TRUE;
  }
  expected =
      g_strdup_printf (_ ("a whole number from %" PRId64 " to %" PRId64), least, most);
  return nn_json_refuse_value (self, error, expected);
}

gboolean
nn_json_get_double (const NnJson *self, double *value, GError **error)
{
  if (!json_is_number (self->value))
    return nn_json_refuse_value (self, error, _ ("a number"));
  *value = json_number_value (self->value);
  return TRUE;
}

/**
 * nn_json_get_float:
 *
 * Rounds once, to the nearest; refuses what would become infinite.
 */
gboolean
nn_json_get_float (const NnJson *self, float *value, GError **error)
{
  float rounded;

  if (!json_is_number (self->value))
    return nn_json_refuse_value (self, error, _ ("a number"));
  if (json_is_integer (self->value))
    rounded = (float) json_integer_value (self->value);
  else
    rounded = (float) json_real_value (self->value);
  if (!isfinite (rounded))
    return nn_json_refuse_value (
        self, error, _ ("a number that float32 can hold, up to 3.4028235e+38"));
  *value = rounded;
  return TRUE;
}

gboolean
nn_json_get_boolean (const NnJson *self, gboolean *value, GError **error)
{
  if (!json_is_boolean (self->value))
    return nn_json_refuse_value (self, error, _ ("true or false"));
  *value = json_is_true (self->value);
  return TRUE;
}

/**
 * nn_json_get_string:
 * @value: (out) (transfer none) UTF-8
 */
gboolean
nn_json_get_string (const NnJson *self, const char **value, GError **error)
{
  if (!json_is_string (self->value))
    return nn_json_refuse_value (self, error, _ ("text in quotes"));
  *value = json_string_value (self->value);
  return TRUE;
}

/**
 * nn_json_get_name:
 * @value: (out) (transfer none) a word that an error message can repeat as it is
 */
gboolean
nn_json_get_name (const NnJson *self, const char **value, GError **error)
{
  const char *name = json_string_value (self->value);
  gsize length = name == NULL ? 0 : strlen (name);

  if (length == 0 || length > SHOWN ||
      strspn (name, G_CSET_A_2_Z G_CSET_a_2_z G_CSET_DIGITS "_-") != length)
    return nn_json_refuse_value (self, error, _ ("a name in quotes"));
  *value = name;
  return TRUE;
}

gboolean
nn_json_read_double (const NnJson *object, const char *key, double *value, GError **error)
{
  NnJson member;

  return !nn_json_find (object, key, &member) ||
         nn_json_get_double (&member, value, error);
}

gboolean
nn_json_read_float (const NnJson *object, const char *key, float *value, GError **error)
{
  NnJson member;

  return !nn_json_find (object, key, &member) ||
         nn_json_get_float (&member, value, error);
}

gboolean
nn_json_read_boolean (const NnJson *object,
                      const char *key,
                      gboolean *value,
                      GError **error)
{
  NnJson member;

  return !nn_json_find (object, key, &member) ||
         nn_json_get_boolean (&member, value, error);
}

gboolean
nn_json_read_string (const NnJson *object,
                     const char *key,
                     const char **value,
                     GError **error)
{
  NnJson member;

  return !nn_json_find (object, key, &member) ||
         nn_json_get_string (&member, value, error);
}

/**
 * nn_json_check_version:
 * @top: a document with its format's version under "nudge"
 * @version: what this program reads
 *
 * To be asked before all else: another version may have other keys.
 */
gboolean
nn_json_check_version (const NnJson *top, gint64 version, GError **error)
{
  NnJson member;
  gint64 found;

  if (!nn_json_check_object (top, error) ||
      !nn_json_require (top, "nudge", &member, error) ||
      !nn_json_get_integer (&member, 1, G_MAXINT64, &found, error))
    return FALSE;
  return found == version ||
         nn_json_refuse (
             &member, error, NN_ERROR_UNKNOWN,
             _ ("version %" PRId64
                " of the format is newer than this program, which reads version %" PRId64
                ": update it"),
             found, version);
}
