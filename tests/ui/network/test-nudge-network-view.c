/* test-nudge-network-view.c - the network's widget: what it shows and says
 *
 * SPDX-License-Identifier: MIT
 */

#include "ui/network/nudge-network-view.h"

#include <adwaita.h>

#include "tests/ui/drive.h"
#include "tests/ui/frame-fixture.h"
#include "ui/draw/network/nudge-network-hover.h"

typedef struct {
  GtkWindow *window;
  NudgeNetworkView *view;
} Fixture;

static NnFrame *
frame_at (guint64 step)
{
  NnFrame *frame = fixture_frame_new_seed ();

  frame->step = step;
  return frame;
}

static void
set_up (Fixture *f, gconstpointer data)
{
  GtkWidget *view = nudge_network_view_new ();

  f->view = NUDGE_NETWORK_VIEW (view);
  f->window = GTK_WINDOW (gtk_window_new ());
  gtk_window_set_child (f->window, view);
  gtk_window_set_default_size (f->window, 500, 350);
  drive_present (f->window);
}

static void
tear_down (Fixture *f, gconstpointer data)
{
  gpointer view = f->view;

  g_object_add_weak_pointer (G_OBJECT (view), &view);
  drive_close (f->window);
  g_assert_null (view);
}

static void
show (Fixture *f, NnFrame *frame)
{
  nudge_network_view_set_frame (f->view, frame);
  nn_frame_unref (frame);
}

static gboolean
looks_like (Fixture *f, GBytes *picture)
{
  g_autoptr (GBytes) now = drive_dup_pixels (GTK_WIDGET (f->view), NULL);

  return g_bytes_equal (now, picture);
}

static void
test_has_a_name (Fixture *f, gconstpointer data)
{
  gtk_test_accessible_assert_role (f->view, GTK_ACCESSIBLE_ROLE_IMG);
  gtk_test_accessible_assert_property (f->view, GTK_ACCESSIBLE_PROPERTY_LABEL, "Network");
}

static void
show_step (Fixture *f, guint64 step)
{
  NnFrame *frame = frame_at (step);

  frame->values[0] = -3.5f;
  show (f, frame);
}

static void
test_says_what_it_shows (Fixture *f, gconstpointer data)
{
  show_step (f, 1204);
  gtk_test_accessible_assert_property (
      f->view, GTK_ACCESSIBLE_PROPERTY_DESCRIPTION,
      "1 feature, fc1: 2 relu, fc2: 3 relu, fc3: 1 identity; at step 1204 the largest "
      "weight is 3.5");
}

typedef struct {
  NudgeNetworkView *view;
  const char *description;
} Said;

static gboolean
says (gpointer data)
{
  Said *said = data;
  g_autofree char *differs = gtk_test_accessible_check_property (
      GTK_ACCESSIBLE (said->view), GTK_ACCESSIBLE_PROPERTY_DESCRIPTION,
      said->description);

  return differs == NULL;
}

/* The words come less often than the frames, but the last ones come. */
static void
test_words_are_slower_than_frames (Fixture *f, gconstpointer data)
{
  const char *first =
      "1 feature, fc1: 2 relu, fc2: 3 relu, fc3: 1 identity; at step 1 the largest "
      "weight is 3.5";
  const char *last =
      "1 feature, fc1: 2 relu, fc2: 3 relu, fc3: 1 identity; at step 50 the largest "
      "weight is 3.5";

  for (guint64 step = 1; step <= 50; step++)
    show_step (f, step);
  g_assert_true (says (&(Said){ f->view, first }));
  g_assert_true (drive_until (says, &(Said){ f->view, last }));
}

static void
test_a_changed_weight_is_seen (Fixture *f, gconstpointer data)
{
  g_autoptr (GBytes) before = NULL;
  NnFrame *changed = frame_at (10);

  show (f, frame_at (10));
  before = drive_dup_pixels (GTK_WIDGET (f->view), NULL);
  show (f, frame_at (10));
  g_assert_true (looks_like (f, before));
  changed->values[1] = -changed->values[1];
  show (f, changed);
  g_assert_false (looks_like (f, before));
}

typedef struct {
  Fixture *f;
  GBytes *still;
} Pulse;

static gboolean
is_over (gpointer data)
{
  Pulse *pulse = data;

  return looks_like (pulse->f, pulse->still);
}

