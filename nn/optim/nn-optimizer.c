/* nn-optimizer.c - how gradients become changes of the weights
 *
 * SPDX-License-Identifier: MIT
 *
 * What the types have in common; what one type does is in its own file.
 */

#include "nn/optim/nn-optimizer.h"

#include <glib/gi18n.h>
#include <string.h>

#include "nn/base/nn-error.h"
#include "nn/base/nn-names.h"
#include "nn/kernels/nn-floats.h"
#include "nn/kernels/nn-kernels.h"
#include "nn/kernels/nn-threads.h"
#include "nn/tensor/nn-grad-mode.h"

#define FLOATS_PER_LINE 16         /* of the cache */
#define LEAST_SHARED    (1u << 16) /* values that are worth a second thread */
#define GRAIN           1024       /* values that no two threads share */
#define NOT_PREPARED    G_MAXUINT64

struct _NnOptimizer {
  NnNetwork *network; /* (not owned) */
  const NnOptimizerKind *kind;
  NnOptimizerLoop *loop; /* this and the next are the kind's, kept nearer */
  void (*prepare_step) (gpointer step,
                        const NnOptimizerSettings *settings,
                        guint64 n_steps);
  NnOptimizerSettings settings;
  gsize n_values;
  /* n_values up to whole vectors: every array goes on behind its last value, as
   * nn_storage_new () says, and what a part of a vector stored, the next forward pass would
   * have to wait for. */
  gsize n_whole;
  gsize n_parameters;

  gsize state_size;
  float *moments;   /* (owned) one after the other, each from a cache line's start */
  gsize stride;     /* floats from one moment to the next */
  guint64 *n_steps; /* (n_parameters) behind the moments; see count_step () */
  gboolean even;    /* all of n_steps are equal, and only the first is kept up */

  gpointer step;    /* (owned) (kind->step_size) */
  guint64 prepared; /* the n_steps that step is for */
};

static const NnOptimizerKind *const kinds[] = {
#define ROW(type, name) [type] = &nn_optimizer_##name,
#include "nn/optim/optimizers.inc"
#undef ROW
};

static const char *const names[] = {
#define ROW(type, name) [type] = #name,
#include "nn/optim/optimizers.inc"
#undef ROW
};

/**
 * nn_optimizer_get_kind:
 *
 * Returns: (transfer none): what there is to know of @type
 */
const NnOptimizerKind *
nn_optimizer_get_kind (NnOptimizerType type)
{
  g_return_val_if_fail (type < NN_N_OPTIMIZERS, NULL);

  return kinds[type];
}

const char *
nn_optimizer_get_name (NnOptimizerType type)
{
  g_return_val_if_fail (type < NN_N_OPTIMIZERS, NULL);

  return names[type];
}

/**
 * nn_optimizer_find:
 * @type: (out): the one called @name
 *
 * Returns: FALSE, with an error that lists the names there are, if @name is none
 */
gboolean
nn_optimizer_find (const char *name, NnOptimizerType *type, GError **error)
{
  guint index;

  if (!nn_names_find (names, NN_N_OPTIMIZERS, N_ ("optimizer"), name, &index, error))
    return FALSE;
  *type = (NnOptimizerType) index;
  return TRUE;
}

/**
 * nn_optimizer_get_default:
 *
 * Returns: PyTorch's defaults
 */
NnOptimizerSettings
nn_optimizer_get_default (NnOptimizerType type)
{
  NnOptimizerSettings settings = { .type = type };

  g_return_val_if_fail (type < NN_N_OPTIMIZERS, settings);

  nn_settings_set_usual (&kinds[type]->settings, &settings);
  return settings;
}

/**
 * nn_optimizer_check:
 *
 * Says whether PyTorch would take @settings, checking only what the type reads;
 * numbers must be finite as float32 besides.
 *
 * Returns: FALSE if not (NN_ERROR_SYNTAX); the message begins with the key
 */
