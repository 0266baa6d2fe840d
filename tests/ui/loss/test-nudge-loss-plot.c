/* test-nudge-loss-plot.c - the loss's widget: what it shows and says
 *
 * SPDX-License-Identifier: MIT
 */

#include "ui/loss/nudge-loss-plot.h"

#include <adwaita.h>

#include "tests/ui/drive.h"
#include "tests/ui/frame-fixture.h"
#include "ui/draw/loss/nudge-loss-cursor.h"

typedef struct {
  GtkWindow *window;
  NudgeLossPlot *plot;
} Fixture;

static NnFrame *
frame_at (guint64 step)
{
  NnFrame *frame = fixture_frame_new_seed ();

  for (guint64 i = 1; i <= step; i++)
    fixture_frame_append (frame, 1 / (float) i);
  return frame;
}

static void
set_up (Fixture *f, gconstpointer data)
{
  GtkWidget *column = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  GtkWidget *plot = nudge_loss_plot_new ();
  g_autoptr (NnFrame) frame = frame_at (100);

  f->plot = NUDGE_LOSS_PLOT (plot);
  nudge_loss_plot_set_frame (f->plot, frame);
  gtk_widget_set_vexpand (plot, TRUE);
  gtk_box_append (GTK_BOX (column), gtk_button_new_with_label ("Elsewhere"));
  gtk_box_append (GTK_BOX (column), plot);
  f->window = GTK_WINDOW (gtk_window_new ());
  gtk_window_set_child (f->window, column);
  gtk_window_set_default_size (f->window, 500, 350);
  drive_present (f->window);
  drive_move (gtk_widget_get_first_child (column), 0.5, 0.5);
}

static void
tear_down (Fixture *f, gconstpointer data)
{
  gpointer plot = f->plot;

  g_object_add_weak_pointer (G_OBJECT (plot), &plot);
  drive_close (f->window);
  g_assert_null (plot);
}

static gboolean
looks_like (Fixture *f, GBytes *picture)
{
  g_autoptr (GBytes) now = drive_dup_pixels (GTK_WIDGET (f->plot), NULL);

  return g_bytes_equal (now, picture);
}

static void
test_says_what_it_shows (Fixture *f, gconstpointer data)
{
  NudgeLossPlot *nudged = NUDGE_LOSS_PLOT (g_object_ref_sink (nudge_loss_plot_new ()));
  g_autoptr (NnFrame) frame = frame_at (1203);

  gtk_test_accessible_assert_role (f->plot, GTK_ACCESSIBLE_ROLE_IMG);
  gtk_test_accessible_assert_property (f->plot, GTK_ACCESSIBLE_PROPERTY_LABEL,
                                       "Loss plot");
  gtk_test_accessible_assert_property (f->plot, GTK_ACCESSIBLE_PROPERTY_DESCRIPTION,
                                       "Loss 0.01 at step 100");

  fixture_frame_append (frame, 0.0183F);
  fixture_frame_land (frame, "fc1.weight: w + a*w @ by hand a=0.5", FALSE, 30, 30, NULL);
  fixture_frame_land (frame, "fc2.weight: a*w @ by hand a=0.5", FALSE, 60, 60, NULL);
  nudge_loss_plot_set_frame (nudged, frame);
  gtk_test_accessible_assert_property (nudged, GTK_ACCESSIBLE_PROPERTY_DESCRIPTION,
                                       "Loss 0.0183 at step 1204, 2 nudges");
  g_assert_finalize_object (nudged);
}

static void
count_cb (guint *n)
{
  ++*n;
}

static void
test_logarithmic_is_another_picture (Fixture *f, gconstpointer data)
{
  g_autoptr (GBytes) linear = drive_dup_pixels (GTK_WIDGET (f->plot), NULL);
  guint n_notified = 0;

  g_signal_connect_swapped (f->plot, "notify::logarithmic", G_CALLBACK (count_cb),
                            &n_notified);
  g_object_set (f->plot, "logarithmic", TRUE, NULL);
  g_assert_true (nudge_loss_plot_get_logarithmic (f->plot));
  g_assert_cmpuint (n_notified, ==, 1);
  g_assert_false (looks_like (f, linear));
  nudge_loss_plot_set_logarithmic (f->plot, TRUE);
  g_assert_cmpuint (n_notified, ==, 1);
  nudge_loss_plot_set_logarithmic (f->plot, FALSE);
  g_assert_true (looks_like (f, linear));
}

