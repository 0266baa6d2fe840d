/* test-nudge-edit.c - `nudge edit` and `nudge diff`
 *
 * SPDX-License-Identifier: MIT
 *
 * What PyTorch and NumPy say of them is in edit.py.
 */

#include <fcntl.h>
#include <glib/gstdio.h>
#include <signal.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "nn/arrays/nn-array-file.h"
#include "nn/files/nn-little-endian.h"
#include "tests/app/program.h"

#define NO_TORCH 77 /* exit status of edit.py */

#define HUGE     (G_GUINT64_CONSTANT (10) << 30) /* bytes of a file that is mostly holes */
#define LARGE    (G_GUINT64_CONSTANT (64) << 20)
#define MOST_KIB (256 * 1024) /* of memory for either */

/* A network of two layers, in the format that @name says; @scale tells files apart. */
static void
save_arrays (const Scratch *scratch, const char *name, float scale)
{
  const float weight[] = { 1 * scale, 2, 3, 4, 5, 6 }, bias[] = { 0.5f, -1 };
  static const guint64 shapes[][2] = { { 2, 3 }, { 2, 1 } };
  g_autofree char *path = g_build_filename (scratch->folder, name, NULL);
  g_autoptr (GError) error = NULL;
  g_autoptr (NnArrayFile) file =
      nn_array_file_new (nn_array_kind_find (name, TRUE, &error));

  g_assert_no_error (error);
  g_ptr_array_add (file->arrays,
                   nn_array_new_floats ("fc1.weight", 2, shapes[0], weight));
  g_ptr_array_add (file->arrays, nn_array_new_floats ("fc1.bias", 1, shapes[1], bias));
  g_ptr_array_add (file->arrays, nn_array_new_floats ("fc2.bias", 1, shapes[1], bias));
  nn_array_file_save (file, path, &error);
  g_assert_no_error (error);
}

/* A .safetensors of one float32 tensor of @n_bytes, which are a hole but for a few. */
static void
save_sparse (const Scratch *scratch, const char *name, guint64 n_bytes)
{
  g_autofree char *path = g_build_filename (scratch->folder, name, NULL);
  g_autofree char *header =
      g_strdup_printf ("{\"w\":{\"dtype\":\"F32\",\"shape\":[%" G_GUINT64_FORMAT ",1024],"
                       "\"data_offsets\":[0,%" G_GUINT64_FORMAT "]}}",
                       n_bytes / 4096, n_bytes);
  const int fd = g_open (path, O_CREAT | O_WRONLY, 0600);
  const float value = 3;
  guint8 length[8];

  nn_little_endian_put_u64 (length, strlen (header));
  g_assert_cmpint (fd, >=, 0);
  g_assert_cmpint (write (fd, length, sizeof length), ==, sizeof length);
  g_assert_cmpint (write (fd, header, strlen (header)), ==, strlen (header));
  g_assert_cmpint (ftruncate (fd, (off_t) (8 + strlen (header) + n_bytes)), ==, 0);
  g_assert_cmpint (
      pwrite (fd, &value, sizeof value, (off_t) (8 + strlen (header) + n_bytes / 2)), ==,
      sizeof value);
  close (fd);
}

/* ---- PyTorch and NumPy ------------------------------------------------------------- */

static void
test_as_pytorch_and_numpy (Scratch *scratch, gconstpointer data)
{
  g_autofree char *script =
      g_test_build_filename (G_TEST_DIST, "app", "command", "edit.py", NULL);
  g_autofree char *command =
      g_strdup_printf ("python3 '%s' \"$NUDGE_PROGRAM\" .", script);
  g_auto (Outcome) outcome = program_shell (scratch, command);

  g_test_message ("%s%s", outcome.out, outcome.err);
  if (outcome.status == NO_TORCH)
    g_test_skip ("there is no PyTorch: install python3-torch");
  else
    g_assert_cmpint (outcome.status, ==, 0);
}

/* ---- what is said ------------------------------------------------------------------ */

static void
test_receipt (Scratch *scratch, gconstpointer data)
{
  g_auto (Outcome) outcome = { 0 };

  save_arrays (scratch, "in.safetensors", 1);
  outcome = program_run (scratch, "edit in.safetensors out.safetensors --nudge "
                                  "'fc1.weight[1]: 2*w' --nudge 'fc1.bias[0] = 0.5'");
  g_assert_cmpstr (outcome.err, ==, "");
  g_assert_cmpint (outcome.status, ==, 0);
  g_assert_nonnull (strstr (outcome.out, "\nnudge     fc1.weight[1]: 2*w\n"));
  g_assert_nonnull (strstr (outcome.out, "\nthe same  1 other array, and "));
  g_assert_nonnull (strstr (
      outcome.out, "fc1.weight  float32  (2, 3)   3 of 6           8.775        6  "
                   "fc1.weight[1,2]  "));
  g_assert_nonnull (strstr (
      outcome.out, "fc1.bias    float32  (2,)     0 of 2               0        0"));
}

