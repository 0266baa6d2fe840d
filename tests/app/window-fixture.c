/* window-fixture.c - the real window on a real session, for tests
 *
 * SPDX-License-Identifier: MIT
 */

#include "tests/app/window-fixture.h"

#include <libintl.h>
#include <malloc.h>
#include <unistd.h>

#include "app/nudge-application.h"
#include "nn/io/nn-experiment-demo.h"
#include "ui/text/nudge-number.h"

static GtkApplication *application;

/**
 * fixture_run:
 *
 * Runs the tests that were added, all with one application, which outlives their windows.
 *
 * Returns: what main () is to return
 */
int
fixture_run (void)
{
  g_autoptr (GError) error = NULL;
  int status;

  application =
      GTK_APPLICATION (nudge_application_new (nn_experiment_new_demo ("seed", NULL)));
  g_application_register (G_APPLICATION (application), NULL, &error);
  g_assert_no_error (error);
  status = g_test_run ();
  g_clear_object (&application);
  return status;
}

/* --- Finding things as assistive tools do ------------------------------------------ */

GtkLabel *
find_described (GtkWidget *root, const char *description)
{
  g_autofree char *differs = NULL;

  if (GTK_IS_LABEL (root) &&
      gtk_test_accessible_has_property (GTK_ACCESSIBLE (root),
                                        GTK_ACCESSIBLE_PROPERTY_DESCRIPTION)) {
    differs = gtk_test_accessible_check_property (GTK_ACCESSIBLE (root),
                                                  GTK_ACCESSIBLE_PROPERTY_DESCRIPTION,
                                                  dgettext ("nudge", description));
    if (!differs)
      return GTK_LABEL (root);
  }
  for (GtkWidget *child = gtk_widget_get_first_child (root); child;
       child = gtk_widget_get_next_sibling (child)) {
    GtkLabel *found = find_described (child, description);

    if (found)
      return found;
  }
  return NULL;
}

/* A button whose name is its own text, if it is to be seen. */
GtkWidget *
find_button (GtkWidget *root, const char *text)
{
  if (GTK_IS_BUTTON (root) && gtk_widget_get_mapped (root) &&
      g_strcmp0 (gtk_button_get_label (GTK_BUTTON (root)), text) == 0)
    return root;
  for (GtkWidget *child = gtk_widget_get_first_child (root); child;
       child = gtk_widget_get_next_sibling (child)) {
    GtkWidget *found = find_button (child, text);

    if (found)
      return found;
  }
  return NULL;
}

GtkWidget *
find (Fixture *f, const char *name, GtkAccessibleRole role)
{
  /* In the language of the test, which is English but for those of languages. */
  GtkWidget *found = drive_find (GTK_WIDGET (f->window), dgettext ("nudge", name), role);

  if (!found)
    g_error ("there is nothing called %s", name);
  return found;
}

/* --- Waiting ----------------------------------------------------------------------- */

const NnFrame *
frame_of (Fixture *f)
{
  return nudge_document_get_frame (nudge_window_get_document (f->window));
}

gboolean
has_frame (gpointer data)
{
  Fixture *f = data;

  return frame_of (f) != NULL;
}

gboolean
has_trained (gpointer data)
{
  Fixture *f = data;

  return frame_of (f)->step > 20;
}

gboolean
is_running (gpointer data)
{
  Fixture *f = data;

  return frame_of (f)->running;
}

gboolean
is_paused (gpointer data)
{
  Fixture *f = data;

  return !frame_of (f)->running &&
         drive_find (GTK_WIDGET (f->window), dgettext ("nudge", "Run"),
                     GTK_ACCESSIBLE_ROLE_BUTTON);
}

gboolean
is_at_start (gpointer data)
{
  Fixture *f = data;

  return frame_of (f)->step == 0 && frame_of (f)->n_landings == 0;
}

gboolean
has_landed (gpointer data)
{
  Fixture *f = data;

  return frame_of (f)->n_landings > 0;
}

typedef struct {
  Fixture *f;
  gsize n;
} Landings;

static gboolean
has_landings (gpointer data)
{
  const Landings *wanted = data;

  return frame_of (wanted->f)->n_landings == wanted->n;
}

