/* test-nudge-window-side-data.c - data are changed at the left, by their settings and in their picture
 *
 * SPDX-License-Identifier: MIT
 */

#include "ui/draw/network/nudge-data-picture.h"
#include "ui/network/nudge-data-view.h"
#include "window-side.h"

static void
test_data_are_set (Fixture *f, gconstpointer data)
{
  const NnDataset *before = dataset_of (f);

  type (f, "Count", "1.000");
  g_assert_cmpuint (dataset_of (f)->n_examples, ==, 1000);
  g_assert_cmpstr (get_text (f, "Count"), ==, "1000");
  type (f, "Noise", "1/2");
  g_assert_cmpfloat (experiment_of (f)->data.noise, ==, 0.5);
  type (f, "Held out", "0.5");
  g_assert_cmpuint (dataset_of (f)->n_training, ==, 500);
  before = dataset_of (f);
  click (f, "New data");
  g_assert_true (dataset_of (f) != before);
  g_assert_true (experiment_of (f)->data.seed.given);
  choose (f, "Data set", "iris");
  g_assert_cmpint (experiment_of (f)->data.source, ==, NN_DATA_IRIS);
  g_assert_cmpuint (experiment_of (f)->architecture->layers[1].n_units, ==, 3);
  for (int i = 0; i < 5; i++)
    undo (f);
  assert_same_values (f->start, frame_of (f));
  g_assert_cmpstr (get_text (f, "Count"), ==, "40");
}

static void
test_a_click_adds_a_point (Fixture *f, gconstpointer data)
{
  GtkWidget *view = find (f, "Data", GTK_ACCESSIBLE_ROLE_IMG);
  const NnTable *table;

  choose (f, "Class of new points", "0");
  drive_click (view, 0.03, 0.06);
  g_assert_true (drive_until (is_settled, f));
  table = dataset_of (f)->table;
  g_assert_cmpint (experiment_of (f)->data.source, ==, NN_DATA_INLINE);
  g_assert_cmpuint (table->n_examples, ==, 41);
  g_assert_cmpfloat (table->targets[40], ==, 0);
  g_assert_cmpfloat (table->inputs[80], <, -3);
  g_assert_cmpfloat (table->inputs[81], >, 3);
  g_assert_cmpstr (get_choice (f, "Data set"), ==, "inline");
  undo (f);
  g_assert_cmpstr (get_choice (f, "Data set"), ==, "circle");
  g_assert_cmpuint (dataset_of (f)->n_examples, ==, 40);
}

/* Where a point is that no other is near to. */
static gsize
find_free_point (Fixture *f, GtkWidget *view, double *x, double *y)
{
  const double width = gtk_widget_get_width (view);
  const double height = gtk_widget_get_height (view);
  NudgeDataScene scene;
  gsize row = 0;

  nudge_data_scene_init (&scene, frame_of (f)->dataset, NULL);
  for (;; row++) {
    double values[2], px, py;

    g_assert_cmpuint (row, <, scene.dataset->n_examples);
    nudge_data_scene_get_values (&scene, row, values);
    nudge_data_scene_find_place (&scene, width, height, values, &px, &py);
    *x = px / width;
    *y = py / height;
    if (nudge_data_scene_find_row (&scene, width, height, px, py) == (gssize) row)
      break;
  }
  nudge_data_scene_clear (&scene);
  return row;
}

static void
test_a_drag_moves_a_point (Fixture *f, gconstpointer data)
{
  GtkWidget *view = find (f, "Data", GTK_ACCESSIBLE_ROLE_IMG);
  const float *inputs = dataset_of (f)->table->inputs;
  double x, y;
  gsize row = find_free_point (f, view, &x, &y);
  g_autofree float *before = g_memdup2 (inputs, 80 * sizeof (float));

  drive_press (view, x, y);
  drive_move (view, x + 0.1, y);
  g_assert_cmpint (experiment_of (f)->data.source, ==, NN_DATA_CIRCLE);
  drive_move (view, x + 0.2, y);
  drive_release (view);
  g_assert_true (drive_until (is_settled, f));
  g_assert_cmpint (experiment_of (f)->data.source, ==, NN_DATA_INLINE);
  inputs = dataset_of (f)->table->inputs;
  for (gsize i = 0; i < 80; i++)
    if (i == 2 * row)
      g_assert_cmpfloat (inputs[i], >, before[i] + 0.5f);
    else if (i != 2 * row + 1)
      g_assert_cmpfloat (inputs[i], ==, before[i]);
}

