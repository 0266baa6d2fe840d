/* nn-experiment-parameters.c - the key "parameters" of a .nudge file, and --from
 *
 * SPDX-License-Identifier: MIT
 */

#include "nn/io/nn-experiment-parameters.h"

#include <stdlib.h>

#include "nn/arrays/nn-array-file.h"
#include "nn/arrays/nn-arrays-json.h"
#include "nn/files/nn-path.h"

#define KEY_FILE "file" /* no parameter's name */

/**
 * nn_experiment_load_parameters:
 * @path: a file of arrays, or FILE:MEMBER
 * @progress: (nullable)
 *
 * Returns: (transfer full) (nullable): all arrays of the file, whatever their names
 */
NnParameters *
nn_experiment_load_parameters (const char *path,
                               const NnProgress *progress,
                               GError **error)
{
  g_autoptr (NnArrayFile) file = nn_array_file_open (path, progress, error);
  NnParameters *self;

  if (file == NULL)
    return NULL;
  self = nn_parameters_new (file->arrays, path);
  for (guint i = 0; i < file->notes->len; i++)
    g_ptr_array_add (self->notes, g_strdup (file->notes->pdata[i]));
  return self;
}

/* { "file": … }, and nothing else */
static NnParameters *
read_file (const NnJson *object,
           const NnJson *member,
           const char *folder,
           const NnProgress *progress,
           GError **error)
{
  static const char *const keys[] = { KEY_FILE, NULL };
  g_autofree char *from = folder ? g_canonicalize_filename (folder, NULL) : NULL;
  g_autofree char *path = NULL;
  const char *name;
  NnParameters *parameters;

  if (!nn_json_check_keys (object, keys, error) ||
      !nn_json_get_string (member, &name, error))
    return NULL;
  path = g_canonicalize_filename (name, from);
  parameters = nn_experiment_load_parameters (path, progress, error);
  if (parameters == NULL)
    nn_json_prefix_error (member, error);
  return parameters;
}

static NnParameters *
read_arrays (const NnJson *object, GError **error)
{
  g_autoptr (NnArrayFile) file = nn_array_file_new (&nn_arrays_json);

  if (!nn_arrays_json_read (file, object, error))
    return NULL;
  return nn_parameters_new (file->arrays, NULL);
}

/**
 * nn_experiment_read_parameters:
 * @parameters: (out) (transfer full) (nullable): NULL if @top has none
 * @folder: (nullable): the path is relative to it
 */
gboolean
nn_experiment_read_parameters (NnParameters **parameters,
                               const NnJson *top,
                               const char *folder,
                               const NnProgress *progress,
                               GError **error)
{
  NnJson object;
  NnJson member;

  *parameters = NULL;
  if (!nn_json_find (top, "parameters", &object))
    return TRUE;
  if (!nn_json_check_object (&object, error))
    return FALSE;
  *parameters = nn_json_find (&object, KEY_FILE, &member)
                    ? read_file (&object, &member, folder, progress, error)
                    : read_arrays (&object, error);
  return *parameters != NULL;
}

static void
append_file (GString *text, const char *path, const char *folder)
{
  g_autofree char *relative = folder != NULL ? nn_path_dup_relative (path, folder)
                                             : g_canonicalize_filename (path, NULL);
  g_autofree char *name = g_utf8_make_valid (relative, -1);
  json_auto_t *string = json_string (name);
  char *quoted = json_dumps (string, JSON_ENCODE_ANY);

  g_string_append_printf (text, "{ \"" KEY_FILE "\": %s }", quoted);
  free (quoted);
}

/**
 * nn_experiment_append_parameters:
 * @parameters: (nullable): NULL appends nothing
 * @folder: (nullable): where the text will be
 *
 * Appends the key, with the comma before it. Parameters from a file are written as
 * its path.
 */
void
nn_experiment_append_parameters (GString *text,
                                 const NnParameters *parameters,
                                 const char *folder)
{
  NnArrayFile file = { .kind = &nn_arrays_json };
  g_autoptr (GPtrArray) metadata = g_ptr_array_new ();
  g_autoptr (GBytes) bytes = NULL;
  gsize n_bytes;

  if (parameters == NULL)
    return;
  g_string_append (text, ",\n  \"parameters\": ");
  if (parameters->file != NULL) {
    append_file (text, parameters->file, folder);
    return;
  }
  file.arrays = parameters->arrays;
  file.metadata = metadata;
  /* Arrays without a file were read from JSON, so they can be written as JSON. */
  bytes = nn_arrays_json.encode (&file, NULL);
  g_return_if_fail (bytes != NULL);
  n_bytes = g_bytes_get_size (bytes);
  g_string_append_len (text, g_bytes_get_data (bytes, NULL), (gssize) n_bytes);
  while (text->str[text->len - 1] == '\n')
    g_string_truncate (text, text->len - 1);
}
