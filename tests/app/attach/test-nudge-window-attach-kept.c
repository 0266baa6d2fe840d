/* test-nudge-window-attach-kept.c - what repeats in a job, and what stays of one
 *
 * SPDX-License-Identifier: MIT
 *
 * By real clicks, on scripts that know nothing of Nudge (tests/attach/job.py).
 */

#include "tests/app/attach/window-attached.h"

#include <jansson.h>
#include <math.h>

#include "nn/arrays/nn-array-file.h"
#include "nn/attach/nn-job.h"
#include "tests/app/window-dialogs.h"
#include "ui/text/nudge-nudge-words.h"

#define SHRINK        2 /* of the functions of a card */
#define SECONDS_US(n) (g_get_monotonic_time () + (n) *G_USEC_PER_SEC)

/* ---- those that repeat -------------------------------------------------------------- */

typedef struct {
  Attached *a;
  gsize n;
  gboolean paused;
} Standing;

static gboolean
are_standing (gpointer data)
{
  const Standing *wanted = data;

  return frame_of (&wanted->a->f)->n_standing == wanted->n;
}

static gboolean
first_is (gpointer data)
{
  const Standing *wanted = data;

  return frame_of (&wanted->a->f)->standing[0].paused == wanted->paused &&
         attached_is_settled (wanted->a->f.window);
}

static GtkWidget *
find_row (Attached *a, guint index)
{
  GtkWidget *row = gtk_widget_get_first_child (
      find (&a->f, "Repeating nudges", GTK_ACCESSIBLE_ROLE_LIST));

  while (row && index-- > 0)
    row = gtk_widget_get_next_sibling (row);
  return row;
}

typedef struct {
  Attached *a;
  guint index;
} Row;

/* Which pauses it, and has it go on. Returns: (nullable): until the row says it */
static GtkWidget *
find_pause (Attached *a, guint index)
{
  const NnNudge *nudge = frame_of (&a->f)->standing[index].nudge;
  g_autofree char *words = nudge_words_for_nudge_briefly (nudge);
  g_autofree char *name = g_strdup_printf ("Pause %s", words);
  GtkWidget *row = find_row (a, index);

  return row != NULL ? drive_find (row, name, GTK_ACCESSIBLE_ROLE_BUTTON) : NULL;
}

static gboolean
can_pause (gpointer data)
{
  const Row *row = data;

  return find_pause (row->a, row->index) != NULL;
}

static void
click_pause (Attached *a, guint index)
{
  Row row = { a, index };

  g_assert_true (drive_until (can_pause, &row));
  drive_click (find_pause (a, index), 0.5, 0.5);
}

static void
choose (Attached *a, const char *what, const char *layer, guint choice)
{
  g_autofree char *name = g_strconcat (what, layer, NULL);

  gtk_drop_down_set_selected (
      GTK_DROP_DOWN (find (&a->f, name, GTK_ACCESSIBLE_ROLE_COMBO_BOX)), choice);
}

/* A layer that grows at each step soon has no numbers any more, and then its nudge is refused
 * and not counted: it shrinks. */
static void
begin_repeating (Attached *a, const char *layer)
{
  choose (a, "Function for ", layer, SHRINK);
  choose (a, "Repeat ", layer, 1);
}

static void
end_repeating (Attached *a, const char *layer)
{
  choose (a, "Repeat ", layer, 0);
}

static void
repeat (Attached *a, const char *layer, gsize n)
{
  Standing wanted = { .a = a, .n = n };

  begin_repeating (a, layer);
  g_assert_true (drive_until (are_standing, &wanted));
}

