/* nn-loss.c - the losses, each one operation on the tape
 *
 * SPDX-License-Identifier: MIT
 *
 * Forward and backward of a loss are neighbours. o is the network's output, y the
 * targets, and share what of ∂L falls to one element or example. Sums are taken in
 * double and rounded once.
 *
 * What an operation leaves for its backward beside o and y is a further result of the
 * tape, recorded as a third input that no gradient goes to.
 */

#include "nn/model/nn-loss.h"

#include <math.h>

#include "nn/kernels/nn-kernels.h"
#include "nn/nn-names.h"
#include "nn/tensor/nn-tensor-private.h"

/* Of an operation's inputs. */
enum { OUT, TARGETS, KEPT };

#define SAVES(input) (1u << (input))

static const char *const names[NN_N_LOSSES] = {
  [NN_LOSS_MSE] = "mse",
  [NN_LOSS_L1] = "l1",
  [NN_LOSS_HUBER] = "huber",
  [NN_LOSS_BCE_LOGITS] = "bce_logits",
  [NN_LOSS_CROSS_ENTROPY] = "cross_entropy",
  [NN_LOSS_SQUARED_SUM] = "squared_sum",
};

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

  if (!nn_names_find (names, NN_N_LOSSES, "loss", name, &index, error))
    return FALSE;
  *type = index;
  return TRUE;
}

/**
 * nn_loss_get_default:
 *
 * Returns: a loss with PyTorch's defaults; squared_sum, which PyTorch does not have,
 *   aims at 0
 */
NnLoss
nn_loss_get_default (NnLossType type)
{
  return (NnLoss){ .type = type, .delta = 1 };
}

/**
 * nn_loss_takes_targets:
 *
 * Returns: FALSE if the loss is of the output alone
 */
gboolean
nn_loss_takes_targets (NnLossType type)
{
  return type != NN_LOSS_SQUARED_SUM;
}

/**
 * nn_loss_takes_classes:
 *
 * Returns: TRUE if a target is the number of the right class, not a value for each
 *   output
 */
gboolean
nn_loss_takes_classes (NnLossType type)
{
  return type == NN_LOSS_CROSS_ENTROPY;
}

static float
get_share (const NnNode *node, gsize n)
{
  return node->output->grad->values[0] / (float) n;
}

static NnTensor *
new_mean (NnTape *tape, double sum, gsize n)
{
  NnTensor *loss = nn_tape_new_result (tape, 0, NULL);

  loss->values[0] = (float) (sum / (double) n);
  return loss;
}

static void
mse_backward (const NnNode *node)
{
  NnTensor *out = node->inputs[OUT];
  const float *o = out->values, *y = node->inputs[TARGETS]->values;
  const float share = 2 * get_share (node, out->size);
  float *dx = nn_tensor_accumulate_grad (out);

  for (gsize i = 0; i < out->size; i++)
    dx[i] += share * (o[i] - y[i]);
}

static NnTensor *
mse (const NnLoss *self, NnTape *tape, NnTensor *out, NnTensor *targets)
{
  static const NnOperation operation = { "mse", mse_backward };
  const double sum = nn_kernels_get ()->sum_squared_differences (
      out->values, targets->values, out->size);
  NnTensor *loss = new_mean (tape, sum, out->size);

  nn_tape_record (tape, &operation, loss, (NnTensor *[]){ out, targets }, 2,
                  SAVES (OUT) | SAVES (TARGETS));
  return loss;
}

static void
l1_backward (const NnNode *node)
{
  NnTensor *out = node->inputs[OUT];
  const float *difference = node->inputs[KEPT]->values;
  const float share = get_share (node, out->size);
  float *dx = nn_tensor_accumulate_grad (out);

  for (gsize i = 0; i < out->size; i++)
    dx[i] += difference[i] > 0 ? share : difference[i] < 0 ? -share : 0;
}

