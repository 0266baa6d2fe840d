/* test-nudge-choice-row.c - a row of a panel: what something is, out of a list
 *
 * SPDX-License-Identifier: MIT
 */

#include "ui/rows/nudge-choice-row.h"

static GtkDropDown *
find_drop_down (GtkWidget *root)
{
  if (GTK_IS_DROP_DOWN (root))
    return GTK_DROP_DOWN (root);
  for (GtkWidget *child = gtk_widget_get_first_child (root); child;
       child = gtk_widget_get_next_sibling (child)) {
    GtkDropDown *found = find_drop_down (child);

    if (found)
      return found;
  }
  return NULL;
}

static void
changed_cb (guint *n_changes)
{
  (*n_changes)++;
}

/* After each edit of a run its panels offer what there is to choose from. */
static void
test_the_same_names_change_nothing (void)
{
  const char *names[] = { "moons", "spiral", NULL };
  const char *fewer[] = { "moons", NULL };
  NudgeChoiceRow *row =
      NUDGE_CHOICE_ROW (g_object_ref_sink (nudge_choice_row_new ("Data", "")));
  GListModel *list = gtk_drop_down_get_model (find_drop_down (GTK_WIDGET (row)));
  guint n_changes = 0;

  nudge_choice_row_set_names (row, names);
  g_signal_connect_swapped (list, "items-changed", G_CALLBACK (changed_cb), &n_changes);
  nudge_choice_row_set_names (row, names);
  g_assert_cmpuint (n_changes, ==, 0);
  nudge_choice_row_set_names (row, fewer);
  g_assert_cmpuint (n_changes, ==, 1);
  g_assert_cmpuint (g_list_model_get_n_items (list), ==, 1);
  nudge_choice_row_set_names (row, names);
  g_assert_cmpuint (g_list_model_get_n_items (list), ==, 2);
  g_object_unref (row);
}

int
main (int argc, char *argv[])
{
  gtk_test_init (&argc, &argv, NULL);
  g_test_add_func ("/ui/choice-row/the-same-names-change-nothing",
                   test_the_same_names_change_nothing);
  return g_test_run ();
}
