/* test-nudge-window-layout.c - nothing off the screen, nothing in the way, ways back there
 *
 * SPDX-License-Identifier: MIT
 */

#include "tests/app/window-fixture.h"

#include "nn/io/nn-experiment-demo.h"
#include "ui/base/nudge-picture.h"
#include "ui/draw/network/nudge-network-hover.h"
#include "ui/network/nudge-phase-strip.h"

/* The screen on which all must be within reach, with text of 150 %. */
#define WIDTH  1024
#define HEIGHT 768
#define NARROW 690

/* A low screen, without the bar of its desktop. */
#define LOW_WIDTH  900
#define LOW_HEIGHT 568
#define LARGE      (144 * PANGO_SCALE)

/* One that ends the run at its second step, and ten that do not. */
static NnExperiment *
experiment_that_fails (void)
{
  g_autoptr (GError) error = NULL;
  NnExperiment *experiment = nn_experiment_new_demo ("seed", &error);

  g_assert_no_error (error);
  nn_experiment_add_nudge (experiment, "*: w*1e13 @ step 2", NULL, &error);
  g_assert_no_error (error);
  for (int i = 0; i < 10; i++) {
    nn_experiment_add_nudge (experiment, "fc1.weight: w + 0.001*w @ step 3000", NULL,
                             &error);
    g_assert_no_error (error);
  }
  return experiment;
}

static void
set_up_large (Fixture *f, gconstpointer data)
{
  g_object_set (gtk_settings_get_default (), "gtk-xft-dpi", LARGE, NULL);
  scratch_set_up (&f->scratch, NULL);
  open_experiment (f, experiment_that_fails ());
}

/* With notes, and a curve for the examples that are not trained on. */
static NnExperiment *
experiment_with_notes (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) notes = g_ptr_array_new_with_free_func (g_free);
  NnExperiment *experiment = nn_experiment_new_demo ("moons", &error);

  g_assert_no_error (error);
  g_clear_pointer (&experiment->story, g_free);
  g_ptr_array_add (notes, g_strdup ("separator ';', decimal comma, a header of 4 names"));
  g_ptr_array_add (notes, g_strdup ("1 line before the table left out: #"));
  g_ptr_array_add (notes, g_strdup ("column 'art' is 2 classes: 'tulpe' 0, 'rose' 1"));
  nn_experiment_add_notes (experiment, notes);
  return experiment;
}

static void
set_up_notes (Fixture *f, gconstpointer data)
{
  scratch_set_up (&f->scratch, NULL);
  open_experiment (f, experiment_with_notes ());
}

static void
set_up_notes_large (Fixture *f, gconstpointer data)
{
  g_object_set (gtk_settings_get_default (), "gtk-xft-dpi", LARGE, NULL);
  set_up_notes (f, data);
}

static void
tear_down_large (Fixture *f, gconstpointer data)
{
  tear_down (f, data);
  gtk_settings_reset_property (gtk_settings_get_default (), "gtk-xft-dpi");
}

static void
assert_fits (Fixture *f)
{
  GtkWidget *window = GTK_WIDGET (f->window);
  int width, height;

  gtk_widget_measure (window, GTK_ORIENTATION_HORIZONTAL, -1, &width, NULL, NULL, NULL);
  gtk_widget_measure (window, GTK_ORIENTATION_VERTICAL, WIDTH, &height, NULL, NULL, NULL);
  g_test_message ("at least %d x %d", width, height);
  g_assert_cmpint (width, <=, WIDTH);
  g_assert_cmpint (height, <=, HEIGHT);
}

/* --- A small screen ---------------------------------------------------------------- */

static void
test_fits_while_it_waits (Fixture *f, gconstpointer data)
{
  GtkWidget *strip =
      gtk_widget_get_ancestor (GTK_WIDGET (f->landing), NUDGE_TYPE_PHASE_STRIP);

  assert_fits (f);
  step_to (f, 1);
  drive_click (find (f, "Apply to fc1", GTK_ACCESSIBLE_ROLE_BUTTON), 0.5, 0.5);
  g_assert_true (drive_until (has_landed, f));
  nudge_phase_strip_set_pending (NUDGE_PHASE_STRIP (strip), TRUE);
  assert_fits (f);
}

