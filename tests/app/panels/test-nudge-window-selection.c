/* test-nudge-window-selection.c - what is selected in the network is what cards aim at
 *
 * SPDX-License-Identifier: MIT
 */

#include "tests/app/window-fixture.h"

#include "ui/draw/network/nudge-network-hover.h"

/* --- Reading the window ------------------------------------------------------------ */

static void
click_neuron (Fixture *f, gsize column, gsize unit)
{
  int width = gtk_widget_get_width (f->network);
  int height = gtk_widget_get_height (f->network);
  double x = -1, y = -1;

  for (int px = 0; px < width && x < 0; px += 4)
    for (int py = 0; py < height && x < 0; py += 4) {
      NudgeNetworkThing thing =
          nudge_network_thing_at (frame_of (f), NN_QUANTITY_VALUE, width, height, px, py);

      if (thing.kind == NUDGE_NETWORK_NEURON && thing.column == column &&
          thing.unit == unit) {
        x = (px + 8.0) / width;
        y = (py + 8.0) / height;
      }
    }
  g_assert_cmpfloat (x, >, 0);
  drive_click (f->network, x, y);
}

/* Applies the card of @layer, and checks what that was aimed at. */
static void
assert_aims (Fixture *f, const char *layer, const char *target)
{
  g_autofree char *name = g_strconcat ("Apply to ", layer, NULL);
  g_autofree char *aimed = NULL;
  gsize n = frame_of (f)->n_landings;

  drive_click (find (f, name, GTK_ACCESSIBLE_ROLE_BUTTON), 0.5, 0.5);
  wait_for_landings (f, n + 1);
  aimed = nn_nudge_dup_target (frame_of (f)->landings[n].nudge);
  g_assert_cmpstr (aimed, ==, target);
}

typedef struct {
  Fixture *f;
  const char *target; /* (nullable): nothing is to be selected */
} Said;

static gboolean
says_selected (gpointer data)
{
  Said *said = data;
  g_autofree char *description = gtk_test_accessible_check_property (
      GTK_ACCESSIBLE (said->f->network), GTK_ACCESSIBLE_PROPERTY_DESCRIPTION, "");
  g_autofree char *wanted =
      said->target ? g_strdup_printf ("selected: %s.", said->target) : NULL;

  if (!said->target)
    return description && strstr (description, "selected: ") == NULL;
  return description && strstr (description, wanted);
}

static void
assert_selected (Fixture *f, const char *target)
{
  Said said = { f, target };

  g_assert_true (drive_until (says_selected, &said));
}

/* --- Tests ------------------------------------------------------------------------- */

static void
test_a_click_on_a_neuron_aims (Fixture *f, gconstpointer data)
{
  click_neuron (f, 2, 1);
  assert_selected (f, "fc2.weight[1]");
  assert_aims (f, "fc2", "fc2.weight[1]");
}

static void
test_what_is_not_selected_is_not_aimed_at (Fixture *f, gconstpointer data)
{
  g_autoptr (GBytes) plain = NULL;
  g_autoptr (GBytes) after = NULL;

  step_to (f, 1);
  plain = drive_dup_pixels (f->network, NULL);
  click_neuron (f, 2, 1);
  drive_key (f->network, "Escape");
  assert_selected (f, NULL);
  gtk_widget_grab_focus (f->run);
  drive_move (f->run, 0.5, 0.5);
  after = drive_dup_pixels (f->network, NULL);
  g_assert_true (g_bytes_equal (plain, after));
  assert_aims (f, "fc2", "fc2.weight");
}

static void
test_another_selection_takes_over (Fixture *f, gconstpointer data)
{
  click_neuron (f, 2, 1);
  click_neuron (f, 1, 0);
  assert_selected (f, "fc1.weight[0]");
  assert_aims (f, "fc2", "fc2.weight");
  assert_aims (f, "fc1", "fc1.weight[0]");
  drive_click (f->network, 0.5, 0.01);
  assert_selected (f, NULL);
  assert_aims (f, "fc1", "fc1.weight");
}

/* What was chosen on the card before is what it goes back to. */
static void
test_the_parameter_comes_back (Fixture *f, gconstpointer data)
{
  GtkWidget *target = find (f, "Target for fc2", GTK_ACCESSIBLE_ROLE_COMBO_BOX);

  gtk_drop_down_set_selected (GTK_DROP_DOWN (target), 2); /* weight and bias */
  click_neuron (f, 2, 1);
  assert_selected (f, "fc2.weight[1]");
  drive_key (f->network, "Escape");
  assert_aims (f, "fc2", "fc2");
}

static void
test_what_a_card_aims_at_is_selected (Fixture *f, gconstpointer data)
{
  GtkWidget *part = find (f, "Part of fc2", GTK_ACCESSIBLE_ROLE_TEXT_BOX);

  gtk_editable_set_text (GTK_EDITABLE (part), "fc2.weight[0,1]");
  assert_selected (f, "fc2.weight[0,1]");
  gtk_widget_grab_focus (f->network);
  drive_key (f->network, "Escape");
  assert_selected (f, NULL);
  assert_aims (f, "fc2", "fc2.weight");
}

/* What repeats keeps its target; that is seen, and nothing else is. */
static void
test_what_repeats_stays_where_it_is (Fixture *f, gconstpointer data)
{
  GtkWidget *repeat = find (f, "Repeat fc2", GTK_ACCESSIBLE_ROLE_COMBO_BOX);

  click_neuron (f, 2, 1);
  gtk_drop_down_set_selected (GTK_DROP_DOWN (repeat), 1);
  click_neuron (f, 2, 0);
  assert_selected (f, "fc2.weight[1]");
  click_neuron (f, 1, 0);
  assert_selected (f, "fc1.weight[0], fc2.weight[1]");
  drive_key (f->network, "Escape");
  assert_selected (f, "fc2.weight[1]");
  assert_aims (f, "fc2", "fc2.weight[1]");
  assert_aims (f, "fc1", "fc1.weight");
}

#define ADD(name, function)                                                              \
  g_test_add ("/app/window-selection/" name, Fixture, NULL, set_up, function, tear_down)

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  ADD ("a-click-on-a-neuron-aims", test_a_click_on_a_neuron_aims);
  ADD ("what-is-not-selected-is-not-aimed-at", test_what_is_not_selected_is_not_aimed_at);
  ADD ("another-selection-takes-over", test_another_selection_takes_over);
  ADD ("the-parameter-comes-back", test_the_parameter_comes_back);
  ADD ("what-a-card-aims-at-is-selected", test_what_a_card_aims_at_is_selected);
  ADD ("what-repeats-stays-where-it-is", test_what_repeats_stays_where_it_is);
  return fixture_run ();
}