void
wait_for_landings (Fixture *f, gsize n)
{
  Landings wanted = { f, n };

  g_assert_true (drive_until (has_landings, &wanted));
}

NudgeLearner *
get_learner (Fixture *f)
{
  return nudge_document_get_learner (nudge_window_get_document (f->window));
}

typedef struct {
  Fixture *f;
  gsize at;
} AtStepOfLesson;

static gboolean
is_at_sentence (gpointer data)
{
  const AtStepOfLesson *goal = data;

  NudgeLearner *learner = get_learner (goal->f);

  return nudge_learner_get_lesson (learner)->at == goal->at &&
         nudge_learner_get_state (learner) != NUDGE_LEARNER_BUSY;
}

/* Until the lesson is there, and nothing is being done. */
void
wait_for_sentence (Fixture *f, gsize at)
{
  AtStepOfLesson goal = { f, at };

  g_test_message ("step %" G_GSIZE_FORMAT " of the lesson", at);
  g_assert_true (drive_until (is_at_sentence, &goal));
  g_assert_cmpint (nudge_learner_get_state (get_learner (f)), !=,
                   NUDGE_LEARNER_CHECK_FAILED);
}

gboolean
is_refused (gpointer data)
{
  Fixture *f = data;
  gsize n = frame_of (f)->n_landings;

  return n > 0 && frame_of (f)->landings[n - 1].refusal;
}

gboolean
has_failed (gpointer data)
{
  Fixture *f = data;

  return frame_of (f)->failure != NULL;
}

gboolean
is_at_step (gpointer data)
{
  AtStep *at = data;

  return frame_of (at->f)->step == at->step;
}

void
step_to (Fixture *f, guint64 step)
{
  AtStep at = { f, step };

  drive_click (f->step, 0.5, 0.5);
  g_assert_true (drive_until (is_at_step, &at));
}

/* --- Menus ------------------------------------------------------------------------- */

static GtkWidget *
find_item (GtkWidget *root, const char *text)
{
  if (GTK_IS_LABEL (root) && gtk_widget_get_mapped (root) &&
      g_str_equal (gtk_label_get_text (GTK_LABEL (root)), text))
    return gtk_widget_get_parent (root);
  for (GtkWidget *child = gtk_widget_get_first_child (root); child;
       child = gtk_widget_get_next_sibling (child)) {
    GtkWidget *found = find_item (child, text);

    if (found)
      return found;
  }
  return NULL;
}

typedef struct {
  GtkWidget *widget;
  const char *text;
} Item;

static gboolean
item_is_there (gpointer data)
{
  const Item *item = data;

  return find_item (item->widget, item->text) != NULL;
}

static gboolean
item_is_gone (gpointer data)
{
  return !item_is_there (data);
}

/* Of the menu that is to open on @widget. */
GtkWidget *
wait_for_item (GtkWidget *widget, const char *text)
{
  Item item = { widget, text };

  g_assert_true (drive_until (item_is_there, &item));
  return find_item (widget, text);
}

/* As a click on it does. */
void
choose_item (GtkWidget *widget, const char *text)
{
  Item item = { widget, text };
  GtkWidget *found = wait_for_item (widget, text);

  g_assert_true (gtk_widget_get_sensitive (found));
  g_signal_emit_by_name (found, "clicked");
  g_assert_true (drive_until (item_is_gone, &item));
}

/* --- The fixture ------------------------------------------------------------------- */

/* The memory of the process, after what is free was given back. */
gsize
fixture_get_resident_kib (void)
{
  g_autofree char *text = NULL;
  g_auto (GStrv) words = NULL;

  malloc_trim (0);
  g_assert_true (g_file_get_contents ("/proc/self/statm", &text, NULL, NULL));
  words = g_strsplit (text, " ", -1);
  return (gsize) g_ascii_strtoull (words[1], NULL, 10) * (gsize) sysconf (_SC_PAGESIZE) /
         1024;
}