gboolean
nn_optimizer_check (const NnOptimizerSettings *settings, GError **error)
{
  const NnOptimizerKind *kind = nn_optimizer_get_kind (settings->type);
  char number[G_ASCII_DTOSTR_BUF_SIZE];
  const NnSetting *outside;
  gsize index;

  outside = nn_settings_find_outside (&kind->settings, settings, &index);
  if (outside) {
    g_autofree char *key = nn_setting_dup_key (outside, index);
    g_autofree char *range = nn_setting_dup_range (outside);

    g_set_error (error, NN_ERROR, NN_ERROR_SYNTAX, _ ("%s is %s; give a number %s"), key,
                 g_ascii_formatd (number, sizeof number, "%.9g",
                                  nn_setting_get_number (outside, settings, index)),
                 range);
    return FALSE;
  }
  return kind->check == NULL || kind->check (settings, error);
}

static void
prepare_settings (NnOptimizer *self)
{
  self->prepared = NOT_PREPARED;
  self->kind->prepare_settings (self->step, &self->settings);
}

static void
prepare_step (NnOptimizer *self, guint64 n_steps)
{
  if (self->prepare_step == NULL || self->prepared == n_steps)
    return;
  self->prepared = n_steps;
  self->prepare_step (self->step, &self->settings, n_steps);
}

/* Steps are counted where they matter. */
static guint64
count_step (const NnOptimizer *self, guint64 n_steps)
{
  return self->prepare_step ? n_steps + 1 : 0;
}

/* @bytes: (n_parameters) out: each parameter's own, not aligned */
static void
spread_n_steps (const NnOptimizer *self, guint8 *bytes)
{
  for (gsize i = 0; i < self->n_parameters; i++) {
    const guint64 n_steps = self->n_steps[self->even ? 0 : i];

    memcpy (bytes + i * sizeof n_steps, &n_steps, sizeof n_steps);
  }
}

/* From now on each is kept up. */
static void
make_uneven (NnOptimizer *self)
{
  spread_n_steps (self, (guint8 *) self->n_steps);
  self->even = FALSE;
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
  self->loop (self->step, w, g, self->moments + offset, self->stride, n);
}

/* A parameter. */
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

/* Each parameter is a loop of its own: as of its gradient's rows, a thread has the same part
 * of it in every step. With one loop over all of them W4 of tests/bench kept 0.95 of its
 * pace on two processors with a cache each. */
static G_NO_INLINE void
step_on_threads (const NnOptimizer *self, float *w, const float *g)
{
  const NnParameterShape *parameters =
      nn_network_get_architecture (self->network)->parameters;
  NnPoolLoop loops[NN_POOL_MAX_LOOPS];
  Update updates[NN_POOL_MAX_LOOPS];

  for (gsize first = 0; first < self->n_parameters; first += NN_POOL_MAX_LOOPS) {
    const gsize n = MIN (NN_POOL_MAX_LOOPS, self->n_parameters - first);

    for (gsize i = 0; i < n; i++) {
      const gsize offset = parameters[first + i].offset;

      updates[i] = (Update){ self, offset, w + offset, g + offset };
      loops[i] =
          (NnPoolLoop){ do_part, &updates[i], parameters[first + i].n_values, GRAIN };
    }
    nn_threads_run_loops (loops, n);
  }
}

static void
step_whole (NnOptimizer *self)
{
  float *w = nn_network_write_values (self->network);
  const float *g = nn_network_get_grads (self->network);

  prepare_step (self, self->n_steps[0]);
  if (self->n_values < LEAST_SHARED)
    update_part (self, 0, w, g, self->n_whole);
  else
    step_on_threads (self, w, g);
  self->n_steps[0] = count_step (self, self->n_steps[0]);
}

static G_NO_INLINE void
step_each (NnOptimizer *self)
{
  const NnArchitecture *architecture = nn_network_get_architecture (self->network);

  make_uneven (self);
  for (gsize i = 0; i < self->n_parameters; i++) {
    NnTensor *parameter = nn_network_get_parameter (self->network, i);
    const NnTensor *grad = nn_tensor_get_grad (parameter);

    if (grad == NULL)
      continue;
    prepare_step (self, self->n_steps[i]);
    update (self, architecture->parameters[i].offset, nn_tensor_write (parameter, NULL),
            nn_tensor_get_values (grad), architecture->parameters[i].n_values);
    self->n_steps[i] = count_step (self, self->n_steps[i]);
  }
  find_whether_even (self);
}

