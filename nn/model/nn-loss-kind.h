/* nn-loss-kind.h - what there is to know of a loss, all in one row
 *
 * SPDX-License-Identifier: MIT
 *
 * One file, nn-loss-NAME.c, holds all of a loss: its row, and a function that computes the
 * sum whose mean the loss is and, side by side with it, that sum's derivative by the
 * output: what forward needs for the one is most of what the other takes. Sums are taken
 * in double and rounded once.
 */

#pragma once

#include "nn/base/nn-setting.h"
#include "nn/kernels/nn-kernels.h"

G_BEGIN_DECLS

#define NN_LOSS_MAX_OWN 2

typedef enum {
#define ROW(type, name) type,
#include "nn/model/losses.inc"
#undef ROW
  NN_N_LOSSES,
} NnLossType;

/* Each type reads those that its row has. */
typedef struct {
  NnLossType type;
  float delta;
  float target;
  float own[NN_LOSS_MAX_OWN]; /* what one type alone reads: its file names them */
} NnLoss;

/* One forward pass. Examples are columns; those from sum.n on are none. */
typedef struct {
  const NnLoss *loss;
  const NnKernels *kernels;
  NnLossSum sum;       /* its targets may be NULL */
  gsize n_target_rows; /* sum.n_rows; 1 for class numbers; 0 for none */
} NnLossJob;

typedef enum {
  NN_LOSS_TAKES_NOTHING, /* it is of the output alone */
  NN_LOSS_TAKES_NUMBERS, /* a target for each output */
  NN_LOSS_TAKES_CLASSES, /* the right class's number, or a probability for each output */
} NnLossTargets;

/* Of what the loss is the mean. */
typedef enum {
  NN_LOSS_OF_OUTPUTS,  /* each output of each example */
  NN_LOSS_OF_EXAMPLES, /* each example */
  NN_LOSS_OF_BATCHES,  /* the whole batch, which is one */
} NnLossTerms;

typedef struct {
  const char *sentence;

  /* In a PyTorch program: a class that takes the settings, or, with "{target}" in it for one
   * of these, a function. */
  const char *torch;
  NnLossTargets targets;
  NnLossTerms terms;
  NnSettings settings; /* in the order in which they are written */

  double (*sum) (const NnLossJob *job);

  /* (nullable) Of the terms, those whose class is the right one: of losses of classes. */
  gsize (*count_right) (const NnLossJob *job);
} NnLossKind;

#define ROW(type, name) extern const NnLossKind nn_loss_##name;
#include "nn/model/losses.inc"
#undef ROW

#define NN_LOSS_SETTING(name) G_STRUCT_OFFSET (NnLoss, name)

G_END_DECLS