static void
test_fits_after_a_long_run (Fixture *f, gconstpointer data)
{
  gtk_label_set_text (f->step_label, "Step 123456789");
  gtk_label_set_text (f->loss_label, "Loss 0.0001234");
  assert_fits (f);
}

static gboolean
is_mapped (gpointer widget)
{
  return gtk_widget_get_mapped (widget);
}

/* A window of half a screen with its borders, and the numbers of a usual run. */
static void
test_fits_beside_another (Fixture *f, gconstpointer data)
{
  int width;

  gtk_label_set_text (f->step_label, "Step 12345");
  gtk_label_set_text (f->loss_label, "Loss 0.01234");
  gtk_widget_measure (GTK_WIDGET (f->window), GTK_ORIENTATION_HORIZONTAL, -1, &width,
                      NULL, NULL, NULL);
  g_test_message ("at least %d", width);
  g_assert_cmpint (width, <=, NARROW);
}

/* One of 1024 x 600 with the bar of a desktop, whatever the size of text. */
static void
test_fits_a_low_screen (Fixture *f, gconstpointer data)
{
  int height;

  gtk_widget_measure (GTK_WIDGET (f->window), GTK_ORIENTATION_VERTICAL, LOW_WIDTH,
                      &height, NULL, NULL, NULL);
  g_test_message ("at least %d", height);
  g_assert_cmpint (height, <=, LOW_HEIGHT);
}

typedef struct {
  GtkWidget *window;
  int width;
  int height;
} Size;

static gboolean
has_size (gpointer data)
{
  const Size *size = data;
  GdkSurface *surface = gtk_native_get_surface (GTK_NATIVE (size->window));

  return gdk_surface_get_width (surface) == size->width &&
         gdk_surface_get_height (surface) == size->height;
}

static void
resize (Fixture *f, int width, int height)
{
  Size size = { GTK_WIDGET (f->window), width, height };

  gtk_window_set_default_size (GTK_WINDOW (f->window), width, height);
  g_assert_true (drive_until (has_size, &size));
  drive_settle (GTK_WIDGET (f->window));
}

static void
test_the_loss_is_seen_in_a_low_window (Fixture *f, gconstpointer data)
{
  GtkWidget *plot = find (f, "Loss plot", GTK_ACCESSIBLE_ROLE_IMG);

  resize (f, LOW_WIDTH, 600);
  g_test_message ("%d and %d pixels high", gtk_widget_get_height (plot),
                  gtk_widget_get_height (f->network));
  g_assert_cmpint (gtk_widget_get_height (plot), >=, 120);
  g_assert_cmpint (gtk_widget_get_height (f->network), >=, 150);
}

/* Four to three, as long as the user has set nothing; then as that was set. */
static void
test_the_pictures_share_the_height (Fixture *f, gconstpointer data)
{
  GtkWidget *network = gtk_widget_get_ancestor (f->network, ADW_TYPE_TOAST_OVERLAY);
  GtkWidget *paned = gtk_widget_get_ancestor (f->network, GTK_TYPE_PANED);

  for (int height = 880; height >= 760; height -= 60) {
    resize (f, 1280, height);
    g_assert_cmpfloat_with_epsilon ((double) gtk_widget_get_height (network) /
                                        gtk_widget_get_height (paned),
                                    4 / 7.0, 0.005);
  }
  resize (f, 1280, 880);
  gtk_paned_set_position (GTK_PANED (paned), gtk_widget_get_height (paned) / 3);
  for (int height = 880; height >= 760; height -= 60) {
    resize (f, 1280, height);
    g_assert_cmpfloat_with_epsilon ((double) gtk_widget_get_height (network) /
                                        gtk_widget_get_height (paned),
                                    1 / 3.0, 0.005);
  }
}

