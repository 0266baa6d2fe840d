/* test-nudge-plot.c - reading the steps of a plot, by pointer and keys
 *
 * SPDX-License-Identifier: MIT
 */

#include "ui/loss/nudge-plot.h"

#include <adwaita.h>

#include "tests/ui/drive.h"
#include "tests/ui/frame-fixture.h"
#include "ui/loss/nudge-layer-plot.h"
#include "ui/loss/nudge-loss-plot.h"

#define N_STEPS 100

typedef struct {
  const char *name;
  GtkWidget *(*make) (void);
} Kind;

static const Kind kinds[] = {
  { "loss", nudge_loss_plot_new },
  { "layers", nudge_layer_plot_new },
};

typedef struct {
  GtkWindow *window;
  GtkWidget *column;
  GtkWidget *plot;
  NudgeTime *time; /* (owned) */
  guint64 place;   /* where it asked to go to last */
} Fixture;

static void
go_to_cb (guint64 *place, guint64 step)
{
  *place = step;
}

static void
set_up (Fixture *f, gconstpointer data)
{
  const Kind *kind = data;
  g_autoptr (NnFrame) frame = fixture_frame_new_seed ();

  for (guint i = 1; i <= N_STEPS; i++)
    fixture_frame_append (frame, 1 / (float) i);
  fixture_frame_measure (frame, N_STEPS + 1);
  frame->step = frame->end = N_STEPS;
  f->plot = kind->make ();
  if (NUDGE_IS_LAYER_PLOT (f->plot)) {
    g_autoptr (NudgeTime) time = nudge_time_new ();

    nudge_plot_set_time (NUDGE_PLOT (f->plot), time);
  }
  f->time = g_object_ref (nudge_plot_get_time (NUDGE_PLOT (f->plot)));
  f->place = G_MAXUINT64;
  g_signal_connect_swapped (f->plot, "go-to", G_CALLBACK (go_to_cb), &f->place);
  nudge_picture_set_frame (NUDGE_PICTURE (f->plot), frame);
  gtk_widget_set_vexpand (f->plot, TRUE);
  f->column = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  gtk_box_append (GTK_BOX (f->column), gtk_button_new_with_label ("Elsewhere"));
  gtk_box_append (GTK_BOX (f->column), f->plot);
  f->window = GTK_WINDOW (gtk_window_new ());
  gtk_window_set_child (f->window, f->column);
  gtk_window_set_default_size (f->window, 500, 350);
  drive_present (f->window);
  drive_move (gtk_widget_get_first_child (f->column), 0.5, 0.5);
  gtk_widget_grab_focus (f->plot);
}

static void
tear_down (Fixture *f, gconstpointer data)
{
  gpointer plot = f->plot;

  g_object_add_weak_pointer (G_OBJECT (plot), &plot);
  drive_close (f->window);
  g_assert_null (plot);
  g_assert_finalize_object (f->time);
}

/* Where the cursor is, as Return goes there. */
static guint64
read_by_key (Fixture *f)
{
  drive_key (f->plot, "Return");
  return f->place;
}

static void
test_keys_go_along_the_run (Fixture *f, gconstpointer data)
{
  drive_key (f->plot, "Home");
  g_assert_cmpuint (read_by_key (f), ==, 0);
  drive_key (f->plot, "Right");
  g_assert_cmpuint (read_by_key (f), ==, 1);
  drive_key (f->plot, "Page_Down");
  g_assert_cmpuint (read_by_key (f), >, 5);
  drive_key (f->plot, "Page_Up");
  g_assert_cmpuint (read_by_key (f), <=, 1);
  drive_key (f->plot, "End");
  g_assert_cmpuint (read_by_key (f), ==, N_STEPS);
  drive_key (f->plot, "Right");
  g_assert_cmpuint (read_by_key (f), ==, N_STEPS);
  drive_key (f->plot, "Left");
  g_assert_cmpuint (read_by_key (f), ==, N_STEPS - 1);
}