/* What the job itself says that it repeats, in its order: "0.weight: …; 2.weight: …". */
static char *
dup_order (Attached *a)
{
  const NudgeJob *facts =
      nudge_document_get_job (nudge_window_get_document (a->f.window));
  g_autoptr (GError) error = NULL;
  g_autoptr (NnJob) job = nn_job_new (facts->path, SECONDS_US (20), &error);
  g_auto (NnMessage) reply = { NULL, NULL };
  g_autoptr (GArray) tensors = NULL;
  g_autoptr (GString) order = g_string_new (NULL);
  const char *key;
  json_t *text;

  g_assert_no_error (error);
  tensors = nn_job_describe (job, SECONDS_US (20), &reply, &error);
  g_assert_no_error (error);
  json_object_foreach (json_object_get (reply.head, "standing"), key, text)
  {
    g_string_append_c (order, json_string_value (text)[0]);
  }
  return g_string_free (g_steal_pointer (&order), FALSE);
}

static void
assert_order (Attached *a, const char *expected)
{
  g_autofree char *order = dup_order (a);

  g_assert_cmpstr (order, ==, expected);
}

/* Words come later than the numbers that they are of. */
static gboolean
tab_says_two (gpointer window)
{
  return drive_find (window, "Repeating 2", GTK_ACCESSIBLE_ROLE_TAB) != NULL;
}

/* Paused, gone on with, moved: the job does them in the order of the list. */
static void
test_standing (Attached *a, gconstpointer data)
{
  Standing paused = { .a = a, .paused = TRUE };
  Standing active = { .a = a };
  guint64 n_times;

  attached_start_one (a, "sgd");
  attached_attach (a);
  repeat (a, "0", 1);
  repeat (a, "2", 2);
  assert_order (a, "02");
  g_assert_true (drive_until (tab_says_two, a->f.window));
  drive_click (find (&a->f, "Repeating 2", GTK_ACCESSIBLE_ROLE_TAB), 0.5, 0.5);
  drive_settle (find (&a->f, "Repeating nudges", GTK_ACCESSIBLE_ROLE_LIST));
  click_pause (a, 0);
  g_assert_true (drive_until (first_is, &paused));
  assert_order (a, "2");
  n_times = frame_of (&a->f)->standing[0].n_times;
  g_assert_cmpuint (n_times, >, 0);
  attached_wait_for_steps (a, 10);
  g_assert_cmpuint (frame_of (&a->f)->standing[0].n_times, ==, n_times);
  click_pause (a, 0);
  g_assert_true (drive_until (first_is, &active));
  assert_order (a, "02");

  gtk_widget_grab_focus (find_row (a, 0));
  drive_key (GTK_WIDGET (a->f.window), "alt+Down");
  g_assert_true (drive_until (attached_is_settled, a->f.window));
  assert_order (a, "20");
  g_assert_cmpstr (frame_of (&a->f)->standing[0].nudge->target.layer, ==, "2");
}

/* ---- those that repeat, in two windows ---------------------------------------------- */

typedef struct {
  Attached *a;
  const char *layers; /* that repeat, in order, a letter each */
} Repeating;

static gboolean
repeats (gpointer data)
{
  const Repeating *wanted = data;
  const NnFrame *frame = frame_of (&wanted->a->f);
  gboolean agrees = frame->n_standing == strlen (wanted->layers);

  for (gsize i = 0; agrees && i < frame->n_standing; i++)
    agrees = frame->standing[i].nudge->target.layer[0] == wanted->layers[i];
  return agrees && attached_is_settled (wanted->a->f.window);
}

static void
wait_for_layers (Attached *a, const char *layers)
{
  Repeating wanted = { a, layers };

  g_assert_true (drive_until (repeats, &wanted));
}

static void
assert_repeats (Attached *a, Attached *second, const char *layers)
{
  wait_for_layers (a, layers);
  wait_for_layers (second, layers);
  assert_order (a, layers);
}

static guint
get_rhythm (Attached *a, const char *name)
{
  return gtk_drop_down_get_selected (
      GTK_DROP_DOWN (find (&a->f, name, GTK_ACCESSIBLE_ROLE_COMBO_BOX)));
}

typedef struct {
  Attached *a;
  const char *name;
  guint rhythm;
} Card;

static gboolean
card_says (gpointer data)
{
  const Card *card = data;

  return get_rhythm (card->a, card->name) == card->rhythm;
}

typedef struct {
  Attached *one, *other;
} Both;

