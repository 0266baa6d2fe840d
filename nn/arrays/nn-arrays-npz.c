/* nn-arrays-npz.c - the format npz: NumPy's archive of named arrays
 *
 * SPDX-License-Identifier: MIT
 *
 * A zip with a NAME.npy for each array, as numpy.savez () (stored) and
 * numpy.savez_compressed () (deflated) write it. Nudge writes stored members, and equal
 * arrays give equal bytes.
 */

#include <glib/gi18n.h>
#include <string.h>

#include "nn/arrays/nn-array-kind.h"
#include "nn/arrays/nn-npy.h"
#include "nn/base/nn-error.h"
#include "nn/files/nn-zip.h"

#define ENDING ".npy"
#define SHOWN  60 /* bytes of a name in a message */

/* The signatures of a zip's first member, and of a zip without members; and the offsets
 * of the first member's name and its length. */
static const guint8 signature[] = { 'P', 'K', 3, 4 };
static const guint8 empty[] = { 'P', 'K', 5, 6 };
#define NAME_LENGTH 26
#define NAME        30

static gboolean
recognise (const guint8 *start, gsize n_bytes)
{
  gsize length;

  if (n_bytes >= sizeof empty && memcmp (start, empty, sizeof empty) == 0)
    return TRUE;
  if (n_bytes < NAME || memcmp (start, signature, sizeof signature) != 0)
    return FALSE;
  length = start[NAME_LENGTH] | (gsize) start[NAME_LENGTH + 1] << 8;
  return length >= strlen (ENDING) && length <= n_bytes - NAME &&
         memcmp (&start[NAME + length - strlen (ENDING)], ENDING, strlen (ENDING)) == 0;
}

static gboolean
read_member (NnArrayFile *file, NnZip *zip, gsize i, GError **error)
{
  const char *name = nn_zip_get_name (zip, i);
  g_autofree char *stem = NULL;
  g_autoptr (GBytes) npy = NULL;
  GError *failure = NULL;
  NnArray *array;

  if (!g_str_has_suffix (name, ENDING)) {
    g_ptr_array_add (
        file->notes,
        g_strdup_printf (_ ("'%.*s' is not an array and was skipped"), SHOWN, name));
    return TRUE;
  }
  npy = nn_zip_read (zip, i, error);
  if (npy == NULL)
    return FALSE;
  stem = g_strndup (name, strlen (name) - strlen (ENDING));
  /* Without the name, which a message has already. */
  array = nn_npy_read ("", npy, &failure);
  if (array == NULL && file->in_place != NULL &&
      g_error_matches (failure, NN_ERROR, NN_ERROR_UNKNOWN)) {
    nn_in_place_add_other (file->in_place, stem, "other", NULL, npy);
    g_error_free (failure);
    return TRUE;
  }
  if (array == NULL) {
    g_propagate_prefixed_error (error, failure, "'%.*s': ", SHOWN, stem);
    return FALSE;
  }
  g_ptr_array_add (file->arrays, nn_array_copy_renamed (array, stem));
  nn_array_unref (array);
  return TRUE;
}

static gboolean
read (NnArrayFile *file,
      GBytes *bytes,
      const char *member,
      const NnProgress *progress,
      GError **error)
{
  g_autoptr (NnZip) zip = nn_zip_open_in_place (bytes, file->in_place, error);
  const gsize n = zip != NULL ? nn_zip_get_length (zip) : 0;

  for (gsize i = 0; i < n; i++)
    if (!nn_progress_report (progress, (double) i / (double) n, error) ||
        !read_member (file, zip, i, error))
      return FALSE;
  return zip != NULL;
}

static void
unref_bytes (gpointer data)
{
  g_bytes_unref (data);
}

static GBytes *
encode (const NnArrayFile *file, GError **error)
{
  g_autoptr (GPtrArray) names = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (GPtrArray) members = g_ptr_array_new_with_free_func (unref_bytes);
  GBytes *bytes;

  for (guint i = 0; i < file->arrays->len; i++) {
    const NnArray *array = file->arrays->pdata[i];

    g_ptr_array_add (names, g_strconcat (array->name, ENDING, NULL));
    g_ptr_array_add (members, nn_npy_encode (array));
  }
  bytes = nn_zip_pack (names, members, error);
  if (bytes == NULL)
    g_prefix_error (error, "npz: ");
  return bytes;
}

const NnArrayFileKind nn_arrays_npz = {
  .name = "npz",
  .label = "NumPy archive",
  .what = N_ ("a NumPy archive of arrays (npz)"),
  .endings = ".npz",
  .recognise = recognise,
  .read = read,
  .encode = encode,
  .value_memory = 16,
};