static void
assert_pulse_comes_and_goes (Fixture *f)
{
  g_autoptr (GBytes) still = NULL;
  g_autoptr (GBytes) first = NULL;

  show (f, frame_at (10));
  still = drive_dup_pixels (GTK_WIDGET (f->view), NULL);
  nudge_network_view_pulse (f->view, 1);
  g_assert_false (looks_like (f, still));
  g_assert_true (drive_until (is_over, &(Pulse){ f, still }));
}

static void
test_a_pulse_fades (Fixture *f, gconstpointer data)
{
  g_object_set (gtk_settings_get_default (), "gtk-enable-animations", TRUE, NULL);
  assert_pulse_comes_and_goes (f);
}

static void
test_without_animations_a_pulse_is_still (Fixture *f, gconstpointer data)
{
  g_autoptr (GBytes) ring = NULL;

  g_object_set (gtk_settings_get_default (), "gtk-enable-animations", FALSE, NULL);
  assert_pulse_comes_and_goes (f);
  nudge_network_view_pulse (f->view, 1);
  ring = drive_dup_pixels (GTK_WIDGET (f->view), NULL);
  g_assert_true (looks_like (f, ring));
}

/* A network that is replaced while it pulses may have fewer layers. */
static void
test_survives_what_does_not_fit (Fixture *f, gconstpointer data)
{
  nudge_network_view_pulse (f->view, 1);
  show (f, frame_at (1));
  nudge_network_view_pulse (f->view, 99);
  drive_settle (GTK_WIDGET (f->view));
  nudge_network_view_set_frame (f->view, NULL);
  drive_settle (GTK_WIDGET (f->view));
}

/* The value under a resting pointer is read again while the network trains. */
static void
test_hover_follows_the_training (Fixture *f, gconstpointer data)
{
  g_autoptr (NnFrame) changed = frame_at (2);
  g_autoptr (GBytes) before = NULL;
  g_autofree char *reading = NULL;
  int width = gtk_widget_get_width (GTK_WIDGET (f->view));
  int height = gtk_widget_get_height (GTK_WIDGET (f->view));
  int x = width / 2;
  int y = 0;

  show (f, frame_at (1));
  while (nudge_network_thing_at (changed, NN_QUANTITY_VALUE, width, height, x, y).kind !=
         NUDGE_NETWORK_EDGE)
    y++;
  y += 2;
  drive_move (GTK_WIDGET (f->view), (double) x / width, (double) y / height);
  before = drive_dup_pixels (GTK_WIDGET (f->view), NULL);
  for (gsize i = 0; i < changed->architecture->n_values; i++)
    changed->values[i] = 0.5F;
  nudge_network_view_set_frame (f->view, changed);
  reading = nudge_network_view_dup_reading (f->view);
  g_assert_nonnull (strstr (reading, "  0.5\n"));
  g_assert_false (looks_like (f, before));
}

/* Whether the same is there a pixel to each side: a pointer is at whole pixels. */
static gboolean
is_far_from_others (const NnFrame *frame,
                    int width,
                    int height,
                    double scale,
                    int x,
                    int y)
{
  static const int steps[][2] = { { 0, 0 }, { 1, 0 }, { -1, 0 }, { 0, 1 }, { 0, -1 } };
  g_autofree char *there = NULL;

  for (gsize i = 0; i < G_N_ELEMENTS (steps); i++) {
    NudgeNetworkThing thing =
        nudge_network_thing_at (frame, NN_QUANTITY_VALUE, width / scale, height / scale,
                                (x + steps[i][0]) / scale, (y + steps[i][1]) / scale);
    g_autofree char *beside = nudge_network_describe (frame, &thing);

    if (i == 0)
      there = g_strdup (beside);
    if (g_strcmp0 (there, beside) != 0)
      return FALSE;
  }
  return TRUE;
}

/* What a @scale times larger picture finds under the pointer is what is described. */
static void
check_hover (Fixture *f, double scale)
{
  g_autoptr (NnFrame) frame = frame_at (1);
  int width = gtk_widget_get_width (GTK_WIDGET (f->view));
  int height = gtk_widget_get_height (GTK_WIDGET (f->view));
  guint n_found = 0;

  g_assert_null (nudge_network_view_dup_reading (f->view));
  nudge_network_view_set_frame (f->view, frame);
  for (int x = 10; x < width; x += 60)
    for (int y = 10; y < height; y += 30) {
      NudgeNetworkThing thing = nudge_network_thing_at (
          frame, NN_QUANTITY_VALUE, width / scale, height / scale, x / scale, y / scale);
      g_autofree char *expected = nudge_network_describe (frame, &thing);
      g_autofree char *reading = NULL;

      if (!is_far_from_others (frame, width, height, scale, x, y))
        continue;
      drive_move (GTK_WIDGET (f->view), (double) x / width, (double) y / height);
      reading = nudge_network_view_dup_reading (f->view);
      g_assert_cmpstr (reading, ==, expected);
      n_found += reading != NULL;
    }
  g_assert_cmpuint (n_found, >, 5);
}

