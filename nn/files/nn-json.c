/* nn-json.c - typed access to JSON values, with errors that name the location
 *
 * SPDX-License-Identifier: MIT
 */

#include "nn/files/nn-json.h"

#include <glib/gi18n.h>
#include <inttypes.h>
#include <math.h>
#include <string.h>

#include "nn/base/nn-number.h"

#define SHOWN 40 /* characters of a text that an error message repeats */

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

/* Returns: (transfer full): "network.layers[1]: "; "" for the document itself */
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
 * Prefixes the location to an error that another function has set.
 *
 * Returns: FALSE, for the caller to return
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
 * Sets an error that begins with the location.
 *
 * Returns: FALSE, for the caller to return
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

/* A real number that is whole is written with a point: 1.0. */
static char *
dup_real (double number)
{
  GString *text = g_string_new (NULL);

  nn_number_append (text, number);
  if (strspn (text->str, "-0123456789") == text->len)
    g_string_append (text, ".0");
  return g_string_free (text, FALSE);
}

/* Returns: (transfer full): @value as an error message quotes it */
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
    shown = nn_json_dup_shown (json_string_value (value), SHOWN);
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
 * @expected: translated: "a whole number"
 *
 * Sets the error "expected …, found …".
 *
 * Returns: FALSE, for the caller to return
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
 * @known: (array zero-terminated=1)
 *
 * Returns: FALSE if @object has another key, which may be a misspelling
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
    shown = nn_json_dup_shown (key, SHOWN);
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
 * @member: (out): borrows @object and @key
 *
 * Returns: FALSE, without an error, if @object has no @key
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
 * @value: (out): from @least to @most
 *
 * A number with a point or an exponent is no integer.
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
 * Rounds once, to nearest; a number that is too large for float32 is an error.
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
 * @value: (out) (transfer none): UTF-8
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
 * @value: (out) (transfer none): a printable word, safe to quote in an error message
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
 * @top: a document with the version of its format as "nudge"
 * @version: the version that this program reads
 *
 * To be called before anything else is read: another version may have other keys.
 *
 * Returns: FALSE if it is missing or newer
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
