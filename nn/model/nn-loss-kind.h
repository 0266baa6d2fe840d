/* nn-loss-kind.h - the table of losses, one row for each type
 *
 * SPDX-License-Identifier: MIT
 *
 * To add a loss, add a row to losses.inc and write nn-loss-NAME.c beside it; nothing else
 * knows the types. That file has the row and a function that computes the sum whose mean
 * is the loss, together with the sum's derivative by the outputs, as the two share most
 * of the work; backward only scales the derivative. Sums are in double and rounded once.
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

/* The settings of all types in one struct; a type reads those that its row lists. */
typedef struct {
  NnLossType type;
  float delta;
  float target;
  float own[NN_LOSS_MAX_OWN]; /* for a type's own settings: its file names them */
} NnLoss;

/* One forward pass. Examples are columns; those from sum.n on are padding. */
typedef struct {
  const NnLoss *loss;
  const NnKernels *kernels;
  NnLossSum sum;       /* outputs, targets (nullable), and the derivative to be written */
  gsize n_target_rows; /* sum.n_rows; 1 for class numbers; 0 for none */
} NnLossJob;

typedef enum {
  NN_LOSS_TAKES_NOTHING, /* no targets: a function of the outputs alone */
  NN_LOSS_TAKES_NUMBERS, /* a target for each output */
  NN_LOSS_TAKES_CLASSES, /* a class number, or a probability for each output */
} NnLossTargets;

/* What the sum is divided by. */
typedef enum {
  NN_LOSS_OF_OUTPUTS,  /* outputs times examples */
  NN_LOSS_OF_EXAMPLES, /* examples */
  NN_LOSS_OF_BATCHES,  /* 1 */
} NnLossTerms;

typedef struct {
  const char *sentence;

  /* For a PyTorch program: a class whose arguments are the settings, or a function with
   * settings in braces: "lambda output, y=None: ({target} - output.sum()).square()". */
  const char *torch;
  NnLossTargets targets;
  NnLossTerms terms;
  NnSettings settings; /* in the order in which they are written */

  double (*sum) (const NnLossJob *job); /* writes the derivative, too */

  /* (nullable) For losses of classes: how many of the terms are classified right. */
  gsize (*count_right) (const NnLossJob *job);
} NnLossKind;

#define ROW(type, name) extern const NnLossKind nn_loss_##name;
#include "nn/model/losses.inc"
#undef ROW

#define NN_LOSS_SETTING(name) G_STRUCT_OFFSET (NnLoss, name)

G_END_DECLS