static void
test_hover_reads_what_is_there (Fixture *f, gconstpointer data)
{
  check_hover (f, 1);
}

/* At 150 % the picture is what half as large again would be, and so is the pointer. */
static void
test_grows_with_the_text_size (Fixture *f, gconstpointer data)
{
  GtkSettings *settings = gtk_widget_get_settings (GTK_WIDGET (f->view));
  g_autoptr (GBytes) usual = NULL;

  show (f, frame_at (1));
  usual = drive_dup_pixels (GTK_WIDGET (f->view), NULL);
  nudge_network_view_set_frame (f->view, NULL);

  g_object_set (settings, "gtk-xft-dpi", 144 * PANGO_SCALE, NULL);
  g_assert_cmpfloat (nudge_picture_get_scale (NUDGE_PICTURE (f->view)), ==, 1.5);
  check_hover (f, 1.5);
  g_assert_false (looks_like (f, usual));
  gtk_settings_reset_property (settings, "gtk-xft-dpi");
  g_assert_true (looks_like (f, usual));
}

/* --- Focus -------------------------------------------------------------------------- */

/* Before any other key has been pressed, and gone when the focus is. */
static void
test_tab_onto_it_is_seen (Fixture *f, gconstpointer data)
{
  GtkWidget *view = GTK_WIDGET (f->view);
  GtkWidget *column = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  GtkWidget *button = gtk_button_new_with_label ("Elsewhere");
  g_autoptr (GBytes) plain = NULL;

  g_object_ref (view);
  gtk_window_set_child (f->window, column);
  gtk_box_append (GTK_BOX (column), button);
  gtk_box_append (GTK_BOX (column), view);
  g_object_unref (view);
  gtk_widget_set_vexpand (view, TRUE);
  show (f, frame_at (1));
  gtk_widget_grab_focus (button);
  drive_move (button, 0.5, 0.5);
  plain = drive_dup_pixels (view, NULL);
  drive_key (button, "Tab");
  g_assert_true (gtk_widget_has_focus (view));
  g_assert_false (looks_like (f, plain));
  drive_key (view, "shift+Tab");
  g_assert_true (looks_like (f, plain));
}

/* GTK hides the focus after a while and at a click; what an arrow moves is to be seen. */
static void
test_an_arrow_is_seen_also_late (Fixture *f, gconstpointer data)
{
  GtkWidget *view = GTK_WIDGET (f->view);
  g_autoptr (GBytes) seen = NULL;

  show (f, frame_at (1));
  gtk_widget_grab_focus (view);
  drive_key (view, "Right");
  gtk_window_set_focus_visible (f->window, TRUE);
  seen = drive_dup_pixels (view, NULL);
  drive_key (view, "Right");
  gtk_window_set_focus_visible (f->window, FALSE);
  drive_key (view, "Left");
  g_assert_true (looks_like (f, seen));
  drive_click (view, 0.99, 0.99);
  g_assert_false (nudge_picture_shows_focus (NUDGE_PICTURE (view)));
}

/* --- What is shown ------------------------------------------------------------------ */

static void
test_v_goes_through_what_can_be_shown (Fixture *f, gconstpointer data)
{
  GtkWidget *view = GTK_WIDGET (f->view);
  NnFrame *with = frame_at (1);
  g_autoptr (GBytes) weights = NULL;
  guint quantity;

  show (f, frame_at (1));
  gtk_widget_grab_focus (view);
  drive_key (view, "v");
  drive_key (view, "shift+v"); /* the focus is seen from now on */
  drive_settle (view);
  weights = drive_dup_pixels (view, NULL);
  drive_key (view, "v");
  g_object_get (view, "quantity", &quantity, NULL);
  g_assert_cmpuint (quantity, ==, NN_QUANTITY_GRADIENT);
  g_assert_true (looks_like (f, weights)); /* the frame does not have them */
  with->numbers[NN_QUANTITY_GRADIENT] = g_new0 (float, with->architecture->n_values);
  show (f, with);
  g_assert_false (looks_like (f, weights));
  drive_key (view, "shift+v");
  g_object_get (view, "quantity", &quantity, NULL);
  g_assert_cmpuint (quantity, ==, NN_QUANTITY_VALUE);
  g_assert_true (looks_like (f, weights));
}

