/* test-nudge-window-menus.c - the menus of a neuron, an edge, the plot, a row of the log
 *
 * SPDX-License-Identifier: MIT
 */

#include "tests/app/window-fixture.h"

#include "ui/draw/network/nudge-network-layout.h"

/* The right button, through the display. */
static void
open_menu (GtkWidget *widget, double x, double y)
{
  drive_move (widget, x, y);
  g_spawn_command_line_sync ("xdotool click 3", NULL, NULL, NULL, NULL);
}

static const char *
get_selected (Fixture *f)
{
  NudgeDocument *document = nudge_window_get_document (f->window);
  const char *const *targets =
      nudge_selection_get_targets (nudge_document_get_selection (document));

  return targets ? targets[0] : NULL;
}

/* The middle of fc2's first neuron, as fractions of the network. */
static void
find_neuron (Fixture *f, double *x, double *y)
{
  const double width = gtk_widget_get_width (f->network);
  const double height = gtk_widget_get_height (f->network);
  g_autoptr (NudgeNetworkLayout) layout =
      nudge_network_layout_new (frame_of (f)->architecture, width, height);

  *x = layout->columns[2].x / width;
  *y = nudge_column_get_y (&layout->columns[2], 0) / height;
}

static void
test_a_neuron_has_a_menu (Fixture *f, gconstpointer data)
{
  double x, y;

  find_neuron (f, &x, &y);
  open_menu (f->network, x, y);
  choose_item (f->network, "Nudge the edges that feed it");
  g_assert_cmpstr (get_selected (f), ==, "fc2.weight[0]");
  open_menu (f->network, x, y);
  choose_item (f->network, "Nudge the edges that leave it");
  g_assert_cmpstr (get_selected (f), ==, "fc3.weight[:,0]");
  open_menu (f->network, 0.02, 0.5);
  choose_item (f->network, "Clear the selection");
  g_assert_null (get_selected (f));
}

/* Where keys have led, it is of that neuron. */
static void
test_a_key_opens_it (Fixture *f, gconstpointer data)
{
  gtk_widget_grab_focus (f->network);
  drive_key (f->network, "Right"); /* shows the cursor */
  drive_key (f->network, "Right");
  g_spawn_command_line_sync ("xdotool key Menu", NULL, NULL, NULL, NULL);
  choose_item (f->network, "Nudge the edges that feed it");
  g_assert_cmpstr (get_selected (f), ==, "fc2.weight[0]");
}

static gboolean
is_at_step_one (gpointer data)
{
  return frame_of (data)->step == 1;
}

static gboolean
is_logarithmic (gpointer data)
{
  gboolean logarithmic;

  g_object_get (data, "logarithmic", &logarithmic, NULL);
  return logarithmic;
}

static void
test_the_plot_has_a_menu (Fixture *f, gconstpointer data)
{
  GtkWidget *plot = find (f, "Loss plot", GTK_ACCESSIBLE_ROLE_IMG);

  open_menu (plot, 0.5, 0.5);
  choose_item (plot, "Log scale");
  g_assert_true (drive_until (is_logarithmic, plot));
}

typedef struct {
  GtkWidget *widget;
  const char *text;
} Copied;

static gboolean
is_copied (gpointer data)
{
  const Copied *copied = data;
  GdkClipboard *clipboard = gtk_widget_get_clipboard (copied->widget);
  GdkContentProvider *provider = gdk_clipboard_get_content (clipboard);
  g_auto (GValue) value = G_VALUE_INIT;

  g_value_init (&value, G_TYPE_STRING);
  return provider && gdk_content_provider_get_value (provider, &value, NULL) &&
         g_strcmp0 (g_value_get_string (&value), copied->text) == 0;
}

static void
wait_for_copy (GtkWidget *widget, const char *text)
{
  Copied copied = { widget, text };

  g_assert_true (drive_until (is_copied, &copied));
}

/* fc1's first nudge */
#define GROWN_IN_PYTORCH                                                                 \
  "# fc1.weight: w + a*w @ by hand a=0.2\n"                                              \
  "with torch.no_grad():\n"                                                              \
  "    w = model.fc1.weight\n"                                                           \
  "    w.add_(0.2 * w)\n"

