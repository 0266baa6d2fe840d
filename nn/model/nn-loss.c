/* nn-loss.c - the losses, each one operation on the tape
 *
 * SPDX-License-Identifier: MIT
 *
 * Each computes the sum whose mean the loss is and, side by side with it, that sum's
 * derivative by the output: what forward needs for the one is most of what the
 * other takes. Backward only scales. Sums are taken in double and rounded once.
 */

#include "nn/model/nn-loss.h"

#include <math.h>
#include <string.h>

#include "nn/base/nn-names.h"
#include "nn/kernels/nn-kernels.h"
#include "nn/tensor/nn-grad.h"

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

/* What one forward pass hands around. Columns from n_examples on are no examples. */
typedef struct {
  const NnLoss *loss;
  const NnKernels *kernels;
  const float *out;     /* (n_rows, n_columns) */
  const float *targets; /* (nullable) likewise; class numbers: (1, n_columns) */
  float *derivative;    /* (n_rows, n_columns) out: of the sum, 0 where no example is */
  gsize n_rows;
  gsize n_columns;
  gsize n_examples;
} Job;

/* What a node keeps. */
typedef struct {
  Job job;
  float share; /* what of the sum is the loss: 1 / n */
  float derivative[];
} Plan;

static double
mse (const Job *job)
{
  double sum = 0;

  for (gsize r = 0; r < job->n_rows; r++)
    for (gsize i = r * job->n_columns; i < r * job->n_columns + job->n_examples; i++) {
      const float d = job->out[i] - job->targets[i];

      sum += (double) d * (double) d;
      job->derivative[i] = 2 * d;
    }
  return sum;
}

static double
l1 (const Job *job)
{
  double sum = 0;

  for (gsize r = 0; r < job->n_rows; r++)
    for (gsize i = r * job->n_columns; i < r * job->n_columns + job->n_examples; i++) {
      const float d = job->out[i] - job->targets[i];

      sum += (double) fabsf (d);
      job->derivative[i] = d > 0 ? 1 : d < 0 ? -1 : 0;
    }
  return sum;
}

/* ½ d² where |d| is below delta, delta (|d| − ½ delta) elsewhere (Huber, 1964). */
static double
huber (const Job *job)
{
  const float delta = job->loss->delta;
  double sum = 0;

  for (gsize r = 0; r < job->n_rows; r++)
    for (gsize i = r * job->n_columns; i < r * job->n_columns + job->n_examples; i++) {
      const float d = job->out[i] - job->targets[i];
      const double size = (double) fabsf (d);

      sum += size >= (double) delta ? (double) delta * (size - (double) delta / 2)
                                    : size * size / 2;
      job->derivative[i] = d <= -delta ? -delta : d >= delta ? delta : d;
    }
  return sum;
}

/* −y log σ(x) − (1 − y) log (1 − σ(x)) = max (x, 0) − x y + log (1 + e^−|x|), and no
 * power in that overflows. The derivative is σ(x) − y. */
static double
bce_logits (const Job *job)
{
  const gsize n = job->n_rows * job->n_columns;
  const float *x = job->out, *y = job->targets;
  float *room = job->derivative;
  double sum = 0;

  for (gsize i = 0; i < n; i++)
    room[i] = -fabsf (x[i]);
  job->kernels->activate (NN_ACTIVATION_SOFTPLUS, room, room, n);
  for (gsize r = 0; r < job->n_rows; r++)
    for (gsize i = r * job->n_columns; i < r * job->n_columns + job->n_examples; i++)
      sum += (double) (x[i] > 0 ? x[i] : 0) - (double) x[i] * (double) y[i] +
             (double) room[i];

  job->kernels->activate (NN_ACTIVATION_SIGMOID, x, room, n);
  for (gsize r = 0; r < job->n_rows; r++)
    for (gsize c = 0; c < job->n_columns; c++) {
      const gsize i = r * job->n_columns + c;

      room[i] = c < job->n_examples ? room[i] - y[i] : 0;
    }
  return sum;
}

/* −log softmax (out)[class]; the derivative is the softmax, less 1 at the class. */
static double
cross_entropy (const Job *job)
{
  double sum = job->kernels->cross_entropy (job->out, job->targets, job->derivative,
                                            job->n_rows, job->n_columns, job->n_examples);

  for (gsize c = 0; c < job->n_examples; c++)
    job->derivative[(gsize) job->targets[c] * job->n_columns + c] -= 1;
  return sum;
}

/* Four columns at once, as backward reads them: what was stored one by one it would have to
 * wait for. */
typedef float Four __attribute__ ((vector_size (16), aligned (4), may_alias));
typedef gint32 IntFour __attribute__ ((vector_size (16), may_alias));

/* The first @n are @value, and the others 0. */
static inline void
fill_four (float *place, float value, gint32 n)
{
  const IntFour there = (IntFour){ 0, 1, 2, 3 } < n;

  *(Four *) place = (Four) ((IntFour) (value - (Four){ 0 }) & there);
}

/* (target − Σ out)²: one number, the mean of which it is. Each step is rounded as
 * PyTorch's is. */
static double
squared_sum (const Job *job)
{
  double sum = 0;
  float missing;

  for (gsize r = 0; r < job->n_rows; r++)
    for (gsize c = 0; c < job->n_examples; c++)
      sum += (double) job->out[r * job->n_columns + c];
  missing = job->loss->target - (float) sum;
  for (gsize r = 0; r < job->n_rows; r++)
    for (gsize c = 0; c < job->n_columns; c += 4)
      fill_four (job->derivative + r * job->n_columns + c, -2 * missing,
                 (gint32) job->n_examples - (gint32) c);
  return (double) (missing * missing);
}

static double (*const sums[NN_N_LOSSES]) (const Job *) = {
  [NN_LOSS_MSE] = mse,
  [NN_LOSS_L1] = l1,
  [NN_LOSS_HUBER] = huber,
  [NN_LOSS_BCE_LOGITS] = bce_logits,
  [NN_LOSS_CROSS_ENTROPY] = cross_entropy,
  [NN_LOSS_SQUARED_SUM] = squared_sum,
};

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

static const NnOperation operations[NN_N_LOSSES] = {
  [NN_LOSS_MSE] = { "mse", loss_backward },
  [NN_LOSS_L1] = { "l1", loss_backward },
  [NN_LOSS_HUBER] = { "huber", loss_backward },
  [NN_LOSS_BCE_LOGITS] = { "bce_logits", loss_backward },
  [NN_LOSS_CROSS_ENTROPY] = { "cross_entropy", loss_backward },
  [NN_LOSS_SQUARED_SUM] = { "squared_sum", loss_backward },
};

/* Of how many numbers the loss is the mean. */
static gsize
count_terms (NnLossType type, gsize n_rows, gsize n_examples)
{
  switch (type) {
  case NN_LOSS_SQUARED_SUM:
    return 1;
  case NN_LOSS_CROSS_ENTROPY:
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

  plan->job = (Job){ .kernels = nn_kernels_get (),
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
 * @targets: (nullable) for the losses that take them, (outputs, columns), or class
 *   numbers (1, columns), whole, from 0, and less than the number of outputs; no
 *   gradient goes there
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
  if (plan->job.n_examples != n_examples) {
    const gsize n_terms = count_terms (self->type, plan->job.n_rows, n_examples);

    plan->job.n_examples = n_examples;
    plan->share = 1 / (float) n_terms;
    memset (plan->derivative, 0, out->size * sizeof (float));
  }
  node->output->values[0] =
      (float) (sums[self->type](&plan->job) /
               (double) count_terms (self->type, plan->job.n_rows, n_examples));
  return node->output;
}