static void
test_what_is_shown_can_be_set (Fixture *f, gconstpointer data)
{
  g_autoptr (GBytes) plain = NULL;

  show (f, frame_at (1));
  plain = drive_dup_pixels (GTK_WIDGET (f->view), NULL);
  g_object_set (f->view, "threshold", 0.5, NULL);
  g_assert_false (looks_like (f, plain));
  g_object_set (f->view, "threshold", 0.0, "held", TRUE, NULL);
  g_assert_true (looks_like (f, plain));
}

/* --- Selecting ---------------------------------------------------------------------- */

/* As a listener does that wants it, too. */
static void
selected_cb (char **target, const char *text, NudgeNetworkView *view)
{
  const char *const targets[] = { text, NULL };

  g_free (*target);
  *target = g_strdup (text ? text : "nothing");
  nudge_network_view_set_selected (view, targets);
}

/* Clicks with a key held down. */
static void
click_holding (Fixture *f, const char *key, double x, double y)
{
  g_autofree char *down = g_strconcat ("xdotool keydown ", key, NULL);
  g_autofree char *up = g_strconcat ("xdotool keyup ", key, NULL);

  drive_move (GTK_WIDGET (f->view), x, y);
  g_assert_true (g_spawn_command_line_sync (down, NULL, NULL, NULL, NULL));
  drive_click (GTK_WIDGET (f->view), x, y);
  g_assert_true (g_spawn_command_line_sync (up, NULL, NULL, NULL, NULL));
  drive_settle (GTK_WIDGET (f->view));
}

/* Where a thing is, as a share of the view. */
static void
find_thing (Fixture *f, const NudgeNetworkThing *wanted, double *x, double *y)
{
  NnFrame *frame = nudge_picture_get_frame (NUDGE_PICTURE (f->view));
  int width = gtk_widget_get_width (GTK_WIDGET (f->view));
  int height = gtk_widget_get_height (GTK_WIDGET (f->view));

  /* From the middle of the gaps on, where edges are apart. */
  for (int px = 0; px < width; px++)
    for (int py = 0; py < height; py++) {
      NudgeNetworkThing thing =
          nudge_network_thing_at (frame, NN_QUANTITY_VALUE, width, height, px, py);

      if (thing.kind != wanted->kind || thing.column != wanted->column ||
          thing.unit != wanted->unit || thing.input != wanted->input)
        continue;
      *x = (px + 2.5) / width;
      *y = (py + 2.5) / height;
      thing = nudge_network_thing_at (frame, NN_QUANTITY_VALUE, width, height, px + 2.5,
                                      py + 2.5);
      if (thing.kind == wanted->kind && thing.unit == wanted->unit &&
          thing.input == wanted->input)
        return;
    }
  g_assert_not_reached ();
}

static void
test_clicks_select (Fixture *f, gconstpointer data)
{
  static const NudgeNetworkThing neuron = { NUDGE_NETWORK_NEURON, 1, 1, 0 };
  static const NudgeNetworkThing feature = { NUDGE_NETWORK_NEURON, 0, 0, 0 };
  static const NudgeNetworkThing edge = { NUDGE_NETWORK_EDGE, 2, 0, 0 };
  static const NudgeNetworkThing other = { NUDGE_NETWORK_EDGE, 2, 2, 1 };
  GtkWidget *view = GTK_WIDGET (f->view);
  g_autofree char *target = NULL;
  g_autoptr (GBytes) plain = NULL;
  double x, y;

  g_signal_connect_swapped (view, "selected", G_CALLBACK (selected_cb), &target);
  show (f, frame_at (1));
  plain = drive_dup_pixels (view, NULL);
  find_thing (f, &neuron, &x, &y);
  drive_click (view, x, y);
  g_assert_cmpstr (target, ==, "fc1.weight[1]");
  g_assert_false (looks_like (f, plain));
  click_holding (f, "shift", x, y);
  g_assert_cmpstr (target, ==, "fc2.weight[:,1]");
  find_thing (f, &feature, &x, &y);
  drive_click (view, x, y);
  g_assert_cmpstr (target, ==, "fc1.weight[:,0]");

  find_thing (f, &edge, &x, &y);
  drive_click (view, x, y);
  g_assert_cmpstr (target, ==, "fc2.weight[0,0]");
  find_thing (f, &other, &x, &y);
  click_holding (f, "ctrl", x, y);
  g_assert_cmpstr (target, ==, "fc2.weight[0,0; 2,1]");
  click_holding (f, "ctrl", x, y);
  g_assert_cmpstr (target, ==, "fc2.weight[0,0]");

  drive_key (view, "Escape");
  g_assert_cmpstr (target, ==, "nothing");
  drive_click (view, 0.5, 0.01);
  g_assert_cmpstr (target, ==, "nothing");
}

