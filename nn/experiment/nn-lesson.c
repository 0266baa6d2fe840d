/* nn-lesson.c - what an experiment teaches: steps that say, do, ask and claim something
 *
 * SPDX-License-Identifier: MIT
 */

#include "nn/experiment/nn-lesson.h"

#include <math.h>

static GHashTable *
new_kept (void)
{
  return g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
}

NnLesson *
nn_lesson_new (void)
{
  NnLesson *self = g_new0 (NnLesson, 1);

  self->kept = new_kept ();
  return self;
}

/**
 * nn_lesson_add_step:
 * @self: not shared yet
 *
 * Returns: (transfer none): a new last step, all zeros, valid until another is added
 */
NnLessonStep *
nn_lesson_add_step (NnLesson *self)
{
  const gsize n = self->n_steps++;

  self->steps = g_renew (NnLessonStep, self->steps, self->n_steps);
  self->answers = g_renew (double, self->answers, self->n_steps);
  self->steps[n] = (NnLessonStep){ 0 };
  self->answers[n] = NAN;
  return &self->steps[n];
}

static void
copy_step (NnLessonStep *self, const NnLessonStep *from)
{
  *self = *from;
  self->text = g_strdup (from->text);
  self->point = g_strdup (from->point);
  nn_event_copy (&self->event, &from->event);
  self->choices = g_new0 (NnLessonChoice, from->n_choices);
  for (gsize i = 0; i < from->n_choices; i++) {
    self->choices[i].text = g_strdup (from->choices[i].text);
    self->choices[i].outcome = g_strdup (from->choices[i].outcome);
  }
  self->outcome = g_strdup (from->outcome);
  self->keep = g_strdup (from->keep);
  self->value = g_strdup (from->value);
  self->check = g_strdup (from->check);
}

/**
 * nn_lesson_copy:
 *
 * Returns: (transfer full): the same steps, with progress of its own
 */
NnLesson *
nn_lesson_copy (const NnLesson *self)
{
  NnLesson *copy = nn_lesson_new ();
  GHashTableIter iter;
  gpointer name, value;

  for (gsize i = 0; i < self->n_steps; i++) {
    copy_step (nn_lesson_add_step (copy), &self->steps[i]);
    copy->answers[i] = self->answers[i];
  }
  copy->begun = self->begun;
  copy->at = self->at;
  copy->run_to = self->run_to;
  g_hash_table_iter_init (&iter, self->kept);
  while (g_hash_table_iter_next (&iter, &name, &value))
    nn_lesson_keep (copy, name, *(const double *) value);
  return copy;
}

NnLesson *
nn_lesson_ref (NnLesson *self)
{
  g_atomic_int_inc (&self->n_others);
  return self;
}

static void
clear_step (NnLessonStep *self)
{
  g_free (self->text);
  g_free (self->point);
  nn_event_clear (&self->event);
  for (gsize i = 0; i < self->n_choices; i++) {
    g_free (self->choices[i].text);
    g_free (self->choices[i].outcome);
  }
  g_free (self->choices);
  g_free (self->outcome);
  g_free (self->keep);
  g_free (self->value);
  g_free (self->check);
}

gboolean
nn_lesson_step_has_action (const NnLessonStep *self)
{
  return self->kind == NN_LESSON_WAIT || self->kind == NN_LESSON_DO;
}

void
nn_lesson_unref (NnLesson *self)
{
  if (g_atomic_int_add (&self->n_others, -1) > 0)
    return;
  for (gsize i = 0; i < self->n_steps; i++)
    clear_step (&self->steps[i]);
  g_free (self->steps);
  g_free (self->answers);
  g_hash_table_unref (self->kept);
  g_free (self);
}

/**
 * nn_lesson_keep:
 *
 * Has expressions of later steps read @value as @name.
 */
void
nn_lesson_keep (NnLesson *self, const char *name, double value)
{
  double *number = g_new (double, 1);

  *number = value;
  g_hash_table_insert (self->kept, g_strdup (name), number);
}

/**
 * nn_lesson_find_question:
 *
 * Returns: (transfer none) (nullable): the last step before @at that asks
 */
const NnLessonStep *
nn_lesson_find_question (const NnLesson *self, gsize at)
{
  for (gsize i = MIN (at, self->n_steps); i-- > 0;)
    if (self->steps[i].kind == NN_LESSON_ASK)
      return &self->steps[i];
  return NULL;
}
