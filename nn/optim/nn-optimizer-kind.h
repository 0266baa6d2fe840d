/* nn-optimizer-kind.h - what there is to know of an optimizer, all in one row
 *
 * SPDX-License-Identifier: MIT
 *
 * One file, nn-NAME.c, holds all of an optimizer and is compiled more than once. For the
 * engine it gives the row: the settings, and what is computed once a step, in double and
 * rounded to float32 where it meets the weights, as in PyTorch. For each instruction set
 * (NN_KERNEL_SET is defined then) it gives the loop over the weights, in that set's
 * vectors. The row has the loops of all sets; which one runs is chosen when the program
 * does.
 */

#pragma once

#include "nn/base/nn-setting.h"
#include "nn/kernels/nn-instruction-sets.h"

G_BEGIN_DECLS

#define NN_OPTIMIZER_MAX_MOMENTS 3
#define NN_OPTIMIZER_MAX_OWN     4

typedef enum {
#define ROW(type, name) type,
#include "nn/optim/optimizers.inc"
#undef ROW
  NN_N_OPTIMIZERS,
} NnOptimizerType;

/* Each type reads those that its row has, which PyTorch gives it. */
typedef struct {
  NnOptimizerType type;
  double lr;
  double weight_decay;
  double momentum;
  gboolean nesterov;
  double beta1, beta2;
  double eps;
  double alpha;
  gboolean centered;
  double lr_decay;
  double initial_accumulator_value;
  double own[NN_OPTIMIZER_MAX_OWN]; /* what one type alone reads: its file names them */
} NnOptimizerSettings;

/* Moves @n weights @w by their gradients @g, and keeps the moments up: the first from
 * @moments on, each next one @stride floats further. */
typedef void NnOptimizerLoop (gconstpointer step,
                              float *w,
                              const float *g,
                              float *moments,
                              gsize stride,
                              gsize n);

typedef struct {
  const char *sentence;
  const char *torch; /* the class in torch.optim, which takes the settings */
  const char *moments[NN_OPTIMIZER_MAX_MOMENTS]; /* as PyTorch's state calls them */
  int gradient_powers
      [NN_OPTIMIZER_MAX_MOMENTS]; /* of which each is a mean or a sum; 0: none */
  NnSettings settings;            /* in the order in which they are written */

  /* What is the same for every weight of a step: the loop's first argument. */
  gsize step_size;
  void (*prepare_settings) (gpointer step, const NnOptimizerSettings *settings);

  /* (nullable) Besides, where a step depends on how many there were before it. Only if
   * there is such a function are steps counted. */
  void (*prepare_step) (gpointer step,
                        const NnOptimizerSettings *settings,
                        guint64 n_steps);

  /* (nullable) What no range says. The message begins with the key. */
  gboolean (*check) (const NnOptimizerSettings *settings, GError **error);

  /* (nullable) What moments begin with, if not with 0. */
  double (*get_first_moment) (const NnOptimizerSettings *settings);

  NnOptimizerLoop *loops[NN_N_SETS];
} NnOptimizerKind;

#define ROW(type, name)                                                                  \
  extern const NnOptimizerKind nn_optimizer_##name;                                      \
  NnOptimizerLoop NN_IN_EACH_SET (nn_optimizer_##name);
#include "nn/optim/optimizers.inc"
#undef ROW

/* Settings that most have. */
#define NN_OPTIMIZER_SETTING(name) G_STRUCT_OFFSET (NnOptimizerSettings, name)

#define NN_OPTIMIZER_LR(value)                                                           \
  {                                                                                      \
    .key = "lr", .sentence = N_ ("how far a step goes"), .type = NN_SETTING_NUMBER,      \
    .offset = NN_OPTIMIZER_SETTING (lr), .usual = (value),                               \
    .most = NN_SETTING_LARGEST_FLOAT,                                                    \
  }

#define NN_OPTIMIZER_EPS(value)                                                          \
  {                                                                                      \
    .key = "eps", .sentence = N_ ("added to what is divided by, which may be 0"),        \
    .type = NN_SETTING_NUMBER, .offset = NN_OPTIMIZER_SETTING (eps), .usual = (value),   \
    .most = NN_SETTING_LARGEST_FLOAT,                                                    \
  }

#define NN_OPTIMIZER_WEIGHT_DECAY(value)                                                 \
  {                                                                                      \
    .key = "weight_decay", .sentence = N_ ("how strongly weights are drawn to 0"),       \
    .type = NN_SETTING_NUMBER, .offset = NN_OPTIMIZER_SETTING (weight_decay),            \
    .usual = (value), .most = NN_SETTING_LARGEST_FLOAT,                                  \
  }

#define NN_OPTIMIZER_MOMENTUM                                                            \
  {                                                                                      \
    .key = "momentum", .sentence = N_ ("how much of the last step's change goes on"),    \
    .type = NN_SETTING_NUMBER, .offset = NN_OPTIMIZER_SETTING (momentum),                \
    .most = NN_SETTING_LARGEST_FLOAT,                                                    \
  }

G_END_DECLS
