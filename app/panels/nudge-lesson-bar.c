/* nudge-lesson-bar.c - what a lesson says, asks and reveals, above the pictures
 *
 * SPDX-License-Identifier: MIT
 */

#include "app/panels/nudge-lesson-bar.h"

#include <glib/gi18n.h>
#include <math.h>

#include "app/panels/nudge-lesson-words.h"
#include "app/panels/nudge-pointing.h"
#include "nn/base/nn-text.h"
#include "nn/lesson/nn-lesson-outcome.h"
#include "ui/text/nudge-number.h"

struct _NudgeLessonBar {
  NudgePanel parent_instance;

  GtkWidget *row; /* the only child: disposal finds it by this */
  GtkLabel *progress;
  GtkLabel *text;
  GtkBox *choices;
  GtkWidget *typing; /* the line of the entry */
  GtkEditable *entry;
  GtkLabel *wrong; /* with what was typed */
  GtkWidget *result;
  GtkLabel *predicted;
  GtkLabel *came;
  GtkLabel *check_failed;
  GtkWidget *back;
  GtkButton *next;
  GtkLabel *next_label;

  GSignalGroup *learner;    /* (owned) the document's */
  GtkWidget *pointed;       /* (nullable) weak */
  const NnLessonStep *step; /* (nullable) whose choices there are */
  gboolean showing;         /* a widget is being set, so its signals are ignored */
};

G_DEFINE_FINAL_TYPE (NudgeLessonBar, nudge_lesson_bar, NUDGE_TYPE_PANEL)

/* Returns: (transfer none) (nullable) */
static NudgeLearner *
get_learner (NudgeLessonBar *self)
{
  NudgeDocument *document = nudge_panel_get_document (NUDGE_PANEL (self));

  return document != NULL ? nudge_document_get_learner (document) : NULL;
}

/* --- Answers ------------------------------------------------------------------------ */

static void
chosen_cb (NudgeLessonBar *self, GtkCheckButton *button)
{
  const gsize index =
      GPOINTER_TO_SIZE (g_object_get_data (G_OBJECT (button), "nudge-choice"));

  if (!self->showing && gtk_check_button_get_active (button))
    nudge_learner_answer (get_learner (self), (double) index);
}

static void
add_choice (NudgeLessonBar *self, const NnLessonStep *step, gsize index, double answer)
{
  g_autofree char *text =
      nudge_learner_dup_text (get_learner (self), step->choices[index].text);
  GtkWidget *button = gtk_check_button_new ();
  GtkWidget *label = gtk_label_new (text);
  GtkWidget *first = gtk_widget_get_first_child (GTK_WIDGET (self->choices));

  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_check_button_set_child (GTK_CHECK_BUTTON (button), label);
  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  text, -1);
  if (first != NULL)
    gtk_check_button_set_group (GTK_CHECK_BUTTON (button), GTK_CHECK_BUTTON (first));
  g_object_set_data (G_OBJECT (button), "nudge-choice", GSIZE_TO_POINTER (index));
  gtk_check_button_set_active (GTK_CHECK_BUTTON (button), answer == (double) index);
  g_signal_connect_swapped (button, "toggled", G_CALLBACK (chosen_cb), self);
  gtk_box_append (self->choices, button);
}

/* It may have been chosen elsewhere, by a key. */
static void
show_chosen (NudgeLessonBar *self, double answer)
{
  gsize i = 0;

  self->showing = TRUE;
  for (GtkWidget *button = gtk_widget_get_first_child (GTK_WIDGET (self->choices));
       button != NULL; button = gtk_widget_get_next_sibling (button))
    gtk_check_button_set_active (GTK_CHECK_BUTTON (button), answer == (double) i++);
  self->showing = FALSE;
}

static void
show_choices (NudgeLessonBar *self, const NnLessonStep *step, double answer)
{
  const gboolean asks = step->kind == NN_LESSON_ASK;

  gtk_widget_set_visible (GTK_WIDGET (self->choices), asks && step->n_choices > 0);
  if (self->step == step) {
    show_chosen (self, answer);
    return;
  }
  for (GtkWidget *child = gtk_widget_get_first_child (GTK_WIDGET (self->choices));
       child != NULL; child = gtk_widget_get_first_child (GTK_WIDGET (self->choices)))
    gtk_box_remove (self->choices, child);
  for (gsize i = 0; asks && i < step->n_choices; i++)
    add_choice (self, step, i, answer);
}