/* In a window as narrow as can be the speed is there, in short. */
static void
test_the_speed_is_read_beside_another (Fixture *f, gconstpointer data)
{
  GtkWidget *speed = GTK_WIDGET (find_described (GTK_WIDGET (f->window), "Chosen speed"));
  GtkWidget *brief = gtk_widget_get_next_sibling (speed);

  g_assert_true (gtk_widget_get_child_visible (speed));
  gtk_window_set_default_size (GTK_WINDOW (f->window), 1, 600);
  g_assert_true (drive_until (is_mapped, brief));
  g_assert_false (gtk_widget_get_child_visible (speed));
  g_assert_cmpint (gtk_widget_get_width (brief), >, 0);
  g_assert_false (pango_layout_is_ellipsized (gtk_label_get_layout (GTK_LABEL (brief))));
}

static void
test_fits_after_a_failure (Fixture *f, gconstpointer data)
{
  drive_click (f->run, 0.5, 0.5);
  g_assert_true (drive_until (has_failed, f));
  g_assert_true (drive_until (is_paused, f));
  assert_fits (f);
}

/* --- In the way -------------------------------------------------------------------- */

static gboolean
is_message_shown (gpointer data)
{
  Fixture *f = data;
  GtkWidget *label = drive_find_label (GTK_WIDGET (f->window), "Something was said");

  return label && gtk_widget_get_mapped (label) && gtk_widget_get_width (label) > 0;
}

static gboolean
cover_each_other (GtkWidget *a, GtkWidget *b)
{
  GtkWidget *window = GTK_WIDGET (gtk_widget_get_root (a));
  graphene_rect_t of_a, of_b;

  g_assert_true (gtk_widget_compute_bounds (a, window, &of_a));
  g_assert_true (gtk_widget_compute_bounds (b, window, &of_b));
  return graphene_rect_intersection (&of_a, &of_b, NULL);
}

static void
test_a_message_leaves_the_loss_alone (Fixture *f, gconstpointer data)
{
  GtkWidget *plot = find (f, "Loss plot", GTK_ACCESSIBLE_ROLE_IMG);
  GtkWidget *time = find (f, "Time", GTK_ACCESSIBLE_ROLE_SLIDER);
  GtkWidget *message;

  nudge_document_say (nudge_window_get_document (f->window), "Something was said");
  g_assert_true (drive_until (is_message_shown, f));
  message = drive_find_label (GTK_WIDGET (f->window), "Something was said");
  message = gtk_widget_get_ancestor (message, g_type_from_name ("AdwToastWidget"));
  g_assert_nonnull (message);
  g_assert_false (cover_each_other (message, plot));
  g_assert_false (cover_each_other (message, time));
}

typedef struct {
  int x; /* of the network's first neuron of its second layer, in its widget */
  int y;
  int floor; /* no neuron reaches further down */
} Neurons;

static Neurons
find_neurons (Fixture *f)
{
  Neurons neurons = { -1, -1, -1 };
  double scale = nudge_picture_get_scale (NUDGE_PICTURE (f->network));
  int width = gtk_widget_get_width (f->network);
  int height = gtk_widget_get_height (f->network);

  for (int y = 0; y < height; y++)
    for (int x = 0; x < width; x += 4) {
      NudgeNetworkThing thing =
          nudge_network_thing_at (frame_of (f), NN_QUANTITY_VALUE, width / scale,
                                  height / scale, x / scale, y / scale);

      if (thing.kind != NUDGE_NETWORK_NEURON)
        continue;
      neurons.floor = y;
      if (neurons.x < 0 && thing.column == 2 && thing.unit == 0)
        neurons = (Neurons){ x + 8, y + 8, y };
    }
  g_assert_cmpint (neurons.x, >=, 0);
  return neurons;
}