static void
test_exit_status_of_diff (Scratch *scratch, gconstpointer data)
{
  g_auto (Outcome) outcome = { 0 };

  save_arrays (scratch, "a.safetensors", 1);
  save_arrays (scratch, "b.safetensors", 2);
  save_arrays (scratch, "a.npz", 1);
  save_arrays (scratch, "a.json", 1);
  outcome = program_shell (
      scratch,
      "nudge diff a.safetensors a.safetensors >x; echo $?; nudge diff "
      "a.safetensors a.npz >x; echo $?; nudge diff a.safetensors a.json >x; echo "
      "$?; nudge diff a.safetensors b.safetensors >x; echo $?; nudge diff "
      "a.safetensors none 2>x; echo $?; nudge diff a.safetensors 2>x; echo $?");
  g_assert_cmpstr (outcome.out, ==, "0\n1\n1\n1\n2\n2\n");
}

/* Every line below "For example:" of both helps, on files of those names. */
static void
run_examples (const Scratch *scratch, const char *command, const char *setup)
{
  g_autofree char *arguments = g_strconcat (command, " --help", NULL);
  g_auto (Outcome) help = program_run (scratch, arguments);
  g_autofree char *joined = NULL;
  g_auto (GStrv) parts = g_strsplit (strstr (help.out, "For example:\n"), "\\\n", -1);
  g_auto (GStrv) lines = NULL;
  guint n = 0;

  joined = g_strjoinv (" ", parts);
  lines = g_strsplit (joined, "\n", -1);
  for (guint i = 1; lines[i] != NULL; i++) {
    char *comment = strstr (lines[i], "     ");
    g_autofree char *line = NULL;

    if (*lines[i] == '\0')
      continue;
    if (comment != NULL && comment[strspn (comment, " ")] != '-')
      *comment = '\0';
    line = g_strdup_printf ("%s; %s", setup, lines[i]);
    {
      g_auto (Outcome) outcome = program_shell (scratch, line);

      g_test_message ("%s: %s%s", lines[i], outcome.out, outcome.err);
      g_assert_cmpstr (outcome.err, ==, "");
      g_assert_cmpint (outcome.status, <=, strcmp (command, "diff") == 0);
      n++;
    }
  }
  g_assert_cmpuint (n, >=, 3);
}

static void
test_examples_of_the_help (Scratch *scratch, gconstpointer data)
{
  g_autofree char *torch =
      g_test_build_filename (G_TEST_DIST, "data", "torch", "state-dict.pt", NULL);
  g_autofree char *setup = g_strdup_printf ("cp '%s' in.pt", torch);
  const char *const names[] = { "in", "tuned", "base" };

  for (gsize i = 0; i < G_N_ELEMENTS (names); i++) {
    g_autofree char *name = g_strconcat (names[i], ".safetensors", NULL);

    save_arrays (scratch, name, (float) (i + 1));
  }
  save_arrays (scratch, "in.npz", 1);
  run_examples (scratch, "edit", setup);
}

static void
test_examples_of_the_help_of_diff (Scratch *scratch, gconstpointer data)
{
  g_autofree char *torch =
      g_test_build_filename (G_TEST_DIST, "data", "torch", "state-dict.pt", NULL);
  g_autofree char *checkpoint =
      g_test_build_filename (G_TEST_DIST, "data", "torch", "checkpoint.pt", NULL);
  g_autofree char *script = g_strdup_printf (
      "cp '%s' model.pt; cp '%s' epoch-1.pt; cp epoch-1.pt epoch-2.pt; nudge convert "
      "model.pt model.safetensors >/dev/null",
      torch, checkpoint);

  save_arrays (scratch, "before.safetensors", 1);
  save_arrays (scratch, "after.safetensors", 2);
  run_examples (scratch, "diff", script);
}

/* ---- refusals ---------------------------------------------------------------------- */