static void
typed_cb (NudgeLessonBar *self)
{
  const char *text = gtk_editable_get_text (self->entry);
  g_autoptr (GError) error = NULL;
  double number = NAN;

  if (self->showing)
    return;
  if (*text != '\0' && !nudge_number_parse (text, 0, &number, &error))
    number = NAN;
  gtk_label_set_text (self->wrong, error != NULL ? error->message : "");
  self->showing = TRUE;
  nudge_learner_answer (get_learner (self), number);
  self->showing = FALSE;
}

/* A mark on the plot is shown as a number, too, but not while one is typed. */
static void
show_entry (NudgeLessonBar *self, const NnLessonStep *step, double answer)
{
  const gboolean asks = step->kind == NN_LESSON_ASK && step->n_choices == 0;
  g_autofree char *text = isnan (answer) ? NULL : nudge_number_format (answer, 3);

  gtk_widget_set_visible (self->typing, asks);
  if (!asks || self->showing)
    return;
  self->showing = TRUE;
  gtk_editable_set_text (self->entry, text != NULL ? text : "");
  gtk_label_set_text (self->wrong,
                      step->question == NN_LESSON_MARK ? _ ("or click on the plot") : "");
  self->showing = FALSE;
}

/* --- Outcomes ------------------------------------------------------------------------ */

/* The prediction beside the outcome. */
static void
show_result (NudgeLessonBar *self, const NnLessonStep *step)
{
  NudgeLearner *learner = get_learner (self);
  double answer;
  const NnLessonStep *question = nudge_learner_get_question (learner, &answer);
  const double outcome = nudge_learner_get_outcome (learner);
  const gboolean shown = step->kind == NN_LESSON_REVEAL && question != NULL;

  gtk_widget_set_visible (self->result, shown);
  if (!shown)
    return;

  const gboolean right = nn_lesson_answer_is_right (question, answer, outcome);
  g_autofree char *said = nudge_lesson_dup_answer (learner, question, answer);
  g_autofree char *is = nudge_lesson_dup_answer (learner, question, outcome);
  /* Translators: what the learner predicted, "✓" if it came true */
  g_autofree char *predicted = right ? g_strdup_printf (_ ("✓ You said: %s"), said)
                                     : g_strdup_printf (_ ("✗ You said: %s"), said);
  /* Translators: the outcome */
  g_autofree char *came = g_strdup_printf (_ ("It came out: %s"), is);

  gtk_label_set_text (self->predicted, predicted);
  gtk_widget_set_visible (GTK_WIDGET (self->predicted), !isnan (answer));
  gtk_label_set_text (self->came, came);
}

/* --- A step ------------------------------------------------------------------------- */

static void
show_next (NudgeLessonBar *self, NudgeLearnerState state)
{
  const NnLesson *lesson = nudge_learner_get_lesson (get_learner (self));
  const char *word = nudge_lesson_get_next_word (get_learner (self));

  gtk_label_set_text_with_mnemonic (self->next_label, word);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->next),
                                  GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  gtk_label_get_text (self->next_label), -1);
  /* Buttons stay sensitive while the run is on its way, to keep the focus, but
   * do nothing. */
  gtk_widget_set_sensitive (self->back, lesson->at > 0);
  /* What the learner is to do is elsewhere then. */
  if (state == NUDGE_LEARNER_WAITS)
    gtk_widget_remove_css_class (GTK_WIDGET (self->next), "suggested-action");
  else
    gtk_widget_add_css_class (GTK_WIDGET (self->next), "suggested-action");
}

