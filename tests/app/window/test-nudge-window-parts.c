/* test-nudge-window-parts.c - a key for each part of the window
 *
 * SPDX-License-Identifier: MIT
 */

#include "tests/app/window-fixture.h"

#include "app/panels/nudge-cards-panel.h"
#include "app/panels/nudge-lists-panel.h"
#include "app/panels/nudge-loss-panel.h"
#include "app/panels/nudge-network-panel.h"
#include "app/panels/nudge-side-panel.h"

typedef struct {
  Fixture *f;
  GType type;
} Part;

static gboolean
has_focus_in (gpointer data)
{
  const Part *part = data;
  GtkWidget *focus = gtk_window_get_focus (GTK_WINDOW (part->f->window));

  return focus != NULL && gtk_widget_get_ancestor (focus, part->type) != NULL;
}

static void
assert_key_goes_to (Fixture *f, const char *key, GType type)
{
  drive_key (GTK_WIDGET (f->window), key);
  g_assert_true (drive_until (has_focus_in, &(Part){ f, type }));
  g_assert_true (gtk_window_get_focus_visible (GTK_WINDOW (f->window)));
}

static void
test_each_has_a_key (Fixture *f, gconstpointer data)
{
  GtkWidget *first;

  assert_key_goes_to (f, "alt+4", NUDGE_TYPE_CARDS_PANEL);
  first = gtk_window_get_focus (GTK_WINDOW (f->window));
  assert_key_goes_to (f, "alt+2", NUDGE_TYPE_NETWORK_PANEL);
  assert_key_goes_to (f, "alt+3", NUDGE_TYPE_LOSS_PANEL);
  assert_key_goes_to (f, "alt+5", NUDGE_TYPE_LISTS_PANEL);
  assert_key_goes_to (f, "alt+1", NUDGE_TYPE_SIDE_PANEL);

  /* Not to where Tab has led since. */
  assert_key_goes_to (f, "alt+4", NUDGE_TYPE_CARDS_PANEL);
  drive_key (GTK_WIDGET (f->window), "Tab");
  g_assert_false (gtk_window_get_focus (GTK_WINDOW (f->window)) == first);
  assert_key_goes_to (f, "alt+4", NUDGE_TYPE_CARDS_PANEL);
  g_assert_true (gtk_window_get_focus (GTK_WINDOW (f->window)) == first);
}

static gboolean
is_unmapped (gpointer widget)
{
  return !gtk_widget_get_mapped (widget);
}

static void
test_a_folded_panel_is_shown (Fixture *f, gconstpointer data)
{
  GtkWidget *side;

  assert_key_goes_to (f, "alt+1", NUDGE_TYPE_SIDE_PANEL);
  side = gtk_widget_get_ancestor (gtk_window_get_focus (GTK_WINDOW (f->window)),
                                  NUDGE_TYPE_SIDE_PANEL);
  drive_key (GTK_WIDGET (f->window), "F9");
  g_assert_true (drive_until (is_unmapped, side));
  assert_key_goes_to (f, "alt+4", NUDGE_TYPE_CARDS_PANEL);
  assert_key_goes_to (f, "alt+1", NUDGE_TYPE_SIDE_PANEL);
  g_assert_true (gtk_widget_get_mapped (side));
}

#define ADD(name, function)                                                              \
  g_test_add ("/app/window-parts/" name, Fixture, "first", set_up, function, tear_down)

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  ADD ("each-has-a-key", test_each_has_a_key);
  ADD ("a-folded-panel-is-shown", test_a_folded_panel_is_shown);
  return fixture_run ();
}
