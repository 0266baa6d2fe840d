/* nn-trainer-nudges.c - a trainer's nudges, and where they landed
 *
 * SPDX-License-Identifier: MIT
 */

#include "nn/run/nn-trainer-private.h"

#include <math.h>

GArray *
nn_trainer_new_landings (void)
{
  GArray *landings = g_array_new (FALSE, FALSE, sizeof (NnLanding));

  g_array_set_clear_func (landings, (GDestroyNotify) nn_landing_clear);
  return landings;
}

/* ---- the log ----------------------------------------------------------------------- */

static gboolean
still_grows (const NnTrainer *self, gssize index)
{
  for (guint i = 0; i < self->standing->len; i++)
    if (g_array_index (self->standing, NnStandingEntry, i).landing == index)
      return TRUE;
  return FALSE;
}

static void
remove_landing (NnTrainer *self, gssize index)
{
  g_array_remove_index (self->landings, (guint) index);
  for (guint i = 0; i < self->standing->len; i++) {
    NnStandingEntry *entry = &g_array_index (self->standing, NnStandingEntry, i);

    if (entry->landing > index)
      entry->landing--;
  }
}

/* Forgets the oldest landing, but none of a nudge that still stands. */
static void
forget_oldest (NnTrainer *self)
{
  gssize oldest = 0;

  while (oldest < (gssize) self->landings->len && still_grows (self, oldest))
    oldest++;
  if (oldest < (gssize) self->landings->len)
    remove_landing (self, oldest);
}

static NnLanding *
append_landing (NnTrainer *self, NnNudge *nudge, gboolean standing, guint64 step)
{
  const NnLanding landing = {
    .serial = self->n_landed++,
    .nudge = nn_nudge_ref (nudge),
    .standing = standing,
    .first = step,
    .looked = step,
    .change = NAN,
    .loss_before = NAN,
    .loss_after = NAN,
  };

  if (self->landings->len >= NN_FRAME_LANDINGS)
    forget_oldest (self);
  g_array_append_val (self->landings, landing);
  return &g_array_index (self->landings, NnLanding, self->landings->len - 1);
}

/* ---- landing ----------------------------------------------------------------------- */

/**
 * nn_trainer_get_context:
 * @step: the one that is under way, or just taken
 *
 * Returns: what a nudge at @place works on, until the next step
 */
NnNudgeContext
nn_trainer_get_context (const NnTrainer *self, NnPlace place, guint64 step)
{
  NnNudgeContext context = {
    .network = self->network,
    .optimizer = self->optimizer,
    .noise = self->noise,
    .init = &self->experiment->init,
    .initial = self->initial,
    .step = step,
    .scratch = self->scratch,
  };

  /* Before the optimizer, what there was before it is what there is. */
  if (place != NN_PLACE_SECTION)
    context.before = nn_network_get_values (self->network);
  else if (self->before_step > 0 && self->before_step == step)
    context.before = self->before;
  return context;
}

/* Writes one application of its nudge into @landing; the weights change or not. Of several
 * in a step, one that is refused is not made up for by the next. */
static void
land (NnTrainer *self, NnLanding *landing, NnPlace place, guint64 step, double *change)
{
  const NnNudgeContext context = nn_trainer_get_context (self, place, step);
  g_autoptr (GError) error = NULL;

  if (landing->last != step)
    g_clear_pointer (&landing->refusal, g_free);
  landing->last = step;
  if (nn_nudge_apply (landing->nudge, &context, change, &error)) {
    landing->n_times++;
    return;
  }
  g_free (landing->refusal);
  landing->refusal = g_strdup (error->message);
}

static double
evaluate (NnTrainer *self, NnPlace place)
{
  return (double) (place == NN_PLACE_SECTION ? nn_trainer_evaluate (self)
                                             : nn_trainer_evaluate_input (self));
}

/* The same, and what it comes to. No bit of the run depends on whether somebody looks. */
static void
land_looking (NnTrainer *self, NnLanding *landing, NnPlace place, guint64 step)
{
  landing->looked = step;
  landing->change = 0;
  landing->loss_before = evaluate (self, place);
  land (self, landing, place, step, &landing->change);
  landing->loss_after = landing->refusal ? landing->loss_before : evaluate (self, place);
}

