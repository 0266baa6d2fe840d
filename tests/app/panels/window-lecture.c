/* window-lecture.c - a lecture in the window of the fixture, for tests
 *
 * SPDX-License-Identifier: MIT
 */

#include "tests/app/panels/window-lecture.h"

/* Returns: (nullable): the first of a type that can be seen */
GtkWidget *
find_type (GtkWidget *root, GType type)
{
  if (!gtk_widget_get_mapped (root))
    return NULL;
  if (g_type_is_a (G_OBJECT_TYPE (root), type))
    return root;
  for (GtkWidget *child = gtk_widget_get_first_child (root); child != NULL;
       child = gtk_widget_get_next_sibling (child)) {
    GtkWidget *found = find_type (child, type);

    if (found != NULL)
      return found;
  }
  return NULL;
}

GtkWidget *
get_lecture (Fixture *f)
{
  return find_type (GTK_WIDGET (f->window), NUDGE_TYPE_LECTURE);
}

GtkWidget *
get_picture (Fixture *f, GType type)
{
  GtkWidget *picture = find_type (GTK_WIDGET (f->window), type);

  g_assert_nonnull (picture);
  return picture;
}

void
type_key (Fixture *f, const char *key)
{
  drive_settle (GTK_WIDGET (f->window));
  drive_key (GTK_WIDGET (f->window), key);
}

static gboolean
is_lecture (gpointer data)
{
  GtkWidget *lecture = get_lecture (data);

  return lecture != NULL && gtk_widget_get_width (lecture) > 0;
}

static gboolean
is_no_lecture (gpointer data)
{
  Fixture *f = data;

  return get_lecture (f) == NULL && gtk_widget_get_mapped (f->run) &&
         !gtk_window_is_fullscreen (GTK_WINDOW (f->window));
}

static gboolean
is_full (gpointer data)
{
  Fixture *f = data;

  return gtk_window_is_fullscreen (GTK_WINDOW (f->window));
}

void
begin_lecture (Fixture *f)
{
  type_key (f, "shift+F11");
  g_assert_true (drive_until (is_lecture, f));
  g_assert_true (drive_until (is_full, f));
  drive_settle (GTK_WIDGET (f->window));
}

/* As it is without one. */
void
wait_for_window (Fixture *f)
{
  g_assert_true (drive_until (is_no_lecture, f));
  drive_settle (GTK_WIDGET (f->window));
}
