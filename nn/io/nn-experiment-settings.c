/* nn-experiment-settings.c - settings of things of a kind, in a .nudge file
 *
 * SPDX-License-Identifier: MIT
 */

#include "nn/io/nn-experiment-settings.h"

#include <stdlib.h>

#include "nn/base/nn-number.h"

static gboolean
check_keys (const NnSettings *settings,
            const char *first_key,
            const NnJson *object,
            GError **error)
{
  g_autofree const char **keys = g_new0 (const char *, settings->n_rows + 2);

  keys[0] = first_key;
  for (gsize i = 0; i < settings->n_rows; i++)
    keys[i + 1] = settings->rows[i].key;
  return nn_json_check_keys (object, keys, error);
}

static gboolean
read_pair (const NnJson *member, double *pair, GError **error)
{
  NnJson first;
  NnJson second;

  if (!nn_json_check_array (member, error))
    return FALSE;
  if (json_array_size (member->value) != 2)
    return nn_json_refuse (member, error, NN_ERROR_SHAPE,
                           "expected two numbers, found %" G_GSIZE_FORMAT,
                           json_array_size (member->value));
  first = nn_json_get_element (member, 0);
  second = nn_json_get_element (member, 1);
  return nn_json_get_double (&first, &pair[0], error) &&
         nn_json_get_double (&second, &pair[1], error);
}

static gboolean
read_count (const NnJson *member, gint64 least, gsize *count, GError **error)
{
  gint64 value;

  if (!nn_json_get_integer (member, least, G_MAXINT32, &value, error))
    return FALSE;
  *count = (gsize) value;
  return TRUE;
}

static gboolean
read_seed (const NnJson *member, NnSeed *seed, GError **error)
{
  gint64 value;

  if (!nn_json_get_integer (member, 0, G_MAXUINT32, &value, error))
    return FALSE;
  *seed = (NnSeed){ .given = TRUE, .value = (guint32) value };
  return TRUE;
}

static gboolean
read_setting (const NnSetting *setting,
              gpointer values,
              const NnJson *object,
              GError **error)
{
  gpointer field = G_STRUCT_MEMBER_P (values, setting->offset);
  NnJson member;

  if (!nn_json_find (object, setting->key, &member))
    return !setting->required || nn_json_require (object, setting->key, &member, error);
  switch (setting->type) {
  case NN_SETTING_NUMBER:
    return nn_json_get_double (&member, field, error);
  case NN_SETTING_PAIR:
    return read_pair (&member, field, error);
  case NN_SETTING_FLOAT:
    return nn_json_get_float (&member, field, error);
  case NN_SETTING_COUNT:
    return read_count (&member, (gint64) setting->least, field, error);
  case NN_SETTING_FLAG:
    return nn_json_get_boolean (&member, field, error);
  case NN_SETTING_SEED:
    return read_seed (&member, field, error);
  case NN_SETTING_TABLE:
    return TRUE;
  }
  g_return_val_if_reached (FALSE);
}

/**
 * nn_experiment_read_settings:
 * @values: (inout) the kind's struct, where the defaults are; some of it is changed even
 *   if reading fails
 * @first_key: the key that names the thing, "type": no other may be there besides those
 *   of the settings
 */
gboolean
nn_experiment_read_settings (const NnSettings *settings,
                             gpointer values,
                             const char *first_key,
                             const NnJson *object,
                             GError **error)
{
  if (!check_keys (settings, first_key, object, error))
    return FALSE;
  for (gsize i = 0; i < settings->n_rows; i++)
    if (!read_setting (&settings->rows[i], values, object, error))
      return FALSE;
  return TRUE;
}

/**
 * nn_experiment_append_string:
 * @value: UTF-8
 *
 * Appends it as JSON has it, in quotes.
 */
void
nn_experiment_append_string (GString *text, const char *value)
{
  json_auto_t *string = json_string (value);
  char *quoted = json_dumps (string, JSON_ENCODE_ANY);

  g_string_append (text, quoted);
  free (quoted);
}

static void
append_value (GString *text, const NnSetting *setting, gconstpointer values)
{
  gconstpointer field = (const char *) values + setting->offset;

  switch (setting->type) {
  case NN_SETTING_NUMBER:
    nn_number_append (text, *(const double *) field);
    return;
  case NN_SETTING_PAIR:
    g_string_append_c (text, '[');
    nn_number_append (text, ((const double *) field)[0]);
    g_string_append (text, ", ");
    nn_number_append (text, ((const double *) field)[1]);
    g_string_append_c (text, ']');
    return;
  case NN_SETTING_FLOAT:
    nn_number_append_float (text, *(const float *) field);
    return;
  case NN_SETTING_COUNT:
    g_string_append_printf (text, "%" G_GSIZE_FORMAT, *(const gsize *) field);
    return;
  case NN_SETTING_FLAG:
    g_string_append (text, *(const gboolean *) field ? "true" : "false");
    return;
  case NN_SETTING_SEED:
    g_string_append_printf (text, "%" G_GUINT32_FORMAT, ((const NnSeed *) field)->value);
    return;
  case NN_SETTING_TABLE:
    break;
  }
  g_return_if_reached ();
}

/* Whether there is something to be written here. */
static gboolean
is_given (const NnSetting *setting, gconstpointer values)
{
  if (setting->type == NN_SETTING_SEED)
    return G_STRUCT_MEMBER (const NnSeed, values, setting->offset).given;
  return setting->type != NN_SETTING_TABLE;
}

/**
 * nn_experiment_append_settings:
 * @separator: ", "; what goes before each
 *
 * Appends each but tables, `"lr": 0.001`, defaults too, and seeds that are given.
 */
void
nn_experiment_append_settings (GString *text,
                               const NnSettings *settings,
                               gconstpointer values,
                               const char *separator)
{
  for (gsize i = 0; i < settings->n_rows; i++) {
    if (!is_given (&settings->rows[i], values))
      continue;
    g_string_append_printf (text, "%s\"%s\": ", separator, settings->rows[i].key);
    append_value (text, &settings->rows[i], values);
  }
}
