/* test-nudge-run.c - the built program, started as a person starts it
 *
 * SPDX-License-Identifier: MIT
 *
 * Every test works in a folder of its own, and what is there afterwards counts as
 * much as what was said.
 */

#include <math.h>
#include <string.h>
#include <unistd.h>

#include "nn/io/nn-experiment-demo.h"
#include "nn/session/nn-frame-of-run.h"
#include "tests/app/program.h"
#include "tests/nn/nn-golden.h"
#include "ui/draw/nudge-figure.h"

/* As for the engine; see golden/README.md. */
#define TOLERANCE 5e-5
#define ENDLESS   "run seed --steps 1000000000000 "

static NnTrainer *
train (const char *demo, guint32 seed, const char *text, guint64 n_steps)
{
  g_autoptr (NnExperiment) experiment = nn_experiment_new_demo (demo, NULL);

  experiment->seed = seed;
  if (text != NULL)
    g_assert_true (nn_experiment_add_nudge (experiment, text, NULL, NULL));
  return train_experiment (experiment, n_steps);
}

/* --- What a run leaves ------------------------------------------------------------- */

static void
check_losses (const Scratch *scratch, const char *demo, const json_t *run)
{
  const int seed = (int) json_integer_value (json_object_get (run, "seed"));
  const json_t *expected = json_object_get (run, "losses");
  g_autofree char *arguments =
      g_strdup_printf ("run %s --quiet --seed %d --losses losses.csv", demo, seed);
  g_autofree double *losses = NULL;

  assert_succeeds (scratch, arguments);
  losses = read_losses (scratch, "losses.csv", json_array_size (expected));
  for (gsize i = 0; i < json_array_size (expected); i++)
    g_assert_cmpfloat_with_epsilon (
        losses[i], json_number_value (json_array_get (expected, i)), TOLERANCE);
}

static void
test_losses_follow_pytorch (Scratch *scratch, gconstpointer demo)
{
  g_autofree char *file = g_strconcat (demo, ".json", NULL);
  json_t *root = golden_load (file);
  const json_t *runs = json_object_get (root, "runs");

  g_assert_cmpuint (json_array_size (runs), >, 1);
  for (gsize i = 0; i < json_array_size (runs); i++)
    check_losses (scratch, demo, json_array_get (runs, i));
  g_assert_cmpuint (scratch_count (scratch), ==, 1);
  json_decref (root);
}

static void
test_files_hold_what_the_engine_has (Scratch *scratch, gconstpointer data)
{
  const char *demo = data;
  g_autofree char *npz =
      g_strdup_printf ("run %s --steps 1000 --losses x.csv --snapshot x.npz", demo);
  g_autofree char *safetensors =
      g_strdup_printf ("run %s --steps 1000 --snapshot x.safetensors", demo);
  g_autoptr (NnTrainer) trainer = train (demo, 1, NULL, 1000);
  g_autofree double *losses = NULL;

  assert_succeeds (scratch, npz);
  assert_succeeds (scratch, safetensors);
  assert_snapshot (scratch, "x.npz", trainer);
  assert_snapshot (scratch, "x.safetensors", trainer);
  losses = read_losses (scratch, "x.csv", 1000);
  g_assert_cmpfloat ((float) losses[999], ==, nn_trainer_get_loss (trainer));
  g_assert_cmpuint (scratch_count (scratch), ==, 3);
}

static void
test_nudges_are_added (Scratch *scratch, gconstpointer data)
{
  g_autoptr (NnExperiment) experiment = nn_experiment_new_demo ("seed-nudged", NULL);
  g_autoptr (NnTrainer) trainer = NULL;

  assert_succeeds (scratch, "run seed-nudged --steps 50 --snapshot x.npz --quiet "
                            "--nudge 'fc1.weight: w + a @ every 3 steps a=0.5' "
                            "--nudge '*.bias: -w @ step 20'");
  nn_experiment_add_nudge (experiment, "fc1.weight: w + a @ every 3 steps a=0.5", NULL,
                           NULL);
  nn_experiment_add_nudge (experiment, "*.bias: -w @ step 20", NULL, NULL);
  trainer = nn_trainer_new (experiment, NULL);
  for (int i = 0; i < 50; i++)
    g_assert_true (nn_trainer_step (trainer, NULL));
  assert_snapshot (scratch, "x.npz", trainer);
}

