/* nn-array-kind.c - the table of formats of named arrays, one row for each
 *
 * SPDX-License-Identifier: MIT
 */

#include "nn/arrays/nn-array-kind.h"

#include <glib/gi18n.h>

#include "nn/base/nn-error.h"
#include "nn/files/nn-path.h"

static const NnArrayFileKind *const kinds[] = {
#define ROW(format, name) [format] = &nn_arrays_##name,
#include "nn/arrays/array-files.inc"
#undef ROW
};

/**
 * nn_array_kind_get:
 *
 * Returns: (transfer none): the row of @format
 */
const NnArrayFileKind *
nn_array_kind_get (NnArrayFormat format)
{
  g_return_val_if_fail (format < NN_N_ARRAY_KINDS, NULL);

  return kinds[format];
}

/**
 * nn_array_kind_recognise:
 * @start: (array length=n_bytes): the file's first NN_ARRAY_FILE_START bytes, or the
 *   whole file if it is smaller
 *
 * Returns: (transfer none) (nullable): the format of the file; NULL if it is none of them
 */
const NnArrayFileKind *
nn_array_kind_recognise (const guint8 *start, gsize n_bytes)
{
  for (guint i = 0; i < NN_N_ARRAY_KINDS; i++)
    if (kinds[i]->recognise (start, MIN (n_bytes, NN_ARRAY_FILE_START)))
      return kinds[i];
  return NULL;
}

/**
 * nn_array_kind_has_ending:
 *
 * Returns: whether @path has one of the endings of the format, in upper or lower case
 */
gboolean
nn_array_kind_has_ending (const NnArrayFileKind *kind, const char *path)
{
  g_auto (GStrv) endings = g_strsplit (kind->endings, " ", -1);

  for (guint i = 0; endings[i] != NULL; i++)
    if (nn_path_has_ending (path, endings[i]))
      return TRUE;
  return FALSE;
}

/**
 * nn_array_kind_check_kept:
 * @kind: of a file that was edited
 * @path: where the edited file is to be written, in the same format
 *
 * Refuses the ending of another format, which would deceive who reads the file. Any other
 * ending may be a name's.
 */
gboolean
nn_array_kind_check_kept (const NnArrayFileKind *kind, const char *path, GError **error)
{
  g_autofree char *name = nn_path_dup_display_name (path);

  if (nn_array_kind_has_ending (kind, path))
    return TRUE;
  for (guint i = 0; i < NN_N_ARRAY_KINDS; i++)
    if (nn_array_kind_has_ending (kinds[i], path)) {
      g_set_error (
          error, NN_ERROR, NN_ERROR_UNKNOWN,
          _ ("%s: an edit keeps the format, which is %s: name a file that ends in "
             "%s, and nudge convert that"),
          name, kind->what, kind->endings);
      return FALSE;
    }
  return TRUE;
}

/**
 * nn_array_kind_is_written:
 * @several: whether files must be able to hold several arrays
 *
 * Returns: whether Nudge writes files in this format
 */
gboolean
nn_array_kind_is_written (const NnArrayFileKind *kind, gboolean several)
{
  return kind->encode != NULL && !(several && kind->holds_one);
}

/* Returns: (transfer full): the endings of formats that are written, ".safetensors, .npz
 *   or .csv", without the first @skipped characters of each */
static char *
dup_written (gboolean several, const char *between, const char *last, gsize skipped)
{
  GString *text = g_string_new (NULL);
  guint n = 0;

  for (guint i = 0; i < NN_N_ARRAY_KINDS; i++)
    n += nn_array_kind_is_written (kinds[i], several);
  for (guint i = 0; i < NN_N_ARRAY_KINDS; i++)
    if (nn_array_kind_is_written (kinds[i], several)) {
      n--;
      g_string_append_printf (text, "%s%s", kinds[i]->endings + skipped,
                              n > 1    ? between
                              : n == 1 ? last
                                       : "");
    }
  return g_string_free (text, FALSE);
}

/**
 * nn_array_kind_dup_pattern:
 * @several: whether to leave out formats that hold a single array
 *
 * Returns: (transfer full): the formats that are written, as a pattern for help
 *   texts: "FILE.{safetensors,npz}"
 */
char *
nn_array_kind_dup_pattern (gboolean several)
{
  g_autofree char *endings = dup_written (several, ",", ",", 1);

  return g_strdup_printf ("FILE.{%s}", endings);
}

/* For a @path whose ending is not that of a format that is written. */
static void
refuse (const char *path, gboolean several, GError **error)
{
  g_autofree char *name = nn_path_dup_display_name (path);
  g_autofree char *endings = dup_written (several, ", ", " or ", 0);

  for (guint i = 0; i < NN_N_ARRAY_KINDS; i++)
    if (nn_array_kind_has_ending (kinds[i], path)) {
      g_set_error (error, NN_ERROR, NN_ERROR_UNKNOWN,
                   _ ("%s: %s; name a file that ends in %s"), name,
                   kinds[i]->holds_one ? _ ("such a file holds one array")
                                       : _ ("such a file is only read"),
                   endings);
      return;
    }
  g_set_error (error, NN_ERROR, NN_ERROR_UNKNOWN,
               _ ("%s does not say its format: a snapshot ends in %s"), name, endings);
}

/**
 * nn_array_kind_find:
 * @path: of a file to be written
 * @several: whether it has to hold several arrays
 *
 * Looks only at the ending, in upper or lower case, so that a name can be refused before
 * there is anything to save.
 *
 * Returns: (transfer none) (nullable): the format to write; NULL if the ending is not
 *   that of one (NN_ERROR_UNKNOWN)
 */
const NnArrayFileKind *
nn_array_kind_find (const char *path, gboolean several, GError **error)
{
  g_return_val_if_fail (path != NULL, NULL);

  for (guint i = 0; i < NN_N_ARRAY_KINDS; i++)
    if (nn_array_kind_is_written (kinds[i], several) &&
        nn_array_kind_has_ending (kinds[i], path))
      return kinds[i];
  refuse (path, several, error);
  return NULL;
}