/* Whether a neuron is there, and so a few pixels to each side. */
static gboolean
is_in_neuron (Fixture *f, int x, int y)
{
  const double scale = nudge_picture_get_scale (NUDGE_PICTURE (f->network));
  const double width = gtk_widget_get_width (f->network) / scale;
  const double height = gtk_widget_get_height (f->network) / scale;
  static const int sides[][2] = { { -4, 0 }, { 4, 0 }, { 0, -4 }, { 0, 4 } };

  for (gsize i = 0; i < G_N_ELEMENTS (sides); i++)
    if (nudge_network_thing_at (frame_of (f), NN_QUANTITY_VALUE, width, height,
                                (x + sides[i][0]) / scale, (y + sides[i][1]) / scale)
            .kind != NUDGE_NETWORK_NEURON)
      return FALSE;
  return TRUE;
}

/* The description of a neuron or edge is beside all neurons. */
static void
test_hovering_hides_no_neuron (Fixture *f, gconstpointer data)
{
  Neurons neurons = find_neurons (f);
  int width = gtk_widget_get_width (f->network);
  int height = gtk_widget_get_height (f->network);
  g_autoptr (GBytes) before = NULL;
  g_autoptr (GBytes) after = NULL;
  const guint32 *a, *b;
  gsize n_neurons = 0, n_below = 0;

  drive_move (f->run, 0.5, 0.5);
  before = drive_dup_pixels (f->network, NULL);
  drive_move (f->network, (double) neurons.x / width, (double) neurons.y / height);
  after = drive_dup_pixels (f->network, NULL);
  a = g_bytes_get_data (before, NULL);
  b = g_bytes_get_data (after, NULL);
  for (int y = 0; y < height; y += 2)
    for (int x = 0; x < width; x += 2) {
      gboolean differs = a[y * width + x] != b[y * width + x];

      n_below += differs && y > neurons.floor;
      if (!is_in_neuron (f, x, y))
        continue;
      g_assert_false (differs);
      n_neurons++;
    }
  g_assert_cmpuint (n_neurons, >, 100);
  g_assert_cmpuint (n_below, >, 100);
  g_assert_false (gtk_widget_get_has_tooltip (f->network));
}

/* --- Undo where it is promised ----------------------------------------------------- */

static gboolean
is_undone (gpointer data)
{
  return frame_of (data)->n_landings == 0 && !frame_of (data)->failure;
}

static void
test_the_failure_bar_undoes (Fixture *f, gconstpointer data)
{
  GtkWidget *entry = find (f, "Amount for fc2", GTK_ACCESSIBLE_ROLE_TEXT_BOX);
  GtkWidget *why;
  GtkWidget *undo;

  gtk_widget_grab_focus (entry);
  drive_key (entry, "ctrl+a");
  drive_type (entry, "1e30");
  drive_key (entry, "Return");
  drive_click (find (f, "Apply to fc2", GTK_ACCESSIBLE_ROLE_BUTTON), 0.5, 0.5);
  g_assert_true (drive_until (has_landed, f));
  drive_click (f->run, 0.5, 0.5);
  g_assert_true (drive_until (has_failed, f));
  g_assert_true (drive_until (is_paused, f));
  why = GTK_WIDGET (find_described (GTK_WIDGET (f->window), "Why training stopped"));
  why = gtk_widget_get_ancestor (why, GTK_TYPE_INFO_BAR);

  /* Whatever is being typed elsewhere. */
  entry = find (f, "Amount for fc1", GTK_ACCESSIBLE_ROLE_TEXT_BOX);
  gtk_widget_grab_focus (entry);
  drive_type (entry, "7");
  undo = find_button (why, "Undo");
  g_assert_nonnull (undo);
  drive_click (undo, 0.5, 0.5);
  g_assert_true (drive_until (is_undone, f));
  g_assert_false (gtk_info_bar_get_revealed (GTK_INFO_BAR (why)));
}