static void
test_the_secondary_button_removes_a_point (Fixture *f, gconstpointer data)
{
  GtkWidget *view = find (f, "Data", GTK_ACCESSIBLE_ROLE_IMG);
  double x, y;

  find_free_point (f, view, &x, &y);
  drive_click_secondary (view, x, y);
  g_assert_true (drive_until (is_settled, f));
  g_assert_cmpuint (dataset_of (f)->n_examples, ==, 39);
}

/* While it trains. */
static void
test_keys_do_what_the_pointer_does (Fixture *f, gconstpointer data)
{
  GtkWidget *view = find (f, "Data", GTK_ACCESSIBLE_ROLE_IMG);
  float first;

  drive_click (f->run, 0.5, 0.5);
  g_assert_true (drive_until (is_running, f));
  reach (view);
  first = dataset_of (f)->table->inputs[0];
  drive_key (view, "Page_Down");
  drive_key (view, "Return");
  for (int i = 0; i < 3; i++)
    drive_key (view, "Right");
  drive_key (view, "Return");
  g_assert_true (drive_until (is_settled, f));
  g_assert_cmpfloat (dataset_of (f)->table->inputs[0], >, first);
  drive_key (view, "Delete");
  g_assert_true (drive_until (is_settled, f));
  g_assert_cmpuint (dataset_of (f)->n_examples, ==, 39);
  drive_key (view, "space");
  g_assert_true (drive_until (is_settled, f));
  g_assert_cmpuint (dataset_of (f)->n_examples, ==, 40);
  g_assert_true (frame_of (f)->running);
}

/* A point's height is its target there. */
static void
test_a_curve_gets_a_point (Fixture *f, gconstpointer data)
{
  GtkWidget *view = find (f, "Data", GTK_ACCESSIBLE_ROLE_IMG);
  const NnTable *table;

  drive_click (view, 0.2, 0.1);
  g_assert_true (drive_until (is_settled, f));
  table = dataset_of (f)->table;
  g_assert_cmpuint (table->n_examples, ==, 41);
  g_assert_cmpfloat (table->inputs[40], <, 0);
  g_assert_cmpfloat (table->targets[40], >, 0.5);
}

/* Of the same data no frame costs a drawing. */
static void
test_the_picture_is_drawn_once (Fixture *f, gconstpointer data)
{
  GtkWidget *view = find (f, "Data", GTK_ACCESSIBLE_ROLE_IMG);
  NnFrame *shown = nudge_picture_get_frame (NUDGE_PICTURE (view));

  step_to (f, 1);
  step_to (f, 2);
  g_assert_true (nudge_picture_get_frame (NUDGE_PICTURE (view)) == shown);
}
#define ADD(name, text, function) ADD_SIDE ("/app/window-side-data/" name, text, function)

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  ADD ("data-are-set", CIRCLE, test_data_are_set);
  ADD ("a-click-adds-a-point", CIRCLE, test_a_click_adds_a_point);
  ADD ("a-drag-moves-a-point", CIRCLE, test_a_drag_moves_a_point);
  ADD ("the-secondary-button-removes-a-point", CIRCLE,
       test_the_secondary_button_removes_a_point);
  ADD ("keys-do-what-the-pointer-does", CIRCLE, test_keys_do_what_the_pointer_does);
  ADD ("a-curve-gets-a-point", SINE, test_a_curve_gets_a_point);
  ADD ("the-picture-is-drawn-once", CIRCLE, test_the_picture_is_drawn_once);
  return fixture_run ();
}
