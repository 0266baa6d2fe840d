/* nn-optimizer.c - how gradients become changes of the weights
 *
 * SPDX-License-Identifier: MIT
 *
 * The arithmetic on weights is in nn/kernels/optimizers.inc; here is what is computed once
 * a step. As in PyTorch that is done in double and rounded to float32 where it meets
 * the weights.
 */

#include "nn/optim/nn-optimizer.h"

#include <math.h>
#include <string.h>

#include "nn/base/nn-error.h"
#include "nn/kernels/nn-kernels.h"
#include "nn/kernels/nn-threads.h"
#include "nn/tensor/nn-grad-mode.h"

#define CACHE_LINE      64
#define FLOATS_PER_LINE (CACHE_LINE / sizeof (float))
#define POWERS          64
#define LEAST_SHARED    (1u << 16) /* values that are worth a second thread */
#define GRAIN           1024       /* values that no two threads share */
#define NOT_PREPARED    G_MAXUINT64
#define BIT(type)       (1u << NN_OPTIMIZER_##type)
#define EVERY_TYPE      ((1u << NN_N_OPTIMIZERS) - 1)
#define MOMENTUM_BUFFER "momentum_buffer"
#define SETTING(name)   G_STRUCT_OFFSET (NnOptimizerSettings, name)

/* Powers of a number, each the product of two that the C library computed: a fraction
 * of pow's time. It depends on the exponent alone, not on which power was asked for
 * before, and up to the first POWERS it is what pow gives. */
typedef struct {
  double base;
  double low[POWERS]; /* baseⁱ */
  guint64 block;
  double high; /* base to the power of block · POWERS */
} Powers;

struct _NnOptimizer {
  NnNetwork *network; /* (not owned) */
  const NnKernels *kernels;
  NnOptimizerSettings settings;
  gsize n_values;
  gsize n_parameters;

  gsize state_size;
  float *moments;   /* (owned) one after the other, each from a cache line's start */
  gsize stride;     /* floats from one moment to the next */
  guint64 *n_steps; /* (n_parameters) behind the moments; see count_step () */
  gboolean even;    /* all of n_steps are equal */

  union {
    NnSgdStep sgd;
    NnAdamStep adam;
    NnRmspropStep rmsprop;
    NnAdagradStep adagrad;
  } step;
  guint64 prepared; /* the n_steps that step is for */
  Powers beta1;     /* adam, adamw */
  Powers beta2;
};

/* What there is to know of a type. Moments have the names that PyTorch's state has. */
typedef struct {
  const char *name;
  const char *moments[NN_OPTIMIZER_MAX_MOMENTS];
} TypeInfo;

static const TypeInfo types[] = {
  [NN_OPTIMIZER_SGD] = { "sgd", { MOMENTUM_BUFFER } },
  [NN_OPTIMIZER_ADAM] = { "adam", { "exp_avg", "exp_avg_sq" } },
  [NN_OPTIMIZER_ADAMW] = { "adamw", { "exp_avg", "exp_avg_sq" } },
  [NN_OPTIMIZER_RMSPROP] = { "rmsprop", { "square_avg", "grad_avg", MOMENTUM_BUFFER } },
  [NN_OPTIMIZER_ADAGRAD] = { "adagrad", { "sum" } },
};

G_STATIC_ASSERT (G_N_ELEMENTS (types) == NN_N_OPTIMIZERS);

/* A number that must not be negative. */
typedef struct {
  const char *key; /* as PyTorch calls it */
  gsize offset;
  guint types; /* those that read it */
  gboolean below_one;
} Range;

static const Range ranges[] = {
  { "lr", SETTING (lr), EVERY_TYPE },
  { "weight_decay", SETTING (weight_decay), EVERY_TYPE },
  { "momentum", SETTING (momentum), BIT (SGD) | BIT (RMSPROP) },
  { "betas[0]", SETTING (beta1), BIT (ADAM) | BIT (ADAMW), TRUE },
  { "betas[1]", SETTING (beta2), BIT (ADAM) | BIT (ADAMW), TRUE },
  { "eps", SETTING (eps), EVERY_TYPE & ~BIT (SGD) },
  { "alpha", SETTING (alpha), BIT (RMSPROP) },
  { "lr_decay", SETTING (lr_decay), BIT (ADAGRAD) },
  { "initial_accumulator_value", SETTING (initial_accumulator_value), BIT (ADAGRAD) },
};