/* Nothing was done by hand there: Reset is the one way back that it offers. */
static void
test_the_failure_bar_resets (Fixture *f, gconstpointer data)
{
  GtkWidget *bar;

  drive_click (f->run, 0.5, 0.5);
  g_assert_true (drive_until (has_failed, f));
  g_assert_true (drive_until (is_paused, f));
  bar = GTK_WIDGET (find_described (GTK_WIDGET (f->window), "Why training stopped"));
  bar = gtk_widget_get_ancestor (bar, GTK_TYPE_INFO_BAR);
  g_assert_null (find_button (bar, "Undo"));
  drive_click (find_button (bar, "Reset"), 0.5, 0.5);
  g_assert_true (drive_until (is_at_start, f));
}

/* The list of keys, on a small screen; nor does GTK warn of widths. */
static void
test_the_keys_fit (Fixture *f, gconstpointer data)
{
  enum { SMALL_WIDTH = 900, SMALL_HEIGHT = 600 };
  g_autoptr (GtkBuilder) builder =
      gtk_builder_new_from_resource ("/org/nudgelab/Nudge/gtk/help-overlay.ui");
  GtkWidget *keys = GTK_WIDGET (gtk_builder_get_object (builder, "help_overlay"));
  int width, height;

  gtk_window_present (GTK_WINDOW (keys));
  g_assert_true (drive_until (is_mapped, keys));
  gtk_widget_measure (keys, GTK_ORIENTATION_HORIZONTAL, -1, &width, NULL, NULL, NULL);
  gtk_widget_measure (keys, GTK_ORIENTATION_VERTICAL, -1, &height, NULL, NULL, NULL);
  g_test_message ("at least %d x %d", width, height);
  g_assert_cmpint (width, <=, SMALL_WIDTH);
  g_assert_cmpint (height, <=, SMALL_HEIGHT);
  gtk_window_destroy (GTK_WINDOW (keys));
}

#define ADD(name, before, function, after)                                               \
  g_test_add ("/app/window-layout/" name, Fixture, NULL, before, function, after)

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  ADD ("fits-while-it-waits", set_up_large, test_fits_while_it_waits, tear_down_large);
  ADD ("fits-after-a-long-run", set_up_large, test_fits_after_a_long_run,
       tear_down_large);
  ADD ("fits-beside-another", set_up, test_fits_beside_another, tear_down);
  ADD ("fits-a-low-screen", set_up, test_fits_a_low_screen, tear_down);
  ADD ("fits-a-low-screen-in-large", set_up_large, test_fits_a_low_screen,
       tear_down_large);
  ADD ("fits-a-low-screen-with-notes", set_up_notes_large, test_fits_a_low_screen,
       tear_down_large);
  ADD ("the-loss-is-seen-in-a-low-window", set_up_notes,
       test_the_loss_is_seen_in_a_low_window, tear_down);
  ADD ("the-loss-is-seen-in-a-low-window-in-large", set_up_notes_large,
       test_the_loss_is_seen_in_a_low_window, tear_down_large);
  ADD ("the-pictures-share-the-height", set_up, test_the_pictures_share_the_height,
       tear_down);
  ADD ("the-speed-is-read-beside-another", set_up, test_the_speed_is_read_beside_another,
       tear_down);
  ADD ("fits-after-a-failure", set_up_large, test_fits_after_a_failure, tear_down_large);
  ADD ("a-message-leaves-the-loss-alone", set_up, test_a_message_leaves_the_loss_alone,
       tear_down);
  ADD ("hovering-hides-no-neuron", set_up, test_hovering_hides_no_neuron, tear_down);
  ADD ("hovering-hides-no-neuron-in-large", set_up_large, test_hovering_hides_no_neuron,
       tear_down_large);
  ADD ("the-keys-fit", set_up, test_the_keys_fit, tear_down);
  ADD ("the-keys-fit-in-large", set_up_large, test_the_keys_fit, tear_down_large);
  ADD ("the-failure-bar-undoes", set_up, test_the_failure_bar_undoes, tear_down);
  ADD ("the-failure-bar-resets", set_up_large, test_the_failure_bar_resets,
       tear_down_large);
  return fixture_run ();
}