static const struct {
  const char *arguments;
  int status;
  const char *said;
} refused[] = {
  { "edit a.npz", 2, "an input, an output and a nudge are needed" },
  { "edit a.npz b.npz --nudge", 2, "its value is missing" },
  { "edit a.npz b.npz --nudge '*: 0.9*w' --sed 3", 2, "--sed: not understood" },
  { "edit a.npz a.npz --nudge '*: 0.9*w'", 2, "input and output are the same file" },
  { "edit a.npz ./a.npz --nudge '*: 0.9*w'", 2, "input and output are the same file" },
  { "edit a.npz b.pt --nudge '*: 0.9*w'", 2, "an edit keeps the format" },
  { "edit none.npz b.npz --nudge '*: 0.9*w'", 2, "No such file" },
  { "edit a.npz b.npz --nudge 'fc3: 0.9*w'", 2, "there is no array 'fc3'; there are" },
  { "edit a.npz b.npz --nudge 'fc1.wight: 0.9*w'", 2, "did you mean fc1.weight?" },
  { "edit a.npz b.npz --nudge 'fc1.weight[2]: w'", 2, "has 2 rows, and none of them" },
  { "edit a.npz b.npz --nudge 'fc1.bias[0,1:]: w'", 2, "has 0 columns" },
  { "edit a.npz b.npz --nudge '*: w/0'", 1, "would become" },
  { "edit a.npz b.npz --nudge '*: w' --nudge 'fc2.bias: log(w)'", 1,
    "fc2.bias[1]: -1 would become not a number; else=skip would leave" },
  { "edit a.npz b.npz --nudge '*: g'", 2, "g, the gradient, is not in a file" },
  { "edit a.npz b.npz --nudge '*: w0'", 2, "name it with --initial" },
  { "edit a.npz b.npz --nudge 'm = w'", 2, "" },
  { "edit a.npz b.npz --nudge 'fc1, fc1.weight: w'", 2, "is a target twice" },
  { "edit a.json b.json --nudge '*: 0.9*w'", 1, "numbers as text" },
  { "edit a.npz none/b.npz --nudge '*: 0.9*w'", 1, "there is no folder none" },
  { "edit a.npz b.npz --receipt b.npz --nudge '*: w'", 2, "something else already" },
  { "edit a.npz b.npz --initial text --receipt text --nudge '*: w'", 2,
    "something else already" },
  { "edit a.npz c.npz --initial c.npz:fc1 --nudge '*: w'", 2,
    "input and output are the same file" },
  { "edit a.npz:fc1 b.npz --nudge '*: w'", 2, "a part of a file cannot be edited alone" },
  { "diff a.npz", 2, "two files are needed" },
  { "diff a.npz text", 2, "text" },
};

static void
test_refusals (Scratch *scratch, gconstpointer data)
{
  g_auto (Outcome) outcome = { 0 };

  save_arrays (scratch, "a.npz", 1);
  save_arrays (scratch, "a.json", 1);
  outcome = program_shell (scratch, "echo 'hello, you' >text");
  for (gsize i = 0; i < G_N_ELEMENTS (refused); i++) {
    assert_refuses (scratch, refused[i].arguments, refused[i].status, refused[i].said);
    g_assert_cmpuint (scratch_count (scratch), ==, 3);
  }
}

static void
test_skipped_arrays_stay (Scratch *scratch, gconstpointer data)
{
  g_auto (Outcome) outcome = { 0 };

  save_arrays (scratch, "a.npz", 1);
  outcome = program_run (scratch, "edit a.npz b.npz --nudge '*: log(w) else=skip'");
  g_assert_cmpint (outcome.status, ==, 0);
  g_assert_nonnull (strstr (outcome.out, "fc1.bias was skipped: fc1.bias[1]: -1 would "
                                         "become not a number"));
  g_assert_nonnull (strstr (outcome.out, "6 of 6"));
}

/* ---- disks and signals ------------------------------------------------------------- */

static void
test_full_disk (Scratch *scratch, gconstpointer data)
{
  g_auto (Outcome) outcome = { 0 };

  save_sparse (scratch, "a.safetensors", LARGE);
  outcome = program_shell (scratch, "echo kept >b.safetensors; ulimit -f 100; nudge edit "
                                    "a.safetensors b.safetensors --nudge 'w: w + 1'");
  g_assert_cmpint (outcome.status, ==, 1);
  assert_one_line (&outcome);
  g_assert_true (
      g_str_has_prefix (outcome.err, "nudge: edit: cannot write b.safetensors: "));
  g_assert_cmpuint (scratch_count (scratch), ==, 2);
  {
    g_autofree char *path = g_build_filename (scratch->folder, "b.safetensors", NULL);

    assert_contents (path, "kept\n");
  }
}

static gboolean
has_unfinished (const Scratch *scratch)
{
  g_autoptr (GDir) dir = g_dir_open (scratch->folder, 0, NULL);

  for (const char *name = g_dir_read_name (dir); name; name = g_dir_read_name (dir))
    if (g_str_has_prefix (name, ".nudge-unfinished-"))
      return TRUE;
  return FALSE;
}