/* --no-nudges takes the demo's away, and not those that are asked for. */
static void
test_no_nudges_leaves_out_the_demos_own (Scratch *scratch, gconstpointer data)
{
  g_autoptr (NnTrainer) plain = train ("seed", 1, NULL, 200);
  g_autoptr (NnTrainer) nudged = train ("seed", 1, "fc2: 0.9*w @ step 5", 200);

  assert_succeeds (scratch, "run seed-nudged --no-nudges --steps 200 --snapshot x.npz");
  assert_snapshot (scratch, "x.npz", plain);
  assert_succeeds (scratch, "run seed-nudged --no-nudges --steps 200 --snapshot x.npz "
                            "--nudge 'fc2: 0.9*w @ step 5'");
  assert_snapshot (scratch, "x.npz", nudged);
}

static void
test_quiet_says_nothing (Scratch *scratch, gconstpointer data)
{
  g_auto (Outcome) outcome = program_run (
      scratch, "run seed --quiet --losses x.csv --snapshot x.npz --figure x.png");

  g_assert_cmpstr (outcome.out, ==, "");
  g_assert_cmpstr (outcome.err, ==, "");
  g_assert_cmpint (outcome.status, ==, 0);
  g_assert_cmpuint (scratch_count (scratch), ==, 3);
}

static void
test_summary_names_the_files (Scratch *scratch, gconstpointer data)
{
  g_auto (Outcome) outcome = program_run (
      scratch,
      "run seed --steps 0 --losses x.csv --snapshot x.safetensors --figure x.png");

  g_assert_cmpstr (outcome.err, ==, "");
  g_assert_cmpstr (outcome.out, ==,
                   "seed: step 0, loss 24.0368\n"
                   "figure    x.png\n"
                   "losses    x.csv\n"
                   "snapshot  x.safetensors\n");
}

/* Byte for byte what the window's export would write. */
static void
test_figure_is_the_windows (Scratch *scratch, gconstpointer data)
{
  const char *ending = data;
  g_autoptr (NnTrainer) trainer = train ("seed", 1, "fc3: 0.5*w @ step 100", 0);
  g_autoptr (NnExperiment) experiment = nn_trainer_dup_experiment (trainer);
  g_autoptr (NnTimeline) timeline = nn_timeline_new (experiment, 0, NULL);
  g_autoptr (NnFrame) frame = NULL;
  g_autofree char *wanted = g_strconcat (scratch->path, ending, NULL);
  const NudgeFigureStyle style = { .palette = nudge_palette_get (FALSE, FALSE) };
  g_autofree char *contents = NULL;
  g_autofree char *found = NULL;
  g_autofree char *arguments = g_strdup_printf (
      "run seed --steps 300 --nudge 'fc3: 0.5*w @ step 100' --figure found%s", ending);
  g_autofree char *name = g_strconcat ("found", ending, NULL);
  g_autoptr (GError) error = NULL;
  gsize n_wanted;
  gsize n_found;

  for (guint i = 0; i < 300; i++)
    g_assert_true (nn_timeline_step (timeline, NULL));
  frame = nn_frame_of_timeline (timeline);
  assert_succeeds (scratch, arguments);
  nudge_figure_save (frame, experiment->title, &style, wanted, &error);
  g_assert_no_error (error);
  g_assert_true (g_file_get_contents (wanted, &contents, &n_wanted, NULL));
  found = read_file (scratch, name, &n_found);
  g_assert_cmpmem (found, n_found, contents, n_wanted);
  g_assert_cmpuint (scratch_count (scratch), ==, 2);
}

/* --- The progress bar -------------------------------------------------------------- */