static void
show_words (NudgeLessonBar *self, const NnLessonStep *step)
{
  NudgeLearner *learner = get_learner (self);
  const NnLesson *lesson = nudge_learner_get_lesson (learner);
  const NnExperiment *experiment =
      nudge_document_get_experiment (nudge_panel_get_document (NUDGE_PANEL (self)));
  g_autofree char *text = nudge_lesson_dup_text (learner, step);
  /* Translators: a lesson's title; "3 of 11" steps */
  g_autofree char *progress =
      g_strdup_printf (_ ("%s · %u of %u"), nn_text_get_translated (experiment->title),
                       (guint) lesson->at + 1, (guint) lesson->n_steps);

  gtk_label_set_text (self->text, text);
  gtk_label_set_text (self->progress, progress);
}

static void
point_at (NudgeLessonBar *self, NudgeLearnerState state, const NnLessonStep *step)
{
  const gboolean points = step != NULL && step->point != NULL &&
                          (state == NUDGE_LEARNER_WAITS || state == NUDGE_LEARNER_READS ||
                           state == NUDGE_LEARNER_IS_ASKED);
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self));

  nudge_pointing_move (&self->pointed,
                       points && root != NULL
                           ? nudge_pointing_find (GTK_WIDGET (root), step->point)
                           : NULL);
}

/* Returns: (nullable): what has the focus, if that is in the bar */
static GtkWidget *
get_focus (NudgeLessonBar *self)
{
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self));
  GtkWidget *focus = root != NULL ? gtk_root_get_focus (root) : NULL;

  return focus != NULL && gtk_widget_is_ancestor (focus, GTK_WIDGET (self)) ? focus
                                                                            : NULL;
}

/* A new step's answer gets the focus. A widget that becomes insensitive passes it on to
 * Next, not to its neighbour, which leaves the lesson. */
static void
place_focus (NudgeLessonBar *self, const NnLessonStep *step)
{
  if (step->kind == NN_LESSON_ASK && step->n_choices > 0)
    gtk_widget_child_focus (GTK_WIDGET (self->choices), GTK_DIR_TAB_FORWARD);
  else if (step->kind == NN_LESSON_ASK)
    gtk_widget_grab_focus (GTK_WIDGET (self->entry));
  else
    gtk_widget_grab_focus (GTK_WIDGET (self->next));
}

static void
show_step (NudgeLessonBar *self)
{
  NudgeLearner *learner = get_learner (self);
  const NudgeLearnerState state =
      learner != NULL ? nudge_learner_get_state (learner) : NUDGE_LEARNER_LEFT;
  const gboolean had_focus = get_focus (self) != NULL;
  const NnLessonStep *step;
  double answer;

  gtk_widget_set_visible (GTK_WIDGET (self), state != NUDGE_LEARNER_LEFT);
  if (state == NUDGE_LEARNER_LEFT) {
    point_at (self, state, NULL);
    return;
  }
  step = nudge_learner_get_step (learner);
  nudge_learner_get_question (learner, &answer);
  show_words (self, step);
  show_choices (self, step, answer);
  show_entry (self, step, answer);
  show_result (self, step);
  gtk_widget_set_visible (GTK_WIDGET (self->check_failed),
                          state == NUDGE_LEARNER_CHECK_FAILED);
  show_next (self, state);
  if (had_focus && self->step != step && state != NUDGE_LEARNER_BUSY)
    place_focus (self, step);
  self->step = step;
  point_at (self, state, step);
}

/* --- Buttons ------------------------------------------------------------------------ */

/* A button that was pressed by its letter has no focus, and the next step's answer is to. */
static void
next_cb (NudgeLessonBar *self)
{
  if (get_focus (self) == NULL)
    gtk_widget_grab_focus (GTK_WIDGET (self->next));
  nudge_learner_next (get_learner (self));
}

static void
back_cb (NudgeLessonBar *self)
{
  nudge_learner_back (get_learner (self));
}

static void
again_cb (NudgeLessonBar *self)
{
  self->step = NULL; /* no choice is made any more */
  nudge_learner_again (get_learner (self));
}

static void
leave_cb (NudgeLessonBar *self)
{
  nudge_learner_leave (get_learner (self));
}

/* --- Life --------------------------------------------------------------------------- */

static void
nudge_lesson_bar_document_changed (NudgePanel *panel, NudgeDocument *document)
{
  NudgeLessonBar *self = NUDGE_LESSON_BAR (panel);

  self->step = NULL;
  g_signal_group_set_target (self->learner, get_learner (self));
  show_step (self);
}

