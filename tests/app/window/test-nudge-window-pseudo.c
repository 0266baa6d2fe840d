/* test-nudge-window-pseudo.c - the window in a language whose words are a third longer
 *
 * SPDX-License-Identifier: MIT
 */

#include <adwaita.h>
#include <string.h>

#include "nn/io/nn-experiment-demo.h"
#include "tests/app/window-fixture.h"
#include "tests/app/window/window-language.h"

#define WIDTH  900
#define HEIGHT 600

/* A label that may be cut off at its end shows all of it to the pointer. */
static gboolean
may_be_cut (GtkWidget *label, const char *text)
{
  gboolean says_all = gtk_widget_get_has_tooltip (label);

  for (GtkWidget *w = label; w && !says_all; w = gtk_widget_get_parent (w)) {
    const char *tooltip = gtk_widget_get_tooltip_text (w);

    says_all = tooltip != NULL && strstr (tooltip, text) != NULL;
  }
  return says_all;
}

static void
visit_cb (GtkWidget *widget, const char *what, const char *text, gpointer data)
{
  guint *n_cut = data;

  /* What is no message, as an expression, is as long as it is. */
  if (!g_str_equal (what, "label") ||
      !g_regex_match_simple (" a(n(t(o)?)?)?( |$)", text, 0, 0) ||
      !gtk_widget_get_mapped (widget) || !gtk_widget_get_child_visible (widget) ||
      may_be_cut (widget, text))
    return;
  if (!pango_layout_is_ellipsized (gtk_label_get_layout (GTK_LABEL (widget))))
    return;
  g_test_message ("cut off: “%s”", text);
  ++*n_cut;
}

static void
test_fits (Fixture *f, gconstpointer data)
{
  GtkWidget *window = GTK_WIDGET (f->window);
  int width, height;
  guint n_cut = 0;

  gtk_window_set_default_size (GTK_WINDOW (window), WIDTH, HEIGHT);
  drive_settle (window);
  gtk_widget_measure (window, GTK_ORIENTATION_HORIZONTAL, -1, &width, NULL, NULL, NULL);
  gtk_widget_measure (window, GTK_ORIENTATION_VERTICAL, WIDTH, &height, NULL, NULL, NULL);
  g_test_message ("at least %d x %d", width, height);
  g_assert_cmpint (width, <=, WIDTH);
  g_assert_cmpint (height, <=, HEIGHT);
  g_assert_cmpint (gtk_widget_get_width (window), <=, WIDTH);
  language_walk (window, visit_cb, &n_cut);
  g_assert_cmpuint (n_cut, ==, 0);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  language_start ("en_XA");
  adw_init ();
  for (const char *const *demo = nn_experiment_get_demo_names (); *demo; demo++) {
    g_autofree char *path = g_strconcat ("/app/window-pseudo/fits/", *demo, NULL);

    g_test_add (path, Fixture, *demo, set_up, test_fits, tear_down);
  }
  return fixture_run ();
}
