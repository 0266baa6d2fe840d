/* test-nudge-tensor-document.c - what a window of tensors shows, without the window
 *
 * SPDX-License-Identifier: MIT
 */

#include "app/tensors/nudge-tensor-document.h"

#include <glib/gstdio.h>

#include "nn/arrays/nn-array-file.h"
#include "nn/base/nn-error.h"

static NnFileVersion *
open_ones (const char *folder, gsize n)
{
  const guint64 shape[] = { n };
  g_autofree float *ones = g_new (float, n);
  g_autofree char *path = g_build_filename (folder, "ones.npz", NULL);
  g_autoptr (GError) error = NULL;
  g_autoptr (NnArrayFile) file =
      nn_array_file_new (nn_array_kind_find (path, TRUE, &error));
  NnFileVersion *version;

  for (gsize i = 0; i < n; i++)
    ones[i] = 1;
  g_ptr_array_add (file->arrays, nn_array_new_floats ("w", 1, shape, ones));
  g_assert_true (nn_array_file_save (file, path, &error));
  version = nn_file_version_open (path, folder, 1, &error);
  g_assert_no_error (error);
  g_unlink (path); /* it is open */
  return version;
}

static void
saved_cb (GObject *source, GAsyncResult *result, gpointer error)
{
  g_assert_null (
      nudge_tensor_document_save_finish (NUDGE_TENSOR_DOCUMENT (source), result, error));
}

/* A file chooser may give a place that only GVfs can reach. */
static void
test_a_place_without_a_path_is_refused (void)
{
  g_autofree char *folder = g_dir_make_tmp ("nudge-document-XXXXXX", NULL);
  g_autoptr (NnFileVersion) version = open_ones (folder, 10);
  g_autoptr (NudgeTensorDocument) document =
      nudge_tensor_document_new (version, "/ones.npz");
  g_autoptr (GFile) file = g_file_new_for_uri ("nowhere://host/ones.npz");
  g_autoptr (GError) error = NULL;

  nudge_tensor_document_save_async (document, file, saved_cb, &error);
  while (error == NULL)
    g_main_context_iteration (NULL, TRUE);
  g_assert_error (error, NN_ERROR, NN_ERROR_FILE);
  g_rmdir (folder);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/nudge/tensor-document/a-place-without-a-path-is-refused",
                   test_a_place_without_a_path_is_refused);
  return g_test_run ();
}