static gboolean
count_the_same (gpointer data)
{
  const Both *both = data;
  const NnFrame *one = frame_of (&both->one->f);
  const NnFrame *other = frame_of (&both->other->f);

  return !one->running && !other->running && one->step == other->step &&
         one->standing[0].n_times == other->standing[0].n_times;
}

/* The job does not have one that is paused, nor the other window; it keeps its position. */
static void
check_paused_in_one (Attached *a, Attached *second)
{
  click_pause (a, 0);
  wait_for_layers (second, "0");
  begin_repeating (second, "2");
  wait_for_layers (second, "02");
  wait_for_layers (a, "202");
  end_repeating (second, "2");
  wait_for_layers (a, "20");
  click_pause (a, 0);
  assert_repeats (a, second, "20");
}

/* What one adds, moves and removes the other has, too: in its list and on its cards, and
 * as often done; also if it comes later. */
static void
test_standing_in_two (Attached *a, gconstpointer data)
{
  Attached second, third;
  Card card = { &second, "Repeat 0", 1 };
  Both both = { a, &third };

  attached_start_one (a, "sgd");
  attached_attach (a);
  attached_attach_second (a, &second);
  begin_repeating (a, "0");
  assert_repeats (a, &second, "0");
  g_assert_true (drive_until (card_says, &card));
  begin_repeating (&second, "2");
  assert_repeats (a, &second, "02");
  g_assert_true (drive_until (tab_says_two, a->f.window));
  drive_click (find (&a->f, "Repeating 2", GTK_ACCESSIBLE_ROLE_TAB), 0.5, 0.5);
  drive_settle (find (&a->f, "Repeating nudges", GTK_ACCESSIBLE_ROLE_LIST));
  gtk_widget_grab_focus (find_row (a, 0));
  drive_key (GTK_WIDGET (a->f.window), "alt+Down");
  assert_repeats (a, &second, "20");
  check_paused_in_one (a, &second);
  end_repeating (&second, "0");
  assert_repeats (a, &second, "2");
  card = (Card){ a, "Repeat 0", 0 };
  g_assert_true (drive_until (card_says, &card));

  attached_wait_for_steps (a, 20);
  drive_close (GTK_WINDOW (second.f.window));
  attached_attach_second (a, &third);
  attached_click (a, "Pause");
  g_assert_true (drive_until (count_the_same, &both));
  g_assert_cmpuint (frame_of (&third.f)->standing[0].n_times, >=, 20);
  drive_close (GTK_WINDOW (third.f.window));
}

/* ---- files -------------------------------------------------------------------------- */

static gboolean
is_written (gpointer path)
{
  return g_file_test (path, G_FILE_TEST_EXISTS);
}

static char *
save (Attached *a, const char *name)
{
  char *path = g_build_filename (a->f.scratch.folder, name, NULL);

  dialogs_save_as (a->f.scratch.folder, name);
  g_assert_true (drive_until (is_written, path));
  return path;
}

static void
choose_export (Attached *a, const char *what)
{
  drive_click (find (&a->f, "Export", GTK_ACCESSIBLE_ROLE_BUTTON), 0.5, 0.5);
  choose_item (GTK_WIDGET (a->f.window), what);
}

static void
assert_log (const char *path, gsize n)
{
  json_error_t why;
  json_t *log = json_load_file (path, 0, &why);
  json_t *nudges = json_object_get (log, "log");

  g_assert_cmpuint (json_array_size (nudges), ==, n);
  g_assert_nonnull (json_object_get (json_array_get (nudges, 0), "receipt"));
  json_decref (log);
}

