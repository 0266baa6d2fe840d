/* test-nudge-drop-down.c - a drop-down whose items are said in words of their own
 *
 * SPDX-License-Identifier: MIT
 */

#include <adwaita.h>

#include "ui/base/nudge-drop-down.h"

static char *
dup_button (gpointer data, const char *text)
{
  return g_strdup (text);
}

static char *
dup_row (gpointer data, const char *text)
{
  (*(guint *) data)++;
  return g_strdup (text);
}

/* A window has many lists, and few of them are ever opened. */
static void
test_rows_are_made_when_it_opens (void)
{
  guint n_rows = 0;
  const NudgeDropDownWords words = { dup_button, dup_row, NULL, &n_rows };
  GtkWindow *window = GTK_WINDOW (gtk_window_new ());
  GtkDropDown *self = GTK_DROP_DOWN (gtk_drop_down_new (NULL, NULL));
  GtkWidget *button = gtk_widget_get_first_child (GTK_WIDGET (self));

  gtk_window_set_child (window, GTK_WIDGET (self));
  gtk_window_present (window);
  nudge_drop_down_set_words (self, &words);
  nudge_drop_down_append (self, "one");
  nudge_drop_down_append (self, "two");
  nudge_drop_down_select (self, "two");
  g_assert_cmpuint (n_rows, ==, 0);
  gtk_toggle_button_set_active (GTK_TOGGLE_BUTTON (button), TRUE);
  g_assert_cmpuint (n_rows, ==, 2);
  gtk_toggle_button_set_active (GTK_TOGGLE_BUTTON (button), FALSE);
  gtk_toggle_button_set_active (GTK_TOGGLE_BUTTON (button), TRUE);
  g_assert_cmpuint (n_rows, ==, 2);

  /* Other words, and none of them is said before it opens again. */
  gtk_toggle_button_set_active (GTK_TOGGLE_BUTTON (button), FALSE);
  nudge_drop_down_set_words (self, &words);
  nudge_drop_down_append (self, "three");
  g_assert_cmpuint (n_rows, ==, 2);
  gtk_toggle_button_set_active (GTK_TOGGLE_BUTTON (button), TRUE);
  g_assert_cmpuint (n_rows, ==, 3);
  gtk_window_destroy (window);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  adw_init ();
  g_test_add_func ("/nudge/drop-down/rows-are-made-when-it-opens",
                   test_rows_are_made_when_it_opens);
  return g_test_run ();
}