static void
test_progress_is_for_terminals (Scratch *scratch, gconstpointer data)
{
  g_autofree char *shown = program_run_on_terminal (scratch, "run seed --steps 1234");
  g_autofree char *quiet =
      program_run_on_terminal (scratch, "run seed --steps 1234 --quiet");
  g_auto (Outcome) elsewhere = program_run (scratch, "run seed --steps 1234");

  g_assert_cmpstr (elsewhere.err, ==, "");
  if (shown == NULL || quiet == NULL)
    return; /* skipped */
  g_assert_nonnull (strstr (shown, "step 1234 of 1234"));
  g_assert_true (g_str_has_suffix (shown, "\r\033[K")); /* the line is given back */
  g_assert_null (strchr (shown, '\n'));
  g_assert_null (strstr (shown, "validation"));
  g_assert_nonnull (strstr (shown, " steps/s, 0:00 left  loss ")); /* at the end */
  g_assert_cmpstr (quiet, ==, "");
}

/* A line that goes on in the next one could not be drawn over. */
static void
test_progress_fits_the_terminal (Scratch *scratch, gconstpointer data)
{
  g_autofree char *shown = program_run_on_terminal (scratch, "run moons --steps 1234");
  g_auto (GStrv) lines = g_strsplit (shown ? shown : "", "\r", -1);

  for (gsize i = 0; lines[i]; i++)
    g_assert_cmpuint (strlen (lines[i]), <, 80 + strlen ("\033[K"));
  if (shown)
    g_assert_nonnull (strstr (shown, "left  loss"));
}

/* --- Bad usage and bad input ------------------------------------------------------- */

typedef struct {
  const char *arguments;
  const char *said; /* part of the message */
} Bad;

static const Bad bad_usage[] = {
  { "run", "no demo or file is given" },
  { "run nope", "there is no demo 'nope'; the demos are first, heal" },
  { "run nope", "cannot read nope: No such file" },
  { "run ''", "there is no demo ''" },
  { "run seed seed", "one demo" },
  { "run seed --guard", "--guard" },
  { "run seed --guard shields", "--guard: unknown guard 'shields'" },
  { "run seed --guard ''", "there are shield, check and off" },
  { "run seed --frob", "--frob" },
  { "run seed --steps", "--steps" },
  { "run seed --steps x", "--steps: 'x'" },
  { "run seed --steps -1", "--steps: '-1'" },
  { "run seed --steps 1.5", "--steps: '1.5'" },
  { "run seed --steps 99999999999999999999", "--steps: '99999999999999999999'" },
  { "run seed --steps ''", "--steps: ''" },
  { "run seed --seed 4294967296", "--seed: '4294967296'" },
  { "run seed --seed one", "--seed: 'one'" },
  { "run seed --nudge ''", "column 1" },
  { "run seed --nudge 'fc9: w'", "no layer 'fc9'" },
  { "run seed --nudge 'fc1.foo: w'", "'foo'" },
  { "run seed --nudge 'fc1'", "':'" },
  { "run seed --nudge 'fc1: frob(w)'", "'frob'" },
  { "run seed --nudge 'fc1: w +'", "column 9" },
  { "run seed --nudge 'fc1: 1e99*w'", "float32" },
  { "run seed --nudge 'fc1: w @ sometimes'", "'sometimes'" },
  { "run seed --nudge 'fc1: w @ every 0 steps'", "'every 0 steps'" },
  { "run seed --nudge 'fc1: a*w a=much'", "'much'" },
  { "run seed --snapshot wanted.txt", "a snapshot ends in .safetensors" },
  { "run seed --snapshot wanted", "a snapshot ends in .safetensors" },
  { "run seed --snapshot ''", "''" },
  { "run seed --snapshot /dev/full", "a snapshot ends in .safetensors" },
  { "run seed --figure wanted.gif", ".png, .svg or .pdf" },
  { "run seed --losses wanted", "wanted does not end in .csv" },
  { "run seed --losses ''", "'' does not end in .csv" },
  { "run seed --losses /dev/full", "/dev/full does not end in .csv" },
  { "run seed --save wanted.json", "wanted.json does not end in .nudge" },
  { "nope", "there is no demo 'nope'" },
  { "--frob", "--frob" },
  { "seed seed", "not understood" },
  /* What a person typed is quoted on the one line, whatever it holds. */
  { "'no\npe'", "no?pe" },
  { "run 'no\npe'", "no?pe" },
  { "run seed --steps '1\n2'", "1?2" },
  { "run seed '--fr\nob'", "--fr?ob" },
  { "run seed --nudge 'fc1: w \033[2J'", "column 8" },
  { "run seed --nudge 'fc1: \xff'", "character set" },
  { "run '\xff'", "there is no demo" },
  { "attach --headless --nudge 'fc1: \xff'", "found the byte 0xff" },
  { "attach --headless --remove 'a\xff'",
    "--remove: column 2: found the byte 0xff, expected UTF-8 text" },
  { "attach --headless ./'\xff'", "no job listens there" },
  { "'\xff'", "there is no demo" },
};

