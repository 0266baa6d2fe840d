/* nn-job-opened.c - a window of the open tensor's values, and its preview
 *
 * SPDX-License-Identifier: MIT
 */

#include "nn/attach/nn-job-opened.h"

#include <math.h>
#include <string.h>

#include "nn/attach/nn-job-target.h"
#include "nn/model/nn-network.h"
#include "nn/nudge/nn-apply.h"
#include "nn/tensor/nn-grad-mode.h"

/* The preview's random numbers are not those that the job will draw. */
#define NOISE_SEED 1

/**
 * nn_job_opened_cut:
 * @choice: rows and columns; those beyond the tensor are left out
 *
 * Returns: (transfer full) (nullable): %NULL if none is chosen
 */
NnTensorWindow *
nn_job_opened_cut (const NnArray *array, const NnTensorChoice *choice)
{
  guint64 n_rows, n_columns;
  gsize n_cut_rows, n_cut_columns;
  g_autofree double *all = NULL;
  double *cut;

  nn_tensor_get_matrix (array->rank, array->shape, &n_rows, &n_columns);
  if (choice->first_row >= n_rows || choice->first_column >= n_columns ||
      choice->n_rows == 0 || choice->n_columns == 0)
    return NULL;
  n_cut_rows = (gsize) MIN (choice->n_rows, n_rows - choice->first_row);
  n_cut_columns = (gsize) MIN (choice->n_columns, n_columns - choice->first_column);
  all = g_new (double, array->n_values);
  cut = g_new (double, n_cut_rows *n_cut_columns);
  nn_array_get_doubles (array, all);
  for (gsize i = 0; i < n_cut_rows; i++)
    memcpy (cut + i * n_cut_columns,
            all + (choice->first_row + i) * n_columns + choice->first_column,
            n_cut_columns * sizeof *cut);
  return nn_tensor_window_new (choice->first_row, choice->first_column, n_cut_rows,
                               n_cut_columns, cut);
}

/* Returns: a network with this one parameter; a bias gets a weight of one column, too, as
 * every layer has a weight */
static NnArchitecture *
make_architecture (const NnArray *array)
{
  const gboolean is_bias = g_str_has_suffix (array->name, ".bias");
  const char *ending = is_bias                                     ? ".bias"
                       : g_str_has_suffix (array->name, ".weight") ? ".weight"
                                                                   : "";
  g_autofree char *layer =
      g_strndup (array->name, strlen (array->name) - strlen (ending));
  const gsize n_rows = is_bias           ? array->n_values
                       : array->rank > 0 ? (gsize) array->shape[0]
                                         : 1;
  const NnLayerSpec spec = { layer, n_rows, NN_ACTIVATION_IDENTITY, !is_bias };
  const gsize n_inputs = array->n_values / MAX (n_rows, 1);

  return nn_architecture_new_loose (&spec, &n_inputs, 1);
}

/* Keeps the targets that name the tensor, as targets in its own layer. Returns: (transfer
 * full) (nullable): %NULL if there are none */
static NnNudge *
narrow (const NnNudge *nudge, const char *name, const char *layer)
{
  NnTarget own = { 0 };
  NnTarget *last = NULL;
  NnNudge *narrowed;

  for (const NnTarget *target = &nudge->target; target != NULL; target = target->next) {
    NnTarget one = *target;

    one.next = NULL;
    if (!nn_job_target_names (&one, name))
      continue;
    last = last != NULL ? last->next = g_new0 (NnTarget, 1) : &own;
    nn_target_copy (last, &one);
    if (nn_target_names (&one, layer))
      continue;
    g_free (last->layer); /* of an enclosing module */
    last->layer = g_strdup (layer);
    last->literal = TRUE;
  }
  if (last == NULL)
    return NULL;
  narrowed = nn_nudge_aim_with (nudge, &own);
  nn_target_clear (&own);
  return narrowed;
}

/**
 * nn_job_opened_preview:
 * @nudge: which may change other tensors, too
 *
 * Returns: (transfer full) (nullable): of the tensor after @nudge; %NULL if the nudge
 *   does not change this tensor, or reads what only the job has
 */
NnTensorSummary *
nn_job_opened_preview (const NnArray *array, NnNudge *nudge)
{
  g_autoptr (NnArchitecture) architecture = NULL;
  g_autoptr (NnNetwork) network = NULL;
  g_autoptr (NnNudge) own = NULL;
  g_autoptr (NnNoise) noise = nn_noise_new (NOISE_SEED);
  g_autoptr (NnArray) after = NULL;
  g_autofree float *values = NULL;
  g_autofree float *scratch = NULL;
  NnNudgeContext context = { .noise = noise, .rate = NAN };
  NN_NO_GRAD_FUNCTION ();

  if (array->n_values == 0 || !nn_dtype_is_floating (array->dtype))
    return NULL;
  architecture = make_architecture (array);
  own = narrow (nudge, array->name, architecture->layers[0].name);
  if (own == NULL)
    return NULL;
  network = nn_network_new (architecture);
  values = g_new (float, architecture->n_values);
  scratch = g_new (float, architecture->n_values);
  context.network = network;
  context.scratch = scratch;
  for (gsize i = 0; i < architecture->n_parameters; i++)
    nn_array_get_floats (array, values + architecture->parameters[i].offset);
  memcpy (nn_network_write_values (network), values,
          architecture->n_values * sizeof (float));
  if (!nn_nudge_preview (own, nudge->amount, &context, values, NULL))
    return NULL;
  after = nn_array_new_floats (array->name, array->rank, array->shape,
                               values + architecture->n_values - array->n_values);
  return nn_tensor_summary_new_of_array (after, FALSE);
}
