/* test-nudge-tensor-reader.c - tensors of a file, read on another thread
 *
 * SPDX-License-Identifier: MIT
 */

#include "app/tensors/nudge-tensor-reader.h"

#include "tests/app/tensors/open-ones.h"

static void
picture_cb (NudgeTensorReader *reader,
            NudgeTensor *tensor,
            NnTensorPicture *picture,
            double *value)
{
  *value = picture->means[0];
}

static void
give_up_cb (gpointer value)
{
  g_assert_not_reached ();
}

/* Until a picture has come. */
static void
wait_for (double *value)
{
  const guint deadline = g_timeout_add_once (30000, give_up_cb, value);

  while (*value == 0)
    g_main_context_iteration (NULL, TRUE);
  g_source_remove (deadline);
}

static void
test_a_picture_is_of_the_newest_version (void)
{
  g_autofree char *folder = g_dir_make_tmp ("nudge-reader-XXXXXX", NULL);
  g_autoptr (NnFileVersion) version = open_ones (folder, 10);
  g_autoptr (NnNudge) nudge = nn_nudge_parse_of_arrays ("w: w*3", NULL, NULL);
  g_autoptr (NnFileVersion) nudged = NULL;
  g_autoptr (NudgeTensorReader) reader = nudge_tensor_reader_new (version);
  g_autoptr (NudgeTensor) tensor =
      g_list_model_get_item (nudge_tensor_reader_get_tensors (reader), 0);
  g_autoptr (GError) error = NULL;
  double value = 0;

  nudged = nn_file_version_apply (version, nudge, NULL, &error);
  g_assert_no_error (error);
  g_signal_connect (reader, "picture", G_CALLBACK (picture_cb), &value);
  nudge_tensor_reader_want_picture (reader, tensor);
  nudge_tensor_reader_set_version (reader, nudged); /* before that picture has come */
  wait_for (&value);
  g_assert_cmpfloat (value, ==, 3);

  nudge_tensor_reader_close (reader);
  while (g_main_context_iteration (NULL, FALSE))
    ;
  g_rmdir (folder);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/nudge/tensor-reader/a-picture-is-of-the-newest-version",
                   test_a_picture_is_of_the_newest_version);
  return g_test_run ();
}