static const Bad bad_files[] = {
  { "--losses nowhere/x.csv", "cannot write nowhere/x.csv: there is no folder nowhere" },
  { "--snapshot nowhere/x.npz", "there is no folder nowhere" },
  { "--figure nowhere/x.png", "there is no folder nowhere" },
  { "--losses wanted/x.csv", "cannot write wanted/x.csv: Not a directory" },
  { "--losses folder.csv", "cannot write folder.csv: it is a folder" },
  { "--losses device.csv", "cannot write device.csv: it is a device" },
  { "--losses /proc/x.csv", "cannot write /proc/x.csv: cannot create a file in /proc" },
  { "--figure /proc/x.svg", "/proc" },
  { "--losses wanted.csv --figure nowhere/x.pdf", "there is no folder nowhere" },
  { "--snapshot x.npz --figure x.png --losses nowhere/x.csv", "there is no folder" },
};

static void
assert_untouched (const Scratch *scratch)
{
  assert_contents (scratch->path, "kept");
  g_assert_cmpuint (scratch_count (scratch), ==, 1);
}

static void
test_bad_usage_is_refused (Scratch *scratch, gconstpointer data)
{
  put_contents (scratch->path, "kept");
  for (gsize i = 0; i < G_N_ELEMENTS (bad_usage); i++) {
    assert_refuses (scratch, bad_usage[i].arguments, 2, bad_usage[i].said);
    assert_untouched (scratch);
  }
}

/* However long the run would be: it is found out before. */
static void
test_bad_files_are_refused_at_once (Scratch *scratch, gconstpointer data)
{
  g_auto (Outcome) others =
      program_shell (scratch, "mkdir folder.csv; ln -s /dev/full device.csv");

  put_contents (scratch->path, "kept");
  for (gsize i = 0; i < G_N_ELEMENTS (bad_files); i++) {
    g_autofree char *arguments = g_strconcat (ENDLESS, bad_files[i].arguments, NULL);

    assert_refuses (scratch, arguments, 1, bad_files[i].said);
    assert_contents (scratch->path, "kept");
    g_assert_cmpuint (scratch_count (scratch), ==, 3);
  }
}

static void
test_usage_comes_before_files (Scratch *scratch, gconstpointer data)
{
  put_contents (scratch->path, "kept");
  assert_refuses (scratch, "run seed --losses wanted.csv --nudge 'fc9: w'", 2, "fc9");
  assert_refuses (scratch, "run seed --losses nowhere/x.csv --figure x.gif", 2, ".png");
  assert_untouched (scratch);
}

/* --- Runs that end early ----------------------------------------------------------- */