const char *
nn_optimizer_get_name (NnOptimizerType type)
{
  g_return_val_if_fail (type < NN_N_OPTIMIZERS, NULL);

  return types[type].name;
}

/**
 * nn_optimizer_find:
 * @type: (out): the one called @name
 *
 * Returns: FALSE if there is none of that name (NN_ERROR_UNKNOWN)
 */
gboolean
nn_optimizer_find (const char *name, NnOptimizerType *type, GError **error)
{
  for (guint i = 0; i < NN_N_OPTIMIZERS; i++) {
    if (strcmp (types[i].name, name) != 0)
      continue;
    *type = (NnOptimizerType) i;
    return TRUE;
  }
  g_set_error (error, NN_ERROR, NN_ERROR_UNKNOWN,
               "unknown optimizer %s: there are sgd, adam, adamw, rmsprop and adagrad",
               name);
  return FALSE;
}

/**
 * nn_optimizer_get_default:
 *
 * Returns: PyTorch's defaults. sgd's learning rate, which PyTorch 1.13 wants to be
 *   told, is that of its later versions
 */
NnOptimizerSettings
nn_optimizer_get_default (NnOptimizerType type)
{
  NnOptimizerSettings settings = { .type = type, .lr = 1e-3 };

  g_return_val_if_fail (type < NN_N_OPTIMIZERS, settings);

  switch (type) {
  case NN_OPTIMIZER_ADAMW:
    settings.weight_decay = 1e-2;
    G_GNUC_FALLTHROUGH;
  case NN_OPTIMIZER_ADAM:
    settings.beta1 = 0.9;
    settings.beta2 = 0.999;
    settings.eps = 1e-8;
    break;
  case NN_OPTIMIZER_RMSPROP:
    settings.lr = 1e-2;
    settings.alpha = 0.99;
    settings.eps = 1e-8;
    break;
  case NN_OPTIMIZER_ADAGRAD:
    settings.lr = 1e-2;
    settings.eps = 1e-10;
    break;
  default:
    break;
  }
  return settings;
}

/**
 * nn_optimizer_check:
 *
 * Says whether PyTorch would take @settings, looking only at what the type reads;
 * numbers must be finite as float32 besides.
 *
 * Returns: FALSE if not (NN_ERROR_SYNTAX); the message begins with the key
 */
gboolean
nn_optimizer_check (const NnOptimizerSettings *settings, GError **error)
{
  char number[G_ASCII_DTOSTR_BUF_SIZE];

  g_return_val_if_fail (settings->type < NN_N_OPTIMIZERS, FALSE);

  for (gsize i = 0; i < G_N_ELEMENTS (ranges); i++) {
    const Range *range = &ranges[i];
    double value;

    memcpy (&value, (const char *) settings + range->offset, sizeof value);
    if (!(range->types & 1u << settings->type))
      continue;
    if (value >= 0 && (range->below_one ? value < 1 : value <= (double) G_MAXFLOAT))
      continue;
    g_set_error (error, NN_ERROR, NN_ERROR_SYNTAX, "%s is %s; give a number from 0 %s",
                 range->key, g_ascii_formatd (number, sizeof number, "%.9g", value),
                 range->below_one ? "and below 1" : "to 3.4e38");
    return FALSE;
  }
  if (settings->type == NN_OPTIMIZER_SGD && settings->nesterov &&
      settings->momentum == 0) {
    g_set_error_literal (error, NN_ERROR, NN_ERROR_SYNTAX,
                         "nesterov needs a momentum above 0; give one, or leave "
                         "nesterov out");
    return FALSE;
  }
  return TRUE;
}

static void
powers_set_base (Powers *self, double base)
{
  if (self->base == base && self->low[0] == 1)
    return;
  self->base = base;
  for (guint i = 0; i < POWERS; i++)
    self->low[i] = pow (base, i);
  self->block = 0;
  self->high = 1;
}

static double
powers_get (Powers *self, guint64 exponent)
{
  const guint64 block = exponent / POWERS;

  if (self->block != block) {
    self->block = block;
    self->high = pow (self->base, (double) (block * POWERS));
  }
  return self->low[exponent % POWERS] * self->high;
}

