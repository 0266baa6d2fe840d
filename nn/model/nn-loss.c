/* nn-loss.c - the losses, each one operation on the tape
 *
 * SPDX-License-Identifier: MIT
 *
 * What they have in common; what one computes is in its own file, forward and derivative
 * at once. Backward only scales.
 */

#include "nn/model/nn-loss.h"

#include <glib/gi18n.h>
#include <math.h>
#include <string.h>

#include "nn/base/nn-names.h"
#include "nn/tensor/nn-grad.h"

static const NnLossKind *const kinds[] = {
#define ROW(type, name) [type] = &nn_loss_##name,
#include "nn/model/losses.inc"
#undef ROW
};

static const char *const names[] = {
#define ROW(type, name) [type] = #name,
#include "nn/model/losses.inc"
#undef ROW
};

/**
 * nn_loss_get_kind:
 *
 * Returns: (transfer none): what there is to know of @type
 */
const NnLossKind *
nn_loss_get_kind (NnLossType type)
{
  g_return_val_if_fail (type < NN_N_LOSSES, NULL);

  return kinds[type];
}

const char *
nn_loss_get_name (NnLossType type)
{
  g_return_val_if_fail (type < NN_N_LOSSES, NULL);

  return names[type];
}

/**
 * nn_loss_find:
 *
 * Returns: FALSE, with an error that lists the names there are, if @name is none
 */
gboolean
nn_loss_find (const char *name, NnLossType *type, GError **error)
{
  guint index;

  if (!nn_names_find (names, NN_N_LOSSES, N_ ("loss"), name, &index, error))
    return FALSE;
  *type = index;
  return TRUE;
}

/**
 * nn_loss_get_default:
 *
 * Returns: a loss with PyTorch's defaults; squared_sum, which PyTorch does not have, has
 *   the target 0
 */
NnLoss
nn_loss_get_default (NnLossType type)
{
  NnLoss loss = { .type = type };

  g_return_val_if_fail (type < NN_N_LOSSES, loss);

  nn_settings_set_usual (&kinds[type]->settings, &loss);
  return loss;
}

/**
 * nn_loss_takes_targets:
 *
 * Returns: FALSE if the loss is of the output alone
 */
gboolean
nn_loss_takes_targets (NnLossType type)
{
  return nn_loss_get_kind (type)->targets != NN_LOSS_TAKES_NOTHING;
}

/**
 * nn_loss_takes_classes:
 *
 * Returns: TRUE if a target may be the number of the right class
 */
gboolean
nn_loss_takes_classes (NnLossType type)
{
  return nn_loss_get_kind (type)->targets == NN_LOSS_TAKES_CLASSES;
}

/**
 * nn_loss_has_accuracy:
 *
 * Returns: TRUE if the targets are classes, so that an output is right or wrong
 */
gboolean
nn_loss_has_accuracy (NnLossType type)
{
  return nn_loss_get_kind (type)->count_right != NULL;
}

/**
 * nn_loss_check:
 *
 * Returns: FALSE if a setting that the type reads makes no sense (NN_ERROR_SYNTAX); the
 *   message begins with the key
 */
gboolean
nn_loss_check (const NnLoss *self, GError **error)
{
  return nn_settings_check (&nn_loss_get_kind (self->type)->settings, self, error);
}

/* What a node keeps. */
typedef struct {
  NnLossJob job;
  gsize n_terms;
  float share; /* what of the sum is the loss: 1 / n_terms */
  float derivative[];
} Plan;

/* Four columns at once, as backward reads them: what was stored one by one it would have to
 * wait for. */
typedef float Four __attribute__ ((vector_size (16), aligned (4), may_alias));

