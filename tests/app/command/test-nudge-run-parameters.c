/* test-nudge-run-parameters.c - nudge run with weights from elsewhere
 *
 * SPDX-License-Identifier: MIT
 */

#include <string.h>

#include "tests/app/program.h"

/* Copies one of PyTorch's files into the test's folder. */
static void
take (const Scratch *scratch, const char *name)
{
  g_autofree char *from =
      g_test_build_filename (G_TEST_DIST, "data", "torch", name, NULL);
  g_autofree char *to = g_build_filename (scratch->folder, name, NULL);
  g_autofree char *bytes = NULL;
  gsize n_bytes;

  g_assert_true (g_file_get_contents (from, &bytes, &n_bytes, NULL));
  g_assert_true (g_file_set_contents (to, bytes, (gssize) n_bytes, NULL));
}

static void
test_a_snapshot_comes_back_as_it_was (Scratch *scratch, gconstpointer data)
{
  assert_succeeds (scratch, "run seed --steps 50 --snapshot a.safetensors");
  assert_succeeds (scratch, "run seed --from a.safetensors --steps 0 "
                            "--snapshot b.safetensors");
  assert_same_files (scratch, "a.safetensors", "b.safetensors");
  assert_succeeds (scratch, "run a.safetensors --steps 0 --snapshot c.safetensors");
  assert_same_files (scratch, "a.safetensors", "c.safetensors");
}

/* What the file does not have is not left out silently. */
static void
test_missing_parameters_are_named (Scratch *scratch, gconstpointer data)
{
  g_auto (Outcome) some = { 0 };
  g_auto (Outcome) whole = { 0 };

  some = program_shell (scratch, "echo '{\"fc1.weight\": [[1], [2]], \"fc1.bias\": [0, "
                                 "0]}' > some.json; nudge run seed --from some.json "
                                 "--steps 0");
  g_assert_cmpint (some.status, ==, 0);
  g_assert_nonnull (strstr (some.out, "not in the file, and drawn as without it: "
                                      "fc2.weight (3, 2), fc2.bias (3,), "));
  assert_succeeds (scratch, "run seed --steps 0 --snapshot whole.npz");
  whole = program_run (scratch, "run seed --from whole.npz --steps 0");
  g_assert_null (strstr (whole.out, "not in the file"));
}

/* Whichever file it is from: zip and old format, and a part of a checkpoint. */
static void
test_pytorchs_files_are_networks (Scratch *scratch, gconstpointer data)
{
  take (scratch, "state-dict.pt");
  take (scratch, "legacy.pt");
  take (scratch, "checkpoint.pt");
  assert_succeeds (scratch, "run state-dict.pt --steps 5 --snapshot a.npz");
  assert_succeeds (scratch, "run legacy.pt --steps 5 --snapshot b.npz");
  assert_same_files (scratch, "a.npz", "b.npz");
  assert_succeeds (scratch, "run checkpoint.pt --steps 5 --snapshot c.npz");
  assert_succeeds (scratch, "run checkpoint.pt:model --steps 5 --snapshot d.npz");
  assert_same_files (scratch, "c.npz", "d.npz");
}

static void
test_what_was_guessed_is_said (Scratch *scratch, gconstpointer data)
{
  g_auto (Outcome) outcome = { 0 };

  take (scratch, "checkpoint.pt");
  outcome = program_run (scratch, "run checkpoint.pt --steps 1");
  g_assert_nonnull (strstr (outcome.out, "only those of 'model'"));
  g_assert_nonnull (strstr (outcome.out, "relu between layers"));
  g_assert_nonnull (strstr (outcome.out, "uniform examples"));
}

static void
test_a_saved_experiment_leads_there (Scratch *scratch, gconstpointer data)
{
  take (scratch, "state-dict.pt");
  assert_succeeds (scratch, "run state-dict.pt --steps 3 --save x.nudge "
                            "--snapshot a.npz");
  assert_succeeds (scratch, "run x.nudge --steps 3 --snapshot b.npz");
  assert_same_files (scratch, "a.npz", "b.npz");
}

static void
test_what_does_not_fit_is_refused (Scratch *scratch, gconstpointer data)
{
  take (scratch, "state-dict.pt");
  take (scratch, "resnet.pt");
  take (scratch, "whole-model.pt");
  assert_refuses (scratch, "run seed --from state-dict.pt", 2,
                  "--from: state-dict.pt: the network has no '0.weight'");
  assert_refuses (scratch, "run seed --from none.pt", 2, "--from: ");
  assert_refuses (scratch, "run resnet.pt", 2, "'conv1.weight' of shape (3, 2, 3, 3)");
  assert_refuses (scratch, "run whole-model.pt", 2, "net.state_dict ()");
}

#define add(name, test)                                                                  \
  g_test_add ("/app/run-parameters/" name, Scratch, NULL, scratch_set_up, test,          \
              scratch_remove_all)

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  add ("a-snapshot-comes-back-as-it-was", test_a_snapshot_comes_back_as_it_was);
  add ("missing-parameters-are-named", test_missing_parameters_are_named);
  add ("pytorchs-files-are-networks", test_pytorchs_files_are_networks);
  add ("what-was-guessed-is-said", test_what_was_guessed_is_said);
  add ("a-saved-experiment-leads-there", test_a_saved_experiment_leads_there);
  add ("what-does-not-fit-is-refused", test_what_does_not_fit_is_refused);
  return g_test_run ();
}
