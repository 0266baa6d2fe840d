/* nn-experiment-lesson.c - the reader of the key "lesson" of a .nudge file
 *
 * SPDX-License-Identifier: MIT
 */

#include "nn/io/nn-experiment-lesson.h"

#include <glib/gi18n.h>
#include <math.h>
#include <string.h>

#include "nn/lesson/nn-check.h"
#include "nn/lesson/nn-lesson-text.h"
#include "nn/nudge/nn-apply.h"

typedef struct {
  NnLesson *lesson;
  /* (nullable) NULL after an edit, which may have changed it */
  const NnArchitecture *architecture;
  GPtrArray *kept; /* (element-type utf8) NULL-terminated */
  NnReadEdit read_edit;
  gconstpointer data; /* of read_edit */
} Reader;

/* --- Texts and expressions --------------------------------------------------------- */

static const char *const *
get_kept (const Reader *self)
{
  return (const char *const *) self->kept->pdata;
}

static gboolean
require_text (Reader *self,
              const NnJson *object,
              const char *key,
              char **text,
              GError **error)
{
  NnJson member;
  const char *value;

  if (!nn_json_require (object, key, &member, error) ||
      !nn_json_get_string (&member, &value, error))
    return FALSE;
  if (*value == '\0')
    return nn_json_refuse (&member, error, NN_ERROR_SYNTAX,
                           _ ("expected a text that is not empty"));
  if (!nn_lesson_text_check (value, get_kept (self), self->architecture, error))
    return nn_json_prefix_error (&member, error);
  *text = g_strdup (value);
  return TRUE;
}

static gboolean
get_expression (Reader *self, const NnJson *member, char **expression, GError **error)
{
  g_autoptr (NnCheck) check = NULL;
  const char *value;

  if (!nn_json_get_string (member, &value, error))
    return FALSE;
  check = nn_check_new (value, get_kept (self), error);
  if (check == NULL ||
      (self->architecture != NULL && !nn_check_fits (check, self->architecture, error)))
    return nn_json_prefix_error (member, error);
  *expression = g_strdup (value);
  return TRUE;
}

static gboolean
require_expression (Reader *self,
                    const NnJson *object,
                    const char *key,
                    char **expression,
                    GError **error)
{
  NnJson member;

  return nn_json_require (object, key, &member, error) &&
         get_expression (self, &member, expression, error);
}

/* --- What is done ------------------------------------------------------------------ */

static gboolean
read_nudge (Reader *self, NnLessonStep *step, const NnJson *member, GError **error)
{
  const char *text;

  if (!nn_json_get_string (member, &text, error))
    return FALSE;
  step->event.nudge = nn_nudge_parse (text, error);
  if (step->event.nudge == NULL || !nn_event_check_when (&step->event, error) ||
      (self->architecture != NULL &&
       !nn_nudge_check_target (step->event.nudge, self->architecture, error)))
    return nn_json_prefix_error (member, error);
  return TRUE;
}

static gboolean
read_event (Reader *self, NnLessonStep *step, const NnJson *member, GError **error)
{
  const char *name;

  step->action = NN_LESSON_EVENT;
  if (!nn_event_kind_find (member->key, &step->event.kind, error))
    return nn_json_prefix_error (member, error);
  switch (step->event.kind) {
  case NN_EVENT_GUARD:
    return nn_json_get_name (member, &name, error) &&
           (nn_guard_find (name, &step->event.guard, error) ||
            nn_json_prefix_error (member, error));
  case NN_EVENT_EDIT:
    step->event.edit = nn_json_check_object (member, error)
                           ? self->read_edit (member, self->data, error)
                           : NULL;
    self->architecture = NULL;
    return step->event.edit != NULL;
  default:
    step->event.index = G_MAXSIZE; /* a repeating nudge goes to the end of the list */
    return read_nudge (self, step, member, error);
  }
}

static gboolean
read_true (const NnJson *member, GError **error)
{
  gboolean value;

  return nn_json_get_boolean (member, &value, error) &&
         (value || nn_json_refuse (member, error, NN_ERROR_SYNTAX, _ ("expected true")));
}

static gboolean
get_step (const NnJson *member, guint64 *step, GError **error)
{
  gint64 value;

  if (!nn_json_get_integer (member, 1, G_MAXINT64, &value, error))
    return FALSE;
  *step = (guint64) value;
  return TRUE;
}