/* Moments as if there had been no step. */
static void
clear_moments (NnOptimizer *self, gsize offset, gsize n)
{
  const NnOptimizerKind *kind = self->kind;
  const float first =
      kind->get_first_moment ? (float) kind->get_first_moment (&self->settings) : 0;

  for (gsize k = 0; k < nn_optimizer_get_n_moments (self); k++)
    for (gsize i = 0; i < n; i++)
      self->moments[k * self->stride + offset + i] = first;
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
  const gsize width = nn_kernels_get ()->vector_width;
  NnOptimizer *self = g_new0 (NnOptimizer, 1);
  gsize n_floats;

  self->network = network;
  self->kind = nn_optimizer_get_kind (settings->type);
  self->loop = self->kind->loops[nn_kernels_get ()->set];
  self->prepare_step = self->kind->prepare_step;
  self->settings = *settings;
  self->n_values = architecture->n_values;
  self->n_whole = (self->n_values + width - 1) / width * width;
  self->n_parameters = architecture->n_parameters;
  self->stride =
      (self->n_values + FLOATS_PER_LINE - 1) / FLOATS_PER_LINE * FLOATS_PER_LINE;
  n_floats = nn_optimizer_get_n_moments (self) * self->stride;
  self->state_size = n_floats * sizeof (float) + self->n_parameters * sizeof (guint64);
  self->moments = nn_floats_new0 (self->state_size / sizeof (float));
  self->n_steps = (guint64 *) (gpointer) (self->moments + n_floats);
  clear_moments (self, 0, self->n_values);
  find_whether_even (self);
  self->step = g_malloc0 (self->kind->step_size);
  prepare_settings (self);
  return self;
}

void
nn_optimizer_free (NnOptimizer *self)
{
  nn_floats_free (self->moments);
  g_free (self->step);
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
                 _ ("the optimizer is %s and cannot become %s in the middle of a run; "
                    "start the run over"),
                 names[self->settings.type], names[settings->type]);
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
  gsize n = 0;

  while (n < NN_OPTIMIZER_MAX_MOMENTS && self->kind->moments[n] != NULL)
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

  return self->kind->moments[index];
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
  make_uneven (self);
  self->n_steps[parameter] = 0;
  find_whether_even (self);
}

/**
 * nn_optimizer_zero_moments:
 * @first: counted in the flat vector
 *
 * Forgets the moments of @n contiguous elements, as nn_optimizer_zero_state () does;
 * the count of steps, which is a whole parameter's, goes on.
 */
void
nn_optimizer_zero_moments (NnOptimizer *self, gsize first, gsize n)
{
  g_return_if_fail (n <= self->n_values && first <= self->n_values - n);

  clear_moments (self, first, n);
}

/**
 * nn_optimizer_take_over:
 * @from: of the same type, for the network before
 * @growth: how that became the present one
 *
 * Goes on from the moments and the counts of steps of @from. What is new in the network
 * has the moments that it has had no step with; a new parameter's count is 0.
 */
void
nn_optimizer_take_over (NnOptimizer *self,
                        const NnOptimizer *from,
                        const NnGrowth *growth)
{
  g_return_if_fail (self->settings.type == from->settings.type);

  for (gsize k = 0; k < nn_optimizer_get_n_moments (self); k++)
    nn_growth_carry (growth, from->moments + k * from->stride,
                     self->moments + k * self->stride);
  for (gsize i = 0; i < self->n_parameters; i++) {
    const gssize source = nn_growth_find_source (growth, i);

    self->n_steps[i] = source >= 0 ? from->n_steps[from->even ? 0 : source] : 0;
  }
  find_whether_even (self);
}

/**
 * nn_optimizer_get_layout:
 *
 * Returns: what nn_optimizer_save_state () writes
 */
NnOptimizerLayout
nn_optimizer_get_layout (const NnOptimizer *self)
{
  return (NnOptimizerLayout){ .n_moments = nn_optimizer_get_n_moments (self),
                              .n_values = self->n_values,
                              .stride = self->stride,
                              .n_parameters = self->n_parameters };
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
  guint8 *counts =
      (guint8 *) bytes + ((guint8 *) self->n_steps - (guint8 *) self->moments);

  memcpy (bytes, self->moments, self->state_size);
  spread_n_steps (self, counts);
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
