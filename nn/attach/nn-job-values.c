/* nn-job-values.c - the parameters of a job's chain, their gradients and moments
 *
 * SPDX-License-Identifier: MIT
 */

#include "nn/attach/nn-job-values.h"

#include <math.h>
#include <string.h>

#include "nn/model/nn-network.h"
#include "nn/nudge/nn-apply.h"
#include "nn/tensor/nn-grad-mode.h"

/* The preview's random numbers are not those that the job will draw. */
#define NOISE_SEED 1

NnJobValues *
nn_job_values_new (const NnJobModel *model)
{
  NnJobValues *self = g_new0 (NnJobValues, 1);
  const gsize n = model->architecture->n_values;

  self->model = model;
  for (gsize q = 0; q < NN_N_QUANTITIES; q++) {
    self->numbers[q] = g_new0 (float, n);
    for (gsize i = 0; q != NN_QUANTITY_VALUE && i < n; i++)
      self->numbers[q][i] = NAN;
  }
  return self;
}

void
nn_job_values_free (NnJobValues *self)
{
  for (gsize q = 0; q < NN_N_QUANTITIES; q++)
    g_free (self->numbers[q]);
  g_free (self);
}

/**
 * nn_job_values_get_kind:
 *
 * Returns: (nullable): the job's name for @quantity; %NULL if it has none
 */
const char *
nn_job_values_get_kind (const NnJobModel *model, NnQuantity quantity)
{
  static const char *const kinds[NN_N_QUANTITIES] = {
    [NN_QUANTITY_VALUE] = "tensors",
    [NN_QUANTITY_GRADIENT] = "gradients",
    [NN_QUANTITY_CHANGE] = "change",
    [NN_QUANTITY_OPTIMIZER_CHANGE] = "optimizer change",
    [NN_QUANTITY_NUDGE_CHANGE] = "nudge change",
    [NN_QUANTITY_SINCE_START] = "since start",
    [NN_QUANTITY_SLOW] = "slow",
  };

  return kinds[quantity] != NULL
             ? kinds[quantity]
             : nn_quantity_get_moment_name (model->optimizer, quantity);
}

/* Returns: (nullable) */
static float *
find_numbers (const NnJobValues *self, const char *kind)
{
  for (gsize q = 0; q < NN_N_QUANTITIES; q++)
    if (g_strcmp0 (kind, nn_job_values_get_kind (self->model, (NnQuantity) q)) == 0)
      return self->numbers[q];
  return NULL;
}

static void
take_array (NnJobValues *self, const NnArray *array, float *numbers)
{
  const NnArchitecture *architecture = self->model->architecture;
  const gssize found = nn_job_model_find_parameter (self->model, array->name);
  const NnParameterShape *shape;

  if (found < 0)
    return;
  shape = &architecture->parameters[found];
  if (array->n_values == shape->n_values)
    nn_array_get_floats (array, numbers + shape->offset);
}

/* Only numbers that are in the newest message are known. */
static void
forget_numbers (NnJobValues *self)
{
  const gsize n = self->model->architecture->n_values;

  for (gsize q = NN_QUANTITY_VALUE + 1; q < NN_N_QUANTITIES; q++)
    for (gsize i = 0; i < n; i++)
      self->numbers[q][i] = NAN;
}

/**
 * nn_job_values_take:
 * @message: a frame of the job, with tensors
 *
 * Returns: FALSE if they cannot be read
 */
gboolean
nn_job_values_take (NnJobValues *self, const NnMessage *message, GError **error)
{
  g_autoptr (NnArrayFile) file = nn_array_file_new (NULL);
  const json_t *heads = json_object_get (message->head, "tensors");

  if (!nn_job_add_arrays (message, file, error))
    return FALSE;
  forget_numbers (self);
  for (guint i = 0; i < file->arrays->len; i++) {
    const json_t *kind = json_object_get (json_array_get (heads, i), "kind");
    float *numbers = find_numbers (self, json_string_value (kind));

    if (numbers != NULL)
      take_array (self, file->arrays->pdata[i], numbers);
  }
  return TRUE;
}

/* A parameter whose gradient is unknown has none. */
static void
set_gradients (const NnJobValues *self, NnNetwork *network)
{
  const NnArchitecture *architecture = self->model->architecture;
  g_autofree gboolean *present = g_new (gboolean, architecture->n_parameters);

  for (gsize i = 0; i < architecture->n_parameters; i++) {
    const NnParameterShape *shape = &architecture->parameters[i];

    present[i] = shape->n_values > 0 &&
                 !isnan (self->numbers[NN_QUANTITY_GRADIENT][shape->offset]);
  }
  nn_network_set_grads (network, self->numbers[NN_QUANTITY_GRADIENT], present);
}

/**
 * nn_job_values_preview:
 * @step: of the values
 *
 * Returns: (transfer full): the values after @nudge; the loss is NAN, as only the script
 *   can compute it
 */
NnPreview *
nn_job_values_preview (const NnJobValues *self, NnNudge *nudge, guint64 step)
{
  NnArchitecture *architecture = self->model->architecture;
  const gsize n_bytes = architecture->n_values * sizeof (float);
  NnPreview *preview = nn_preview_new (architecture, 0);
  g_autoptr (NnNetwork) network = nn_network_new (architecture);
  g_autofree float *scratch = g_new (float, architecture->n_values);
  g_autoptr (NnNoise) noise = nn_noise_new (NOISE_SEED);
  const NnNudgeContext context = {
    .network = network, .noise = noise, .step = step, .rate = NAN, .scratch = scratch
  };
  g_autoptr (GError) error = NULL;
  NN_NO_GRAD_FUNCTION ();

  preview->nudge = nn_nudge_ref (nudge);
  preview->step = step;
  preview->loss = NAN;
  memcpy (preview->values, self->numbers[NN_QUANTITY_VALUE], n_bytes);
  memcpy (nn_network_write_values (network), self->numbers[NN_QUANTITY_VALUE], n_bytes);
  set_gradients (self, network);
  if (!nn_nudge_preview (nudge, nudge->amount, &context, preview->values, &error))
    preview->refusal = g_strdup (error->message);
  return preview;
}