static gboolean
read_action (Reader *self, NnLessonStep *step, const NnJson *action, GError **error)
{
  static const char *const keys[] = { "step", "loss", "nudge", "stand", "guard",
                                      "edit", "undo", "reset", NULL };
  NnJson member;

  if (!nn_json_check_object (action, error) || !nn_json_check_keys (action, keys, error))
    return FALSE;
  if (json_object_size (action->value) != 1)
    return nn_json_refuse (
        action, error, NN_ERROR_SYNTAX,
        _ ("expected one thing: step, loss, nudge, stand, guard, edit, "
           "undo or reset"));
  if (nn_json_find (action, "step", &member)) {
    step->action = NN_LESSON_RUN_TO_STEP;
    return get_step (&member, &step->step, error);
  } else if (nn_json_find (action, "loss", &member)) {
    step->action = NN_LESSON_RUN_TO_LOSS;
    return nn_json_get_double (&member, &step->loss, error);
  } else if (nn_json_find (action, "undo", &member)) {
    step->action = NN_LESSON_UNDO;
    return read_true (&member, error);
  } else if (nn_json_find (action, "reset", &member)) {
    step->action = NN_LESSON_RESET;
    return read_true (&member, error);
  }
  for (gsize i = 0; keys[i] != NULL; i++)
    if (nn_json_find (action, keys[i], &member))
      break;
  return read_event (self, step, &member, error);
}

static gboolean
read_saying (Reader *self, NnLessonStep *step, const NnJson *object, GError **error)
{
  static const char *const keys[] = {
    "say", "point", "wait", "do", "keep", "check", NULL
  };
  NnJson member;
  const gboolean waits = nn_json_find (object, "wait", &member);

  if (!nn_json_check_keys (object, keys, error) ||
      !require_text (self, object, "say", &step->text, error))
    return FALSE;
  step->kind = waits ? NN_LESSON_WAIT : NN_LESSON_SAY;
  if (waits && !read_action (self, step, &member, error))
    return FALSE;
  if (!nn_json_find (object, "do", &member))
    return TRUE;
  if (waits)
    return nn_json_refuse (&member, error, NN_ERROR_SYNTAX,
                           _ ("expected either \"do\" or \"wait\""));
  step->kind = NN_LESSON_DO;
  return read_action (self, step, &member, error);
}

/* --- What is asked ----------------------------------------------------------------- */

static gboolean
read_choice (Reader *self, NnLessonChoice *choice, const NnJson *object, GError **error)
{
  static const char *const keys[] = { "say", "if", NULL };

  return nn_json_check_object (object, error) &&
         nn_json_check_keys (object, keys, error) &&
         require_text (self, object, "say", &choice->text, error) &&
         require_expression (self, object, "if", &choice->outcome, error);
}

static gboolean
read_choices (Reader *self, NnLessonStep *step, const NnJson *choices, GError **error)
{
  gsize n;

  if (!nn_json_check_array (choices, error))
    return FALSE;
  n = json_array_size (choices->value);
  if (n < 2 || n > NN_LESSON_MOST_CHOICES)
    return nn_json_refuse (choices, error, NN_ERROR_SHAPE,
                           _ ("there are 2 to %d choices"), NN_LESSON_MOST_CHOICES);
  step->question = NN_LESSON_CHOICES;
  step->choices = g_new0 (NnLessonChoice, n);
  step->n_choices = n;
  for (gsize i = 0; i < n; i++) {
    const NnJson element = nn_json_get_element (choices, i);

    if (!read_choice (self, &step->choices[i], &element, error))
      return FALSE;
  }
  return TRUE;
}

static gboolean
read_mark (NnLessonStep *step, const NnJson *mark, GError **error)
{
  static const char *const keys[] = { "step", NULL };
  NnJson member;

  if (!nn_json_check_object (mark, error) || !nn_json_check_keys (mark, keys, error) ||
      !nn_json_require (mark, "step", &member, error) ||
      !get_step (&member, &step->step, error))
    return FALSE;
  step->question = NN_LESSON_MARK;
  step->outcome = g_strdup_printf ("loss(%" G_GUINT64_FORMAT ")", step->step);
  return TRUE;
}

