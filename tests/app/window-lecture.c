/* window-lecture.c - a lecture in the window of the fixture, for tests
 *
 * SPDX-License-Identifier: MIT
 */

#include "tests/app/window-lecture.h"

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

NudgeLearner *
get_learner (Fixture *f)
{
  return nudge_document_get_learner (nudge_window_get_document (f->window));
}

static gsize
get_at (Fixture *f)
{
  return nudge_learner_get_lesson (get_learner (f))->at;
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

typedef struct {
  Fixture *f;
  gsize at;
} AtStepOfLesson;

static gboolean
is_at (gpointer data)
{
  const AtStepOfLesson *goal = data;

  return get_at (goal->f) == goal->at &&
         nudge_learner_get_state (get_learner (goal->f)) != NUDGE_LEARNER_BUSY;
}

void
wait_for_sentence (Fixture *f, gsize at)
{
  AtStepOfLesson goal = { f, at };

  g_test_message ("step %" G_GSIZE_FORMAT " of the lesson", at);
  g_assert_true (drive_until (is_at, &goal));
  g_assert_cmpint (nudge_learner_get_state (get_learner (f)), !=,
                   NUDGE_LEARNER_CHECK_FAILED);
}

/* As it is without one. */
void
wait_for_window (Fixture *f)
{
  g_assert_true (drive_until (is_no_lecture, f));
  drive_settle (GTK_WIDGET (f->window));
}