/* As GTK does after it has laid out what is around the plot: the pointer is where it was. */
static void
repeat_motion (Fixture *f)
{
  g_autoptr (GListModel) controllers = gtk_widget_observe_controllers (f->plot);
  const double scale = nudge_picture_get_scale (NUDGE_PICTURE (f->plot));
  double x, y;

  g_assert_true (nudge_picture_get_pointer (NUDGE_PICTURE (f->plot), &x, &y));
  for (guint i = 0; i < g_list_model_get_n_items (controllers); i++) {
    g_autoptr (GtkEventController) controller = g_list_model_get_item (controllers, i);

    if (GTK_IS_EVENT_CONTROLLER_MOTION (controller))
      g_signal_emit_by_name (controller, "motion", x * scale, y * scale);
  }
}

static void
test_keys_read_under_a_resting_pointer (Fixture *f, gconstpointer data)
{
  guint64 step;

  drive_move (f->plot, 0.5, 0.5);
  drive_key (f->plot, "Home");
  drive_key (f->plot, "Right");
  step = read_by_key (f);
  g_assert_cmpuint (step, ==, 1);
  repeat_motion (f);
  g_assert_cmpuint (read_by_key (f), ==, step);
  drive_move (f->plot, 0.6, 0.5);
  g_assert_cmpuint (read_by_key (f), >, 30);
}

/* The cursor is brought into sight. */
static void
test_the_view_goes_along (Fixture *f, gconstpointer data)
{
  NudgeTimeSpan span = { NUDGE_TIME_STRETCH, 40, 20 };
  double first, last;

  nudge_time_set_span (f->time, &span);
  drive_key (f->plot, "Home");
  nudge_time_span_get_edges (nudge_time_get_span (f->time),
                             nudge_picture_get_frame (NUDGE_PICTURE (f->plot)), &first,
                             &last);
  g_assert_cmpfloat (first, ==, 0);
  g_assert_cmpfloat (last, <, 30);
}

static void
test_escape_removes_the_cursor (Fixture *f, gconstpointer data)
{
  g_autoptr (GBytes) without = drive_dup_pixels (f->plot, NULL);
  g_autoptr (GBytes) with = NULL;
  g_autoptr (GBytes) after = NULL;

  drive_key (f->plot, "Home");
  with = drive_dup_pixels (f->plot, NULL);
  g_assert_false (g_bytes_equal (with, without));
  drive_key (f->plot, "Escape");
  after = drive_dup_pixels (f->plot, NULL);
  g_assert_true (g_bytes_equal (after, without));
  g_assert_cmpfloat (nudge_plot_get_cursor (NUDGE_PLOT (f->plot)), <, 0);
}

static void
test_a_click_goes_there (Fixture *f, gconstpointer data)
{
  drive_click (f->plot, 0.5, 0.5);
  g_assert_cmpuint (f->place, >, 30);
  g_assert_cmpuint (f->place, <, 70);
  f->place = G_MAXUINT64;
  drive_click (f->plot, 0.05, 0.5); /* beside the plot */
  g_assert_cmpuint (f->place, ==, G_MAXUINT64);
}

/* Histograms lie over weights. */
static void
test_without_steps_none_is_read (Fixture *f, gconstpointer data)
{
  nudge_plot_set_has_steps (NUDGE_PLOT (f->plot), FALSE);
  drive_key (f->plot, "Home");
  drive_click (f->plot, 0.5, 0.5);
  g_assert_cmpuint (read_by_key (f), ==, G_MAXUINT64);
}

static void
add (const char *name, void (*test) (Fixture *f, gconstpointer data))
{
  for (gsize i = 0; i < G_N_ELEMENTS (kinds); i++) {
    g_autofree char *path = g_strdup_printf ("/ui/plot/%s/%s", kinds[i].name, name);

    g_test_add (path, Fixture, &kinds[i], set_up, test, tear_down);
  }
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  adw_init ();
  add ("keys-go-along-the-run", test_keys_go_along_the_run);
  add ("keys-read-under-a-resting-pointer", test_keys_read_under_a_resting_pointer);
  add ("the-view-goes-along", test_the_view_goes_along);
  add ("escape-removes-the-cursor", test_escape_removes_the_cursor);
  add ("a-click-goes-there", test_a_click_goes_there);
  add ("without-steps-none-is-read", test_without_steps_none_is_read);
  return g_test_run ();
}