static void
loss_backward (const NnNode *node)
{
  const Plan *plan = node->data;
  NnTensor *out = node->inputs[0];
  const float scale = node->output->grad->values[0] * plan->share;
  gboolean add;
  float *dx = nn_tensor_begin_grad (out, &add);

  for (gsize i = 0; i < out->size; i += 4) {
    Four slope = *(const Four *) (plan->derivative + i) * scale;

    if (add)
      slope += *(const Four *) (dx + i);
    *(Four *) (dx + i) = slope;
  }
}

static const NnOperation operations[] = {
#define ROW(type, name) [type] = { #name, loss_backward },
#include "nn/model/losses.inc"
#undef ROW
};

/* Of how many numbers the loss is the mean. */
static gsize
count_terms (NnLossTerms terms, gsize n_rows, gsize n_examples)
{
  switch (terms) {
  case NN_LOSS_OF_BATCHES:
    return 1;
  case NN_LOSS_OF_EXAMPLES:
    return n_examples;
  default:
    return n_rows * n_examples;
  }
}

static NnNode *
record (const NnLoss *self, NnTape *tape, NnTensor *out)
{
  NnNode *node = nn_tape_record (tape, &operations[self->type], &out, 1, 0, 0, NULL);
  Plan *plan = g_malloc0 (sizeof *plan + out->size * sizeof (float));

  g_assert (nn_kernels_get_columns (out->shape[1]) == out->shape[1]);

  plan->job = (NnLossJob){ .kernels = nn_kernels_get (),
                           .out = out->values,
                           .derivative = plan->derivative,
                           .n_rows = out->shape[0],
                           .n_columns = out->shape[1] };
  node->data = plan;
  return node;
}

/**
 * nn_loss_forward:
 * @out: (outputs, columns)
 * @targets: (nullable) for the losses that take them, (outputs, columns); for those that
 *   take classes, either that, or their numbers (1, columns), whole, from 0, and less than
 *   the number of outputs; no gradient goes there
 * @n_examples: how many columns are examples; the others count for nothing
 *
 * Returns: (transfer none): a scalar, the tape's
 */
NnTensor *
nn_loss_forward (const NnLoss *self,
                 NnTape *tape,
                 NnTensor *out,
                 const NnTensor *targets,
                 gsize n_examples)
{
  NnNode *node = nn_tape_replay (tape, &operations[self->type], 0, &out, 1);
  Plan *plan;

  if (G_UNLIKELY (node == NULL))
    node = record (self, tape, out);
  plan = node->data;
  plan->job.loss = self;
  plan->job.targets = targets ? targets->values : NULL;
  plan->job.n_target_rows = targets ? targets->shape[0] : 0;
  if (plan->job.n_examples != n_examples) {
    plan->job.n_examples = n_examples;
    plan->n_terms = count_terms (kinds[self->type]->terms, plan->job.n_rows, n_examples);
    plan->share = 1 / (float) plan->n_terms;
    memset (plan->derivative, 0, out->size * sizeof (float));
  }
  node->output->values[0] =
      (float) (kinds[self->type]->sum (&plan->job) / (double) plan->n_terms);
  return node->output;
}

/**
 * nn_loss_get_accuracy:
 *
 * Everything as for nn_loss_forward ().
 *
 * Returns: the share of outputs whose class is the right one, 0 to 1; NAN as
 *   nn_loss_has_accuracy ()
 */
double
nn_loss_get_accuracy (const NnLoss *self,
                      const NnTensor *out,
                      const NnTensor *targets,
                      gsize n_examples)
{
  const NnLossKind *kind = nn_loss_get_kind (self->type);
  const NnLossJob job = { .loss = self,
                          .out = out->values,
                          .targets = targets ? targets->values : NULL,
                          .n_target_rows = targets ? targets->shape[0] : 0,
                          .n_rows = out->shape[0],
                          .n_columns = out->shape[1],
                          .n_examples = n_examples };

  if (kind->count_right == NULL)
    return NAN;
  return (double) kind->count_right (&job) /
         (double) count_terms (kind->terms, job.n_rows, n_examples);
}
