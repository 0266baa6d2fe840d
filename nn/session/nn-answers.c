/* nn-answers.c - the questions that a session was asked, and their newest answers
 *
 * SPDX-License-Identifier: MIT
 *
 * While the run is running, answering has a budget: a share of the time that has
 * passed. One amount of a large network may cost more than that; the budget is negative
 * then, and the next amount waits until it is not. If a round would take seconds, only
 * some of the amounts are tried as long as the run is running, and the losses between
 * them are interpolated.
 */

#include "nn/session/nn-answers.h"

#include <math.h>

#include "nn/whatif/nn-trial.h"

#define RUNNING_SHARE 32    /* while running, 1/RUNNING_SHARE of the time */
#define MOST_EARNED   10000 /* the largest budget, in microseconds */
#define PAUSED_PIECE  5000 /* while paused, microseconds between two checks for commands */

/* Every COARSE_STRIDE-th amount is tried first. */
#define COARSE_STRIDE 8
#define N_COARSE      ((NN_SWEEP_AMOUNTS - 1) / COARSE_STRIDE + 1)

/* The others are tried only if the whole round takes less than this, in microseconds. */
#define LONGEST_ROUND 1000000

typedef struct {
  NnSweep answer; /* (owned) */
  gboolean is_answered;
  gint64 begun_us;                /* when the answer's state was copied */
  float losses[NN_SWEEP_AMOUNTS]; /* of the present round */
  gsize n_tried;                  /* of losses */
} Entry;

struct _NnAnswers {
  NnTrainer *trainer; /* (not owned) */
  GPtrArray *entries; /* (owned) (element-type Entry) */
  NnTrial *trial; /* (owned) (nullable) the round's state; the run may have moved on */
  gboolean has_begun; /* a round has begun */
  guint64 revision;   /* of the round */
  gint64 begun_us;    /* when it began */
  float present;      /* the loss of its state */
  double try_us;      /* microseconds that one amount takes */

  NnNudge *nudge;           /* (owned) (nullable) to be previewed */
  NnPreview *preview;       /* (owned) (nullable) the newest of it */
  guint64 preview_revision; /* of it */
  /* (owned) (nullable) for the preview: always the present state */
  NnTrial *preview_trial;

  gint64 earned_us; /* the budget, in microseconds; it may be negative */
  gint64 last_us;   /* when it was last added to */
};

static void
entry_free (gpointer data)
{
  Entry *entry = data;

  nn_question_clear (&entry->answer.question);
  g_free (entry);
}

/**
 * nn_answers_new:
 * @trainer: (not owned): outlives this
 */
NnAnswers *
nn_answers_new (NnTrainer *trainer)
{
  NnAnswers *self = g_new0 (NnAnswers, 1);

  self->trainer = trainer;
  self->entries = g_ptr_array_new_with_free_func (entry_free);
  self->last_us = g_get_monotonic_time ();
  return self;
}

void
nn_answers_free (NnAnswers *self)
{
  g_clear_pointer (&self->preview, nn_preview_free);
  g_clear_pointer (&self->preview_trial, nn_trial_free);
  g_clear_pointer (&self->nudge, nn_nudge_unref);
  g_clear_pointer (&self->trial, nn_trial_free);
  g_ptr_array_unref (self->entries);
  g_free (self);
}

/* ---- asking ------------------------------------------------------------------------ */

static gboolean
is_same (const NnQuestion *a, const NnQuestion *b)
{
  return a->nudge == b->nudge && a->least == b->least && a->most == b->most &&
         !a->logarithmic == !b->logarithmic;
}

static gboolean
find (const NnAnswers *self, guint key, guint *index)
{
  for (*index = 0; *index < self->entries->len; (*index)++)
    if (((const Entry *) self->entries->pdata[*index])->answer.key == key)
      return TRUE;
  return FALSE;
}

static Entry *
new_entry (guint key, const NnQuestion *question)
{
  Entry *entry = g_new0 (Entry, 1);

  entry->answer.key = key;
  nn_question_copy (&entry->answer.question, question);
  for (gsize i = 0; i < NN_SWEEP_AMOUNTS; i++)
    entry->answer.amounts[i] = nn_question_get_amount (question, i);
  return entry;
}

