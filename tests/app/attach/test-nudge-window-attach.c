/* test-nudge-window-attach.c - the window on PyTorch jobs that are really running
 *
 * SPDX-License-Identifier: MIT
 *
 * By real clicks, on scripts that know nothing of Nudge (tests/attach/job.py).
 */

#include "tests/app/attach/window-attached.h"

#include <string.h>

#include "ui/base/nudge-drop-down.h"

#define EDIT                                                                             \
  "for p in model.parameters():\n"                                                       \
  "    if p.dim() == 2: p.copy_(0.99*p)\n"

/* ---- two ranks ---------------------------------------------------------------------- */

static guint16
find_free_port (void)
{
  g_autoptr (GSocketListener) listener = g_socket_listener_new ();

  return g_socket_listener_add_any_inet_port (listener, NULL, NULL);
}

/* @edit: (nullable): what is done to it in Python, and then nothing is attached to it */
static void
start_ranks (Attached *a, const char *out, const char *pause, const char *edit_at)
{
  g_autofree char *port = g_strdup_printf ("%u", find_free_port ());

  for (guint i = 0; i < G_N_ELEMENTS (a->ranks); i++) {
    g_autoptr (GSubprocessLauncher) launcher = attached_new_launcher (edit_at);
    g_autofree char *rank = g_strdup_printf ("%u", i);

    g_subprocess_launcher_setenv (launcher, "RANK", rank, TRUE);
    g_subprocess_launcher_setenv (launcher, "WORLD_SIZE", "2", TRUE);
    g_subprocess_launcher_setenv (launcher, "MASTER_ADDR", "127.0.0.1", TRUE);
    g_subprocess_launcher_setenv (launcher, "MASTER_PORT", port, TRUE);
    g_clear_object (&a->ranks[i]);
    a->ranks[i] =
        attached_spawn (launcher, "ddp", "2000", out, pause, edit_at ? EDIT : NULL);
  }
}

static void
finish_ranks (Attached *a)
{
  for (guint i = 0; i < G_N_ELEMENTS (a->ranks); i++) {
    g_autoptr (GError) error = NULL;

    g_subprocess_wait_check (a->ranks[i], NULL, &error);
    g_assert_no_error (error);
  }
}

static double
get_mean (const NnHistory *history, guint64 first, gsize n)
{
  g_autofree float *losses = g_new (float, n);
  double sum = 0;

  g_assert_cmpuint (nn_history_read (history, first, n, losses), ==, n);
  for (gsize i = 0; i < n; i++)
    sum += (double) losses[i];
  return sum / (double) n;
}

static void
check_loss_falls (Attached *a)
{
  const NnFrame *frame = frame_of (&a->f);
  const guint64 first = nn_history_get_first_step (frame->history);

  g_assert_cmpuint (nn_history_get_n_steps (frame->history), ==, frame->step);
  g_assert_cmpfloat (get_mean (frame->history, frame->step - 99, 100), <,
                     get_mean (frame->history, first, 100));
}

/* *.weight: 0.99*w, typed into the card for all layers. */
static void
nudge_all (Attached *a)
{
  GtkWidget *function;
  GtkWidget *line;

  attached_click (a, "All layers…");
  function = find (&a->f, "Function for all layers", GTK_ACCESSIBLE_ROLE_COMBO_BOX);
  nudge_drop_down_select (GTK_DROP_DOWN (function), "=");
  drive_settle (function);
  line = find (&a->f, "Expression for all layers", GTK_ACCESSIBLE_ROLE_TEXT_BOX);
  attached_retype (line, "0.99*w");
  drive_settle (line); /* without the suggestions, which would take the click */
  attached_click (a, "Apply to all layers");
}

/* Both ranks have the values that the script would have, had it done it itself. */
static void
check_receipt (Attached *a)
{
  const NnLanding *landing = attached_get_landing (a, 0);
  g_autofree char *text = nn_nudge_dup_text (landing->nudge);

  g_assert_cmpstr (landing->refusal, ==, NULL);
  g_assert_true (g_str_has_prefix (text, "*.weight: 0.99*w"));
  g_assert_nonnull (landing->receipt);
  g_assert_cmpuint (landing->receipt->rows->len, ==, 2);
  g_assert_cmpuint (landing->receipt->others->len, ==, 1);
  g_assert_cmpstr (landing->receipt->others->pdata[0], ==, "same");
  g_assert_nonnull (
      strstr (gtk_label_get_text (find_described (GTK_WIDGET (a->f.window), "Landing")),
              "the same on all 2 ranks"));
}

static void
pause_job (Attached *a)
{
  attached_click (a, "Pause");
  g_assert_true (drive_until (is_paused, &a->f));
}

/* One that is taken back while it is paused leaves nothing behind. */
static void
check_taking_back (Attached *a)
{
  pause_job (a);
  attached_click (a, "Apply to 0");
  g_assert_cmpuint (attached_get_landing (a, 1)->first, ==, frame_of (&a->f)->step);
  drive_click (find_button (GTK_WIDGET (a->f.window), "Undo"), 0.5, 0.5);
  g_assert_true (drive_until (attached_is_settled, a->f.window));
  g_assert_true (attached_get_landing (a, 1)->taken_back);
  g_assert_cmpuint (attached_get_landing (a, 1)->n_lost, ==, 0);
  attached_click (a, "Step");
  attached_click (a, "Run");
  g_assert_true (drive_until (is_running, &a->f));
}

static gboolean
is_over (gpointer data)
{
  return frame_of (data)->ended;
}

