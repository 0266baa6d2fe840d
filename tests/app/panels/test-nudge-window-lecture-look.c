/* test-nudge-window-lecture-look.c - what a lecture shows
 *
 * SPDX-License-Identifier: MIT
 *
 * On a screen of 1024 by 768.
 */

#include "nn/io/nn-experiment-demo.h"
#include "tests/app/panels/window-lecture.h"
#include "ui/base/nudge-hall.h"
#include "ui/base/nudge-picture.h"
#include "ui/cards/nudge-layer-card.h"

/* What a projector often has, and what can be read from the last row then. */
#define HALL_WIDTH   1024
#define HALL_HEIGHT  768
#define LEAST_TEXT   24.0
#define PICTURE_TEXT 12.0 /* the smallest of ui/draw/base/nudge-text.h */

/* --- The last row ------------------------------------------------------------------- */

static double
get_text_size (GtkWidget *label)
{
  const PangoFontDescription *font =
      pango_context_get_font_description (gtk_widget_get_pango_context (label));

  g_assert_true (pango_font_description_get_size_is_absolute (font));
  return (double) pango_font_description_get_size (font) / PANGO_SCALE;
}

/* Returns: how many texts and pictures there were */
static guint
assert_is_large (GtkWidget *root)
{
  guint n = 0;

  if (!gtk_widget_get_mapped (root))
    return 0;
  if (GTK_IS_LABEL (root) && *gtk_label_get_text (GTK_LABEL (root)) != '\0') {
    g_test_message ("%g px: %s", get_text_size (root),
                    gtk_label_get_text (GTK_LABEL (root)));
    g_assert_cmpfloat (get_text_size (root), >=, LEAST_TEXT);
    n++;
  } else if (NUDGE_IS_PICTURE (root)) {
    g_assert_cmpfloat (nudge_picture_get_scale (NUDGE_PICTURE (root)) * PICTURE_TEXT, >=,
                       LEAST_TEXT);
    n++;
  } else if (GTK_IS_TEXT (root)) {
    g_assert_cmpfloat (get_text_size (root), >=, LEAST_TEXT);
  }
  for (GtkWidget *child = gtk_widget_get_first_child (root); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    n += assert_is_large (child);
  return n;
}

static void
assert_fits (Fixture *f)
{
  GtkWidget *hall = find_type (GTK_WIDGET (f->window), NUDGE_TYPE_HALL);
  GtkWidget *content = adw_bin_get_child (ADW_BIN (hall));

  g_assert_cmpint (gtk_widget_get_width (hall), <=, HALL_WIDTH);
  g_assert_cmpint (gtk_widget_get_height (hall), <=, HALL_HEIGHT);
  g_assert_cmpint (gtk_widget_get_width (content), ==, gtk_widget_get_width (hall));
  g_assert_cmpint (gtk_widget_get_height (content), ==, gtk_widget_get_height (hall));
}

/* Each step of a lesson, or the one that a demo has. */
static void
test_the_last_row_can_read_it (Fixture *f, gconstpointer data)
{
  NudgeLearner *learner = get_learner (f);
  const NnLesson *lesson = learner ? nudge_learner_get_lesson (learner) : NULL;

  if (lesson != NULL)
    wait_for_sentence (f, 0);
  begin_lecture (f);
  for (gsize at = 0; at < (lesson ? lesson->n_steps : 1); at++) {
    if (at > 0) {
      nudge_learner_next (learner);
      wait_for_sentence (f, at);
      drive_settle (GTK_WIDGET (f->window));
    }
    g_assert_cmpuint (assert_is_large (get_lecture (f)), >=, 5);
    assert_fits (f);
  }
}

/* --- Without a lesson --------------------------------------------------------------- */

static char *
dup_layer (Fixture *f)
{
  char *layer;

  g_object_get (get_picture (f, NUDGE_TYPE_LAYER_CARD), "layer", &layer, NULL);
  return layer;
}

static void
assert_card (Fixture *f, const char *layer)
{
  g_autofree char *shown = NULL;

  drive_settle (GTK_WIDGET (f->window));
  shown = dup_layer (f);
  g_assert_cmpstr (shown, ==, layer);
}

static gboolean
has_undone (gpointer data)
{
  return frame_of (data)->n_landings == 0;
}

/* The pictures, a card, and space runs and pauses. */
static void
test_a_demo_has_one_card (Fixture *f, gconstpointer data)
{
  gtk_widget_grab_focus (find (f, "Apply to fc2", GTK_ACCESSIBLE_ROLE_BUTTON));
  begin_lecture (f);
  assert_card (f, "fc2"); /* which was used last */
  type_key (f, "Up");
  assert_card (f, "fc1");
  type_key (f, "Up");
  assert_card (f, "fc1");
  type_key (f, "Down");
  type_key (f, "Down");
  assert_card (f, "fc3");
  type_key (f, "space");
  g_assert_true (drive_until (has_trained, f));
  type_key (f, "space");
  g_assert_true (drive_until (is_paused, f));
  drive_click (find (f, "Apply to fc3", GTK_ACCESSIBLE_ROLE_BUTTON), 0.5, 0.5);
  g_assert_true (drive_until (has_landed, f));
  type_key (f, "Prior");
  g_assert_true (drive_until (has_undone, f));
  g_assert_false (gtk_widget_get_mapped (find (f, "Reset", GTK_ACCESSIBLE_ROLE_BUTTON)));
}

#define ADD(name, demo, function)                                                        \
  g_test_add ("/app/window-lecture-look/" name, Fixture, demo, set_up, function,         \
              tear_down)

int
main (int argc, char *argv[])
{
  const char *const *names = nn_experiment_get_lesson_names ();

  g_test_init (&argc, &argv, NULL);
  for (gsize i = 0; names[i] != NULL; i++) {
    g_autofree char *path =
        g_strdup_printf ("/app/window-lecture-look/the-last-row-can-read-%s", names[i]);

    g_test_add (path, Fixture, names[i], set_up, test_the_last_row_can_read_it,
                tear_down);
  }
  ADD ("the-last-row-can-read-a-demo", "seed", test_the_last_row_can_read_it);
  ADD ("a-demo-has-one-card", "seed", test_a_demo_has_one_card);
  return fixture_run ();
}
