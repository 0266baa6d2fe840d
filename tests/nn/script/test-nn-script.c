/* test-nn-script.c - an experiment as a PyTorch program
 *
 * SPDX-License-Identifier: MIT
 *
 * The programs are run by PyTorch, which has to print the run's own losses.
 */

#include "nn/script/nn-script.h"

#include <sys/wait.h>

#include "nn/io/nn-experiment-demo.h"
#include "tests/nn/random-log.h"
#include "tests/nn/scratch.h"

#define N_STEPS      14
#define DEMO_STEPS   100
#define N_SEEDS      60
#define N_SLOW_SEEDS 300
#define NO_TORCH     77

/* ---- a run and its script ---------------------------------------------------------- */

static gboolean
holds_out (const NnExperiment *experiment, const NnTimeline *timeline)
{
  const NnDataset *data = nn_trainer_get_dataset (nn_timeline_get_trainer (timeline));
  gboolean found = data->n_training < data->n_examples;

  for (guint i = 0; i < experiment->events->len; i++) {
    const NnEdit *edit = g_array_index (experiment->events, NnEvent, i).edit;

    found |= edit && edit->parts & NN_EDIT_HAS_DATA && edit->data.validation > 0;
  }
  return found;
}

/* The losses file of a run of @n_steps, or of as many as there are before it fails. */
static char *
train (const NnExperiment *experiment, guint n_steps)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (NnTimeline) timeline = nn_timeline_new (experiment, 0, &error);
  const gboolean validates = holds_out (experiment, timeline);
  GString *text = g_string_new (validates ? "step,loss,validation\n" : "step,loss\n");

  for (guint step = 1; step <= n_steps && nn_timeline_step (timeline, NULL); step++) {
    NnTrainer *trainer = nn_timeline_get_trainer (timeline);
    float loss = 0;

    nn_history_get_loss (nn_timeline_get_history (timeline), step, &loss);
    g_string_append_printf (text, "%u,%.9g", step, (double) loss);
    if (validates)
      g_string_append_printf (text, ",%.9g",
                              (double) nn_trainer_evaluate_held_out (trainer));
    g_string_append_c (text, '\n');
  }
  return g_string_free (text, FALSE);
}

/* That of the same run with every weight moved by its rounding, at first and after each step: what
 * becomes of it says how far two runs can be compared. */
static char *
train_nearby (const NnExperiment *experiment, guint n_steps)
{
  static const char *const moves[] = {
    "*: w + (1e-7*w + 1e-9)*cos(3*i + 2*j + n) @ at the start",
    "*: w + (1e-7*w + 1e-9)*cos(3*i + 2*j + n)"
  };
  g_autoptr (NnExperiment) nearby = nn_experiment_copy (experiment);
  g_autoptr (GError) error = NULL;

  for (gsize i = 0; i < G_N_ELEMENTS (moves); i++) {
    nn_experiment_add_nudge (nearby, moves[i], NULL, &error);
    g_assert_no_error (error);
  }
  return train (nearby, n_steps);
}

static void
put_script (const char *folder,
            const char *name,
            const NnExperiment *experiment,
            guint n_steps)
{
  g_autofree char *stem = g_build_filename (folder, name, NULL);
  g_autofree char *path = g_strconcat (stem, ".py", NULL);
  g_autofree char *losses_path = g_strconcat (stem, ".csv", NULL);
  g_autofree char *near_path = g_strconcat (stem, ".near.csv", NULL);
  g_autofree char *losses = train (experiment, n_steps);
  g_autofree char *near = train_nearby (experiment, n_steps);
  g_autoptr (NnScript) script = nn_script_new (experiment, n_steps);
  g_autoptr (GError) error = NULL;

  nn_script_save (script, path, &error);
  g_assert_no_error (error);
  put_contents (losses_path, losses);
  put_contents (near_path, near);
}

static void
run_scripts (const char *folder)
{
  g_autofree char *python = g_strdup ("/usr/bin/python3");
  g_autofree char *program =
      g_test_build_filename (G_TEST_DIST, "nn", "script", "run-scripts.py", NULL);
  g_autofree char *argument = g_strdup (folder);
  char *argv[] = { python, program, argument, NULL };
  g_autofree char *out = NULL;
  g_autofree char *said = NULL;
  g_autoptr (GError) error = NULL;
  int status;

  g_spawn_sync (NULL, argv, NULL, 0, NULL, NULL, &out, &said, &status, &error);
  g_assert_no_error (error);
  if (WIFEXITED (status) && WEXITSTATUS (status) == NO_TORCH) {
    g_test_skip ("there is no PyTorch: install python3-torch");
    return;
  }
  g_test_message ("%s%s", out, said);
  g_assert_cmpint (status, ==, 0);
}

/* ---- tests ------------------------------------------------------------------------- */