/**
 * nn_answers_ask:
 * @question: (nullable): copied; replaces the question of that @key, with its answer
 *   unless it is the same question; NULL removes it
 */
void
nn_answers_ask (NnAnswers *self, guint key, const NnQuestion *question)
{
  guint index;
  const gboolean is_there = find (self, key, &index);

  if (is_there && question &&
      is_same (question, &((Entry *) self->entries->pdata[index])->answer.question))
    return;
  if (is_there)
    g_ptr_array_remove_index (self->entries, index);
  if (question)
    g_ptr_array_insert (self->entries, is_there ? (gint) index : -1,
                        new_entry (key, question));
}

/**
 * nn_answers_set_preview:
 * @nudge: (nullable): gets a reference
 */
void
nn_answers_set_preview (NnAnswers *self, NnNudge *nudge)
{
  if (nudge == self->nudge)
    return;
  g_clear_pointer (&self->preview, nn_preview_free);
  g_clear_pointer (&self->nudge, nn_nudge_unref);
  self->nudge = nudge ? nn_nudge_ref (nudge) : NULL;
}

/* ---- answering --------------------------------------------------------------------- */

/* Returns: how many amounts to try for each question */
static gsize
get_n_wanted (const NnAnswers *self, gboolean running)
{
  const double round = self->try_us * self->entries->len * NN_SWEEP_AMOUNTS;

  return running && round * RUNNING_SHARE > LONGEST_ROUND ? N_COARSE : NN_SWEEP_AMOUNTS;
}

/* Returns: the first question that the round has not answered yet */
static Entry *
find_open (const NnAnswers *self, gboolean running)
{
  const gsize n_wanted = get_n_wanted (self, running);

  for (guint i = 0; i < self->entries->len; i++) {
    Entry *entry = self->entries->pdata[i];

    if (entry->n_tried < n_wanted)
      return entry;
  }
  return NULL;
}

/* Returns: the index of the amount that is tried after @n_tried others */
static gsize
get_next (gsize n_tried)
{
  const gsize rest = n_tried - N_COARSE;

  return n_tried < N_COARSE ? n_tried * COARSE_STRIDE
                            : rest / (COARSE_STRIDE - 1) * COARSE_STRIDE + 1 +
                                  rest % (COARSE_STRIDE - 1);
}

/* Linear between two amounts that were tried; NAN if one of them was refused. */
static float
interpolate (const float *losses, gsize amount)
{
  const gsize below = amount / COARSE_STRIDE * COARSE_STRIDE;
  const float share = (float) (amount - below) / COARSE_STRIDE;
  const float a = losses[below],
              b = losses[MIN (below + COARSE_STRIDE, NN_SWEEP_AMOUNTS - 1)];

  if (share == 0 || a == b)
    return a;
  return isinf (a) || isinf (b) ? (isnan (a) || isnan (b) ? NAN : INFINITY)
                                : a + share * (b - a);
}

static void
begin_round (NnAnswers *self, guint64 revision)
{
  if (self->trial == NULL)
    self->trial = nn_trial_new (self->trainer);
  nn_trial_begin (self->trial);
  self->begun_us = g_get_monotonic_time ();
  self->present = nn_trial_evaluate (self->trial);
  for (guint i = 0; i < self->entries->len; i++)
    ((Entry *) self->entries->pdata[i])->n_tried = 0;
  self->revision = revision;
  self->has_begun = TRUE;
}

static void
answer (const NnAnswers *self, Entry *entry)
{
  NnSweep *sweep = &entry->answer;
  const gboolean is_whole = entry->n_tried == NN_SWEEP_AMOUNTS;

  for (gsize i = 0; i < NN_SWEEP_AMOUNTS; i++)
    sweep->losses[i] = is_whole ? entry->losses[i] : interpolate (entry->losses, i);
  sweep->step = nn_trial_get_step (self->trial);
  sweep->present = self->present;
  entry->begun_us = self->begun_us;
  entry->is_answered = TRUE;
}