/* Before a nudge is applied within a step, which may fail later on; at its first time. */
static void
keep_landing (NnStandingEntry *entry, NnLanding *landing, guint64 step, gboolean fresh)
{
  if (entry->kept_step == step)
    return;
  g_free (entry->kept.refusal);
  entry->kept = *landing;
  landing->refusal = NULL;
  entry->kept_fresh = fresh;
  entry->kept_times = entry->standing.n_times;
  entry->kept_step = step;
}

static void
take_back (NnTrainer *self, NnStandingEntry *entry)
{
  NnLanding *landing = &g_array_index (self->landings, NnLanding, entry->landing);

  g_free (landing->refusal);
  landing->refusal = NULL;
  entry->kept_step = 0;
  entry->standing.n_times = entry->kept_times;
  if (entry->kept_fresh) {
    remove_landing (self, entry->landing);
    entry->landing = -1;
    self->n_landed--;
  } else {
    *landing = entry->kept;
    entry->kept.refusal = NULL;
  }
}

/**
 * nn_trainer_take_back_landings:
 *
 * Those within the step that is under way, for it fails.
 */
void
nn_trainer_take_back_landings (NnTrainer *self)
{
  for (guint i = 0; i < self->standing->len; i++) {
    NnStandingEntry *entry = &g_array_index (self->standing, NnStandingEntry, i);

    if (entry->kept_step == self->n_steps + 1)
      take_back (self, entry);
  }
}

static void
land_standing (NnTrainer *self, NnStandingEntry *entry, const NnMoment *moment)
{
  const gboolean fresh = entry->landing < 0;
  const gboolean looked = entry->look || fresh;
  NnLanding *landing;
  guint64 n_before;

  if (fresh) {
    append_landing (self, entry->standing.nudge, TRUE, moment->step);
    entry->landing = (gssize) self->landings->len - 1;
  }
  landing = &g_array_index (self->landings, NnLanding, entry->landing);
  n_before = landing->n_times;
  if (moment->place != NN_PLACE_SECTION) {
    nn_trainer_keep (self, landing->nudge);
    keep_landing (entry, landing, moment->step, fresh);
  }
  if (looked)
    land_looking (self, landing, moment->place, moment->step);
  else
    land (self, landing, moment->place, moment->step, NULL);
  entry->look = FALSE;
  entry->standing.n_times += landing->n_times - n_before;
}

/**
 * nn_trainer_run_standing:
 *
 * Applies the standing nudges that are due, in their order.
 */
void
nn_trainer_run_standing (NnTrainer *self, const NnMoment *moment)
{
  for (guint i = 0; i < self->standing->len; i++) {
    NnStandingEntry *entry = &g_array_index (self->standing, NnStandingEntry, i);

    if (!entry->standing.paused && nn_nudge_is_due (entry->standing.nudge, moment))
      land_standing (self, entry, moment);
  }
}

/**
 * nn_trainer_land_by_hand:
 *
 * Between steps.
 */
void
nn_trainer_land_by_hand (NnTrainer *self, NnNudge *nudge)
{
  NnLanding *landing = append_landing (self, nudge, FALSE, self->n_steps);

  land_looking (self, landing, NN_PLACE_SECTION, self->n_steps);
  if (landing->refusal == NULL)
    self->loss = (float) landing->loss_after;
}

/**
 * nn_trainer_look:
 *
 * Has the norm of the change and both losses computed the next time each standing nudge
 * is applied. It costs two forward passes a nudge and changes no bit of the run.
 */
void
nn_trainer_look (NnTrainer *self)
{
  for (guint i = 0; i < self->standing->len; i++)
    g_array_index (self->standing, NnStandingEntry, i).look = TRUE;
}

/**
 * nn_trainer_get_landings:
 *
 * Returns: (transfer none) (array length=n_landings): the log, oldest first, until the
 *   next change: the newest NN_FRAME_LANDINGS, or those of all standing nudges if they
 *   are more
 */
const NnLanding *
nn_trainer_get_landings (const NnTrainer *self, gsize *n_landings)
{
  *n_landings = self->landings->len;
  return (const NnLanding *) (const void *) self->landings->data;
}
