/* nn-experiment-settings.c - settings of an optimizer, a loss, data …, in a .nudge file
 *
 * SPDX-License-Identifier: MIT
 */

#include "nn/io/nn-experiment-settings.h"

#include <glib/gi18n.h>
#include <jansson.h>
#include <stdlib.h>

#include "nn/base/nn-number.h"
#include "nn/files/nn-path.h"

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
                           _ ("expected two numbers, found %zu"),
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

/* @text: (inout) replaced */
static gboolean
read_text (const NnJson *member, char **text, GError **error)
{
  const char *given;

  if (!nn_json_get_string (member, &given, error))
    return FALSE;
  g_free (*text);
  *text = g_strdup (given);
  return TRUE;
}

/* A path is relative to @folder. */
static gboolean
read_file (const NnJson *member, const char *folder, char **path, GError **error)
{
  g_autofree char *given = NULL;

  if (!read_text (member, &given, error))
    return FALSE;
  if (*given == '\0')
    return nn_json_refuse_value (member, error, _ ("the name of a file"));
  g_free (*path);
  *path = folder == NULL || g_str_equal (folder, ".") || g_path_is_absolute (given)
              ? g_steal_pointer (&given)
              : g_build_filename (folder, given, NULL);
  return TRUE;
}

/* A name, or a list of names.
 * @names: (inout) replaced */
static gboolean
read_names (const NnJson *member, char ***names, GError **error)
{
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();
  const char *name;

  if (json_is_string (member->value)) {
    if (!nn_json_get_string (member, &name, error))
      return FALSE;
    g_strv_builder_add (builder, name);
  } else {
    if (!nn_json_check_array (member, error))
      return FALSE;
    for (gsize i = 0; i < json_array_size (member->value); i++) {
      NnJson element = nn_json_get_element (member, i);

      if (!nn_json_get_string (&element, &name, error))
        return FALSE;
      g_strv_builder_add (builder, name);
    }
  }
  g_strfreev (*names);
  *names = g_strv_builder_end (builder);
  return TRUE;
}

static gboolean
read_choice (const NnSetting *setting,
             const NnJson *member,
             guint *choice,
             GError **error)
{
  const char *name;

  if (json_is_boolean (member->value))
    name = json_is_true (member->value) ? "true" : "false";
  else if (!nn_json_get_string (member, &name, error))
    return FALSE;
  return nn_setting_find_choice (setting, name, choice, error) ||
         nn_json_prefix_error (member, error);
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
              const char *folder,
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
  case NN_SETTING_TEXT:
    return read_text (&member, field, error);
  case NN_SETTING_FILE:
    return read_file (&member, folder, field, error);
  case NN_SETTING_NAMES:
    return read_names (&member, field, error);
  case NN_SETTING_CHOICE:
    return read_choice (setting, &member, field, error);
  case NN_SETTING_TABLE:
    return TRUE;
  }
  g_return_val_if_reached (FALSE);
}

/**
 * nn_experiment_read_settings:
 * @values: (inout): the kind's struct, with the defaults; changed in part even on failure
 * @first_key: the key that names the kind, "type": the only one besides those of
 *   the settings
 * @folder: (nullable): paths are relative to it
 */
gboolean
nn_experiment_read_settings (const NnSettings *settings,
                             gpointer values,
                             const char *first_key,
                             const NnJson *object,
                             const char *folder,
                             GError **error)
{
  if (!check_keys (settings, first_key, object, error))
    return FALSE;
  for (gsize i = 0; i < settings->n_rows; i++)
    if (!read_setting (&settings->rows[i], values, object, folder, error))
      return FALSE;
  return TRUE;
}

/**
 * nn_experiment_append_string:
 * @value: UTF-8
 *
 * Appends it as a string of JSON, in quotes.
 */
void
nn_experiment_append_string (GString *text, const char *value)
{
  json_auto_t *string = json_string (value);
  char *quoted = json_dumps (string, JSON_ENCODE_ANY);

  g_string_append (text, quoted);
  free (quoted);
}

/* Whether the setting has a value to write. */
static gboolean
is_given (const NnSetting *setting, gconstpointer values)
{
  switch (setting->type) {
  case NN_SETTING_SEED:
    return G_STRUCT_MEMBER (const NnSeed, values, setting->offset).given;
  case NN_SETTING_TEXT:
  case NN_SETTING_FILE:
  case NN_SETTING_NAMES:
    return G_STRUCT_MEMBER (gconstpointer, values, setting->offset) != NULL;
  case NN_SETTING_TABLE:
    return FALSE;
  default:
    return TRUE;
  }
}

/* A name that is not UTF-8 cannot be in the text: who writes it to a file has checked. */
static void
append_file (GString *text, const char *path, const char *folder)
{
  g_autofree char *relative =
      folder != NULL ? nn_path_dup_relative (path, folder) : g_strdup (path);
  g_autofree char *name = g_utf8_make_valid (relative, -1);

  nn_experiment_append_string (text, name);
}

/* A name alone, or a list. */
static void
append_names (GString *text, char *const *names)
{
  if (names[0] != NULL && names[1] == NULL) {
    nn_experiment_append_string (text, names[0]);
    return;
  }
  g_string_append_c (text, '[');
  for (gsize i = 0; names[i] != NULL; i++) {
    g_string_append (text, i > 0 ? ", " : "");
    nn_experiment_append_string (text, names[i]);
  }
  g_string_append_c (text, ']');
}

static void
append_choice (GString *text, const char *name)
{
  if (g_str_equal (name, "true") || g_str_equal (name, "false"))
    g_string_append (text, name);
  else
    nn_experiment_append_string (text, name);
}

static void
append_value (GString *text,
              const NnSetting *setting,
              gconstpointer values,
              const char *folder)
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
  case NN_SETTING_TEXT:
    nn_experiment_append_string (text, *(const char *const *) field);
    return;
  case NN_SETTING_FILE:
    append_file (text, *(const char *const *) field, folder);
    return;
  case NN_SETTING_NAMES:
    append_names (text, *(char *const *const *) field);
    return;
  case NN_SETTING_CHOICE:
    append_choice (text, setting->choices[*(const guint *) field]);
    return;
  case NN_SETTING_TABLE:
    break;
  }
  g_return_if_reached ();
}

/**
 * nn_experiment_append_settings:
 * @separator: written before each: ", "
 * @folder: (nullable): paths are written relative to it
 *
 * Appends all settings but tables, `"lr": 0.001`: those with default values too, a seed
 * only if it was given.
 */
void
nn_experiment_append_settings (GString *text,
                               const NnSettings *settings,
                               gconstpointer values,
                               const char *separator,
                               const char *folder)
{
  for (gsize i = 0; i < settings->n_rows; i++) {
    if (!is_given (&settings->rows[i], values))
      continue;
    g_string_append_printf (text, "%s\"%s\": ", separator, settings->rows[i].key);
    append_value (text, &settings->rows[i], values, folder);
  }
}