static void
test_pytorch_prints_the_losses (Scratch *scratch, gconstpointer data)
{
  const guint n = g_test_slow () ? N_SLOW_SEEDS : N_SEEDS;

  for (guint seed = 0; seed < n; seed++) {
    g_auto (RandomExperiment) random;
    g_autoptr (NnExperiment) logged = NULL;
    g_autofree char *name = g_strdup_printf ("random-%03u", seed);

    random_experiment_init (&random, seed);
    logged = random_logged_experiment (&random, N_STEPS);
    if (logged)
      put_script (scratch->folder, name, logged, N_STEPS);
  }
  run_scripts (scratch->folder);
}

/* With all that a program of ours may have: each demo's title, story, nudges and log. */
static void
test_demos_are_programs (Scratch *scratch, gconstpointer data)
{
  const char *const *names = nn_experiment_get_demo_names ();

  for (gsize i = 0; names[i]; i++) {
    g_autoptr (GError) error = NULL;
    g_autoptr (NnExperiment) demo = nn_experiment_new_demo (names[i], &error);

    g_assert_no_error (error);
    put_script (scratch->folder, names[i], demo, DEMO_STEPS);
  }
  run_scripts (scratch->folder);
}

/* ---- one nudge --------------------------------------------------------------------- */

static char *
dup_copied (const char *text, const NnExperiment *experiment)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (NnNudge) nudge = nn_nudge_parse (text, &error);

  g_assert_no_error (error);
  return nn_script_dup_nudge (nudge, experiment);
}

static void
test_a_nudge_is_lines (void)
{
  static const char *const cases[][2] = {
    { "fc1.weight: 0.9*w @ by hand", "# fc1.weight: 0.9*w @ by hand\n"
                                     "with torch.no_grad():\n"
                                     "    model.fc1.weight.mul_(0.9)\n" },
    { "fc2.weight[0]: shrink 5%", "# fc2.weight[0]: w - a*w a=0.05\n"
                                  "with torch.no_grad():\n"
                                  "    w = model.fc2.weight[0]\n"
                                  "    w.sub_(0.05 * w)\n" },
    { "fc1.bias: clamp(w, -1, 1)", "# fc1.bias: clamp(w, -1, 1)\n"
                                   "with torch.no_grad():\n"
                                   "    model.fc1.bias.clamp_(-1, 1)\n" },
  };
  g_autoptr (GError) error = NULL;
  g_autoptr (NnExperiment) seed = nn_experiment_new_demo ("seed", &error);

  g_assert_no_error (error);
  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++) {
    g_autofree char *copied = dup_copied (cases[i][0], seed);

    g_assert_cmpstr (copied, ==, cases[i][1]);
  }
}

/* All of the weights that a step and @nudge after it lead to, each as a row of losses. */
static char *
train_nudged (const NnExperiment *experiment, const char *nudge)
{
  g_autoptr (NnExperiment) nudged = nn_experiment_copy (experiment);
  g_autoptr (GError) error = NULL;
  g_autoptr (NnTimeline) timeline = NULL;
  GString *rows = g_string_new (NULL);
  float loss = 0;
  const float *values;

  nn_experiment_add_nudge (nudged, nudge, NULL, &error);
  g_assert_no_error (error);
  timeline = nn_timeline_new (nudged, 0, &error);
  g_assert_no_error (error);
  g_assert_true (nn_timeline_step (timeline, &error));
  nn_history_get_loss (nn_timeline_get_history (timeline), 1, &loss);
  g_string_append_printf (rows, "step,loss\n1,%.9g\n", (double) loss);
  values =
      nn_network_get_values (nn_trainer_get_network (nn_timeline_get_trainer (timeline)));
  for (gsize i = 0; i < nudged->architecture->n_values; i++)
    g_string_append_printf (rows, "%" G_GSIZE_FORMAT ",%.9g\n", i, (double) values[i]);
  return g_string_free (rows, FALSE);
}