/* --- One value ----------------------------------------------------------------------- */

static void
typed_cb (char **nudge, const char *text)
{
  g_free (*nudge);
  *nudge = g_strdup (text);
}

static gboolean
is_typed (gpointer nudge)
{
  return *(char **) nudge != NULL;
}

/* A popover is a window of its own, so only its effect is seen. */
static void
give_to_popover (const char *command)
{
  g_autofree char *line = g_strconcat ("xdotool ", command, NULL);

  g_assert_true (g_spawn_command_line_sync (line, NULL, NULL, NULL, NULL));
}

static gint64
get_watched (Fixture *f)
{
  gint64 watched;

  g_object_get (f->view, "watched", &watched, NULL);
  return watched;
}

/* What was clicked is described while the pointer is elsewhere, until Escape. */
static void
test_a_click_pins (Fixture *f, gconstpointer data)
{
  static const NudgeNetworkThing edge = { NUDGE_NETWORK_EDGE, 2, 2, 1 };
  static const NudgeNetworkThing neuron = { NUDGE_NETWORK_NEURON, 1, 1, 0 };
  const gint64 index = 4 + 2 * 2 + 1; /* after fc1's two weights and two biases */
  GtkWidget *view = GTK_WIDGET (f->view);
  double x, y;

  show (f, frame_at (1));
  g_assert_cmpint (get_watched (f), ==, -1);
  find_thing (f, &edge, &x, &y);
  drive_move (view, x, y);
  g_assert_cmpint (get_watched (f), ==, index);
  drive_move (view, 0.5, 0.01);
  g_assert_cmpint (get_watched (f), ==, -1);
  find_thing (f, &edge, &x, &y);
  drive_click (view, x, y);
  drive_move (view, 0.5, 0.01);
  g_assert_cmpint (get_watched (f), ==, index);
  find_thing (f, &neuron, &x, &y);
  drive_move (view, x, y);
  g_assert_cmpint (get_watched (f), ==, 3); /* its bias */
  drive_move (view, 0.5, 0.01);
  g_assert_cmpint (get_watched (f), ==, index);
  drive_key (view, "Escape");
  g_assert_cmpint (get_watched (f), ==, -1);
}

/* On a busy machine two clicks may be a second apart. */
static void
double_click (GtkWidget *widget, double x, double y)
{
  GtkSettings *settings = gtk_settings_get_default ();

  g_object_set (settings, "gtk-double-click-time", DRIVE_DEADLINE_MS, NULL);
  drive_click (widget, x, y);
  drive_click (widget, x, y);
  gtk_settings_reset_property (settings, "gtk-double-click-time");
}

static void
test_a_double_click_types_a_value (Fixture *f, gconstpointer data)
{
  static const NudgeNetworkThing edge = { NUDGE_NETWORK_EDGE, 2, 2, 1 };
  GtkWidget *view = GTK_WIDGET (f->view);
  g_autofree char *nudge = NULL;
  double x, y;

  g_signal_connect_swapped (view, "typed", G_CALLBACK (typed_cb), &nudge);
  show (f, frame_at (1));
  find_thing (f, &edge, &x, &y);
  double_click (view, x, y);
  drive_wait_for_entry (view);
  give_to_popover ("type 1/4");
  give_to_popover ("key Return");
  g_assert_true (drive_until (is_typed, &nudge));
  g_assert_cmpstr (nudge, ==, "fc2.weight[2,1]: 0.25 @ by hand");
}

