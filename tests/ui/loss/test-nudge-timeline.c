/* test-nudge-timeline.c - the slider over the steps of a run
 *
 * SPDX-License-Identifier: MIT
 */

#include "ui/loss/nudge-timeline.h"

#include <adwaita.h>
#include <math.h>

#include "tests/ui/drive.h"
#include "tests/ui/frame-fixture.h"
#include "ui/draw/loss/nudge-loss-layout.h"

#define LEAST_WIDTH 500

typedef struct {
  GtkWindow *window;
  NudgeTimeline *timeline;
  GtkWidget *scale;
  GArray *places; /* (owned) of guint64: what was asked for */
  guint n_grabbed;
} Fixture;

static NnFrame *
frame_at (guint64 step, guint64 end)
{
  NnFrame *frame = fixture_frame_new_seed ();

  for (guint64 i = 1; i <= step; i++)
    fixture_frame_append (frame, 1 / (float) i);
  frame->end = end;
  return frame;
}

static void
show (Fixture *f, guint64 step, guint64 end)
{
  g_autoptr (NnFrame) frame = frame_at (step, end);

  nudge_timeline_set_frame (f->timeline, frame);
}

static void
go_to_cb (Fixture *f, guint64 step)
{
  g_array_append_val (f->places, step);
}

static void
grabbed_cb (Fixture *f)
{
  f->n_grabbed++;
}

static void
set_up (Fixture *f, gconstpointer data)
{
  GtkWidget *timeline = nudge_timeline_new ();

  f->timeline = NUDGE_TIMELINE (timeline);
  f->places = g_array_new (FALSE, FALSE, sizeof (guint64));
  f->window = GTK_WINDOW (gtk_window_new ());
  g_signal_connect_swapped (timeline, "go-to", G_CALLBACK (go_to_cb), f);
  g_signal_connect_swapped (timeline, "grabbed", G_CALLBACK (grabbed_cb), f);
  gtk_widget_set_valign (timeline, GTK_ALIGN_CENTER);
  gtk_widget_set_size_request (timeline, LEAST_WIDTH, -1);
  gtk_window_set_child (f->window, timeline);
  drive_present (f->window);
  f->scale = drive_find (timeline, "Time", GTK_ACCESSIBLE_ROLE_SLIDER);
  g_assert_nonnull (f->scale);
}

static void
tear_down (Fixture *f, gconstpointer data)
{
  drive_close (f->window);
  g_array_unref (f->places);
}

/* The middle of the thumb, from the timeline's left edge. */
static double
get_thumb (Fixture *f)
{
  GtkWidget *thumb = gtk_widget_get_last_child (gtk_widget_get_first_child (f->scale));
  graphene_rect_t bounds;

  drive_settle (f->scale);
  g_assert_cmpstr (gtk_widget_get_css_name (thumb), ==, "slider");
  g_assert_true (gtk_widget_compute_bounds (thumb, GTK_WIDGET (f->timeline), &bounds));
  return (double) (bounds.origin.x + bounds.size.width / 2);
}

static guint64
last_place (Fixture *f)
{
  g_assert_cmpuint (f->places->len, >, 0);
  return g_array_index (f->places, guint64, f->places->len - 1);
}

static void
test_thumb_is_in_line_with_the_plot (Fixture *f, gconstpointer data)
{
  static const guint64 steps[] = { 0, 1, 100, 250, 400 };
  int width = gtk_widget_get_width (GTK_WIDGET (f->timeline));
  double left, right;

  nudge_loss_get_span (width, &left, &right);
  for (gsize i = 0; i < G_N_ELEMENTS (steps); i++) {
    double expected = left + (double) steps[i] / 400 * (right - left);

    show (f, steps[i], 400);
    g_assert_cmpfloat_with_epsilon (get_thumb (f), expected, 1.5);
  }
  g_assert_cmpuint (f->places->len, ==, 0);
}

static void
test_nothing_to_go_back_to (Fixture *f, gconstpointer data)
{
  show (f, 0, 0);
  g_assert_false (gtk_widget_get_sensitive (f->scale));
  drive_click (f->scale, 0.5, 0.5);
  g_assert_cmpuint (f->n_grabbed, ==, 0);
  show (f, 1, 1);
  g_assert_true (gtk_widget_get_sensitive (f->scale));
  drive_click (f->scale, 0.5, 0.5);
  g_assert_cmpuint (f->n_grabbed, ==, 1);
}

static void
test_a_drag_asks_for_places (Fixture *f, gconstpointer data)
{
  show (f, 400, 400);
  drive_press (f->scale, 0.995, 0.5);
  drive_move (f->scale, 0.7, 0.5);
  drive_move (f->scale, 0.5, 0.5);
  g_assert_cmpuint (last_place (f), >, 180);
  g_assert_cmpuint (last_place (f), <, 220);

  /* A frame from before does not move a thumb that is held. */
  show (f, 400, 400);
  g_assert_cmpfloat (gtk_range_get_value (GTK_RANGE (f->scale)), ==,
                     (double) last_place (f));
  drive_release (f->scale);
  show (f, last_place (f), 400);
  show (f, 300, 400);
  g_assert_cmpfloat (gtk_range_get_value (GTK_RANGE (f->scale)), ==, 300);
}

static void
test_keys_go_step_by_step (Fixture *f, gconstpointer data)
{
  show (f, 400, 400);
  gtk_widget_grab_focus (f->scale);
  drive_key (f->scale, "Left");
  g_assert_cmpuint (last_place (f), ==, 399);
  drive_key (f->scale, "Home");
  g_assert_cmpuint (last_place (f), ==, 0);
  gtk_test_accessible_assert_property (f->scale, GTK_ACCESSIBLE_PROPERTY_VALUE_TEXT,
                                       "Step 0");
}

