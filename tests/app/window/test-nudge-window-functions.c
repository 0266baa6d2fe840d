/* test-nudge-window-functions.c - a window whose user's functions cannot be read
 *
 * SPDX-License-Identifier: MIT
 */

#include "tests/app/window-fixture.h"

#include <adwaita.h>

#define SAID "Your own functions cannot be read: "

/* A newer program's. */
#define NEWER "{\"nudge\": 2, \"functions\": []}"

static gboolean
is_said_in (GtkWidget *widget)
{
  if (GTK_IS_LABEL (widget) &&
      g_str_has_prefix (gtk_label_get_text (GTK_LABEL (widget)), SAID))
    return TRUE;
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child;
       child = gtk_widget_get_next_sibling (child))
    if (is_said_in (child))
      return TRUE;
  return FALSE;
}

static gboolean
is_said (gpointer data)
{
  return is_said_in (GTK_WIDGET (((Fixture *) data)->window));
}

/* It is of use without them, and says so. */
static void
test_window_opens_and_says_so (Fixture *f, gconstpointer data)
{
  g_assert_true (drive_until (is_said, f));
  step_to (f, 1);
}

int
main (int argc, char *argv[])
{
  g_autofree char *folder = g_dir_make_tmp ("nudge-test-XXXXXX", NULL);
  g_autofree char *kept_in = g_build_filename (folder, "nudge", NULL);
  g_autofree char *kept = g_build_filename (kept_in, "functions.json", NULL);
  int status;

  g_assert_nonnull (folder);
  g_assert_cmpint (g_mkdir (kept_in, 0700), ==, 0);
  put_contents (kept, NEWER);
  g_setenv ("XDG_DATA_HOME", folder, TRUE);
  g_test_init (&argc, &argv, NULL);
  adw_init ();
  g_test_add ("/app/window-functions/window-opens-and-says-so", Fixture, NULL, set_up,
              test_window_opens_and_says_so, tear_down);
  status = g_test_run ();
  g_remove (kept);
  g_rmdir (kept_in);
  g_rmdir (folder);
  return status;
}