/* Keeps the differences, as PyTorch does: out and targets may change afterwards. */
static NnTensor *
l1 (const NnLoss *self, NnTape *tape, NnTensor *out, NnTensor *targets)
{
  static const NnOperation operation = { "l1", l1_backward };
  NnTensor *difference = nn_tape_new_result (tape, out->rank, out->shape);
  double sum = 0;
  NnTensor *loss;

  for (gsize i = 0; i < out->size; i++) {
    difference->values[i] = out->values[i] - targets->values[i];
    sum += (double) fabsf (difference->values[i]);
  }
  loss = new_mean (tape, sum, out->size);
  nn_tape_record (tape, &operation, loss, (NnTensor *[]){ out, targets, difference }, 3,
                  SAVES (KEPT));
  return loss;
}

static void
huber_backward (const NnNode *node)
{
  NnTensor *out = node->inputs[OUT];
  const float *o = out->values, *y = node->inputs[TARGETS]->values;
  const float delta = node->inputs[KEPT]->values[0];
  const float share = get_share (node, out->size);
  float *dx = nn_tensor_accumulate_grad (out);

  for (gsize i = 0; i < out->size; i++) {
    const float d = o[i] - y[i];

    dx[i] += share * (d <= -delta ? -delta : d >= delta ? delta : d);
  }
}

/* ½ d² where |d| is below delta, delta (|d| − ½ delta) elsewhere (Huber, 1964). */
static NnTensor *
huber (const NnLoss *self, NnTape *tape, NnTensor *out, NnTensor *targets)
{
  static const NnOperation operation = { "huber", huber_backward };
  const double delta = (double) self->delta;
  NnTensor *kept = nn_tape_new_result (tape, 0, NULL);
  double sum = 0;
  NnTensor *loss;

  for (gsize i = 0; i < out->size; i++) {
    const double d = (double) fabsf (out->values[i] - targets->values[i]);

    sum += d >= delta ? delta * (d - delta / 2) : d * d / 2;
  }
  kept->values[0] = self->delta;
  loss = new_mean (tape, sum, out->size);
  nn_tape_record (tape, &operation, loss, (NnTensor *[]){ out, targets, kept }, 3,
                  SAVES (OUT) | SAVES (TARGETS) | SAVES (KEPT));
  return loss;
}

static void
bce_logits_backward (const NnNode *node)
{
  NnTensor *out = node->inputs[OUT];
  const float *y = node->inputs[TARGETS]->values;
  const float share = get_share (node, out->size);
  float *sigmoid = node->inputs[KEPT]->values;
  float *dx = nn_tensor_accumulate_grad (out);

  nn_kernels_get ()->activate (NN_ACTIVATION_SIGMOID, out->values, sigmoid, out->size);
  for (gsize i = 0; i < out->size; i++)
    dx[i] += share * (sigmoid[i] - y[i]);
}

/* −y log σ(x) − (1 − y) log (1 − σ(x)) = max (x, 0) − x y + log (1 + e^−|x|), and no
 * power in that overflows. What is kept is only room to work in. */
static NnTensor *
bce_logits (const NnLoss *self, NnTape *tape, NnTensor *out, NnTensor *targets)
{
  static const NnOperation operation = { "bce_logits", bce_logits_backward };
  const float *x = out->values, *y = targets->values;
  NnTensor *room = nn_tape_new_result (tape, out->rank, out->shape);
  double sum = 0;
  NnTensor *loss;

  for (gsize i = 0; i < out->size; i++)
    room->values[i] = -fabsf (x[i]);
  nn_kernels_get ()->activate (NN_ACTIVATION_SOFTPLUS, room->values, room->values,
                               out->size);
  for (gsize i = 0; i < out->size; i++)
    sum += (double) (x[i] > 0 ? x[i] : 0) - (double) x[i] * (double) y[i] +
           (double) room->values[i];
  loss = new_mean (tape, sum, out->size);
  nn_tape_record (tape, &operation, loss, (NnTensor *[]){ out, targets, room }, 3,
                  SAVES (OUT) | SAVES (TARGETS));
  return loss;
}

static void
cross_entropy_backward (const NnNode *node)
{
  NnTensor *out = node->inputs[OUT];
  const gsize n = out->shape[0], n_classes = out->shape[1];
  const float *classes = node->inputs[TARGETS]->values;
  const float *softmax = node->inputs[KEPT]->values;
  const float share = get_share (node, n);
  float *dx = nn_tensor_accumulate_grad (out);

  for (gsize i = 0; i < n * n_classes; i++)
    dx[i] += share * softmax[i];
  for (gsize i = 0; i < n; i++)
    dx[i * n_classes + (gsize) classes[i]] -= share;
}