/* Of a job that is running: all its tensors, and what was done to it. */
static void
test_files (Attached *a, gconstpointer data)
{
  g_autofree char *snapshot = NULL;
  g_autofree char *log = NULL;
  g_autoptr (NnArrayFile) file = NULL;
  g_autoptr (GError) error = NULL;

  attached_start_one (a, "conv");
  attached_attach (a);
  attached_click (a, "Apply to conv");
  attached_get_landing (a, 0);
  choose_export (a, "Parameters…");
  snapshot = save (a, "all.safetensors");
  file = nn_array_file_open (snapshot, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (nn_array_file_find (file, "conv.weight")->n_values, ==, 36);
  g_assert_nonnull (nn_array_file_find (file, "norm.running_var"));
  choose_export (a, "Log…");
  log = save (a, "log.json");
  assert_log (log, 1);
}

/* ---- what is lost, and comes again --------------------------------------------------- */

static gboolean
is_over (gpointer data)
{
  return frame_of (data)->ended;
}

static void
click_in_bar (Attached *a, const char *name)
{
  GtkWidget *button = find_button (GTK_WIDGET (a->f.window), name);

  drive_settle (button);
  drive_click (button, 0.5, 0.5);
}

static gboolean
can_attach_again (gpointer window)
{
  GtkWidget *again = find_button (window, "Attach Again");

  return again != NULL && gtk_widget_get_mapped (again);
}

static gboolean
goes_on (gpointer a)
{
  return attached_is_there (a) && !frame_of (a)->ended;
}

static void
assert_last_state (Attached *a, const char *path)
{
  const NnFrame *frame = frame_of (&a->f);
  g_autoptr (GError) error = NULL;
  g_autoptr (NnArrayFile) file = nn_array_file_open (path, NULL, &error);
  float weights[24];

  g_assert_no_error (error);
  nn_array_get_floats (nn_array_file_find (file, "0.weight"), weights);
  g_assert_cmpmem (weights, sizeof weights, frame->values, sizeof weights);
}

/* What was seen last can be saved, and the script attached to as it is started again. */
static void
test_again (Attached *a, gconstpointer data)
{
  g_autofree char *state = NULL;
  g_autofree char *log = NULL;

  attached_start_one (a, "sgd");
  attached_attach (a);
  attached_click (a, "Apply to 0");
  attached_get_landing (a, 0);
  g_subprocess_force_exit (a->ranks[0]);
  g_assert_true (drive_until (is_over, &a->f));
  click_in_bar (a, "Save State…");
  state = save (a, "last.safetensors");
  assert_last_state (a, state);
  click_in_bar (a, "Save Log…");
  log = save (a, "last.json");
  assert_log (log, 1);

  g_clear_object (&a->ranks[0]);
  attached_start_one (a, "sgd");
  g_assert_true (drive_until (can_attach_again, a->f.window));
  click_in_bar (a, "Attach Again");
  g_assert_true (drive_until (goes_on, a));
}

/* ---- what there is of a weight ------------------------------------------------------- */

static gboolean
shows_moments (gpointer data)
{
  const NnFrame *frame = frame_of (&((Attached *) data)->f);
  const float *moments = frame->numbers[NN_QUANTITY_MOMENT_2];

  return moments != NULL && moments[0] > 0;
}

static gboolean
shows_change (gpointer data)
{
  const NnFrame *frame = frame_of (&((Attached *) data)->f);
  const float *change = frame->numbers[NN_QUANTITY_CHANGE];

  return change != NULL && !isnan (change[0]) && change[0] != 0;
}

/* What the optimizer keeps comes from the job, as does what a step has changed. */
static void
test_moments (Attached *a, gconstpointer data)
{
  attached_start_one (a, "plain");
  attached_attach (a);
  g_assert_false (frame_of (&a->f)->known & NN_QUANTITY_BIT (NN_QUANTITY_CONTRIBUTION));
  g_object_set (a->f.network, "quantity", NN_QUANTITY_MOMENT_2, NULL);
  g_assert_true (drive_until (shows_moments, a));
  g_object_set (a->f.network, "quantity", NN_QUANTITY_CHANGE, NULL);
  g_assert_true (drive_until (shows_change, a));
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  adw_init ();
#define ADD(name, test)                                                                  \
  g_test_add ("/app/window-attach/" name, Attached, NULL, attached_set_up, test,         \
              attached_tear_down)
  ADD ("standing", test_standing);
  ADD ("standing-in-two", test_standing_in_two);
  ADD ("files", test_files);
  ADD ("again", test_again);
  ADD ("moments", test_moments);
  return fixture_run ();
}