/* The plot is ten steps wide from the start; no hand gets ahead of the run there. */
static void
test_the_end_is_the_run_s (Fixture *f, gconstpointer data)
{
  show (f, 2, 4);
  gtk_widget_grab_focus (f->scale);
  drive_key (f->scale, "End");
  g_assert_cmpuint (last_place (f), ==, 4);
}

static void
test_what_does_not_come_is_let_go (Fixture *f, gconstpointer data)
{
  show (f, 400, 400);
  gtk_widget_grab_focus (f->scale);
  drive_key (f->scale, "Home");
  g_assert_cmpfloat (gtk_range_get_value (GTK_RANGE (f->scale)), ==, 0);
  nudge_timeline_settle (f->timeline);
  g_assert_cmpfloat (gtk_range_get_value (GTK_RANGE (f->scale)), ==, 400);
  g_assert_cmpuint (f->places->len, ==, 1);
}

static void
test_nudges_by_hand_are_diamonds (Fixture *f, gconstpointer data)
{
  g_autoptr (NnFrame) frame = frame_at (400, 400);
  g_autoptr (GBytes) without = NULL;
  g_autoptr (GBytes) with = NULL;
  g_autoptr (GBytes) with_standing = NULL;

  nudge_timeline_set_frame (f->timeline, frame);
  without = drive_dup_pixels (GTK_WIDGET (f->timeline), NULL);
  fixture_frame_land (frame, "fc1: w*2", TRUE, 100, 400, NULL);
  nudge_timeline_set_frame (f->timeline, frame);
  with_standing = drive_dup_pixels (GTK_WIDGET (f->timeline), NULL);
  fixture_frame_land (frame, "fc1: w*2 @ by hand", FALSE, 200, 200, NULL);
  nudge_timeline_set_frame (f->timeline, frame);
  with = drive_dup_pixels (GTK_WIDGET (f->timeline), NULL);
  g_assert_true (g_bytes_equal (without, with_standing));
  g_assert_false (g_bytes_equal (without, with));
}

/* Between one reading of the words and the next the run goes on, and so does the plot. */
static void
test_diamonds_keep_up_with_the_plot (Fixture *f, gconstpointer data)
{
  g_autoptr (NnFrame) early = frame_at (200, 200);
  g_autoptr (NnFrame) late = frame_at (400, 400);
  g_autoptr (GBytes) followed = NULL;
  g_autoptr (GBytes) shown = NULL;

  fixture_frame_land (early, "fc1: w*2 @ by hand", FALSE, 100, 100, NULL);
  fixture_frame_land (late, "fc1: w*2 @ by hand", FALSE, 100, 100, NULL);
  nudge_timeline_set_frame (f->timeline, early);
  nudge_timeline_follow (f->timeline, late);
  followed = drive_dup_pixels (GTK_WIDGET (f->timeline), NULL);
  nudge_timeline_set_frame (f->timeline, late);
  shown = drive_dup_pixels (GTK_WIDGET (f->timeline), NULL);
  g_assert_true (g_bytes_equal (followed, shown));
}

static void
test_it_follows_the_zoom (Fixture *f, gconstpointer data)
{
  g_autoptr (NudgeTime) time = nudge_time_new ();
  g_autoptr (NnFrame) frame = frame_at (300, 400);
  const int width = gtk_widget_get_width (GTK_WIDGET (f->timeline));
  double left, right;

  nudge_loss_get_span (width, &left, &right);
  nudge_timeline_set_time (f->timeline, time);
  nudge_timeline_set_frame (f->timeline, frame);
  nudge_time_zoom (time, frame, 0.25, 300); /* 225 … 325 */
  g_assert_cmpfloat_with_epsilon (get_thumb (f), left + 0.75 * (right - left), 1.5);
  g_assert_cmpuint (f->places->len, ==, 0);
  gtk_widget_grab_focus (f->scale);
  drive_key (f->scale, "Home");
  g_assert_cmpuint (last_place (f), ==, 225);
  nudge_timeline_settle (f->timeline);

  /* Out of sight it is at the end, and goes nowhere by itself. */
  nudge_time_pan (time, frame, -1);
  g_assert_cmpfloat_with_epsilon (get_thumb (f), right, 1.5);
  g_assert_cmpuint (f->places->len, ==, 1);
  nudge_time_show_all (time);
  g_assert_cmpfloat_with_epsilon (get_thumb (f), left + 0.75 * (right - left), 1.5);
}

#define ADD(name, function)                                                              \
  g_test_add ("/ui/timeline/" name, Fixture, NULL, set_up, function, tear_down)

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  adw_init ();
  drive_load_style (FALSE);
  ADD ("thumb-is-in-line-with-the-plot", test_thumb_is_in_line_with_the_plot);
  ADD ("nothing-to-go-back-to", test_nothing_to_go_back_to);
  ADD ("a-drag-asks-for-places", test_a_drag_asks_for_places);
  ADD ("keys-go-step-by-step", test_keys_go_step_by_step);
  ADD ("the-end-is-the-run-s", test_the_end_is_the_run_s);
  ADD ("what-does-not-come-is-let-go", test_what_does_not_come_is_let_go);
  ADD ("nudges-by-hand-are-diamonds", test_nudges_by_hand_are_diamonds);
  ADD ("it-follows-the-zoom", test_it_follows_the_zoom);
  ADD ("diamonds-keep-up-with-the-plot", test_diamonds_keep_up_with_the_plot);
  return g_test_run ();
}