/* A change is one of the value as it is when Enter is pressed; what is no number is said. */
static void
test_f2_types_a_value (Fixture *f, gconstpointer data)
{
  GtkWidget *view = GTK_WIDGET (f->view);
  NnFrame *later = frame_at (2);
  g_autofree char *nudge = NULL;

  g_signal_connect_swapped (view, "typed", G_CALLBACK (typed_cb), &nudge);
  show (f, frame_at (1));
  drive_move (view, 0.5, 0.01);
  gtk_widget_grab_focus (view);
  drive_key (view, "Down"); /* fc1 [0] */
  drive_key (view, "e");    /* the edge that feeds it */
  g_assert_cmpint (get_watched (f), ==, 0);
  give_to_popover ("key F2");
  drive_wait_for_entry (view);
  give_to_popover ("type two");
  give_to_popover ("key Return");
  drive_settle (view);
  g_assert_null (nudge);
  later->values[0] = 3;
  show (f, later);
  give_to_popover ("key ctrl+a");
  give_to_popover ("type *1,5");
  give_to_popover ("key Return");
  g_assert_true (drive_until (is_typed, &nudge));
  g_assert_cmpstr (nudge, ==, "fc1.weight[0,0]: 4.5 @ by hand");
}

static void
test_keys_select (Fixture *f, gconstpointer data)
{
  GtkWidget *view = GTK_WIDGET (f->view);
  g_autofree char *target = NULL;

  g_signal_connect_swapped (view, "selected", G_CALLBACK (selected_cb), &target);
  show (f, frame_at (1));
  gtk_widget_grab_focus (view);
  drive_key (view, "Down"); /* shows where it is: at the first layer's first */
  drive_key (view, "Right");
  drive_key (view, "Down");
  drive_key (view, "Return");
  g_assert_cmpstr (target, ==, "fc2.weight[1]");
  drive_key (view, "shift+Return");
  g_assert_cmpstr (target, ==, "fc3.weight[:,1]");
  drive_key (view, "Right"); /* fc3 has one unit */
  drive_key (view, "Right");
  drive_key (view, "Return");
  g_assert_cmpstr (target, ==, "fc3.weight[0]");
  drive_key (view, "Escape");
  g_assert_cmpstr (target, ==, "nothing");
}

/* The numbers that a previewed nudge would make, and the present ones again. */
static void
test_preview_is_drawn_and_gone (Fixture *f, gconstpointer data)
{
  NnFrame *previewed = frame_at (1);
  const NnArchitecture *architecture = previewed->architecture;
  g_autoptr (GBytes) plain = NULL;

  show (f, frame_at (1));
  plain = drive_dup_pixels (GTK_WIDGET (f->view), NULL);
  previewed->preview = g_new0 (NnPreview, 1);
  previewed->preview->values = g_new0 (float, architecture->n_values);
  previewed->preview->activations =
      g_new0 (float, architecture->n_units * previewed->probes.n);
  show (f, previewed);
  g_assert_false (looks_like (f, plain));
  show (f, frame_at (1));
  g_assert_true (looks_like (f, plain));
}

#define ADD(name, function)                                                              \
  g_test_add ("/ui/network-view/" name, Fixture, NULL, set_up, function, tear_down)

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  adw_init ();
  ADD ("has-a-name", test_has_a_name);
  ADD ("says-what-it-shows", test_says_what_it_shows);
  ADD ("words-are-slower-than-frames", test_words_are_slower_than_frames);
  ADD ("a-changed-weight-is-seen", test_a_changed_weight_is_seen);
  ADD ("a-pulse-fades", test_a_pulse_fades);
  ADD ("without-animations-a-pulse-is-still", test_without_animations_a_pulse_is_still);
  ADD ("survives-what-does-not-fit", test_survives_what_does_not_fit);
  ADD ("hover-reads-what-is-there", test_hover_reads_what_is_there);
  ADD ("grows-with-the-text-size", test_grows_with_the_text_size);
  ADD ("hover-follows-the-training", test_hover_follows_the_training);
  ADD ("tab-onto-it-is-seen", test_tab_onto_it_is_seen);
  ADD ("an-arrow-is-seen-also-late", test_an_arrow_is_seen_also_late);
  ADD ("v-goes-through-what-can-be-shown", test_v_goes_through_what_can_be_shown);
  ADD ("what-is-shown-can-be-set", test_what_is_shown_can_be_set);
  ADD ("clicks-select", test_clicks_select);
  ADD ("a-click-pins", test_a_click_pins);
  ADD ("a-double-click-types-a-value", test_a_double_click_types_a_value);
  ADD ("f2-types-a-value", test_f2_types_a_value);
  ADD ("keys-select", test_keys_select);
  ADD ("preview-is-drawn-and-gone", test_preview_is_drawn_and_gone);
  return g_test_run ();
}