/* A request to end takes the output along; what a kill leaves, the next edit removes. */
static void
test_signals (Scratch *scratch, gconstpointer data)
{
  const int signals[] = { SIGTERM, SIGKILL };

  save_sparse (scratch, "a.safetensors", 8 * LARGE);
  for (gsize i = 0; i < G_N_ELEMENTS (signals); i++) {
    g_autofree char *path = g_build_filename (scratch->folder, "b.safetensors", NULL);
    const GPid pid = program_start (
        scratch, "edit a.safetensors b.safetensors --nudge 'w: tanh(exp(w)) + noise'",
        open ("/dev/null", O_WRONLY));

    while (!has_unfinished (scratch))
      g_usleep (1000);
    kill (pid, signals[i]);
    g_assert_cmpint (program_wait_for (pid), ==, 128 + signals[i]);
    g_assert_false (g_file_test (path, G_FILE_TEST_EXISTS));
    g_assert_cmpint (has_unfinished (scratch), ==, signals[i] == SIGKILL);
  }
  save_arrays (scratch, "x.npz", 1);
  assert_succeeds (scratch, "edit x.npz y.npz --nudge '*: 0.9*w'");
  g_assert_false (has_unfinished (scratch));
}

/* Of a damaged file nothing becomes an output, and no byte is read that is not there. */
static void
test_damaged_files (Scratch *scratch, gconstpointer data)
{
  g_autofree char *path = g_build_filename (scratch->folder, "bad", NULL);
  g_autofree char *bytes = NULL;
  gsize n;

  save_arrays (scratch, "a.npz", 1);
  bytes = read_file (scratch, "a.npz", &n);
  for (gsize i = 0; i < n; i += 1 + n / 150) {
    const char was = bytes[i];
    g_auto (Outcome) outcome = { 0 };

    bytes[i] = (char) (was ^ 0x55);
    g_assert_true (g_file_set_contents (path, bytes, (gssize) n, NULL));
    outcome = program_run (scratch, "edit bad out.npz --nudge '*: 1*w'");
    g_test_message ("byte %" G_GSIZE_FORMAT ": %d %s", i, outcome.status, outcome.err);
    g_assert_cmpint (outcome.status, <=, 2);
    if (outcome.status != 0)
      assert_one_line (&outcome);
    bytes[i] = was;
  }
  g_assert_true (g_file_set_contents (path, bytes, (gssize) n / 2, NULL));
  assert_refuses (scratch, "edit bad out2.npz --nudge '*: 1*w'", 2, "bad: ");
}

/* ---- memory ------------------------------------------------------------------------ */

/* Holes stay holes, so that this needs no disk either. */
static void
test_memory_does_not_grow (Scratch *scratch, gconstpointer data)
{
  const guint64 n_bytes = g_test_slow () ? HUGE : 4 * LARGE;
  g_autofree char *path = g_build_filename (scratch->folder, "b.safetensors", NULL);
  struct stat info;
  siginfo_t unused;
  GPid pid;

  save_sparse (scratch, "a.safetensors", n_bytes);
  pid = program_start (scratch,
                       "edit a.safetensors b.safetensors --nudge 'w: w*(1 - mean(w))'",
                       open ("/dev/null", O_WRONLY));
  {
    g_autofree char *status = g_strdup_printf ("/proc/%d/status", pid);
    guint64 most = 0;

    while (waitid (P_PID, (id_t) pid, &unused, WEXITED | WNOHANG | WNOWAIT) == 0) {
      g_autofree char *text = NULL;
      const char *line;

      if (!g_file_get_contents (status, &text, NULL, NULL) ||
          (line = strstr (text, "VmHWM:")) == NULL)
        break;
      most = MAX (most, g_ascii_strtoull (line + strlen ("VmHWM:"), NULL, 10));
      g_usleep (5000);
    }
    g_assert_cmpuint (most, >, 0);
    g_assert_cmpuint (most, <, MOST_KIB);
    g_test_message ("%" G_GUINT64_FORMAT " KiB", most);
  }
  g_assert_cmpint (program_wait_for (pid), ==, 0);
  g_assert_cmpint (stat (path, &info), ==, 0);
  g_assert_cmpuint ((guint64) info.st_size, >, n_bytes);
  g_assert_cmpuint ((guint64) info.st_blocks * 512, <, n_bytes / 4);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
#define ADD(name, function)                                                              \
  g_test_add ("/app/edit/" name, Scratch, NULL, scratch_set_up, function,                \
              scratch_remove_all)
  ADD ("as-pytorch-and-numpy", test_as_pytorch_and_numpy);
  ADD ("receipt", test_receipt);
  ADD ("exit-status-of-diff", test_exit_status_of_diff);
  ADD ("examples-of-the-help", test_examples_of_the_help);
  ADD ("examples-of-the-help-of-diff", test_examples_of_the_help_of_diff);
  ADD ("refusals", test_refusals);
  ADD ("skipped-arrays-stay", test_skipped_arrays_stay);
  ADD ("full-disk", test_full_disk);
  ADD ("signals", test_signals);
  ADD ("damaged-files", test_damaged_files);
  ADD ("memory-does-not-grow", test_memory_does_not_grow);
  return g_test_run ();
}
