/* nn-optimizer-kind.h - the table of optimizers, one row for each type
 *
 * SPDX-License-Identifier: MIT
 *
 * To add an optimizer, add a row to optimizers.inc and write nn-NAME.c beside it; nothing
 * else knows the types. That file is compiled several times: once as part of the engine,
 * where it defines the row (settings, and functions that compute once per step, in
 * double, what the loop needs), and once for each instruction set, with NN_KERNEL_SET
 * defined, where it defines the loop over the weights in that set's vectors. The row has
 * the loops of all sets; which one runs is decided at run time.
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

/* The settings of all types in one struct, named as PyTorch's arguments. A type reads
 * those that its row lists. */
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
  double own[NN_OPTIMIZER_MAX_OWN]; /* for a type's own settings: its file names them */
} NnOptimizerSettings;

/* Updates @n weights @w in place by their gradients @g, and their moments: the first is
 * at @moments, each further one @stride floats after the one before. Elementwise, so that
 * weights may be updated in any parts. */
typedef void NnOptimizerLoop (gconstpointer step,
                              float *w,
                              const float *g,
                              float *moments,
                              gsize stride,
                              gsize n);

typedef struct {
  const char *sentence;
  const char *torch; /* the class in torch.optim, whose arguments the settings are */

  /* NULL-terminated if fewer. As in the state_dict of PyTorch's optimizer: "exp_avg" */
  const char *moments[NN_OPTIMIZER_MAX_MOMENTS];

  /* Of each moment: it is a mean or sum of the gradient to this power; 0: neither. */
  int gradient_powers[NN_OPTIMIZER_MAX_MOMENTS];
  NnSettings settings; /* in the order in which they are written */

  /* The loop's first argument, with what is the same for all weights: a struct of this
   * many bytes, filled whenever the settings change. */
  gsize step_size;
  void (*prepare_settings) (gpointer step, const NnOptimizerSettings *settings);

  /* (nullable) Called before each step if the step depends on the number of steps before
   * it, @n_steps. If NULL, steps are not counted. */
  void (*prepare_step) (gpointer step,
                        const NnOptimizerSettings *settings,
                        guint64 n_steps);

  /* (nullable) Checks what ranges cannot express. The message begins with the key. */
  gboolean (*check) (const NnOptimizerSettings *settings, GError **error);

  /* (nullable) The initial value of moments, if it is not 0. */
  double (*get_first_moment) (const NnOptimizerSettings *settings);

  NnOptimizerLoop *loops[NN_N_SETS];
} NnOptimizerKind;

#define ROW(type, name)                                                                  \
  extern const NnOptimizerKind nn_optimizer_##name;                                      \
  NnOptimizerLoop NN_IN_EACH_SET (nn_optimizer_##name);
#include "nn/optim/optimizers.inc"
#undef ROW

const NnOptimizerKind *nn_optimizer_get_kind (NnOptimizerType type);
const char *nn_optimizer_get_name (NnOptimizerType type);
gboolean nn_optimizer_find (const char *name, NnOptimizerType *type, GError **error);
NnOptimizerSettings nn_optimizer_get_default (NnOptimizerType type);
gboolean nn_optimizer_check (const NnOptimizerSettings *settings, GError **error);

/* Rows that several types share. */
#define NN_OPTIMIZER_SETTING(name) G_STRUCT_OFFSET (NnOptimizerSettings, name)

#define NN_OPTIMIZER_LR(value)                                                           \
  {                                                                                      \
    .key = "lr", .sentence = N_ ("the learning rate, a factor of each step"),            \
    .type = NN_SETTING_NUMBER, .offset = NN_OPTIMIZER_SETTING (lr), .usual = (value),    \
    .most = NN_SETTING_LARGEST_FLOAT,                                                    \
  }

#define NN_OPTIMIZER_EPS(value)                                                          \
  {                                                                                      \
    .key = "eps", .sentence = N_ ("added to the denominator, so that it is not 0"),      \
    .type = NN_SETTING_NUMBER, .offset = NN_OPTIMIZER_SETTING (eps), .usual = (value),   \
    .most = NN_SETTING_LARGEST_FLOAT,                                                    \
  }

#define NN_OPTIMIZER_WEIGHT_DECAY(value)                                                 \
  {                                                                                      \
    .key = "weight_decay", .sentence = N_ ("how strongly weights decay towards 0"),      \
    .type = NN_SETTING_NUMBER, .offset = NN_OPTIMIZER_SETTING (weight_decay),            \
    .usual = (value), .most = NN_SETTING_LARGEST_FLOAT,                                  \
  }

#define NN_OPTIMIZER_MOMENTUM                                                            \
  {                                                                                      \
    .key = "momentum",                                                                   \
    .sentence = N_ ("the fraction of the last step that is added to the next"),          \
    .type = NN_SETTING_NUMBER, .offset = NN_OPTIMIZER_SETTING (momentum),                \
    .most = NN_SETTING_LARGEST_FLOAT,                                                    \
  }

G_END_DECLS
