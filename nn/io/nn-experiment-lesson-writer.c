/* nn-experiment-lesson-writer.c - the key "lesson" of a .nudge file is written
 *
 * SPDX-License-Identifier: MIT
 */

#include <math.h>

#include "nn/base/nn-number.h"
#include "nn/io/nn-experiment-lesson.h"
#include "nn/io/nn-experiment-settings.h"

/* The writer of edits. */
typedef struct {
  void (*append) (GString *text, const NnEdit *edit, const char *folder);
  const char *folder;
} Edits;

/* Nothing if @value is NULL. */
static void
append_member (GString *text, const char *separator, const char *key, const char *value)
{
  if (value == NULL)
    return;
  g_string_append_printf (text, "%s\"%s\": ", separator, key);
  nn_experiment_append_string (text, value);
}

static void
append_event (GString *text, const NnEvent *event, const Edits *edits)
{
  const char *name = nn_event_kind_get_name (event->kind);

  if (event->kind == NN_EVENT_GUARD) {
    append_member (text, "", name, nn_guard_get_name (event->guard));
  } else if (event->kind == NN_EVENT_EDIT) {
    g_autoptr (GString) keys = g_string_new (NULL);

    edits->append (keys, event->edit, edits->folder);
    g_string_append_printf (text, "\"%s\": { %s }", name, keys->str + 2);
  } else {
    g_autofree char *nudge = nn_nudge_dup_text (event->nudge);

    append_member (text, "", name, nudge);
  }
}

static void
append_action (GString *text, const NnLessonStep *step, const Edits *edits)
{
  g_string_append_printf (text, ", \"%s\": { ",
                          step->kind == NN_LESSON_WAIT ? "wait" : "do");
  switch (step->action) {
  case NN_LESSON_RUN_TO_STEP:
    g_string_append_printf (text, "\"step\": %" G_GUINT64_FORMAT, step->step);
    break;
  case NN_LESSON_RUN_TO_LOSS:
    g_string_append (text, "\"loss\": ");
    nn_number_append (text, step->loss);
    break;
  case NN_LESSON_EVENT:
    append_event (text, &step->event, edits);
    break;
  case NN_LESSON_UNDO:
    g_string_append (text, "\"undo\": true");
    break;
  case NN_LESSON_RESET:
    g_string_append (text, "\"reset\": true");
    break;
  }
  g_string_append (text, " }");
}

static void
append_question (GString *text, const NnLessonStep *step)
{
  if (step->question == NN_LESSON_NUMBER) {
    append_member (text, ", ", "number", step->outcome);
  } else if (step->question == NN_LESSON_MARK) {
    g_string_append_printf (text, ", \"mark\": { \"step\": %" G_GUINT64_FORMAT " }",
                            step->step);
  } else {
    g_string_append (text, ",\n        \"choices\": [");
    for (gsize i = 0; i < step->n_choices; i++) {
      g_string_append (text, i > 0 ? ",\n          { " : "\n          { ");
      append_member (text, "", "say", step->choices[i].text);
      append_member (text, ", ", "if", step->choices[i].outcome);
      g_string_append (text, " }");
    }
    g_string_append (text, " ]");
  }
}

static void
append_step (GString *text, const NnLessonStep *step, const Edits *edits)
{
  static const char *const keys[] = {
    [NN_LESSON_SAY] = "say", [NN_LESSON_WAIT] = "say",      [NN_LESSON_DO] = "say",
    [NN_LESSON_ASK] = "ask", [NN_LESSON_REVEAL] = "reveal",
  };

  append_member (text, "{ ", keys[step->kind], step->text);
  append_member (text, ", ", "point", step->point);
  if (nn_lesson_step_has_action (step))
    append_action (text, step, edits);
  else if (step->kind == NN_LESSON_ASK)
    append_question (text, step);
  if (step->keep != NULL) {
    append_member (text, ", \"keep\": { ", step->keep, step->value);
    g_string_append (text, " }");
  }
  append_member (text, ", ", "check", step->check);
  g_string_append (text, " }");
}

static void
append_answers (GString *text, const NnLesson *self)
{
  const char *separator = "";

  for (gsize i = 0; i < self->n_steps; i++) {
    if (self->steps[i].kind != NN_LESSON_ASK)
      continue;
    g_string_append (text, separator);
    separator = ", ";
    if (isnan (self->answers[i]))
      g_string_append (text, "null");
    else
      nn_number_append (text, self->answers[i]);
  }
}

/* In the order of their names; NaN, which JSON does not have, is null. */
static void
append_kept (GString *text, const NnLesson *self)
{
  GList *names =
      g_list_sort (g_hash_table_get_keys (self->kept), (GCompareFunc) g_strcmp0);
  const char *separator = ", \"kept\": { ";

  for (GList *l = names; l != NULL; l = l->next) {
    const double number = *(const double *) g_hash_table_lookup (self->kept, l->data);

    if (!isfinite (number))
      continue;
    g_string_append (text, separator);
    nn_experiment_append_string (text, l->data);
    g_string_append (text, ": ");
    nn_number_append (text, number);
    separator = ", ";
  }
  if (*separator == ',' && separator[2] == '\0')
    g_string_append (text, " }");
  g_list_free (names);
}

static void
append_learner (GString *text, const NnLesson *self)
{
  g_string_append_printf (text,
                          ",\n    \"learner\": { \"at\": %" G_GSIZE_FORMAT
                          ", \"step\": %" G_GUINT64_FORMAT ", \"answers\": [ ",
                          self->at, self->run_to);
  append_answers (text, self);
  g_string_append (text, " ]");
  append_kept (text, self);
  g_string_append (text, " }");
}

/**
 * nn_experiment_append_lesson:
 * @append_edit: appends an edit's keys, each after ", "
 * @folder: (nullable): passed to @append_edit
 */
void
nn_experiment_append_lesson (GString *text,
                             const NnLesson *self,
                             void (*append_edit) (GString *text,
                                                  const NnEdit *edit,
                                                  const char *folder),
                             const char *folder)
{
  const Edits edits = { append_edit, folder };

  g_string_append (text, "{\n    \"steps\": [");
  for (gsize i = 0; i < self->n_steps; i++) {
    g_string_append (text, i > 0 ? ",\n      " : "\n      ");
    append_step (text, &self->steps[i], &edits);
  }
  g_string_append (text, "\n    ]");
  if (self->begun)
    append_learner (text, self);
  g_string_append (text, "\n  }");
}
