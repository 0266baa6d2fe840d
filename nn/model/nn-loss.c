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

/* Of a node's inputs. */
enum { OUT, TARGETS, N_INPUTS };

/* What a node keeps. */
typedef struct {
  NnLoss loss;
  NnLossJob job;
  double (*compute_sum) (const NnLossJob *job); /* the kind's */
  double n_terms;
  float share; /* what of the sum is the loss: 1 / n_terms */
  float derivative[];
} Plan;

static void
compute (NnNode *node, float *derivative, float scale)
{
  Plan *plan = node->data;

  if (node->n_inputs > TARGETS) /* each batch may have its own address */
    plan->job.sum.targets = node->inputs[TARGETS]->values;
  plan->job.sum.derivative = derivative;
  plan->job.sum.scale = scale;
  node->output->values[0] = (float) (plan->compute_sum (&plan->job) / plan->n_terms);
}

/* Four columns at once: there are no less. */
typedef float Four __attribute__ ((vector_size (16), aligned (4), may_alias));

static void
loss_backward (const NnNode *node)
{
  const Plan *plan = node->data;
  NnTensor *out = node->inputs[OUT];
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

/* The loss's own gradient is 1, and so what backward would write is known here. */
static void
loss_repeat_forward (NnNode *node)
{
  const Plan *plan = node->data;

  compute (node, node->inputs[OUT]->grad->values, plan->share);
}

static void
loss_repeat_backward (const NnNode *node)
{
  *node->inputs[OUT]->grad_status = NN_GRAD_THERE;
}

static const NnOperation operations[] = {
#define ROW(type, name)                                                                  \
  [type] = { #name, loss_backward, NULL, loss_repeat_forward, loss_repeat_backward },
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

/* Equal only where both numbers are. */
static guint64
get_variant (gsize n_inputs, gsize n_examples)
{
  return n_examples * (N_INPUTS + 1) + n_inputs;
}

static NnNode *
record (NnLossType type,
        NnTape *tape,
        NnTensor *const *inputs,
        gsize n_inputs,
        gsize n_examples)
{
  const NnLossKind *kind = kinds[type];
  const NnTensor *out = inputs[OUT];
  NnNode *node = nn_tape_record (tape, &operations[type], inputs, n_inputs, 0, 0, NULL);
  Plan *plan = g_malloc0 (sizeof *plan + out->size * sizeof (float));
  const gsize n_terms = count_terms (kind->terms, out->shape[0], n_examples);

  g_assert (nn_kernels_get_columns (out->shape[1]) == out->shape[1]);

  plan->job =
      (NnLossJob){ .loss = &plan->loss,
                   .kernels = nn_kernels_get (),
                   .sum = { .out = out->values,
                            .n_rows = out->shape[0],
                            .n_columns = out->shape[1],
                            .n = n_examples },
                   .n_target_rows = n_inputs > TARGETS ? inputs[TARGETS]->shape[0] : 0 };
  plan->compute_sum = kind->sum;
  plan->n_terms = (double) n_terms;
  plan->share = 1 / (float) n_terms;
  node->variant = get_variant (n_inputs, n_examples);
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
                 NnTensor *targets,
                 gsize n_examples)
{
  NnTensor *const inputs[N_INPUTS] = { out, targets };
  const gsize n_inputs = targets ? N_INPUTS : TARGETS;
  NnNode *node = nn_tape_replay (tape, &operations[self->type],
                                 get_variant (n_inputs, n_examples), inputs, n_inputs);
  Plan *plan;

  if (G_UNLIKELY (node == NULL))
    node = record (self->type, tape, inputs, n_inputs, n_examples);
  plan = node->data;
  plan->loss = *self;
  compute (node, plan->derivative, 1);
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
                          .sum = { .out = out->values,
                                   .targets = targets ? targets->values : NULL,
                                   .n_rows = out->shape[0],
                                   .n_columns = out->shape[1],
                                   .n = n_examples },
                          .n_target_rows = targets ? targets->shape[0] : 0 };

  if (kind->count_right == NULL)
    return NAN;
  return (double) kind->count_right (&job) /
         (double) count_terms (kind->terms, job.sum.n_rows, n_examples);
}