void
open_experiment (Fixture *f, NnExperiment *experiment)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (NudgeDocument) document = nudge_document_new (experiment, &error);

  g_assert_no_error (error);
  nn_experiment_free (experiment);
  f->window = nudge_window_new (application);
  nudge_window_set_document (f->window, document);
  drive_present (GTK_WINDOW (f->window));
  g_assert_true (drive_until (has_frame, f));
  f->start = nn_frame_ref (nudge_document_get_frame (document));
  find_controls (f);
}

/**
 * find_controls:
 *
 * Of the fixture's window, which shows a document.
 */
void
find_controls (Fixture *f)
{
  f->run = find (f, "Run", GTK_ACCESSIBLE_ROLE_BUTTON);
  f->step = find (f, "Step", GTK_ACCESSIBLE_ROLE_BUTTON);
  f->reset = find (f, "Reset", GTK_ACCESSIBLE_ROLE_BUTTON);
  f->step_label = find_described (GTK_WIDGET (f->window), "Step");
  f->loss_label = find_described (GTK_WIDGET (f->window), "Loss");
  f->landing = find_described (GTK_WIDGET (f->window), "Landing");
  f->network = find (f, "Network", GTK_ACCESSIBLE_ROLE_IMG);
  g_assert_true (f->step_label && f->loss_label && f->landing);
}

void
set_up (Fixture *f, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  NnExperiment *experiment = nn_experiment_new_demo (data ? data : "seed", &error);

  g_assert_no_error (error);
  scratch_set_up (&f->scratch, NULL);
  open_experiment (f, experiment);
}

void
tear_down (Fixture *f, gconstpointer data)
{
  drive_close (GTK_WINDOW (f->window));
  nn_frame_unref (f->start);
  scratch_tear_down (&f->scratch, NULL);
}

/* --- Reading the window ------------------------------------------------------------ */

/* Of the newest step, which no nudge after it changes; before the first, of the weights
 * as they are. */
static double
get_step_loss (const NnFrame *frame)
{
  return frame->step > 0 ? frame->step_loss : frame->loss;
}

void
assert_labels_agree (Fixture *f)
{
  double loss = get_step_loss (frame_of (f));
  g_autofree char *step = g_strdup_printf ("Step %" G_GUINT64_FORMAT, frame_of (f)->step);
  const char *text = gtk_label_get_text (f->loss_label);
  double shown;

  g_assert_cmpstr (gtk_label_get_text (f->step_label), ==, step);
  g_assert_true (g_str_has_prefix (text, "Loss "));
  g_assert_true (nudge_number_parse (text + strlen ("Loss "), 0, &shown, NULL));
  g_assert_cmpfloat_with_epsilon (shown, loss, 1e-3 * loss);
}

void
assert_same_values (const NnFrame *a, const NnFrame *b)
{
  g_assert_cmpmem (a->values, a->architecture->n_values * sizeof (float), b->values,
                   b->architecture->n_values * sizeof (float));
}

/* Every value of @parameter must be @amount times what it was, in float32, and every
 * other the same to the bit. */
void
assert_scaled (const NnFrame *before,
               const NnFrame *after,
               const char *parameter,
               float amount)
{
  const NnArchitecture *architecture = before->architecture;

  for (gsize i = 0; i < architecture->n_parameters; i++) {
    const NnParameterShape *shape = &architecture->parameters[i];
    const float *old = before->values + shape->offset;
    const float *new = after->values + shape->offset;

    for (gsize k = 0; k < shape->n_values; k++) {
      float expected = g_str_equal (shape->name, parameter) ? amount * old[k] : old[k];

      g_assert_cmpmem (&expected, sizeof expected, &new[k], sizeof new[k]);
    }
  }
}

/* At which fraction of the slider's width its handle is. */
double
get_handle (GtkWidget *slider)
{
  GtkWidget *handle = gtk_widget_get_last_child (gtk_widget_get_first_child (slider));
  graphene_rect_t whole, part;

  g_assert_cmpstr (gtk_widget_get_css_name (handle), ==, "slider");
  g_assert_true (gtk_widget_compute_bounds (slider, slider, &whole));
  g_assert_true (gtk_widget_compute_bounds (handle, slider, &part));
  return (double) ((part.origin.x + part.size.width / 2 - whole.origin.x) /
                   whole.size.width);
}