static void
test_the_pointer_reads_a_step (Fixture *f, gconstpointer data)
{
  GtkWidget *elsewhere = gtk_widget_get_prev_sibling (GTK_WIDGET (f->plot));
  g_autoptr (GBytes) without = drive_dup_pixels (GTK_WIDGET (f->plot), NULL);

  drive_move (GTK_WIDGET (f->plot), 0.5, 0.5);
  g_assert_false (looks_like (f, without));
  drive_move (elsewhere, 0.5, 0.5);
  g_assert_true (looks_like (f, without));
}

static void
test_keys_read_a_step (Fixture *f, gconstpointer data)
{
  static const char *const keys[] = { "Page_Up", "Left", "Left", "Left", "Page_Up" };
  GtkWidget *plot = GTK_WIDGET (f->plot);
  g_autoptr (GBytes) without = NULL;

  gtk_widget_grab_focus (plot);
  without = drive_dup_pixels (plot, NULL);
  for (gsize i = 0; i < G_N_ELEMENTS (keys); i++) {
    g_autoptr (GBytes) before = drive_dup_pixels (plot, NULL);

    drive_key (plot, keys[i]);
    g_assert_false (looks_like (f, before));
  }
  drive_key (plot, "Escape");
  g_assert_true (looks_like (f, without));
}

/* Before any other key has been pressed, and gone when the focus is. */
static void
test_tab_onto_it_is_seen (Fixture *f, gconstpointer data)
{
  GtkWidget *plot = GTK_WIDGET (f->plot);
  GtkWidget *elsewhere = gtk_widget_get_prev_sibling (plot);
  g_autoptr (GBytes) plain = NULL;

  gtk_widget_grab_focus (elsewhere);
  plain = drive_dup_pixels (plot, NULL);
  drive_key (elsewhere, "Tab");
  g_assert_true (gtk_widget_has_focus (plot));
  g_assert_false (looks_like (f, plain));
  drive_key (plot, "shift+Tab");
  g_assert_true (looks_like (f, plain));
}

/* What has moved last is where the loss is read: pointer or key. */
static void
test_keys_read_a_step_under_a_resting_pointer (Fixture *f, gconstpointer data)
{
  GtkWidget *plot = GTK_WIDGET (f->plot);
  g_autoptr (GBytes) pointed = NULL;

  gtk_widget_grab_focus (plot);
  drive_move (plot, 0.4, 0.5);
  pointed = drive_dup_pixels (plot, NULL);
  for (guint i = 0; i < 3; i++) {
    g_autoptr (GBytes) before = drive_dup_pixels (plot, NULL);

    drive_key (plot, "Left");
    g_assert_false (looks_like (f, before));
  }
  drive_move (plot, 0.45, 0.5);
  drive_move (plot, 0.4, 0.5);
  g_assert_true (looks_like (f, pointed));
}

static void
marked_cb (const NnNudge **marked, NnNudge *nudge)
{
  *marked = nudge;
}

static void
test_keys_and_clicks_go_to_nudges (Fixture *f, gconstpointer data)
{
  GtkWidget *plot = GTK_WIDGET (f->plot);
  g_autoptr (NnFrame) frame = frame_at (100);
  const NnNudge *marked = NULL;
  double width = gtk_widget_get_width (plot);

  g_signal_connect_swapped (plot, "marked", G_CALLBACK (marked_cb), &marked);
  fixture_frame_land (frame, "fc1: w*2 @ by hand", FALSE, 30, 30, NULL);
  fixture_frame_land (frame, "fc2: w*2 @ by hand", FALSE, 60, 60, NULL);
  fixture_frame_land (frame, "fc3: w*2 @ by hand", FALSE, 60, 60, NULL);
  nudge_loss_plot_set_frame (f->plot, frame);
  gtk_widget_grab_focus (plot);
  for (int i = 2; i >= 0; i--) {
    g_autoptr (GBytes) before = drive_dup_pixels (plot, NULL);

    drive_key (plot, "ctrl+Left");
    g_assert_true (marked == frame->landings[i].nudge);
    g_assert_false (looks_like (f, before));
  }
  drive_key (plot, "ctrl+Left"); /* none before it */
  g_assert_true (marked == frame->landings[0].nudge);
  drive_key (plot, "ctrl+Right");
  g_assert_true (marked == frame->landings[1].nudge);
  drive_key (plot, "Escape");
  g_assert_null (marked);

  drive_click (plot, (70 + 0.3 * (width - 88)) / width, 0.5);
  g_assert_true (marked == frame->landings[0].nudge);
  drive_click (plot, 0.8, 0.5);
  g_assert_null (marked);
}

/* --- Zoom and pan ------------------------------------------------------------------- */