static gboolean
read_question (Reader *self, NnLessonStep *step, const NnJson *object, GError **error)
{
  static const char *const keys[] = { "ask",    "point", "choices", "mark",
                                      "number", "keep",  "check",   NULL };
  NnJson choices, mark, number;
  const gboolean has_choices = nn_json_find (object, "choices", &choices);
  const gboolean has_mark = nn_json_find (object, "mark", &mark);
  const gboolean has_number = nn_json_find (object, "number", &number);

  step->kind = NN_LESSON_ASK;
  if (!nn_json_check_keys (object, keys, error) ||
      !require_text (self, object, "ask", &step->text, error))
    return FALSE;
  if (has_choices + has_mark + has_number != 1)
    return nn_json_refuse (object, error, NN_ERROR_SYNTAX,
                           _ ("a question has choices, a mark or a number"));
  if (has_choices)
    return read_choices (self, step, &choices, error);
  if (has_mark)
    return read_mark (step, &mark, error);
  step->question = NN_LESSON_NUMBER;
  return get_expression (self, &number, &step->outcome, error);
}

static gboolean
read_revealing (Reader *self, NnLessonStep *step, const NnJson *object, GError **error)
{
  static const char *const keys[] = { "reveal", "point", "keep", "check", NULL };

  step->kind = NN_LESSON_REVEAL;
  if (!nn_json_check_keys (object, keys, error) ||
      !require_text (self, object, "reveal", &step->text, error))
    return FALSE;
  /* The step itself is already the last one. */
  return nn_lesson_find_question (self->lesson, self->lesson->n_steps - 1) != NULL ||
         nn_json_refuse (object, error, NN_ERROR_SYNTAX,
                         _ ("there is no question before this \"reveal\""));
}

/* --- Steps ------------------------------------------------------------------------- */

static gboolean
read_keep (Reader *self, NnLessonStep *step, const NnJson *keep, GError **error)
{
  NnJson member;
  const char *name;

  if (!nn_json_check_object (keep, error))
    return FALSE;
  name = json_object_iter_key (json_object_iter (keep->value));
  if (json_object_size (keep->value) != 1 || !nn_check_name_is_free (name))
    return nn_json_refuse (keep, error, NN_ERROR_SYNTAX,
                           _ ("expected one new name of letters, and its expression"));
  if (!nn_json_require (keep, name, &member, error) ||
      !get_expression (self, &member, &step->value, error))
    return FALSE;
  step->keep = g_strdup (name);
  return TRUE;
}

/* An earlier question may use a number that a later step keeps. */
static void
list_kept (Reader *self, const NnJson *steps)
{
  for (gsize i = 0; i < json_array_size (steps->value); i++) {
    json_t *keep = json_object_get (json_array_get (steps->value, i), "keep");

    if (json_is_object (keep) && json_object_size (keep) > 0)
      g_ptr_array_insert (self->kept, 0,
                          g_strdup (json_object_iter_key (json_object_iter (keep))));
  }
}

static gboolean
read_rest (Reader *self, NnLessonStep *step, const NnJson *object, GError **error)
{
  const char *point = NULL;
  NnJson member;

  if (!nn_json_read_string (object, "point", &point, error))
    return FALSE;
  step->point = g_strdup (point);
  if (nn_json_find (object, "keep", &member) && !read_keep (self, step, &member, error))
    return FALSE;
  return !nn_json_find (object, "check", &member) ||
         get_expression (self, &member, &step->check, error);
}

static gboolean
read_step (Reader *self, const NnJson *object, GError **error)
{
  NnLessonStep *step = nn_lesson_add_step (self->lesson);
  NnJson member;
  gboolean done;

  if (!nn_json_check_object (object, error))
    return FALSE;
  if (nn_json_find (object, "ask", &member))
    done = read_question (self, step, object, error);
  else if (nn_json_find (object, "reveal", &member))
    done = read_revealing (self, step, object, error);
  else
    done = read_saying (self, step, object, error);
  return done && read_rest (self, step, object, error);
}

static gboolean
read_steps (Reader *self, const NnJson *lesson, GError **error)
{
  NnJson steps;
  gsize n;

  if (!nn_json_require (lesson, "steps", &steps, error) ||
      !nn_json_check_array (&steps, error))
    return FALSE;
  n = json_array_size (steps.value);
  if (n < 1 || n > NN_LESSON_MOST_STEPS)
    return nn_json_refuse (&steps, error, NN_ERROR_SHAPE,
                           _ ("a lesson has 1 to %d steps"), NN_LESSON_MOST_STEPS);
  list_kept (self, &steps);
  for (gsize i = 0; i < n; i++) {
    const NnJson element = nn_json_get_element (&steps, i);

    if (!read_step (self, &element, error))
      return FALSE;
  }
  return TRUE;
}

