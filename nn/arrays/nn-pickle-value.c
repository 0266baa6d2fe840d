/* nn-pickle-value.c - access to the values of a pickle
 *
 * SPDX-License-Identifier: MIT
 */

#include <glib/gi18n.h>
#include <math.h>
#include <string.h>

#include "nn/arrays/nn-pickle-machine.h"
#include "nn/base/nn-number.h"
#include "nn/base/nn-text.h"

const NnPickleValue *
nn_pickle_get_value (const NnPickle *self)
{
  return self->value;
}

/**
 * nn_pickle_get_n_bytes:
 *
 * Returns: the length of the pickle in bytes, which may be less than was given
 */
gsize
nn_pickle_get_n_bytes (const NnPickle *self)
{
  return self->n_bytes;
}

gsize
nn_pickle_get_n_persistent (const NnPickle *self)
{
  return self->persistent->len;
}

/**
 * nn_pickle_get_persistent:
 *
 * Returns: (transfer none): an NN_PICKLE_PERSISTENT, whose only item is the persistent id
 */
const NnPickleValue *
nn_pickle_get_persistent (const NnPickle *self, gsize index)
{
  return self->persistent->pdata[index];
}

gboolean
nn_pickle_has_items (const NnPickleValue *value)
{
  switch (value->type) {
  case NN_PICKLE_LIST:
  case NN_PICKLE_TUPLE:
  case NN_PICKLE_SET:
  case NN_PICKLE_DICT:
  case NN_PICKLE_CALL:
  case NN_PICKLE_PERSISTENT:
    return TRUE;
  default:
    return FALSE;
  }
}

/**
 * nn_pickle_is_text:
 * @value: (nullable)
 *
 * Returns: whether it is a string, bytes or a global's name equal to @text
 */
gboolean
nn_pickle_is_text (const NnPickleValue *value, const char *text)
{
  return value != NULL &&
         (value->type == NN_PICKLE_STRING || value->type == NN_PICKLE_BYTES ||
          value->type == NN_PICKLE_GLOBAL) &&
         value->n_bytes == strlen (text) &&
         (value->n_bytes == 0 || memcmp (value->text, text, value->n_bytes) == 0);
}

/**
 * nn_pickle_get_item:
 * @value: (nullable)
 *
 * Returns: (transfer none) (nullable): NULL if there is no such item
 */
const NnPickleValue *
nn_pickle_get_item (const NnPickleValue *value, gsize index)
{
  if (value == NULL || !nn_pickle_has_items (value) || index >= value->n_items)
    return NULL;
  return value->items[index];
}

/**
 * nn_pickle_dup_shown_text:
 *
 * @bytes: (array length=n_bytes): any bytes
 *
 * Returns: (transfer full): up to NN_PICKLE_MAX_SHOWN of them for a message, as UTF-8 on
 *   one line
 */
char *
nn_pickle_dup_shown_text (const char *bytes, gsize n_bytes)
{
  g_autofree char *valid =
      g_utf8_make_valid (bytes, (gssize) MIN (n_bytes, NN_PICKLE_MAX_SHOWN));

  nn_text_replace_controls (valid, '?');
  if (n_bytes > NN_PICKLE_MAX_SHOWN)
    return g_strconcat (valid, "…", NULL);
  return g_steal_pointer (&valid);
}

static char *
dup_float (double number)
{
  GString *text = g_string_new (NULL);

  if (isfinite (number))
    nn_number_append (text, number);
  else
    g_string_append (text, isnan (number) ? "nan" : number > 0 ? "inf" : "-inf");
  return g_string_free (text, FALSE);
}

/**
 * nn_pickle_dup_shown:
 *
 * Returns: (transfer full): the value for a message: a number or string as Python prints
 *   it, else its kind: "a dict"
 */
char *
nn_pickle_dup_shown (const NnPickleValue *value)
{
  static const char *const kinds[] = {
    [NN_PICKLE_NONE] = "None",
    [NN_PICKLE_LARGE] = N_ ("a large number"),
    [NN_PICKLE_BYTES] = N_ ("bytes"),
    [NN_PICKLE_LIST] = N_ ("a list"),
    [NN_PICKLE_TUPLE] = N_ ("a tuple"),
    [NN_PICKLE_SET] = N_ ("a set"),
    [NN_PICKLE_DICT] = N_ ("a dict"),
    [NN_PICKLE_CALL] = N_ ("an object"),
    [NN_PICKLE_PERSISTENT] = N_ ("a storage"),
  };

  switch (value->type) {
  case NN_PICKLE_BOOLEAN:
    return g_strdup (value->integer ? "True" : "False");
  case NN_PICKLE_INTEGER:
    return g_strdup_printf ("%" G_GINT64_FORMAT, value->integer);
  case NN_PICKLE_FLOAT:
    return dup_float (value->number);
  case NN_PICKLE_STRING:
  case NN_PICKLE_GLOBAL:
    return nn_pickle_dup_shown_text (value->text, value->n_bytes);
  default:
    return g_strdup (_ (kinds[value->type]));
  }
}