/* Returns: whether that was the last amount, and the question is answered */
static gboolean
try_one (NnAnswers *self, Entry *entry, gboolean running)
{
  const gsize i = get_next (entry->n_tried++);
  const gint64 start = g_get_monotonic_time ();
  double took;

  entry->losses[i] = nn_trial_try (self->trial, entry->answer.question.nudge,
                                   entry->answer.amounts[i], NULL);
  took = (double) (g_get_monotonic_time () - start);
  self->try_us += self->try_us > 0 ? (took - self->try_us) / N_COARSE : took;
  if (entry->n_tried < get_n_wanted (self, running))
    return FALSE;
  answer (self, entry);
  return TRUE;
}

static void
earn (NnAnswers *self, gint64 now)
{
  self->earned_us =
      MIN (self->earned_us + (now - self->last_us) / RUNNING_SHARE, MOST_EARNED);
  self->last_us = now;
}

static void
renew_preview (NnAnswers *self, guint64 revision)
{
  if (self->preview_trial == NULL)
    self->preview_trial = nn_trial_new (self->trainer);
  nn_trial_begin (self->preview_trial);
  g_clear_pointer (&self->preview, nn_preview_free);
  self->preview = nn_trial_preview (self->preview_trial, self->nudge);
  self->preview_revision = revision;
}

static gboolean
work_until (NnAnswers *self, guint64 revision, gboolean running, gint64 end_us)
{
  gboolean answered = FALSE;
  Entry *entry;

  /* While running, a round of an earlier state is finished; while paused, only the
   * present state counts. */
  if (!self->has_begun ||
      (self->revision != revision && (!running || find_open (self, TRUE) == NULL)))
    begin_round (self, revision);
  while ((entry = find_open (self, running)) != NULL && g_get_monotonic_time () < end_us)
    answered |= try_one (self, entry, running);
  return answered;
}

/**
 * nn_answers_are_missing:
 * @revision: as nn_answers_work ()
 *
 * Returns: whether some question has no answer of @revision yet
 */
gboolean
nn_answers_are_missing (const NnAnswers *self, guint64 revision)
{
  return self->entries->len > 0 && (!self->has_begun || self->revision != revision ||
                                    find_open (self, FALSE) != NULL);
}

/**
 * nn_answers_work:
 * @revision: changes whenever the trainer's state may have
 * @running: the run goes on right after this
 *
 * Answers for a limited time, between two steps: all questions for a small network, a
 * part of them for a large one. A preview that was newly asked for is made in any case.
 *
 * Returns: TRUE if there is something new to show
 */
gboolean
nn_answers_work (NnAnswers *self, guint64 revision, gboolean running)
{
  const gboolean renew =
      self->nudge && (!self->preview || self->preview_revision != revision);
  const gint64 start = g_get_monotonic_time ();
  gboolean news = FALSE;
  gint64 end;

  earn (self, start);
  end = start + (running ? self->earned_us : PAUSED_PIECE);
  if (renew && (self->preview == NULL || end > start)) {
    renew_preview (self, revision);
    news = TRUE;
  }
  if (nn_answers_are_missing (self, revision) && end > start)
    news |= work_until (self, revision, running, end);
  if (running)
    self->earned_us -= g_get_monotonic_time () - start;
  return news;
}

/**
 * nn_answers_write:
 *
 * Copies the newest answers into @frame, which has none yet.
 */
void
nn_answers_write (NnAnswers *self, NnFrame *frame)
{
  const gint64 now = g_get_monotonic_time ();

  /* A preview that is a few steps old may be of the network before an edit, or of
   * other probes. */
  if (self->preview && self->preview->architecture == frame->architecture &&
      self->preview->n_activations == frame->architecture->n_units * frame->probes.n)
    frame->preview = nn_preview_copy (self->preview);
  frame->sweeps = g_new0 (NnSweep, self->entries->len);
  for (guint i = 0; i < self->entries->len; i++) {
    const Entry *entry = self->entries->pdata[i];
    NnSweep *sweep = &frame->sweeps[frame->n_sweeps];

    if (!entry->is_answered)
      continue;
    *sweep = entry->answer;
    nn_question_copy (&sweep->question, &entry->answer.question);
    sweep->age_us = now - entry->begun_us;
    frame->n_sweeps++;
  }
}