/* Computes what stays the same from step to step. */
static void
prepare_settings (NnOptimizer *self)
{
  const NnOptimizerSettings *s = &self->settings;
  const float lr = (float) s->lr;
  const float eps = (float) s->eps;
  const float weight_decay = (float) s->weight_decay;
  const float momentum = (float) s->momentum;

  self->prepared = NOT_PREPARED;
  switch (s->type) {
  case NN_OPTIMIZER_SGD:
    self->step.sgd = (NnSgdStep){
      .lr = lr,
      .weight_decay = weight_decay,
      .momentum = momentum,
      .nesterov = s->nesterov,
    };
    break;
  case NN_OPTIMIZER_ADAM:
  case NN_OPTIMIZER_ADAMW:
    powers_set_base (&self->beta1, s->beta1);
    powers_set_base (&self->beta2, s->beta2);
    self->step.adam = (NnAdamStep){
      .beta1 = (float) s->beta1,
      .rest1 = (float) (1 - s->beta1),
      .beta2 = (float) s->beta2,
      .rest2 = (float) (1 - s->beta2),
      .eps = eps,
      .weight_decay = s->type == NN_OPTIMIZER_ADAM ? weight_decay : 0,
      .keep = s->type == NN_OPTIMIZER_ADAM ? 1 : (float) (1 - s->lr * s->weight_decay),
    };
    break;
  case NN_OPTIMIZER_RMSPROP:
    self->step.rmsprop = (NnRmspropStep){
      .lr = lr,
      .alpha = (float) s->alpha,
      .rest = (float) (1 - s->alpha),
      .eps = eps,
      .weight_decay = weight_decay,
      .momentum = momentum,
      .centered = s->centered,
    };
    break;
  case NN_OPTIMIZER_ADAGRAD:
    self->step.adagrad = (NnAdagradStep){ .eps = eps, .weight_decay = weight_decay };
    break;
  default:
    g_assert_not_reached ();
  }
}

/* And what depends on how many steps a parameter has had before this one. */
static void
prepare (NnOptimizer *self, guint64 n_steps)
{
  const NnOptimizerSettings *s = &self->settings;

  if (self->prepared == n_steps)
    return;
  self->prepared = n_steps;
  switch (s->type) {
  case NN_OPTIMIZER_ADAM:
  case NN_OPTIMIZER_ADAMW:
    self->step.adam.step_size =
        (float) (s->lr / (1 - powers_get (&self->beta1, n_steps + 1)));
    self->step.adam.correction2_sqrt =
        (float) sqrt (1 - powers_get (&self->beta2, n_steps + 1));
    break;
  case NN_OPTIMIZER_ADAGRAD:
    self->step.adagrad.step_size = (float) (s->lr / (1 + (double) n_steps * s->lr_decay));
    break;
  default:
    break;
  }
}

/* Steps are counted where they matter. sgd's do not: PyTorch's first step sets the
 * momentum buffer to the gradient, and so does adding the gradient to zeros. */
static guint64
count_step (const NnOptimizer *self, guint64 n_steps)
{
  switch (self->settings.type) {
  case NN_OPTIMIZER_SGD:
  case NN_OPTIMIZER_RMSPROP:
    return 0;
  default:
    return n_steps + 1;
  }
}

static void
find_whether_even (NnOptimizer *self)
{
  self->even = TRUE;
  for (gsize i = 1; i < self->n_parameters; i++)
    self->even &= self->n_steps[i] == self->n_steps[0];
}

/* Steps n values from offset on. */
static void
update_part (const NnOptimizer *self, gsize offset, float *w, const float *g, gsize n)
{
  const gsize stride = self->stride;
  float *m = self->moments + offset;

  switch (self->settings.type) {
  case NN_OPTIMIZER_SGD:
    self->kernels->sgd (&self->step.sgd, w, g, m, n);
    break;
  case NN_OPTIMIZER_ADAM:
  case NN_OPTIMIZER_ADAMW:
    self->kernels->adam (&self->step.adam, w, g, m, m + stride, n);
    break;
  case NN_OPTIMIZER_RMSPROP:
    self->kernels->rmsprop (&self->step.rmsprop, w, g, m, m + stride, m + 2 * stride, n);
    break;
  case NN_OPTIMIZER_ADAGRAD:
    self->kernels->adagrad (&self->step.adagrad, w, g, m, n);
    break;
  default:
    g_assert_not_reached ();
  }
}

