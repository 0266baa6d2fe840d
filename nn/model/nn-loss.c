/* nn-loss.c - the losses, as operations on the tape
 *
 * SPDX-License-Identifier: MIT
 *
 * What all types share. A type's own file computes the sum and its derivative in the
 * forward pass; backward only scales the derivative.
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
 * Returns: (transfer none): the row of @type
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
 * @type: (out): the one called @name; unchanged on failure
 *
 * Returns: FALSE if there is no such loss (NN_ERROR_UNKNOWN); the message lists them
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
 * Returns: FALSE if the loss is a function of the outputs alone
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
 * Returns: TRUE if the loss classifies, so that nn_loss_get_accuracy () is defined
 */
gboolean
nn_loss_has_accuracy (NnLossType type)
{
  return nn_loss_get_kind (type)->count_right != NULL;
}

/**
 * nn_loss_check:
 *
 * Returns: FALSE if a setting that the type reads is out of its range (NN_ERROR_SYNTAX);
 *   the message begins with the key
 */
gboolean
nn_loss_check (const NnLoss *self, GError **error)
{
  return nn_settings_check (&nn_loss_get_kind (self->type)->settings, self, error);
}

/* Indices into a node's inputs. */
enum { OUT, TARGETS, N_INPUTS };

/* A node's data. */
typedef struct {
  NnLoss loss;
  NnLossJob job;
  double (*compute_sum) (const NnLossJob *job); /* the kind's */
  double n_terms;
  float share; /* 1 / n_terms: the loss is the sum times it */
  float derivative[];
} Plan;

static void
compute (NnNode *node, float *derivative, float scale)
{
  Plan *plan = node->data;

  if (node->n_inputs > TARGETS) /* targets may be moved to another batch */
    plan->job.sum.targets = node->inputs[TARGETS]->values;
  plan->job.sum.derivative = derivative;
  plan->job.sum.scale = scale;
  node->output->values[0] = (float) (plan->compute_sum (&plan->job) / plan->n_terms);
}

/* Four columns at once: their number is a multiple of four. */
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

/* The gradient of the loss itself is 1, so the forward pass can write what
 * backward would. */
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

/* Returns: how many terms the loss is the mean of */
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

/* Returns: a number that is equal only if both arguments are */
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
 * @targets: (nullable): (outputs, columns); for losses that take classes either
 *   probabilities of that shape, or class numbers (1, columns), whole and below the
 *   number of outputs. NULL for losses that take none. Gets no gradient
 * @n_examples: how many columns are examples; the others are padding
 *
 * Returns: (transfer none): a scalar, owned by the tape
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
 * The arguments are those of nn_loss_forward ().
 *
 * Returns: the fraction of examples classified right (for bce_logits, of outputs), 0 to
 *   1; NAN unless nn_loss_has_accuracy ()
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