static gboolean
point_again_cb (GtkWidget *widget, GdkFrameClock *clock, gpointer data)
{
  NudgeLessonBar *self = NUDGE_LESSON_BAR (widget);
  NudgeLearner *learner = get_learner (self);

  if (learner != NULL && nudge_learner_get_state (learner) != NUDGE_LEARNER_LEFT)
    point_at (self, nudge_learner_get_state (learner), nudge_learner_get_step (learner));
  return G_SOURCE_REMOVE;
}

/* The control to point at is in the same window, and mapped after the bar. */
static void
nudge_lesson_bar_map (GtkWidget *widget)
{
  GTK_WIDGET_CLASS (nudge_lesson_bar_parent_class)->map (widget);
  gtk_widget_add_tick_callback (widget, point_again_cb, NULL, NULL);
}

/* Cards may have been replaced since; and the text has numbers of the run. */
static void
nudge_lesson_bar_show_words (NudgePanel *panel, NnFrame *frame)
{
  point_again_cb (GTK_WIDGET (panel), NULL, NULL);
}

static void
nudge_lesson_bar_dispose (GObject *object)
{
  NudgeLessonBar *self = NUDGE_LESSON_BAR (object);

  nudge_pointing_move (&self->pointed, NULL);
  g_clear_object (&self->learner);
  gtk_widget_dispose_template (GTK_WIDGET (object), NUDGE_TYPE_LESSON_BAR);
  G_OBJECT_CLASS (nudge_lesson_bar_parent_class)->dispose (object);
}

static void
nudge_lesson_bar_class_init (NudgeLessonBarClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = nudge_lesson_bar_dispose;
  NUDGE_PANEL_CLASS (klass)->document_changed = nudge_lesson_bar_document_changed;
  NUDGE_PANEL_CLASS (klass)->show_words = nudge_lesson_bar_show_words;
  widget_class->map = nudge_lesson_bar_map;
  gtk_widget_class_set_template_from_resource (
      widget_class, "/org/nudgelab/Nudge/ui/nudge-lesson-bar.ui");
  gtk_widget_class_bind_template_child (widget_class, NudgeLessonBar, row);
  gtk_widget_class_bind_template_child (widget_class, NudgeLessonBar, progress);
  gtk_widget_class_bind_template_child (widget_class, NudgeLessonBar, text);
  gtk_widget_class_bind_template_child (widget_class, NudgeLessonBar, choices);
  gtk_widget_class_bind_template_child (widget_class, NudgeLessonBar, typing);
  gtk_widget_class_bind_template_child (widget_class, NudgeLessonBar, entry);
  gtk_widget_class_bind_template_child (widget_class, NudgeLessonBar, wrong);
  gtk_widget_class_bind_template_child (widget_class, NudgeLessonBar, result);
  gtk_widget_class_bind_template_child (widget_class, NudgeLessonBar, predicted);
  gtk_widget_class_bind_template_child (widget_class, NudgeLessonBar, came);
  gtk_widget_class_bind_template_child (widget_class, NudgeLessonBar, check_failed);
  gtk_widget_class_bind_template_child (widget_class, NudgeLessonBar, back);
  gtk_widget_class_bind_template_child (widget_class, NudgeLessonBar, next);
  gtk_widget_class_bind_template_child (widget_class, NudgeLessonBar, next_label);
  gtk_widget_class_bind_template_callback (widget_class, typed_cb);
  gtk_widget_class_bind_template_callback (widget_class, next_cb);
  gtk_widget_class_bind_template_callback (widget_class, back_cb);
  gtk_widget_class_bind_template_callback (widget_class, again_cb);
  gtk_widget_class_bind_template_callback (widget_class, leave_cb);
}

static void
nudge_lesson_bar_init (NudgeLessonBar *self)
{
  self->learner = g_signal_group_new (NUDGE_TYPE_LEARNER);
  g_signal_group_connect_swapped (self->learner, "changed", G_CALLBACK (show_step), self);
  gtk_widget_init_template (GTK_WIDGET (self));
  gtk_widget_set_visible (GTK_WIDGET (self), FALSE);
}