/* What the system allows a file to hold, in blocks of 512 bytes; as a full disk. */
static void
test_full_disk_leaves_nothing (Scratch *scratch, gconstpointer data)
{
  g_auto (Outcome) losses = program_shell (scratch, "echo kept >x.csv; ulimit -f 4; "
                                                    "nudge " ENDLESS "--losses x.csv");
  g_auto (Outcome) figure =
      program_shell (scratch, "ulimit -f 4; nudge run seed --quiet --figure x.png");
  g_autofree char *path = g_build_filename (scratch->folder, "x.csv", NULL);

  assert_one_line (&losses);
  g_assert_nonnull (strstr (losses.err, "cannot write x.csv: "));
  g_assert_cmpint (losses.status, ==, 1);
  assert_contents (path, "kept\n");

  assert_one_line (&figure);
  g_assert_nonnull (strstr (figure.err, "cannot write x.png: "));
  g_assert_cmpint (figure.status, ==, 1);
  g_assert_cmpuint (scratch_count (scratch), ==, 1);
}

/* A reader that goes away, as head does, ends no run and leaves no rubbish. */
static void
test_closed_pipe_leaves_whole_files (Scratch *scratch, gconstpointer data)
{
  g_autofree double *losses = NULL;
  int ends[2];
  GPid pid;

  g_assert_cmpint (pipe (ends), ==, 0);
  close (ends[0]);
  pid = program_start (scratch, "run seed --steps 20 --nudge 'fc1: w/0' --losses x.csv",
                       ends[1]);
  g_assert_cmpint (program_wait_for (pid), ==, 0);
  losses = read_losses (scratch, "x.csv", 20);
  g_assert_cmpuint (scratch_count (scratch), ==, 1);
}

static guint
count_lines (const char *text)
{
  guint n = 0;

  for (; *text != '\0'; text++)
    n += *text == '\n';
  return n;
}

static void
test_refused_nudge_is_reported_once (Scratch *scratch, gconstpointer data)
{
  g_auto (Outcome) outcome = program_run (
      scratch, "run seed --steps 300 --nudge 'fc2: w/0' --snapshot x.npz --quiet");
  g_autoptr (NnTrainer) plain = train ("seed", 1, NULL, 300);

  g_assert_true (g_str_has_prefix (outcome.err, "nudge: fc2: w/0: refused after step 1: "
                                                "fc2.weight [0, 0] would become "));
  g_assert_true (g_str_has_suffix (
      outcome.err, "\nnudge: fc2: w/0: refused 300 times in all, and applied 0 times\n"));
  g_assert_cmpuint (count_lines (outcome.err), ==, 2);
  g_assert_cmpint (outcome.status, ==, 0);
  assert_snapshot (scratch, "x.npz", plain);
}

static void
test_divergence_keeps_the_last_finite_step (Scratch *scratch, gconstpointer data)
{
  g_auto (Outcome) outcome =
      program_run (scratch, "run seed --nudge '*: w*1e19 @ step 3' --losses x.csv "
                            "--snapshot x.npz --figure x.png");
  g_autoptr (NnTrainer) trainer = train ("seed", 1, "*: w*1e19 @ step 3", 3);
  g_autofree double *losses = read_losses (scratch, "x.csv", 3);

  assert_one_line (&outcome);
  g_assert_true (g_str_has_prefix (outcome.err, "nudge: run: step 4: "));
  g_assert_cmpint (outcome.status, ==, 1);
  g_assert_nonnull (strstr (outcome.out, "seed: step 3, loss "));
  assert_snapshot (scratch, "x.npz", trainer);
  g_assert_cmpuint (scratch_count (scratch), ==, 3);
}

/* --- Without a window -------------------------------------------------------------- */

static void
test_window_needs_a_display (Scratch *scratch, gconstpointer data)
{
  const char *demo = data;
  /* Where nothing says so, GTK tries wayland-0 in the runtime folder. */
  static const char *const displays[] = { "unset DISPLAY", "export DISPLAY=:nowhere" };

  for (gsize i = 0; i < G_N_ELEMENTS (displays); i++) {
    g_autofree char *command = g_strdup_printf (
        "export XDG_RUNTIME_DIR=$PWD; unset WAYLAND_DISPLAY; %s; nudge %s", displays[i],
        demo);
    g_auto (Outcome) outcome = program_shell (scratch, command);

    assert_one_line (&outcome);
    g_assert_nonnull (strstr (outcome.err, "display"));
    g_assert_nonnull (strstr (outcome.err, *demo ? demo : "first"));
    g_assert_cmpstr (outcome.out, ==, "");
    g_assert_cmpint (outcome.status, ==, 1);
  }
  g_assert_cmpuint (scratch_count (scratch), ==, 0);
}

