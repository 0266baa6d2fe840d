/* nn-optimizer.c - updates a network's parameters by their gradients, as torch.optim does
 *
 * SPDX-License-Identifier: MIT
 *
 * What all types share: the state and the loop over parameters. The arithmetic of a type
 * is in its own file.
 */

#include "nn/optim/nn-optimizer.h"

#include <glib/gi18n.h>
#include <string.h>

#include "nn/base/nn-error.h"
#include "nn/kernels/nn-floats.h"
#include "nn/kernels/nn-kernels.h"
#include "nn/kernels/nn-threads.h"
#include "nn/tensor/nn-grad-mode.h"

#define FLOATS_PER_LINE 16         /* a cache line */
#define MIN_PARALLEL    (1u << 16) /* values from which several threads are faster */
#define GRAIN           1024       /* values: the smallest part that a thread gets */
#define NOT_PREPARED    G_MAXUINT64

struct _NnOptimizer {
  NnNetwork *network; /* (not owned) */
  const NnOptimizerKind *kind;
  NnOptimizerLoop *loop; /* loop and prepare_step are copied from the kind for speed */
  void (*prepare_step) (gpointer step,
                        const NnOptimizerSettings *settings,
                        guint64 n_steps);
  NnOptimizerSettings settings;
  gsize n_values;
  /* n_values rounded up to whole vectors, which every array's padding allows (see
   * nn_storage_new ()): after a partial store at the end, the next forward pass would
   * stall loading the whole vector. */
  gsize n_padded;
  gsize n_parameters;

  gsize state_size;
  float *moments;   /* (owned) one after the other, each aligned to a cache line */
  gsize stride;     /* floats from one moment to the next */
  guint64 *n_steps; /* (n_parameters) after the moments; see count_step () */
  gboolean even;    /* all of n_steps are equal, and only the first is up to date */

  gpointer step;    /* (owned) (kind->step_size) the loop's first argument */
  guint64 prepared; /* the n_steps that it was prepared for, or NOT_PREPARED */
};

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

/* Steps are counted only for types that depend on their number. */
static guint64
count_step (const NnOptimizer *self, guint64 n_steps)
{
  return self->prepare_step ? n_steps + 1 : 0;
}

/* @bytes: (n_parameters) (out): each parameter's count, a guint64, not aligned */
static void
spread_n_steps (const NnOptimizer *self, guint8 *bytes)
{
  for (gsize i = 0; i < self->n_parameters; i++) {
    const guint64 n_steps = self->n_steps[self->even ? 0 : i];

    memcpy (bytes + i * sizeof n_steps, &n_steps, sizeof n_steps);
  }
}

/* Makes every element of n_steps up to date, so that one can change alone. */
static void
make_uneven (NnOptimizer *self)
{
  spread_n_steps (self, (guint8 *) self->n_steps);
  self->even = FALSE;
}

static void
update_even (NnOptimizer *self)
{
  self->even = TRUE;
  for (gsize i = 1; i < self->n_parameters; i++)
    self->even &= self->n_steps[i] == self->n_steps[0];
}

static void
update_part (const NnOptimizer *self, gsize offset, float *w, const float *g, gsize n)
{
  self->loop (self->step, w, g, self->moments + offset, self->stride, n);
}

/* The update of one parameter, for the thread pool. */
typedef struct {
  const NnOptimizer *self;
  gsize offset; /* in the flat vector */
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

  if (n < MIN_PARALLEL)
    update_part (self, offset, w, g, n);
  else
    nn_threads_run (n, GRAIN, do_part, &update);
}

/* A parallel loop for each parameter, not one over all: so a thread gets the same part of
 * a parameter in every step, the one whose gradient it computed and has in its cache.
 * With a single loop W4 of tests/bench ran at 0.95 of this pace on two processors with a
 * cache each. */
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
  if (self->n_values < MIN_PARALLEL)
    update_part (self, 0, w, g, self->n_padded);
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
  update_even (self);
}

