/* nn-experiment-file.c - experiments as .nudge files: loading and saving
 *
 * SPDX-License-Identifier: MIT
 */

#include "nn/io/nn-experiment-file.h"

#include <glib/gi18n.h>
#include <string.h>

#include "nn/arrays/nn-array-kind.h"
#include "nn/arrays/nn-file-type.h"
#include "nn/base/nn-error.h"
#include "nn/files/nn-file.h"
#include "nn/files/nn-gzip.h"
#include "nn/files/nn-json.h"
#include "nn/files/nn-path.h"
#include "nn/files/nn-text-start.h"

#define ENDING ".nudge"

/* The file's name without its folder and, unless that is all of it, its ending. */
static char *
dup_name (const char *path)
{
  g_autofree char *base = g_path_get_basename (path);
  char *name = nn_path_dup_display_name (base);
  gsize length = strlen (name);

  if (nn_path_has_ending (name, ENDING) && length > strlen (ENDING))
    name[length - strlen (ENDING)] = '\0';
  return name;
}

/* Returns: FALSE if @text is a file of another type, which the message names */
static gboolean
check_is_json (const char *text, gsize n_bytes, GError **error)
{
  const guint8 *bytes = (const guint8 *) text;
  g_autofree char *start = nn_text_start_dup (bytes, n_bytes, NN_ARRAY_FILE_START);
  NnFileDescription found;

  if (start != NULL && strchr ("{[", start[strspn (start, " \t\r\n")]) != NULL &&
      !g_str_has_prefix (start, "{\\rtf"))
    return TRUE;
  found = nn_file_type_recognise (bytes, n_bytes);
  if (nn_gzip_recognise (bytes, n_bytes)) /* what was found is in it */
    g_set_error (
        error, NN_ERROR, NN_ERROR_SYNTAX,
        _ ("it is compressed by gzip, which experiments are not: unpack it first"));
  else
    g_set_error (error, NN_ERROR, NN_ERROR_SYNTAX, _ ("it is %s and no experiment%s%s"),
                 _ (found.what), found.remedy != NULL ? ": " : "",
                 found.remedy != NULL ? _ (found.remedy) : "");
  return FALSE;
}

/**
 * nn_experiment_file_parse_file:
 * @text: (array length=n_bytes): the whole file @path, whatever it is
 * @folder: (nullable): as in nn_experiment_file_parse_full ()
 * @progress: (nullable): of reading the data
 *
 * Returns: (transfer full) (nullable): NULL with a message that does not name the file
 */
NnExperiment *
nn_experiment_file_parse_file (const char *text,
                               gsize n_bytes,
                               const char *path,
                               const char *folder,
                               const NnProgress *progress,
                               GError **error)
{
  g_autofree char *name = dup_name (path);

  if (!check_is_json (text, n_bytes, error))
    return NULL;
  return nn_experiment_file_parse_full (text, n_bytes, name, folder, progress, error);
}

/**
 * nn_experiment_file_load_full:
 * @progress: (nullable): of reading the data
 *
 * Returns: (transfer full) (nullable): NULL with a message that begins with the file's
 *   name and the location in it
 */
NnExperiment *
nn_experiment_file_load_full (const char *path,
                              const NnProgress *progress,
                              GError **error)
{
  g_return_val_if_fail (path != NULL, NULL);

  g_autofree char *folder = g_path_get_dirname (path);
  g_autofree char *text = NULL;
  NnExperiment *self;
  gsize n_bytes;

  text = nn_file_read (path, NN_JSON_MAX_BYTES, &n_bytes, error);
  if (text == NULL)
    return NULL;
  self = nn_experiment_file_parse_file (text, n_bytes, path, folder, progress, error);
  if (self == NULL && error && !g_error_matches (*error, NN_ERROR, NN_ERROR_CANCELLED)) {
    g_autofree char *display_name = nn_path_dup_display_name (path);

    g_prefix_error (error, "%s: ", display_name);
  }
  return self;
}

/**
 * nn_experiment_file_check_path:
 *
 * Returns: FALSE if the ending of @path is not that of such a file
 */
gboolean
nn_experiment_file_check_path (const char *path, GError **error)
{
  return nn_path_check_ending (path, ENDING, _ ("an experiment is saved in"), error);
}

/* @path: (nullable) */
static gboolean
check_name (const char *path, const char *folder, GError **error)
{
  g_autofree char *relative = path != NULL ? nn_path_dup_relative (path, folder) : NULL;
  g_autofree char *name = NULL;

  if (relative == NULL || g_utf8_validate (relative, -1, NULL))
    return TRUE;
  name = nn_path_dup_display_name (relative);
  g_set_error (
      error, NN_ERROR, NN_ERROR_FILE,
      _ ("an experiment names its files in UTF-8, and the name %s is not: rename "
         "it"),
      name);
  return FALSE;
}

/**
 * nn_experiment_file_check_names:
 * @folder: where the experiment is to be written
 *
 * Returns: FALSE if it reads a file whose name cannot be written (NN_ERROR_FILE)
 */
gboolean
nn_experiment_file_check_names (const NnExperiment *experiment,
                                const char *folder,
                                GError **error)
{
  const NnParameters *parameters = experiment->parameters;

  if (!check_name (experiment->data.file, folder, error) ||
      !check_name (experiment->data.labels, folder, error) ||
      !check_name (parameters != NULL ? parameters->file : NULL, folder, error))
    return FALSE;
  for (guint i = 0; i < experiment->events->len; i++) {
    const NnEvent *event = &g_array_index (experiment->events, NnEvent, i);

    if (event->kind == NN_EVENT_EDIT && event->edit->parts & NN_EDIT_HAS_DATA &&
        (!check_name (event->edit->data.file, folder, error) ||
         !check_name (event->edit->data.labels, folder, error)))
      return FALSE;
  }
  return TRUE;
}

/**
 * nn_experiment_file_save:
 *
 * Replaces the file as a whole or not at all. An experiment that could not be loaded
 * again is refused: as nn_experiment_check () and nn_experiment_file_check_names (), or
 * because its own data are larger than a file may be.
 */
gboolean
nn_experiment_file_save (const NnExperiment *experiment, const char *path, GError **error)
{
  g_return_val_if_fail (experiment != NULL && path != NULL, FALSE);

  g_autofree char *folder = g_path_get_dirname (path);
  g_autofree char *text = NULL;

  if (!nn_experiment_check (experiment, error))
    return FALSE;
  text = nn_experiment_file_format_full (experiment, folder);
  if (!nn_experiment_file_check_names (experiment, folder, error) ||
      !nn_json_check_text (text, strlen (text), error)) {
    g_autofree char *name = nn_path_dup_display_name (path);

    g_prefix_error (error, _ ("cannot write %s: "), name);
    return FALSE;
  }
  return nn_file_replace (path, text, strlen (text), error);
}
