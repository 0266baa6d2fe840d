/* nn-answers.c - what a session was asked, and what it has to say to that
 *
 * SPDX-License-Identifier: MIT
 *
 * While the run is running, answering earns a share of the time that goes by, and is
 * done only out of what it has earned. One amount of a large network may cost more than
 * that, and is then a debt to be worked off: its answers come less often.
 */

#include "nn/session/nn-answers.h"

#include <string.h>

#include "nn/whatif/nn-trial.h"

#define RUNNING_SHARE 32    /* of the time that goes by, one part in so many … */
#define MOST_EARNED   10000 /* … and at most so many microseconds at a time */
#define PAUSED_PIECE  5000  /* microseconds between two checks for commands */

typedef struct {
  NnSweep answer; /* (owned) */
  gboolean is_answered;
  float losses[NN_SWEEP_AMOUNTS]; /* of the present round … */
  gsize n_tried;                  /* … so many of them */
} Entry;

struct _NnAnswers {
  NnTrainer *trainer; /* (not owned) */
  GPtrArray *entries; /* (owned) (element-type Entry) */
  NnTrial *trial;     /* (owned) (nullable) the round's state, which may be past */
  gboolean has_begun; /* a round */
  guint64 revision;   /* of the round */
  float present;      /* the loss then */

  NnNudge *nudge;           /* (owned) (nullable) to be previewed */
  NnPreview *preview;       /* (owned) (nullable) the newest of it */
  guint64 preview_revision; /* of it */
  NnTrial *preview_trial;   /* (owned) (nullable) for it: always the present state */

  gint64 earned_us; /* negative: a debt */
  gint64 last_us;   /* when that was reckoned */
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
 * @trainer: not owned; must be there as long as this is
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
 * @question: (nullable): copied; replaces the one that @key has asked before,
 *   whose answer goes unless it is the very same. NULL takes it back.
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

/* The first that the round has not answered yet. */
static Entry *
find_open (const NnAnswers *self)
{
  for (guint i = 0; i < self->entries->len; i++) {
    Entry *entry = self->entries->pdata[i];

    if (entry->n_tried < NN_SWEEP_AMOUNTS)
      return entry;
  }
  return NULL;
}

static void
begin_round (NnAnswers *self, guint64 revision)
{
  if (self->trial == NULL)
    self->trial = nn_trial_new (self->trainer);
  nn_trial_begin (self->trial);
  self->present = nn_trial_evaluate (self->trial);
  for (guint i = 0; i < self->entries->len; i++)
    ((Entry *) self->entries->pdata[i])->n_tried = 0;
  self->revision = revision;
  self->has_begun = TRUE;
}

/* Returns whether that was the last amount, and the question is answered. */
static gboolean
try_one (NnAnswers *self, Entry *entry)
{
  NnSweep *answer = &entry->answer;
  const gsize i = entry->n_tried++;

  entry->losses[i] =
      nn_trial_try (self->trial, answer->question.nudge, answer->amounts[i], NULL);
  if (entry->n_tried < NN_SWEEP_AMOUNTS)
    return FALSE;
  memcpy (answer->losses, entry->losses, sizeof answer->losses);
  answer->step = nn_trial_get_step (self->trial);
  answer->present = self->present;
  entry->is_answered = TRUE;
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

  /* An answer that is under way may be finished while the run goes on; of a run that
   * is paused, only the present state is of use. */
  if (!self->has_begun ||
      (self->revision != revision && (!running || find_open (self) == NULL)))
    begin_round (self, revision);
  while ((entry = find_open (self)) != NULL && g_get_monotonic_time () < end_us)
    answered |= try_one (self, entry);
  return answered;
}

/**
 * nn_answers_are_missing:
 * @revision: as nn_answers_work ()
 *
 * Returns: TRUE if some question has no answer of @revision yet
 */
gboolean
nn_answers_are_missing (const NnAnswers *self, guint64 revision)
{
  return self->entries->len > 0 &&
         (!self->has_begun || self->revision != revision || find_open (self) != NULL);
}

/**
 * nn_answers_work:
 * @revision: of the trainer: another number whenever it may be in another state
 * @running: the run is to go on right after this
 *
 * Answers for a while, between two steps: all that a small network is asked, a piece of
 * what a large one is. A preview that was asked for since the last time is there
 * after this, whatever it takes.
 *
 * Returns: TRUE if there is something new to be shown
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
 * Puts a copy of the newest answers into @frame, which has none yet.
 */
void
nn_answers_write (NnAnswers *self, NnFrame *frame)
{
  /* One that is a few steps old may be of the network before an edit. */
  if (self->preview && self->preview->architecture == frame->architecture)
    frame->preview = nn_preview_copy (self->preview);
  frame->sweeps = g_new0 (NnSweep, self->entries->len);
  for (guint i = 0; i < self->entries->len; i++) {
    const Entry *entry = self->entries->pdata[i];
    NnSweep *sweep = &frame->sweeps[frame->n_sweeps];

    if (!entry->is_answered)
      continue;
    *sweep = entry->answer;
    nn_question_copy (&sweep->question, &entry->answer.question);
    frame->n_sweeps++;
  }
}