typedef struct {
  const NnOptimizer *self;
  gsize offset;
  float *w;
  const float *g;
} Update;

static void
do_part (gconstpointer data, gsize first, gsize end)
{
  const Update *update = data;

  update_part (update->self, update->offset + first, update->w + first, update->g + first,
               end - first);
}

static void
update (const NnOptimizer *self, gsize offset, float *w, const float *g, gsize n)
{
  const Update update = { self, offset, w, g };

  if (n < LEAST_SHARED)
    update_part (self, offset, w, g, n);
  else
    nn_threads_run (n, GRAIN, do_part, &update);
}

static void
step_whole (NnOptimizer *self)
{
  const guint64 n_steps = count_step (self, self->n_steps[0]);

  prepare (self, self->n_steps[0]);
  /* Whole vectors: behind the last value there is room in every array. */
  update (self, 0, nn_network_write_values (self->network),
          nn_network_get_grads (self->network), (self->n_values + 7) / 8 * 8);
  for (gsize i = 0; i < self->n_parameters; i++)
    self->n_steps[i] = n_steps;
}

static void
step_each (NnOptimizer *self)
{
  const NnArchitecture *architecture = nn_network_get_architecture (self->network);

  for (gsize i = 0; i < self->n_parameters; i++) {
    NnTensor *parameter = nn_network_get_parameter (self->network, i);
    const NnTensor *grad = nn_tensor_get_grad (parameter);

    if (grad == NULL)
      continue;
    prepare (self, self->n_steps[i]);
    update (self, architecture->parameters[i].offset, nn_tensor_write (parameter, NULL),
            nn_tensor_get_values (grad), architecture->parameters[i].n_values);
    self->n_steps[i] = count_step (self, self->n_steps[i]);
  }
  find_whether_even (self);
}

/* A moment's values as if there had been no step. */
static void
clear_moments (NnOptimizer *self, gsize offset, gsize n)
{
  for (gsize k = 0; k < nn_optimizer_get_n_moments (self); k++)
    memset (self->moments + k * self->stride + offset, 0, n * sizeof (float));
  if (self->settings.type != NN_OPTIMIZER_ADAGRAD)
    return;
  for (gsize i = 0; i < n; i++)
    self->moments[offset + i] = (float) self->settings.initial_accumulator_value;
}

/**
 * nn_optimizer_new:
 * @network: borrowed; must outlive the optimizer
 * @settings: that nn_optimizer_check () takes, copied
 */
NnOptimizer *
nn_optimizer_new (NnNetwork *network, const NnOptimizerSettings *settings)
{
  g_return_val_if_fail (nn_optimizer_check (settings, NULL), NULL);

  const NnArchitecture *architecture = nn_network_get_architecture (network);
  NnOptimizer *self = g_new0 (NnOptimizer, 1);
  gsize n_floats;

  self->network = network;
  self->kernels = nn_kernels_get ();
  self->settings = *settings;
  self->n_values = architecture->n_values;
  self->n_parameters = architecture->n_parameters;
  self->stride =
      (self->n_values + FLOATS_PER_LINE - 1) / FLOATS_PER_LINE * FLOATS_PER_LINE;
  n_floats = nn_optimizer_get_n_moments (self) * self->stride;
  self->state_size = n_floats * sizeof (float) + self->n_parameters * sizeof (guint64);
  self->moments = g_aligned_alloc0 (self->state_size, 1, CACHE_LINE);
  self->n_steps = (guint64 *) (gpointer) (self->moments + n_floats);
  clear_moments (self, 0, self->n_values);
  find_whether_even (self);
  prepare_settings (self);
  return self;
}

void
nn_optimizer_free (NnOptimizer *self)
{
  g_aligned_free (self->moments);
  g_free (self);
}

/**
 * nn_optimizer_step:
 *
 * Updates every parameter that has a gradient, be it zero; one that has none is
 * skipped wholly. What counts is the gradient: a parameter that no longer requires
 * one but still has it is updated, as in PyTorch.
 */
void
nn_optimizer_step (NnOptimizer *self)
{
  NN_NO_GRAD_FUNCTION ();

  /* One pass over the flat vectors, unless parameters differ in more than their values.
   * Either way gives the same bits. */
  if (self->even && nn_network_has_all_grads (self->network))
    step_whole (self);
  else
    step_each (self);
}

