/* test-nudge-window-numbers.c - what the network shows besides its weights, in the window
 *
 * SPDX-License-Identifier: MIT
 */

#include "tests/app/window-fixture.h"

#include <math.h>

static gboolean
has_gradients (gpointer data)
{
  const float *gradients = frame_of (data)->numbers[NN_QUANTITY_GRADIENT];

  return gradients != NULL && gradients[0] != 0;
}

static gboolean
has_no_numbers (gpointer data)
{
  for (guint i = 0; i < NN_N_QUANTITIES; i++)
    if (frame_of (data)->numbers[i])
      return FALSE;
  return TRUE;
}

/* Frames have what is shown, and nothing besides. */
static void
test_frames_carry_what_is_shown (Fixture *f, gconstpointer data)
{
  step_to (f, 1);
  g_assert_true (has_no_numbers (f));
  gtk_widget_grab_focus (f->network);
  drive_key (f->network, "v");
  g_assert_true (drive_until (has_gradients, f));
  g_assert_null (frame_of (f)->numbers[NN_QUANTITY_CHANGE]);
  drive_key (f->network, "shift+v");
  g_assert_true (drive_until (has_no_numbers, f));
}

static gboolean
has_watched (gpointer data)
{
  return frame_of (data)->watched != NULL;
}

/* The first weight; on the way there keys lead over a neuron's bias. */
static gboolean
watches_first (gpointer data)
{
  const NnFrame *frame = frame_of (data);

  return frame->watched && frame->watched->index == 0;
}

static gboolean
has_none_watched (gpointer data)
{
  return frame_of (data)->watched == NULL;
}

static void
give (const char *command)
{
  g_autofree char *line = g_strconcat ("xdotool ", command, NULL);

  g_assert_true (g_spawn_command_line_sync (line, NULL, NULL, NULL, NULL));
}

/* A value that is typed is a nudge, logged and undone as any other. */
static void
test_a_typed_value_lands (Fixture *f, gconstpointer data)
{
  g_autofree char *target = NULL;
  float before;

  step_to (f, 1);
  step_to (f, 2);
  before = frame_of (f)->values[0];
  gtk_widget_grab_focus (f->network);
  drive_key (f->network, "Down");
  drive_key (f->network, "e");
  g_assert_true (drive_until (watches_first, f));
  g_assert_cmpuint (frame_of (f)->watched->n_points, >, 1);
  give ("key F2");
  drive_wait_for_entry (f->network);
  give ("type 0,75");
  give ("key Return");
  g_assert_true (drive_until (has_landed, f));
  g_assert_cmpfloat (frame_of (f)->values[0], ==, 0.75f);
  target = nn_nudge_dup_text (frame_of (f)->landings[0].nudge);
  g_assert_cmpstr (target, ==, "fc1.weight[0,0]: 0.75 @ by hand");
  g_assert_cmpfloat (before, !=, 0.75f);
  gtk_widget_grab_focus (f->run);
  drive_move (f->run, 0.5, 0.5);
  g_assert_true (drive_until (has_none_watched, f));
}

static gboolean
has_contributions (gpointer data)
{
  const NnFrame *frame = frame_of (data);

  return frame->sample && frame->numbers[NN_QUANTITY_CONTRIBUTION];
}

static gboolean
has_no_sample (gpointer data)
{
  return frame_of (data)->sample == NULL && has_no_numbers (data);
}

/* An example, its contributions, and none any more. */
static void
test_an_example_flows_through (Fixture *f, gconstpointer data)
{
  const NnFrame *frame;
  GtkWidget *map = find (f, "Output map", GTK_ACCESSIBLE_ROLE_IMG);

  gtk_widget_grab_focus (f->network);
  drive_key (f->network, "n");
  g_assert_true (drive_until (has_contributions, f));
  frame = frame_of (f);
  g_assert_cmpuint (frame->sample->choice.example, ==, 0);
  g_assert_true (isfinite (frame->sample->loss));
  g_assert_cmpfloat (frame->numbers[NN_QUANTITY_CONTRIBUTION][0], ==,
                     frame->values[0] * frame->sample->units[0]);
  gtk_widget_grab_focus (map);
  drive_key (map, "Escape");
  g_assert_true (drive_until (has_no_sample, f));
}

/* Words are slower than pictures. */
static gboolean
says_second_layer (gpointer matrix)
{
  g_autofree char *differs = gtk_test_accessible_check_property (
      GTK_ACCESSIBLE (matrix), GTK_ACCESSIBLE_PROPERTY_DESCRIPTION, "fc2.weight, 3 × 2");

  return differs == NULL;
}

/* All weights of a layer, in place of the network, until Escape. */
static void
test_a_layer_opens_and_closes (Fixture *f, gconstpointer data)
{
  GtkWidget *matrix;

  step_to (f, 1);
  gtk_widget_grab_focus (f->network);
  drive_key (f->network, "Down");
  drive_key (f->network, "Right"); /* fc2 */
  give ("key m");
  drive_settle (GTK_WIDGET (f->window));
  matrix = find (f, "Weights of a layer", GTK_ACCESSIBLE_ROLE_IMG);
  g_assert_true (gtk_widget_get_mapped (matrix));
  g_assert_false (gtk_widget_get_mapped (f->network));
  g_assert_true (drive_until (says_second_layer, matrix));
  drive_move (matrix, 0.5, 0.5);
  g_assert_true (drive_until (has_watched, f));
  give ("key Escape");
  drive_settle (GTK_WIDGET (f->window));
  g_assert_true (gtk_widget_get_mapped (f->network));
  g_assert_false (gtk_widget_get_mapped (matrix));
}

#define ADD(name, function)                                                              \
  g_test_add ("/app/window-numbers/" name, Fixture, NULL, set_up, function, tear_down)

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  ADD ("frames-carry-what-is-shown", test_frames_carry_what_is_shown);
  ADD ("a-typed-value-lands", test_a_typed_value_lands);
  ADD ("a-layer-opens-and-closes", test_a_layer_opens_and_closes);
  ADD ("an-example-flows-through", test_an_example_flows_through);
  return fixture_run ();
}