/* Its lines are put after a step of the experiment's own program. */
static void
test_pytorch_runs_a_nudge (Scratch *scratch, gconstpointer data)
{
  static const char *const nudges[] = {
    "fc1.weight: 0.9*w",
    "fc2.weight[0:2, 1]: 2*w + 0.1",
    "*: where(abs(w) > 0.3, 0.5*w, w)",
    "fc1.weight: w + 0.1*noise",
    "fc2.weight: (w - mean)/std",
    "fc1.weight: 0.5*w + 0.5*rand",
    "fc2.weight: w/g else=skip",
    "fc2: w - 0.1*g memory=zero",
    "fc1.weight: m = 0.5*m; w = w + 0.5*m",
    "fc1.weight: w + 1e6*(1 - 0.999999)*w0",
    "fc2.weight: w + (1 - a)*1e6 a=0.999999",
    "fc2: n*0.1*3 > 0.3 ? 2*w : 0.9*w",
    "*: 0.9*w + 0.1*global_rank",
    "fc2.weight[0:2], fc3: global_rank < 0.5 ? 0 : w",
    "fc2: 0.9*w + w0/2^a a=2000",
    "fc2: 0.9*w + w0/1.5^a a=2000",
    "fc2: w*10^a a=400",
    "fc2: 3*w^80",
    "fc2: 0.9*w + w0/1e30^20 else=skip",
  };
  g_autoptr (GError) error = NULL;
  g_autoptr (NnExperiment) seed = nn_experiment_new_demo ("seed", &error);
  g_autoptr (NnScript) script = NULL;

  g_assert_no_error (error);
  g_ptr_array_set_size (seed->nudges, 0);
  g_array_set_size (seed->events, 0);
  script = nn_script_new (seed, 1);
  for (gsize i = 0; i < G_N_ELEMENTS (nudges); i++) {
    g_autofree char *name = g_strdup_printf ("%s/%" G_GSIZE_FORMAT, scratch->folder, i);
    g_autofree char *path = g_strconcat (name, ".py", NULL);
    g_autofree char *losses_path = g_strconcat (name, ".csv", NULL);
    g_autofree char *near_path = g_strconcat (name, ".near.csv", NULL);
    g_autofree char *copied = dup_copied (nudges[i], seed);
    g_autofree char *rows = train_nudged (seed, nudges[i]);
    g_autofree char *program = g_strconcat (nn_script_get_text (script), "\n\n", copied,
                                            "values = torch.cat([p.detach().flatten() "
                                            "for p in model.parameters()]).tolist()\n"
                                            "for i, value in enumerate(values):\n"
                                            "    print(f\"{i},{value:.9g}\")\n",
                                            NULL);

    g_test_message ("%s", copied);
    put_contents (path, program);
    put_contents (losses_path, rows);
    put_contents (near_path, rows);
  }
  run_scripts (scratch->folder);
}

/* Of Python's numbers, a power that is too large for them is an exception. */
static void
test_large_powers_are_of_tensors (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (NnExperiment) seed = nn_experiment_new_demo ("seed", &error);
  g_autofree char *whole = dup_copied ("fc1.weight: w/2^n", seed);
  g_autofree char *fraction = dup_copied ("fc1.weight: w + w0/1.01^n", seed);
  g_autofree char *steps = dup_copied ("fc1.weight: w + w0/n^n", seed);
  g_autofree char *small = dup_copied ("fc1.weight: w*0.5^n", seed);

  g_assert_no_error (error);
  g_assert_nonnull (strstr (whole, "w / torch.tensor(2.0) ** step"));
  g_assert_nonnull (strstr (fraction, "w0 / torch.tensor(1.01) ** step"));
  g_assert_nonnull (strstr (steps, "w0 / torch.tensor(float(step)) ** step"));
  g_assert_nonnull (strstr (small, "w * 0.5 ** step"));
}

/* A title is a comment, whatever ends a line of Python. */
static void
test_a_title_is_one_line (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (NnExperiment) seed = nn_experiment_new_demo ("seed", &error);
  g_autoptr (NnScript) script = NULL;

  g_assert_no_error (error);
  g_free (seed->title);
  seed->title = g_strdup ("One\rtwo\r\nthree\fand\tfour");
  script = nn_script_new (seed, 1);
  g_assert_nonnull (
      strstr (nn_script_get_text (script), "\n# One two  three and four\n#\n"));
}

/* What only the program it is put into can keep is said, and named, before it. */
static void
test_a_nudge_says_what_it_keeps (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (NnExperiment) seed = nn_experiment_new_demo ("seed", &error);
  g_autofree char *first = dup_copied ("fc1.weight: 0.9*w + 0.1*w0", seed);
  g_autofree char *previous = dup_copied ("fc1.weight: w + 0.1*(w - before)", seed);

  g_assert_no_error (error);
  g_assert_nonnull (strstr (first, "def copies():"));
  g_assert_nonnull (strstr (first, "\nfirst = copies()  # the first weights\n"));
  g_assert_nonnull (strstr (previous, "def copies():"));
  g_assert_nonnull (strstr (previous, "\nprevious = copies()  # "));
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add ("/nn/script/pytorch-prints-the-losses", Scratch, NULL, scratch_set_up,
              test_pytorch_prints_the_losses, scratch_tear_down);
  g_test_add ("/nn/script/demos-are-programs", Scratch, NULL, scratch_set_up,
              test_demos_are_programs, scratch_tear_down);
  g_test_add_func ("/nn/script/a-nudge-is-lines", test_a_nudge_is_lines);
  g_test_add_func ("/nn/script/large-powers-are-of-tensors",
                   test_large_powers_are_of_tensors);
  g_test_add_func ("/nn/script/a-title-is-one-line", test_a_title_is_one_line);
  g_test_add_func ("/nn/script/a-nudge-says-what-it-keeps",
                   test_a_nudge_says_what_it_keeps);
  g_test_add ("/nn/script/pytorch-runs-a-nudge", Scratch, NULL, scratch_set_up,
              test_pytorch_runs_a_nudge, scratch_tear_down);
  return g_test_run ();
}