static gboolean
has_said_so (gpointer data)
{
  Fixture *f = data;

  return drive_find_label (GTK_WIDGET (f->window), "Copied as PyTorch") != NULL;
}

static GtkWidget *
find_row (GtkWidget *root)
{
  if (g_str_equal (gtk_widget_get_css_name (root), "log-row"))
    return root;
  for (GtkWidget *child = gtk_widget_get_first_child (root); child;
       child = gtk_widget_get_next_sibling (child)) {
    GtkWidget *found = find_row (child);

    if (found)
      return found;
  }
  return NULL;
}

static void
test_a_row_of_the_log_has_a_menu (Fixture *f, gconstpointer data)
{
  GtkWidget *row;

  step_to (f, 1);
  drive_click (find (f, "Apply to fc1", GTK_ACCESSIBLE_ROLE_BUTTON), 0.5, 0.5);
  g_assert_true (drive_until (has_landed, f));
  step_to (f, 2);
  drive_settle (GTK_WIDGET (f->window));
  row = find_row (GTK_WIDGET (f->window));
  open_menu (row, 0.5, 0.5);
  choose_item (row, "Copy as text");
  wait_for_copy (row, "fc1.weight: w + a*w @ by hand a=0.2");
  open_menu (row, 0.5, 0.5);
  choose_item (row, "Copy as PyTorch");
  wait_for_copy (row, GROWN_IN_PYTORCH);
  g_assert_true (drive_until (has_said_so, f));
  open_menu (row, 0.5, 0.5);
  choose_item (row, "Go to this step");
  g_assert_true (drive_until (is_at_step_one, f));
}

static void
test_a_card_is_copied (Fixture *f, gconstpointer data)
{
  GtkWidget *more = find (f, "More for fc1", GTK_ACCESSIBLE_ROLE_BUTTON);
  GtkWidget *copy = find (f, "Copy as PyTorch for fc1", GTK_ACCESSIBLE_ROLE_BUTTON);

  drive_click (more, 0.5, 0.5);
  drive_settle (more);
  g_assert_true (gtk_widget_get_mapped (copy));
  drive_click (copy, 0.5, 0.5);
  wait_for_copy (more, GROWN_IN_PYTORCH);
  g_assert_true (drive_until (has_said_so, f));
  g_assert_false (gtk_widget_get_mapped (copy));
}

/* The menu, its last item, and that. */
static void
test_a_card_is_copied_by_key (Fixture *f, gconstpointer data)
{
  GtkWidget *more = find (f, "More for fc1", GTK_ACCESSIBLE_ROLE_BUTTON);
  GtkWidget *copy = find (f, "Copy as PyTorch for fc1", GTK_ACCESSIBLE_ROLE_BUTTON);

  gtk_widget_child_focus (more, GTK_DIR_TAB_FORWARD);
  drive_key (more, "space");
  drive_settle (more);
  g_assert_true (gtk_widget_get_mapped (copy));
  for (guint i = 0; i < 3; i++)
    drive_key (copy, "Tab");
  g_assert_true (gtk_widget_is_focus (copy));
  drive_key (copy, "Return");
  wait_for_copy (more, GROWN_IN_PYTORCH);
}

/* A window that closes takes an open menu along. */
static void
test_it_goes_with_its_window (Fixture *f, gconstpointer data)
{
  open_menu (f->network, 0.02, 0.5);
  wait_for_item (f->network, "Clear the selection");
}

#define ADD(name, function)                                                              \
  g_test_add ("/app/window-menus/" name, Fixture, "first", set_up, function, tear_down)

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  ADD ("a-neuron-has-a-menu", test_a_neuron_has_a_menu);
  ADD ("a-key-opens-it", test_a_key_opens_it);
  ADD ("the-plot-has-a-menu", test_the_plot_has_a_menu);
  ADD ("a-row-of-the-log-has-a-menu", test_a_row_of_the_log_has_a_menu);
  ADD ("a-card-is-copied", test_a_card_is_copied);
  ADD ("a-card-is-copied-by-key", test_a_card_is_copied_by_key);
  ADD ("it-goes-with-its-window", test_it_goes_with_its_window);
  return fixture_run ();
}
