/* nn-trainer-edit.c - a change of what is being trained
 *
 * SPDX-License-Identifier: MIT
 *
 * First everything is checked, then nothing can fail.
 */

#include <string.h>

#include "nn/experiment/nn-change.h"
#include "nn/run/nn-footprint.h"
#include "nn/run/nn-trainer-private.h"
#include "nn/tensor/nn-grad-mode.h"

/* The network before the edit, while the new one is filled. */
typedef struct {
  NnNetwork *network;     /* (owned) */
  NnOptimizer *optimizer; /* (owned) borrows network */
  GBytes *initial;        /* (owned) */
  float *before;          /* (owned) (nullable) if it was kept */
  NnSlowCopies *slow;     /* (owned) */
} Old;

static void
old_clear (Old *self)
{
  nn_optimizer_free (self->optimizer);
  nn_network_free (self->network);
  g_bytes_unref (self->initial);
  g_free (self->before);
  nn_slow_copies_free (self->slow);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Old, old_clear)

static Old
take_old (NnTrainer *self)
{
  const gboolean has_before = self->before_step > 0 && self->before_step == self->n_steps;

  return (Old){ .network = g_steal_pointer (&self->network),
                .optimizer = g_steal_pointer (&self->optimizer),
                .initial = g_steal_pointer (&self->initial),
                .before = has_before ? g_steal_pointer (&self->before) : NULL,
                .slow = g_steal_pointer (&self->slow) };
}

/* ---- what stays of the network ----------------------------------------------------- */

/* A new weight's value is its first one, too, and the one before the optimizer's step. */
static void
carry_values (NnTrainer *self, const Old *old, const NnGrowth *growth)
{
  const gsize n_bytes = nn_growth_get_after (growth)->n_values * sizeof (float);
  float *values = nn_network_write_values (self->network);
  float *initial;

  nn_growth_carry (growth, nn_network_get_values (old->network), values);
  nn_growth_make_new (growth, &self->experiment->init, nn_noise_get_random (self->noise),
                      values);
  initial = g_memdup2 (values, n_bytes);
  nn_growth_carry (growth, g_bytes_get_data (old->initial, NULL), initial);
  nn_trainer_take_initial (self, g_bytes_new_take (initial, n_bytes));
  nn_slow_copies_free (self->slow);
  self->slow = nn_slow_copies_grow (old->slow, growth, values);
  if (old->before == NULL)
    return;
  memcpy (self->before, values, n_bytes);
  nn_growth_carry (growth, old->before, self->before);
  self->before_step = self->n_steps;
}

/* New weights of a parameter that has a gradient get a gradient of zero. */
static void
carry_grads (NnTrainer *self, const Old *old, const NnGrowth *growth)
{
  const NnArchitecture *after = nn_growth_get_after (growth);
  g_autofree float *grads = g_new0 (float, after->n_values);
  g_autofree gboolean *present = g_new0 (gboolean, after->n_parameters);

  nn_growth_carry (growth, nn_network_get_grads (old->network), grads);
  for (gsize i = 0; i < after->n_parameters; i++) {
    const gssize source = nn_growth_find_source (growth, i);

    present[i] = source >= 0 && nn_tensor_get_grad (nn_network_get_parameter (
                                    old->network, (gsize) source)) != NULL;
  }
  nn_network_set_grads (self->network, grads, present);
}

static void
grow (NnTrainer *self, const Old *old, const NnGrowth *growth)
{
  NN_NO_GRAD_FUNCTION ();

  carry_values (self, old, growth);
  carry_grads (self, old, growth);
  if (nn_optimizer_get_settings (self->optimizer)->type ==
      nn_optimizer_get_settings (old->optimizer)->type)
    nn_optimizer_take_over (self->optimizer, old->optimizer, growth);
}

/* ---- the rest ---------------------------------------------------------------------- */

/* New data are drawn from a new stream, so that the step of the edit does not matter. */
static NnDataset *
make_data (NnTrainer *self, const NnExperiment *after)
{
  const NnSeed *seed = &after->data.seed;

  nn_random_free (self->random);
  self->random = nn_random_new (seed->given ? seed->value : after->seed);
  return nn_dataset_new (&after->data, self->random);
}

static void
change_parts (NnTrainer *self, const NnChange *change)
{
  const NnExperiment *after = change->after;
  g_autoptr (NnDataset) dataset = NULL;
  NnBatches *batches = NULL;

  if (change->data)
    dataset = make_data (self, after);
  else
    dataset = nn_dataset_ref (self->dataset);
  if (change->batch && !change->data)
    batches = nn_batches_continue (self->batches, self->random, after->batch_size,
                                   after->shuffle);
  if (change->growth) {
    g_auto (Old) old = take_old (self);

    nn_trainer_fit (self, change->after, dataset);
    grow (self, &old, change->growth);
  } else {
    nn_trainer_fit (self, change->after, dataset);
  }
  if (batches) {
    nn_batches_free (self->batches);
    self->batches = batches;
  }
}

/* Returns: (transfer full) (nullable): the nudges that repeat, as they are after the edit */
static GPtrArray *
follow_nudges (const NnTrainer *self, const NnChange *change, GError **error)
{
  g_autoptr (GPtrArray) followed =
      g_ptr_array_new_with_free_func ((GDestroyNotify) nn_nudge_unref);

  for (gsize i = 0; i < nn_nudge_schedule_get_n (self->schedule); i++) {
    NnNudge *nudge = nn_change_follow (
        change, nn_nudge_schedule_get (self->schedule, i)->nudge, error);

    if (nudge == NULL)
      return NULL;
    g_ptr_array_add (followed, nudge);
  }
  return g_steal_pointer (&followed);
}

static void
set_nudges (NnTrainer *self, const GPtrArray *followed)
{
  for (guint i = 0; i < followed->len; i++) {
    const NnStanding *standing = nn_nudge_schedule_get (self->schedule, i);

    if (standing->nudge != followed->pdata[i])
      nn_nudge_schedule_follow (self->schedule, standing->id, followed->pdata[i]);
  }
}

/**
 * nn_trainer_edit:
 *
 * As nn_trainer_do () for an edit.
 */
gboolean
nn_trainer_edit (NnTrainer *self, const NnEdit *edit, GError **error)
{
  g_autoptr (NnChange) change = nn_change_new (edit, self->experiment, error);
  g_autoptr (GPtrArray) followed = NULL;
  NnFootprint footprint;

  if (change == NULL || (followed = follow_nudges (self, change, error)) == NULL)
    return FALSE;
  footprint = nn_footprint_of_run (change->after);
  if (change->kind >= NN_CHANGE_PART && !nn_footprint_check (&footprint, error))
    return FALSE;
  nn_trainer_abandon (self);
  change_parts (self, change);
  set_nudges (self, followed);
  if (edit->parts & NN_EDIT_HAS_GUARD)
    nn_trainer_set_guard (self, edit->guard);
  if (change->growth || change->data || change->loss || change->batch)
    self->loss = nn_trainer_evaluate (self);
  g_free (self->note);
  self->note = change->growth ? nn_growth_dup_note (change->growth) : NULL;
  return TRUE;
}
