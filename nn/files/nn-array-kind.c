/* nn-array-kind.c - the formats of named arrays
 *
 * SPDX-License-Identifier: MIT
 */

#include "nn/files/nn-array-kind.h"

#include <string.h>

#include "nn/base/nn-error.h"
#include "nn/files/nn-path.h"

static const NnArrayFileKind *const kinds[] = {
#define ROW(format, name) [format] = &nn_arrays_##name,
#include "nn/files/array-files.inc"
#undef ROW
};

/**
 * nn_array_kind_get:
 *
 * Returns: (transfer none): what there is to know of @format
 */
const NnArrayFileKind *
nn_array_kind_get (NnArrayFormat format)
{
  g_return_val_if_fail (format < NN_N_ARRAY_KINDS, NULL);

  return kinds[format];
}

/**
 * nn_array_kind_recognise:
 * @start: (array length=n_bytes): a file's first bytes, NN_ARRAY_FILE_START or all
 *
 * Returns: (nullable): the format of the file, NULL if it is none of them
 */
const NnArrayFileKind *
nn_array_kind_recognise (const guint8 *start, gsize n_bytes)
{
  for (guint i = 0; i < NN_N_ARRAY_KINDS; i++)
    if (kinds[i]->recognise (start, MIN (n_bytes, NN_ARRAY_FILE_START)))
      return kinds[i];
  return NULL;
}

/* Whether @path has one of the endings of @kind's files, in upper or lower case. */
gboolean
nn_array_kind_has_ending (const NnArrayFileKind *kind, const char *path)
{
  g_auto (GStrv) endings = g_strsplit (kind->endings, " ", -1);

  for (guint i = 0; endings[i] != NULL; i++)
    if (nn_path_has_ending (path, endings[i]))
      return TRUE;
  return FALSE;
}

/* Returns: (transfer full): ".npz", what is written */
char *
nn_array_kind_dup_ending (const NnArrayFileKind *kind)
{
  const char *end = strchr (kind->endings, ' ');

  return end == NULL ? g_strdup (kind->endings)
                     : g_strndup (kind->endings, (gsize) (end - kind->endings));
}

/* ".safetensors, .npz or .csv", of the formats that are written; @skipped characters of each less */
static char *
dup_written (const char *between, const char *last, gsize skipped)
{
  g_autoptr (GPtrArray) endings = g_ptr_array_new_with_free_func (g_free);
  GString *text = g_string_new (NULL);

  for (guint i = 0; i < NN_N_ARRAY_KINDS; i++)
    if (kinds[i]->encode != NULL)
      g_ptr_array_add (endings, nn_array_kind_dup_ending (kinds[i]));
  for (guint i = 0; i < endings->len; i++) {
    if (i > 0)
      g_string_append (text, i + 1 < endings->len ? between : last);
    g_string_append (text, (const char *) endings->pdata[i] + skipped);
  }
  return g_string_free (text, FALSE);
}

/**
 * nn_array_kind_dup_pattern:
 *
 * Returns: (transfer full): "FILE.{safetensors,npz}", of what is written, for a line of
 *   help
 */
char *
nn_array_kind_dup_pattern (void)
{
  g_autofree char *endings = dup_written (",", ",", 1);

  return g_strdup_printf ("FILE.{%s}", endings);
}

/**
 * nn_array_kind_find:
 * @path: of a file to be written
 *
 * Reads the ending alone, in upper or lower case, so that a name can be refused before
 * there is anything to save.
 *
 * Returns: (nullable): the format that it says; NULL with NN_ERROR_UNKNOWN if it says
 *   none that is written
 */
const NnArrayFileKind *
nn_array_kind_find (const char *path, GError **error)
{
  g_return_val_if_fail (path != NULL, NULL);

  g_autofree char *name = NULL;
  g_autofree char *endings = NULL;

  for (guint i = 0; i < NN_N_ARRAY_KINDS; i++)
    if (kinds[i]->encode != NULL && nn_array_kind_has_ending (kinds[i], path))
      return kinds[i];

  name = nn_path_dup_display_name (path);
  endings = dup_written (", ", " or ", 0);
  for (guint i = 0; i < NN_N_ARRAY_KINDS; i++)
    if (nn_array_kind_has_ending (kinds[i], path)) {
      g_set_error (error, NN_ERROR, NN_ERROR_UNKNOWN,
                   "%s: %s is read and not written; name a file that ends in %s", name,
                   kinds[i]->name, endings);
      return NULL;
    }
  g_set_error (error, NN_ERROR, NN_ERROR_UNKNOWN,
               "%s does not say its format: a snapshot ends in %s", name, endings);
  return NULL;
}