const NnOptimizerSettings *
nn_optimizer_get_settings (const NnOptimizer *self)
{
  return &self->settings;
}

/**
 * nn_optimizer_set_settings:
 * @settings: from the next step on; the type cannot change
 *
 * The state stays. A new initial_accumulator_value shows where state is zeroed
 * from now on.
 *
 * Returns: FALSE if @settings cannot be (NN_ERROR_SYNTAX); then nothing has changed
 */
gboolean
nn_optimizer_set_settings (NnOptimizer *self,
                           const NnOptimizerSettings *settings,
                           GError **error)
{
  if (!nn_optimizer_check (settings, error))
    return FALSE;
  if (settings->type != self->settings.type) {
    g_set_error (error, NN_ERROR, NN_ERROR_SYNTAX,
                 "the optimizer is %s and cannot become %s in the middle of a run; "
                 "start the run over",
                 types[self->settings.type].name, types[settings->type].name);
    return FALSE;
  }
  self->settings = *settings;
  prepare_settings (self);
  return TRUE;
}

/**
 * nn_optimizer_get_n_moments:
 *
 * Returns: as many as the type has under any settings; one that the settings leave
 *   unused stays as it is
 */
gsize
nn_optimizer_get_n_moments (const NnOptimizer *self)
{
  const TypeInfo *info = &types[self->settings.type];
  gsize n = 0;

  while (n < NN_OPTIMIZER_MAX_MOMENTS && info->moments[n] != NULL)
    n++;
  return n;
}

/**
 * nn_optimizer_get_moment_name:
 *
 * Returns: "exp_avg": as in the state of PyTorch's optimizer
 */
const char *
nn_optimizer_get_moment_name (const NnOptimizer *self, gsize index)
{
  g_return_val_if_fail (index < nn_optimizer_get_n_moments (self), NULL);

  return types[self->settings.type].moments[index];
}

/**
 * nn_optimizer_get_moment:
 *
 * Returns: (n_values) laid out as the parameters are
 */
const float *
nn_optimizer_get_moment (const NnOptimizer *self, gsize index)
{
  g_return_val_if_fail (index < nn_optimizer_get_n_moments (self), NULL);

  return self->moments + index * self->stride;
}

/**
 * nn_optimizer_zero_state:
 * @parameter: its index in the architecture
 *
 * Forgets @parameter's moments and its count of steps, as if it had had none.
 */
void
nn_optimizer_zero_state (NnOptimizer *self, gsize parameter)
{
  g_return_if_fail (parameter < self->n_parameters);

  const NnArchitecture *architecture = nn_network_get_architecture (self->network);
  const NnParameterShape *shape = &architecture->parameters[parameter];

  clear_moments (self, shape->offset, shape->n_values);
  self->n_steps[parameter] = 0;
  find_whether_even (self);
}

/**
 * nn_optimizer_zero_moments:
 * @first: counted in the flat vector
 *
 * Forgets the moments of @n elements side by side, as nn_optimizer_zero_state () does;
 * the count of steps, which is a whole parameter's, goes on.
 */
void
nn_optimizer_zero_moments (NnOptimizer *self, gsize first, gsize n)
{
  g_return_if_fail (n <= self->n_values && first <= self->n_values - n);

  clear_moments (self, first, n);
}

/**
 * nn_optimizer_get_state_size:
 *
 * Returns: how many bytes nn_optimizer_save_state () writes; never changes
 */
gsize
nn_optimizer_get_state_size (const NnOptimizer *self)
{
  return self->state_size;
}

/**
 * nn_optimizer_save_state:
 * @bytes: (nn_optimizer_get_state_size) out
 *
 * Writes all that steps to come depend on, besides the settings: for memory, not
 * for files.
 */
void
nn_optimizer_save_state (const NnOptimizer *self, void *bytes)
{
  memcpy (bytes, self->moments, self->state_size);
}

/**
 * nn_optimizer_restore_state:
 * @bytes: from an optimizer of the same type for the same architecture
 *
 * With the same weights, gradients and settings, what follows is equal to the bit.
 */
void
nn_optimizer_restore_state (NnOptimizer *self, const void *bytes)
{
  memcpy (self->moments, bytes, self->state_size);
  find_whether_even (self);
}
