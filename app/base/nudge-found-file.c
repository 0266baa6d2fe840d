/* nudge-found-file.c - what a file holds that is opened
 *
 * SPDX-License-Identifier: MIT
 */

#include "app/base/nudge-found-file.h"

#include <glib/gi18n.h>
#include <string.h>

#include "nn/arrays/nn-array-file.h"
#include "nn/arrays/nn-array-kind.h"
#include "nn/arrays/nn-file-type.h"
#include "nn/base/nn-error.h"
#include "nn/base/nn-text.h"
#include "nn/io/nn-experiment-for-file.h"
#include "nn/model/nn-chain.h"

#define SEED 0 /* of noise, as `nudge edit` without --seed has it */

/**
 * nudge_found_file_open_version:
 *
 * Any thread.
 *
 * Returns: (transfer full) (nullable): a file of arrays, as it is on disk
 */
NnFileVersion *
nudge_found_file_open_version (const char *path, GError **error)
{
  const char *folder =
      g_file_test ("/var/tmp", G_FILE_TEST_IS_DIR) ? "/var/tmp" : g_get_tmp_dir ();

  return nn_file_version_open (path, folder, SEED, error);
}

/* Whether it is of a format whose arrays can stay on disk: all but text and pictures. */
static gboolean
is_of_arrays (const char *path)
{
  const char *member;
  g_autofree char *file = nn_array_file_split_path (path, &member);
  NnFileDescription found;

  return g_file_test (file, G_FILE_TEST_IS_REGULAR) &&
         nn_file_type_find (file, &found, NULL) &&
         (found.what == nn_arrays_safetensors.what ||
          found.what == nn_arrays_torch.what || found.what == nn_arrays_npz.what ||
          found.what == nn_arrays_npy.what);
}

/* Whether names are paths of modules, as those of data are not, and arrays are of as many
 * rows as they like. */
static gboolean
are_of_modules (const GPtrArray *arrays)
{
  gboolean paths = FALSE, differ = FALSE;

  for (guint i = 0; i < arrays->len; i++) {
    const NnArray *array = arrays->pdata[i], *first = arrays->pdata[0];

    paths |= strpbrk (array->name, "./") != NULL;
    differ |= array->rank == 0 || first->rank == 0 || array->shape[0] != first->shape[0];
  }
  return paths && differ;
}

static gboolean
is_of_parameters (const NnFileVersion *version)
{
  const NnArrayFile *file = nn_file_version_get_store (version)->arrays;

  return file->kind == &nn_arrays_safetensors || file->kind == &nn_arrays_torch ||
         nn_chain_is_likely (file->arrays) || are_of_modules (file->arrays);
}

/* By names and shapes alone. */
static gboolean
check_chain (const NnFileVersion *version, GError **error)
{
  const NnArrayFile *file = nn_file_version_get_store (version)->arrays;
  const NnOtherArray *other =
      file->in_place->others->len > 0 ? file->in_place->others->pdata[0] : NULL;
  g_autoptr (NnChain) chain = NULL;

  if (other != NULL) {
    g_autofree char *name = nn_text_dup_quoted (other->name);

    g_set_error (error, NN_ERROR, NN_ERROR_SHAPE,
                 _ ("%s is of the type %s, which no layer has"), name, other->type);
    return FALSE;
  }
  chain = nn_chain_find (file->arrays, error);
  return chain != NULL;
}

static gboolean
read_data_or_experiment (NudgeFoundFile *self,
                         const char *path,
                         const NnProgress *progress,
                         GError **error)
{
  if (nn_experiment_find_data (path, &self->data))
    self->sheet = nn_data_spec_load_sheet (&self->data, progress, error);
  else
    self->experiment = nn_experiment_open (path, progress, error);
  return self->sheet != NULL || self->experiment != NULL;
}

/* A chain of layers can be trained. A file that is neither that nor data opens
 * as tensors. */
static gboolean
read_arrays (NudgeFoundFile *self,
             const char *path,
             const NnProgress *progress,
             GError **error)
{
  NnFileVersion *version = nudge_found_file_open_version (path, error);

  if (version == NULL)
    return FALSE;
  self->tensors = version;
  if ((is_of_parameters (version) && !check_chain (version, &self->why)) ||
      !read_data_or_experiment (self, path, progress, &self->why)) {
    if (!g_error_matches (self->why, NN_ERROR, NN_ERROR_CANCELLED))
      return TRUE;
    g_propagate_error (error, g_steal_pointer (&self->why));
    return FALSE;
  }
  g_clear_pointer (&self->tensors, nn_file_version_unref);
  return TRUE;
}

/**
 * nudge_found_file_read:
 * @data: not used
 *
 * Any thread.
 *
 * Returns: (transfer full) (nullable): a NudgeFoundFile; %NULL with @error set
 */
gpointer
nudge_found_file_read (const char *path,
                       gconstpointer data,
                       const NnProgress *progress,
                       GError **error)
{
  g_autoptr (NudgeFoundFile) self = g_new0 (NudgeFoundFile, 1);
  const gboolean good = is_of_arrays (path)
                            ? read_arrays (self, path, progress, error)
                            : read_data_or_experiment (self, path, progress, error);

  return good ? g_steal_pointer (&self) : NULL;
}

/* Likewise, but always as tensors. */
gpointer
nudge_found_file_read_tensors (const char *path,
                               gconstpointer data,
                               const NnProgress *progress,
                               GError **error)
{
  g_autoptr (NudgeFoundFile) self = g_new0 (NudgeFoundFile, 1);

  self->tensors = nudge_found_file_open_version (path, error);
  return self->tensors != NULL ? g_steal_pointer (&self) : NULL;
}

void
nudge_found_file_free (NudgeFoundFile *self)
{
  g_clear_pointer (&self->experiment, nn_experiment_free);
  g_clear_pointer (&self->sheet, nn_sheet_free);
  g_clear_pointer (&self->tensors, nn_file_version_unref);
  g_clear_error (&self->why);
  nn_data_spec_clear (&self->data);
  g_free (self);
}