static gboolean
are_classes (const NnTensor *targets, gsize n_classes)
{
  for (gsize i = 0; i < targets->size; i++) {
    const float number = targets->values[i];

    if (!(number >= 0 && number < (float) n_classes && truncf (number) == number))
      return FALSE;
  }
  return TRUE;
}

/* Keeps the softmax, where PyTorch keeps its logarithm: out may change afterwards. */
static NnTensor *
cross_entropy (const NnLoss *self, NnTape *tape, NnTensor *out, NnTensor *targets)
{
  static const NnOperation operation = { "cross_entropy", cross_entropy_backward };
  const gsize n = out->shape[0], n_classes = out->shape[1];
  NnTensor *softmax = nn_tape_new_result (tape, out->rank, out->shape);
  NnTensor *loss;

  g_return_val_if_fail (are_classes (targets, n_classes), NULL);

  loss = new_mean (tape,
                   nn_kernels_get ()->cross_entropy (out->values, targets->values,
                                                     softmax->values, n, n_classes),
                   n);
  nn_tape_record (tape, &operation, loss, (NnTensor *[]){ out, targets, softmax }, 3,
                  SAVES (TARGETS) | SAVES (KEPT));
  return loss;
}

/* Of squared_sum's inputs, after OUT. */
enum { DIFFERENCE = 1 };

static void
squared_sum_backward (const NnNode *node)
{
  NnTensor *out = node->inputs[OUT];
  const float share = -2 * get_share (node, 1) * node->inputs[DIFFERENCE]->values[0];
  float *dx = nn_tensor_accumulate_grad (out);

  for (gsize i = 0; i < out->size; i++)
    dx[i] += share;
}

/* The mean is of one number. Each step is rounded as PyTorch's is. */
static NnTensor *
squared_sum (const NnLoss *self, NnTape *tape, NnTensor *out, NnTensor *targets)
{
  static const NnOperation operation = { "squared_sum", squared_sum_backward };
  NnTensor *difference = nn_tape_new_result (tape, 0, NULL);
  NnTensor *loss = nn_tape_new_result (tape, 0, NULL);
  double sum = 0;

  for (gsize i = 0; i < out->size; i++)
    sum += (double) out->values[i];
  difference->values[0] = self->target - (float) sum;
  loss->values[0] = difference->values[0] * difference->values[0];
  nn_tape_record (tape, &operation, loss, (NnTensor *[]){ out, difference }, 2,
                  SAVES (DIFFERENCE));
  return loss;
}

static gboolean
fits (const NnLoss *self, const NnTensor *out, const NnTensor *targets)
{
  if (!nn_loss_takes_targets (self->type))
    return TRUE;
  return targets && !targets->requires_grad && targets->rank == 2 &&
         targets->shape[0] == out->shape[0] &&
         targets->shape[1] == (nn_loss_takes_classes (self->type) ? 1 : out->shape[1]);
}

/**
 * nn_loss_forward:
 * @out: (n, outputs)
 * @targets: (nullable) as nn-loss.h says for the loss; no gradient goes there. Class
 *   numbers are whole, from 0, and less than the number of outputs
 *
 * Returns: (transfer none): a scalar of the tape's, ∂/∂out still to be had by
 *   nn_tape_backward ()
 */
NnTensor *
nn_loss_forward (const NnLoss *self, NnTape *tape, NnTensor *out, NnTensor *targets)
{
  static NnTensor *(*const losses[NN_N_LOSSES]) (const NnLoss *, NnTape *, NnTensor *,
                                                 NnTensor *) = {
    [NN_LOSS_MSE] = mse,
    [NN_LOSS_L1] = l1,
    [NN_LOSS_HUBER] = huber,
    [NN_LOSS_BCE_LOGITS] = bce_logits,
    [NN_LOSS_CROSS_ENTROPY] = cross_entropy,
    [NN_LOSS_SQUARED_SUM] = squared_sum,
  };

  g_return_val_if_fail (self->type < NN_N_LOSSES && out->rank == 2, NULL);
  g_return_val_if_fail (fits (self, out, targets), NULL);

  return losses[self->type](self, tape, out, targets);
}
