/* nn-job-values.c - a chain's parameters, and their gradients, as a job sends them
 *
 * SPDX-License-Identifier: MIT
 */

#include "nn/attach/nn-job-values.h"

#include <math.h>
#include <string.h>

#include "nn/model/nn-network.h"
#include "nn/nudge/nn-apply.h"

/* The job draws others. */
#define NOISE_SEED 1

NnJobValues *
nn_job_values_new (const NnJobModel *model)
{
  NnJobValues *self = g_new0 (NnJobValues, 1);
  const gsize n = model->architecture->n_values;

  self->model = model;
  self->values = g_new0 (float, n);
  self->gradients = g_new (float, n);
  for (gsize i = 0; i < n; i++)
    self->gradients[i] = NAN;
  return self;
}

void
nn_job_values_free (NnJobValues *self)
{
  g_free (self->values);
  g_free (self->gradients);
  g_free (self);
}

static void
take_array (NnJobValues *self, const NnArray *array, gboolean is_gradient)
{
  const NnArchitecture *architecture = self->model->architecture;
  const gssize found = nn_job_model_find_parameter (self->model, array->name);
  const NnParameterShape *shape;

  if (found < 0)
    return;
  shape = &architecture->parameters[found];
  if (array->n_values == shape->n_values)
    nn_array_get_floats (array,
                         (is_gradient ? self->gradients : self->values) + shape->offset);
}

/**
 * nn_job_values_take:
 * @message: with tensors: a frame, or a reply to "tensors"
 */
gboolean
nn_job_values_take (NnJobValues *self, const NnMessage *message, GError **error)
{
  g_autoptr (NnArrayFile) file = nn_array_file_new (NULL);
  const json_t *heads = json_object_get (message->head, "tensors");

  if (!nn_job_add_arrays (message, file, error))
    return FALSE;
  for (guint i = 0; i < file->arrays->len; i++) {
    const char *kind =
        json_string_value (json_object_get (json_array_get (heads, i), "kind"));

    take_array (self, file->arrays->pdata[i], g_strcmp0 (kind, "gradients") == 0);
  }
  return TRUE;
}

/* Those that there are; a parameter whose gradient is not known has none. */
static void
set_gradients (const NnJobValues *self, NnNetwork *network)
{
  const NnArchitecture *architecture = self->model->architecture;
  g_autofree gboolean *present = g_new (gboolean, architecture->n_parameters);

  for (gsize i = 0; i < architecture->n_parameters; i++) {
    const NnParameterShape *shape = &architecture->parameters[i];

    present[i] = shape->n_values > 0 && !isnan (self->gradients[shape->offset]);
  }
  nn_network_set_grads (network, self->gradients, present);
}

/**
 * nn_job_values_preview:
 * @step: of the values
 *
 * What the values would be; nothing is known of the loss, which the script alone computes.
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

  preview->nudge = nn_nudge_ref (nudge);
  preview->step = step;
  preview->loss = NAN;
  memcpy (preview->values, self->values, n_bytes);
  memcpy (nn_network_write_values (network), self->values, n_bytes);
  set_gradients (self, network);
  if (!nn_nudge_preview (nudge, nudge->amount, &context, preview->values, &error))
    preview->refusal = g_strdup (error->message);
  return preview;
}