/* --- The learner ------------------------------------------------------------------- */

static gboolean
get_answer (const NnLessonStep *step,
            const NnJson *member,
            double *answer,
            GError **error)
{
  gint64 index;

  *answer = NAN;
  if (json_is_null (member->value))
    return TRUE;
  if (step->question != NN_LESSON_CHOICES)
    return nn_json_get_double (member, answer, error);
  if (!nn_json_get_integer (member, 0, (gint64) step->n_choices - 1, &index, error))
    return FALSE;
  *answer = (double) index;
  return TRUE;
}

static gboolean
read_answers (NnLesson *self, const NnJson *answers, GError **error)
{
  gsize k = 0;

  if (!nn_json_check_array (answers, error))
    return FALSE;
  for (gsize i = 0; i < self->n_steps; i++) {
    NnJson element;

    if (self->steps[i].kind != NN_LESSON_ASK)
      continue;
    if (k == json_array_size (answers->value))
      return nn_json_refuse (answers, error, NN_ERROR_SHAPE,
                             _ ("expected an answer, or null, for each question"));
    element = nn_json_get_element (answers, k++);
    if (!get_answer (&self->steps[i], &element, &self->answers[i], error))
      return FALSE;
  }
  return k == json_array_size (answers->value) ||
         nn_json_refuse (answers, error, NN_ERROR_SHAPE,
                         _ ("there are more answers than questions"));
}

static gboolean
read_kept (NnLesson *self, const NnJson *kept, GError **error)
{
  const char *name;
  json_t *value;

  if (!nn_json_check_object (kept, error))
    return FALSE;
  json_object_foreach (kept->value, name, value)
  {
    const NnJson member = { value, kept, name, 0 };
    double number;

    if (!nn_json_get_double (&member, &number, error))
      return FALSE;
    nn_lesson_keep (self, name, number);
  }
  return TRUE;
}

static gboolean
read_learner (NnLesson *self, const NnJson *learner, GError **error)
{
  static const char *const keys[] = { "at", "step", "answers", "kept", NULL };
  NnJson at, step, answers, kept;
  gint64 index, run_to;

  if (!nn_json_check_object (learner, error) ||
      !nn_json_check_keys (learner, keys, error) ||
      !nn_json_require (learner, "at", &at, error) ||
      !nn_json_get_integer (&at, 0, (gint64) self->n_steps - 1, &index, error) ||
      !nn_json_require (learner, "step", &step, error) ||
      !nn_json_get_integer (&step, 0, G_MAXINT64, &run_to, error) ||
      !nn_json_require (learner, "answers", &answers, error) ||
      !read_answers (self, &answers, error))
    return FALSE;
  self->begun = TRUE;
  self->at = (gsize) index;
  self->run_to = (guint64) run_to;
  return !nn_json_find (learner, "kept", &kept) || read_kept (self, &kept, error);
}

/**
 * nn_experiment_read_lesson:
 * @architecture: of the network that the lesson begins with
 * @read_edit: reads the keys of an edit
 * @data: for @read_edit
 *
 * Returns: (transfer full) (nullable): the lesson; all its expressions are valid
 */
NnLesson *
nn_experiment_read_lesson (const NnArchitecture *architecture,
                           NnReadEdit read_edit,
                           gconstpointer data,
                           const NnJson *lesson,
                           GError **error)
{
  static const char *const keys[] = { "steps", "learner", NULL };
  g_autoptr (NnLesson) self = nn_lesson_new ();
  g_autoptr (GPtrArray) kept = g_ptr_array_new_with_free_func (g_free);
  Reader reader = { self, architecture, kept, read_edit, data };
  NnJson learner;

  g_ptr_array_add (kept, NULL);
  if (!nn_json_check_object (lesson, error) ||
      !nn_json_check_keys (lesson, keys, error) || !read_steps (&reader, lesson, error))
    return NULL;
  if (nn_json_find (lesson, "learner", &learner) && !read_learner (self, &learner, error))
    return NULL;
  return g_steal_pointer (&self);
}
