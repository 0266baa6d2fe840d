/* test-nudge-tensor-document.c - what a window of tensors shows, without the window
 *
 * SPDX-License-Identifier: MIT
 */

#include "app/tensors/nudge-tensor-document.h"

#include "nn/base/nn-error.h"
#include "tests/app/tensors/open-ones.h"

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