static double
get_width_shown (Fixture *f)
{
  double first, last;

  nudge_time_span_get_edges (nudge_plot_get_span (NUDGE_PLOT (f->plot)),
                             nudge_picture_get_frame (NUDGE_PICTURE (f->plot)), &first,
                             &last);
  return last - first;
}

static double
get_first_shown (Fixture *f)
{
  double first, last;

  nudge_time_span_get_edges (nudge_plot_get_span (NUDGE_PLOT (f->plot)),
                             nudge_picture_get_frame (NUDGE_PICTURE (f->plot)), &first,
                             &last);
  return first;
}

static void
test_the_wheel_zooms_at_the_pointer (Fixture *f, gconstpointer data)
{
  GtkWidget *plot = GTK_WIDGET (f->plot);
  const double width = gtk_widget_get_width (plot);
  const double step = (width / 2 - 70) / (width - 88) * 100;
  g_autoptr (GBytes) whole = NULL;
  const NudgeTimeSpan *span = nudge_plot_get_span (NUDGE_PLOT (f->plot));

  drive_move (plot, 0.5, 0.5);
  whole = drive_dup_pixels (plot, NULL);
  for (guint i = 0; i < 3; i++)
    drive_wheel (plot, TRUE);
  g_assert_cmpfloat_with_epsilon (get_width_shown (f), 100 / (1.25 * 1.25 * 1.25), 0.01);
  g_assert_cmpfloat_with_epsilon (
      nudge_loss_get_step (nudge_picture_get_frame (NUDGE_PICTURE (f->plot)), span, width,
                           width / 2),
      step, 0.5);
  g_assert_false (looks_like (f, whole));
  for (guint i = 0; i < 4; i++)
    drive_wheel (plot, FALSE);
  g_assert_cmpint (span->kind, ==, NUDGE_TIME_ALL);
  g_assert_true (looks_like (f, whole));
}

static void
go_to_cb (guint64 *place, guint64 step)
{
  *place = step;
}

/* A drag is no click: it asks to go nowhere. */
static void
test_a_drag_pans (Fixture *f, gconstpointer data)
{
  GtkWidget *plot = GTK_WIDGET (f->plot);
  g_autoptr (NnFrame) frame = frame_at (100);
  const double width = gtk_widget_get_width (plot);
  guint64 place = 999;
  double first;

  frame->end = 100;
  nudge_loss_plot_set_frame (f->plot, frame);
  g_signal_connect_swapped (plot, "go-to", G_CALLBACK (go_to_cb), &place);
  drive_move (plot, 0.5, 0.5);
  for (guint i = 0; i < 5; i++)
    drive_wheel (plot, TRUE);
  first = get_first_shown (f);
  drive_press (plot, 0.5, 0.5);
  drive_move (plot, 0.55, 0.5);
  drive_move (plot, 0.6, 0.5);
  drive_release (plot);
  g_assert_cmpfloat_with_epsilon (
      get_first_shown (f), first - 0.1 * width / (width - 88) * get_width_shown (f), 0.5);
  g_assert_cmpuint (place, ==, 999);
  drive_click (plot, 0.6, 0.5);
  g_assert_cmpuint (place, <, 100);
}

static void
test_keys_zoom_and_pan (Fixture *f, gconstpointer data)
{
  GtkWidget *plot = GTK_WIDGET (f->plot);
  NudgeTime *time = nudge_plot_get_time (NUDGE_PLOT (f->plot));
  double first;

  gtk_widget_grab_focus (plot);
  drive_key (plot, "Home");
  drive_key (plot, "plus");
  drive_key (plot, "plus");
  g_assert_cmpfloat (get_width_shown (f), <, 50);
  g_assert_cmpfloat (get_first_shown (f), ==, 0);
  drive_key (plot, "shift+Right");
  first = get_first_shown (f);
  g_assert_cmpfloat_with_epsilon (first, 0.1 * get_width_shown (f), 0.01);
  drive_key (plot, "f");
  g_assert_cmpint (nudge_time_get_span (time)->kind, ==, NUDGE_TIME_FOLLOW);
  drive_key (plot, "shift+Left");
  g_assert_cmpint (nudge_time_get_span (time)->kind, ==, NUDGE_TIME_STRETCH);
  drive_key (plot, "minus");
  drive_key (plot, "0");
  g_assert_cmpint (nudge_time_get_span (time)->kind, ==, NUDGE_TIME_ALL);
}