/* Resets moments to their initial value. */
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
 * @settings: copied; valid, see nn_optimizer_check ()
 *
 * Returns: (transfer full): with the state before the first step
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
  self->n_padded = (self->n_values + width - 1) / width * width;
  self->n_parameters = architecture->n_parameters;
  self->stride =
      (self->n_values + FLOATS_PER_LINE - 1) / FLOATS_PER_LINE * FLOATS_PER_LINE;
  n_floats = nn_optimizer_get_n_moments (self) * self->stride;
  self->state_size = n_floats * sizeof (float) + self->n_parameters * sizeof (guint64);
  self->moments = nn_floats_new0 (self->state_size / sizeof (float));
  self->n_steps = (guint64 *) (gpointer) (self->moments + n_floats);
  clear_moments (self, 0, self->n_values);
  update_even (self);
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
 * Updates every parameter that has a gradient, even if it is zero, and skips one whose
 * gradient is none. As in PyTorch, a parameter that no longer requires a gradient but
 * still has one is updated.
 */
void
nn_optimizer_step (NnOptimizer *self)
{
  NN_NO_GRAD_FUNCTION ();

  /* One pass over the flat vectors, unless a parameter has no gradient or another count
   * of steps. The bits are the same either way. */
  if (self->even && nn_network_has_all_grads (self->network))
    step_whole (self);
  else
    step_each (self);
}

/**
 * nn_optimizer_get_settings:
 *
 * Returns: (transfer none): the present ones
 */
const NnOptimizerSettings *
nn_optimizer_get_settings (const NnOptimizer *self)
{
  return &self->settings;
}

/**
 * nn_optimizer_set_settings:
 * @settings: copied; hold from the next step on; of the same type
 *
 * The state stays. A new initial_accumulator_value has an effect only where state is
 * reset later.
 *
 * Returns: FALSE if @settings are not valid or of another type (NN_ERROR_SYNTAX); then
 *   nothing has changed
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
                 nn_optimizer_get_name (self->settings.type),
                 nn_optimizer_get_name (settings->type));
    return FALSE;
  }
  self->settings = *settings;
  prepare_settings (self);
  return TRUE;
}

/**
 * nn_optimizer_get_n_moments:
 *
 * Returns: how many moments the type has under any settings; those that the present
 *   settings do not use are not updated
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
 * nn_optimizer_get_moment:
 *
 * Returns: (transfer none): (n_values) laid out like the parameters; until the next step
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
 * Resets @parameter's moments and count of steps to what they are before the first step.
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
  update_even (self);
}

/**
 * nn_optimizer_zero_moments:
 * @first: an index into the flat vector
 *
 * Resets the moments of @n contiguous elements. The count of steps, which a whole
 * parameter shares, stays.
 */
void
nn_optimizer_zero_moments (NnOptimizer *self, gsize first, gsize n)
{
  g_return_if_fail (n <= self->n_values && first <= self->n_values - n);

  clear_moments (self, first, n);
}

/**
 * nn_optimizer_take_over:
 * @self: newly made for the network after @growth
 * @from: of the same type, for the network before
 * @growth: how that network became the present one
 *
 * Copies the moments and counts of steps of @from for all that the two networks have in
 * common. What is new has its initial moments, and a new parameter the count 0.
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
  update_even (self);
}

/**
 * nn_optimizer_get_layout:
 *
 * Returns: the layout of what nn_optimizer_save_state () writes
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
 * Returns: how many bytes nn_optimizer_save_state () writes; constant
 */
gsize
nn_optimizer_get_state_size (const NnOptimizer *self)
{
  return self->state_size;
}

/**
 * nn_optimizer_save_state:
 * @bytes: (nn_optimizer_get_state_size) (out)
 *
 * Writes all that later steps depend on, except the settings. The format is for memory,
 * not for files.
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
 * @bytes: saved by an optimizer of the same type for the same architecture
 *
 * From here on, the same weights, gradients and settings give the same bits as after
 * the save.
 */
void
nn_optimizer_restore_state (NnOptimizer *self, const void *bytes)
{
  memcpy (self->moments, bytes, self->state_size);
  update_even (self);
}