static void
test_two_ranks (Attached *a, gconstpointer data)
{
  g_autofree char *typed = g_build_filename (a->f.scratch.folder, "typed", NULL);
  g_autofree char *nudged = g_build_filename (a->f.scratch.folder, "nudged", NULL);
  g_autofree char *edit_at = NULL;

  start_ranks (a, nudged, ATTACHED_PAUSE, NULL);
  attached_attach (a);
  attached_wait_for_steps (a, 250);
  check_loss_falls (a);
  nudge_all (a);
  check_receipt (a);
  edit_at = g_strdup_printf ("%" G_GUINT64_FORMAT, attached_get_landing (a, 0)->first);
  attached_wait_for_steps (a, 10);
  check_taking_back (a);
  attached_wait_for_steps (a, 10);
  drive_click (find (&a->f, "Main menu", GTK_ACCESSIBLE_ROLE_BUTTON), 0.5, 0.5);
  choose_item (GTK_WIDGET (a->f.window), "Detach");
  g_assert_true (drive_until (is_over, &a->f));
  finish_ranks (a);
  start_ranks (a, typed, "0", edit_at);
  finish_ranks (a);
  for (guint i = 0; i < G_N_ELEMENTS (a->ranks); i++) {
    g_autofree char *one = g_strdup_printf ("%s.%u", typed, i);
    g_autofree char *other = g_strdup_printf ("%s.%u", nudged, i);
    g_autofree char *expected = NULL;
    g_autofree char *found = NULL;

    g_assert_true (g_file_get_contents (one, &expected, NULL, NULL));
    g_assert_true (g_file_get_contents (other, &found, NULL, NULL));
    g_assert_cmpstr (found, ==, expected);
  }
}

/* ---- one process -------------------------------------------------------------------- */

/* What was seen last stays, and can be saved. */
static void
test_killed_while_watched (Attached *a, gconstpointer data)
{
  guint64 step;

  attached_start_one (a, "sgd");
  attached_attach (a);
  attached_wait_for_steps (a, 20);
  attached_click (a, "Apply to 2");
  g_subprocess_force_exit (a->ranks[0]);
  g_assert_true (drive_until (is_over, &a->f));
  step = frame_of (&a->f)->step;
  g_assert_cmpuint (step, >, 20);
  g_assert_cmpuint (frame_of (&a->f)->n_landings, ==, 1);
  g_assert_false (frame_of (&a->f)->running);
  g_assert_nonnull (frame_of (&a->f)->failure);
}

/* Table, tensor and cards beside each other, in a window of 900 pixels with its borders. */
static void
assert_fits (Attached *a)
{
  int width;

  gtk_widget_measure (GTK_WIDGET (a->f.window), GTK_ORIENTATION_HORIZONTAL, -1, &width,
                      NULL, NULL, NULL);
  g_test_message ("at least %d", width);
  g_assert_cmpint (width, <=, 890);
}

/* A model that is no chain is there as tensors, and is nudged as ever. */
static void
test_convolution (Attached *a, gconstpointer data)
{
  attached_start_one (a, "conv");
  attached_attach (a);
  g_assert_false (frame_of (&a->f)->architecture->is_chain);
  assert_fits (a);
  attached_wait_for_steps (a, 10);
  attached_click (a, "Apply to conv");
  g_assert_cmpstr (attached_get_landing (a, 0)->refusal, ==, NULL);
  g_assert_cmpuint (attached_get_landing (a, 0)->receipt->rows->len, ==, 1);
}

/* ---- two windows -------------------------------------------------------------------- */

typedef struct {
  Attached *one;
  Attached *other;
} Both;

static gboolean
are_at_one_step (gpointer data)
{
  const Both *both = data;

  return is_paused (&both->one->f) && is_paused (&both->other->f) &&
         frame_of (&both->one->f)->step == frame_of (&both->other->f)->step;
}

static gboolean
is_taken_back (gpointer attached)
{
  return attached_get_landing (attached, 0)->taken_back;
}

/* What is done in one is in the other's log and values; and one may go. */
static void
test_two_windows (Attached *a, gconstpointer data)
{
  Attached second;
  Both both = { a, &second };
  const NnLanding *landing;
  guint64 step;

  attached_start_one (a, "sgd");
  attached_attach (a);
  attached_attach_second (a, &second);
  attached_click (a, "Apply to 0");
  step = attached_get_landing (a, 0)->first;
  landing = attached_get_landing (&second, 0);
  g_assert_cmpstr (landing->nudge->target.layer, ==, "0");
  g_assert_cmpuint (landing->first, ==, step);
  attached_click (a, "Pause");
  g_assert_true (drive_until (are_at_one_step, &both));
  assert_same_values (frame_of (&a->f), frame_of (&second.f));
  gtk_widget_activate_action (GTK_WIDGET (second.f.window), "win.undo", NULL);
  g_assert_true (drive_until (attached_is_settled, second.f.window));
  g_assert_true (drive_until (is_taken_back, a));
  g_assert_true (drive_until (is_taken_back, &second));
  drive_close (GTK_WINDOW (second.f.window));
  attached_click (a, "Run");
  attached_wait_for_steps (a, 20);
  g_assert_false (frame_of (&a->f)->ended);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  adw_init ();
#define ADD(name, test)                                                                  \
  g_test_add ("/app/window-attach/" name, Attached, NULL, attached_set_up, test,         \
              attached_tear_down)
  ADD ("two-ranks", test_two_ranks);
  ADD ("killed-while-watched", test_killed_while_watched);
  ADD ("convolution", test_convolution);
  ADD ("two-windows", test_two_windows);
  return fixture_run ();
}
