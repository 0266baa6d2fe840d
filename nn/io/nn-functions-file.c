/* nn-functions-file.c - the user's own update functions as a file
 *
 * SPDX-License-Identifier: MIT
 */

#include "nn/io/nn-functions-file.h"

#include <glib/gi18n.h>

#include "nn/base/nn-number.h"
#include "nn/files/nn-file.h"
#include "nn/files/nn-json.h"
#include "nn/files/nn-lock-file.h"
#include "nn/files/nn-path.h"

#define VERSION 1

static gboolean
require_string (const NnJson *object, const char *key, const char **value, GError **error)
{
  NnJson member;

  return nn_json_require (object, key, &member, error) &&
         nn_json_get_string (&member, value, error);
}

static gboolean
read_function (NnFunctions *self, const NnJson *object, GError **error)
{
  static const char *const keys[] = { "name",  "expression",  "least", "most",
                                      "usual", "logarithmic", NULL };
  NnFunction function = { .most = 1 };

  if (!nn_json_check_object (object, error) ||
      !nn_json_check_keys (object, keys, error) ||
      !require_string (object, "name", &function.name, error) ||
      !require_string (object, "expression", &function.expression, error) ||
      !nn_json_read_float (object, "least", &function.least, error) ||
      !nn_json_read_float (object, "most", &function.most, error) ||
      !nn_json_read_float (object, "usual", &function.usual, error) ||
      !nn_json_read_boolean (object, "logarithmic", &function.logarithmic, error))
    return FALSE;
  if (nn_functions_find (self, function.name) != NULL)
    return nn_json_refuse (object, error, NN_ERROR_SYNTAX,
                           _ ("there are two functions '%s': remove one of them"),
                           function.name);
  return nn_functions_set (self, &function, error) ||
         nn_json_prefix_error (object, error);
}

static gboolean
read_all (NnFunctions *self, const NnJson *top, GError **error)
{
  static const char *const keys[] = { "nudge", "functions", NULL };
  NnJson list;

  if (!nn_json_check_version (top, VERSION, error) ||
      !nn_json_check_keys (top, keys, error) ||
      !nn_json_require (top, "functions", &list, error) ||
      !nn_json_check_array (&list, error))
    return FALSE;
  for (gsize i = 0; i < json_array_size (list.value); i++) {
    const NnJson element = nn_json_get_element (&list, i);

    if (!read_function (self, &element, error))
      return FALSE;
  }
  return TRUE;
}

static NnFunctions *
parse (const char *text, gsize n_bytes, GError **error)
{
  json_auto_t *root = nn_json_parse (text, n_bytes, error);
  g_autoptr (NnFunctions) self = nn_functions_new ();
  const NnJson top = { .value = root };

  if (root == NULL || !read_all (self, &top, error))
    return NULL;
  return g_steal_pointer (&self);
}

/**
 * nn_functions_file_load:
 *
 * Returns: (transfer full) (nullable): the functions; none if there is no such file. NULL
 *   if it cannot be read, with a message that begins with the file's name and the
 *   location in it
 */
NnFunctions *
nn_functions_file_load (const char *path, GError **error)
{
  g_autofree char *text = NULL;
  NnFunctions *self;
  gsize n_bytes;

  g_return_val_if_fail (path != NULL, NULL);

  if (!g_file_test (path, G_FILE_TEST_EXISTS) &&
      !g_file_test (path, G_FILE_TEST_IS_SYMLINK))
    return nn_functions_new ();
  text = nn_file_read (path, NN_JSON_MAX_BYTES, &n_bytes, error);
  if (text == NULL)
    return NULL;
  self = parse (text, n_bytes, error);
  if (self == NULL) {
    g_autofree char *name = nn_path_dup_display_name (path);

    g_prefix_error (error, "%s: ", name);
  }
  return self;
}

static void
append_amount (GString *text, const NnFunction *function)
{
  g_string_append (text, ", \"least\": ");
  nn_number_append_float (text, function->least);
  g_string_append (text, ", \"most\": ");
  nn_number_append_float (text, function->most);
  g_string_append (text, ", \"usual\": ");
  nn_number_append_float (text, function->usual);
  g_string_append_printf (text, ", \"logarithmic\": %s",
                          function->logarithmic ? "true" : "false");
}

/* Neither a name nor an expression has a character that JSON escapes. */
static void
append_function (GString *text, const NnFunction *function)
{
  g_string_append_printf (text, "    { \"name\": \"%s\", \"expression\": \"%s\"",
                          function->name, function->expression);
  if (function->has_amount)
    append_amount (text, function);
  g_string_append (text, " }");
}

static gboolean
save (const NnFunctions *functions, const char *path, GError **error)
{
  g_autoptr (GString) text = g_string_new ("{\n  \"nudge\": 1,\n  \"functions\": [");

  for (gsize i = 0; i < nn_functions_get_length (functions); i++) {
    g_string_append (text, i > 0 ? ",\n" : "\n");
    append_function (text, nn_functions_get (functions, i));
  }
  g_string_append (text, "\n  ]\n}\n");
  return nn_file_replace (path, text->str, text->len, error);
}

/**
 * nn_functions_file_set:
 *
 * Adds @function to the file, or replaces the one of that name, as nn_functions_set ().
 * Functions that other processes have added meanwhile stay. Makes the folder if it does
 * not exist.
 *
 * Returns: (transfer full) (nullable): all functions of the file. On failure NULL,
 *   and the file is as it was: so is one that cannot be loaded, which the user may
 *   want to repair
 */
NnFunctions *
nn_functions_file_set (const char *path, const NnFunction *function, GError **error)
{
  g_autofree char *folder = g_path_get_dirname (path);
  g_autoptr (NnLockFile) lock = NULL;
  g_autoptr (NnFunctions) functions = NULL;

  g_mkdir_with_parents (folder, 0700); /* if that fails, so does what follows */
  lock = nn_lock_file_take (path);
  functions = nn_functions_file_load (path, error);
  if (functions == NULL || !nn_functions_set (functions, function, error) ||
      !save (functions, path, error))
    return NULL;
  return g_steal_pointer (&functions);
}