/* The cursor goes from step to step where these are far apart, and takes the view along. */
static void
test_return_goes_to_the_cursor (Fixture *f, gconstpointer data)
{
  GtkWidget *plot = GTK_WIDGET (f->plot);
  g_autoptr (NnFrame) frame = frame_at (100);
  guint64 place = 999;

  frame->end = 100;
  fixture_frame_land (frame, "fc1: w*2 @ by hand", FALSE, 30, 30, NULL);
  nudge_loss_plot_set_frame (f->plot, frame);
  g_signal_connect_swapped (plot, "go-to", G_CALLBACK (go_to_cb), &place);
  gtk_widget_grab_focus (plot);
  drive_key (plot, "End");
  for (guint i = 0; i < 6; i++)
    drive_key (plot, "plus");
  g_assert_cmpfloat (get_width_shown (f), ==, NUDGE_TIME_LEAST_STEPS);
  for (guint64 step = 99; step > 85; step--) {
    drive_key (plot, "Left");
    drive_key (plot, "Return");
    g_assert_cmpuint (place, ==, step);
    g_assert_cmpfloat (get_first_shown (f), <=, (double) step);
  }
  drive_key (plot, "ctrl+Left");
  drive_key (plot, "Return");
  g_assert_cmpuint (place, ==, 30);
  g_assert_cmpfloat (get_first_shown (f), <=, 30);
}

static void
test_a_click_tells_apart_what_is_counted (Fixture *f, gconstpointer data)
{
  GtkWidget *plot = GTK_WIDGET (f->plot);
  g_autoptr (NnFrame) frame = frame_at (10000);
  const double width = gtk_widget_get_width (plot);
  const double height = gtk_widget_get_height (plot);
  guint64 place = 999;
  NudgeLossMark mark;

  frame->end = 10000;
  for (guint64 step = 5000; step < 5005; step++)
    fixture_frame_land (frame, "fc1: w*2 @ by hand", FALSE, step, step, NULL);
  nudge_loss_plot_set_frame (f->plot, frame);
  g_signal_connect_swapped (plot, "go-to", G_CALLBACK (go_to_cb), &place);
  drive_click (plot, (70 + 0.5 * (width - 88)) / width, 18 / height);
  g_assert_cmpfloat (get_width_shown (f), ==, NUDGE_TIME_LEAST_STEPS);
  for (guint64 step = 5000; step < 5005; step++) {
    double x = nudge_loss_get_x (frame, nudge_plot_get_span (NUDGE_PLOT (f->plot)), width,
                                 (double) step);

    g_assert_true (nudge_loss_mark_at (frame, nudge_plot_get_span (NUDGE_PLOT (f->plot)),
                                       width, x, &mark));
    g_assert_cmpuint (mark.n, ==, 1);
  }
  g_assert_cmpuint (place, ==, 999);
}

static void
test_nothing_is_drawn_without_a_frame (Fixture *f, gconstpointer data)
{
  nudge_loss_plot_set_frame (f->plot, NULL);
  drive_move (GTK_WIDGET (f->plot), 0.5, 0.5);
  drive_wheel (GTK_WIDGET (f->plot), TRUE);
  gtk_widget_grab_focus (GTK_WIDGET (f->plot));
  drive_key (GTK_WIDGET (f->plot), "plus");
  drive_key (GTK_WIDGET (f->plot), "Return");
  drive_settle (GTK_WIDGET (f->plot));
}

#define ADD(name, function)                                                              \
  g_test_add ("/ui/loss-plot/" name, Fixture, NULL, set_up, function, tear_down)

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  adw_init ();
  ADD ("says-what-it-shows", test_says_what_it_shows);
  ADD ("logarithmic-is-another-picture", test_logarithmic_is_another_picture);
  ADD ("the-pointer-reads-a-step", test_the_pointer_reads_a_step);
  ADD ("keys-read-a-step", test_keys_read_a_step);
  ADD ("tab-onto-it-is-seen", test_tab_onto_it_is_seen);
  ADD ("keys-read-a-step-under-a-resting-pointer",
       test_keys_read_a_step_under_a_resting_pointer);
  ADD ("keys-and-clicks-go-to-nudges", test_keys_and_clicks_go_to_nudges);
  ADD ("the-wheel-zooms-at-the-pointer", test_the_wheel_zooms_at_the_pointer);
  ADD ("a-drag-pans", test_a_drag_pans);
  ADD ("keys-zoom-and-pan", test_keys_zoom_and_pan);
  ADD ("return-goes-to-the-cursor", test_return_goes_to_the_cursor);
  ADD ("a-click-tells-apart-what-is-counted", test_a_click_tells_apart_what_is_counted);
  ADD ("nothing-is-drawn-without-a-frame", test_nothing_is_drawn_without_a_frame);
  return g_test_run ();
}