static void
assert_prints (const Scratch *scratch, const char *arguments, const char *printed)
{
  g_auto (Outcome) outcome = program_run (scratch, arguments);

  g_assert_cmpstr (outcome.err, ==, "");
  g_assert_cmpint (outcome.status, ==, 0);
  g_assert_nonnull (strstr (outcome.out, printed));
}

static void
test_help_and_version (Scratch *scratch, gconstpointer data)
{
  static const char *const options[] = { "--steps",     "--seed",   "--nudge",
                                         "--no-nudges", "--guard",  "--losses",
                                         "--snapshot",  "--figure", "--quiet" };

  assert_prints (scratch, "--version", "nudge " NUDGE_VERSION "\n");
  assert_prints (scratch, "--help", "nudge run DEMO|FILE");
  assert_prints (scratch, "--help", "nudge [DEMO|FILE]");
  assert_prints (scratch, "run --help", "DEMO|FILE");
  assert_prints (scratch, "-h", "nudge run DEMO");
  for (gsize i = 0; i < G_N_ELEMENTS (options); i++)
    assert_prints (scratch, "run --help", options[i]);
}

#define ADD(name, data, function)                                                        \
  g_test_add ("/app/run/" name, Scratch, data, scratch_set_up, function,                 \
              scratch_tear_down)

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  ADD ("losses-follow-pytorch", "seed", test_losses_follow_pytorch);
  ADD ("nudged-losses-follow-pytorch", "seed-nudged", test_losses_follow_pytorch);
  ADD ("files-hold-what-the-engine-has", "seed", test_files_hold_what_the_engine_has);
  ADD ("nudged-files-hold-what-the-engine-has", "seed-nudged",
       test_files_hold_what_the_engine_has);
  ADD ("nudges-are-added", NULL, test_nudges_are_added);
  ADD ("no-nudges-leaves-out-the-demos-own", NULL,
       test_no_nudges_leaves_out_the_demos_own);
  ADD ("quiet-says-nothing", NULL, test_quiet_says_nothing);
  ADD ("summary-names-the-files", NULL, test_summary_names_the_files);
  ADD ("png-is-the-windows", ".png", test_figure_is_the_windows);
  ADD ("svg-is-the-windows", ".svg", test_figure_is_the_windows);
  ADD ("pdf-is-the-windows", ".pdf", test_figure_is_the_windows);
  ADD ("progress-is-for-terminals", NULL, test_progress_is_for_terminals);
  ADD ("progress-fits-the-terminal", NULL, test_progress_fits_the_terminal);
  ADD ("bad-usage-is-refused", NULL, test_bad_usage_is_refused);
  ADD ("bad-files-are-refused-at-once", NULL, test_bad_files_are_refused_at_once);
  ADD ("usage-comes-before-files", NULL, test_usage_comes_before_files);
  ADD ("full-disk-leaves-nothing", NULL, test_full_disk_leaves_nothing);
  ADD ("closed-pipe-leaves-whole-files", NULL, test_closed_pipe_leaves_whole_files);
  ADD ("refused-nudge-is-reported-once", NULL, test_refused_nudge_is_reported_once);
  ADD ("divergence-keeps-the-last-finite-step", NULL,
       test_divergence_keeps_the_last_finite_step);
  ADD ("window-needs-a-display", "", test_window_needs_a_display);
  ADD ("named-window-needs-a-display", "seed-nudged", test_window_needs_a_display);
  ADD ("help-and-version", NULL, test_help_and_version);
  return g_test_run ();
}
