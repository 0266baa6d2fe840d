/* nn-experiment-check.c - whether the parts of an experiment fit each other
 *
 * SPDX-License-Identifier: MIT
 */

#include <glib/gi18n.h>
#include <inttypes.h>
#include <math.h>
#include <string.h>

#include "nn/base/nn-error.h"
#include "nn/experiment/nn-experiment.h"
#include "nn/nudge/nn-apply.h"

static gboolean
refuse (GError **error, NnError code, const char *format, ...) G_GNUC_PRINTF (3, 4);

/* Returns: FALSE, for the caller to return */
static gboolean
refuse (GError **error, NnError code, const char *format, ...)
{
  g_autofree char *message = NULL;
  va_list arguments;

  va_start (arguments, format);
  message = g_strdup_vprintf (format, arguments);
  va_end (arguments);
  g_set_error_literal (error, NN_ERROR, (int) code, message);
  return FALSE;
}

/* Whether it is the path of a module in PyTorch, "net.0". One that ends in .weight would
 * be read as a parameter of the layer with the name before that. */
static gboolean
is_layer_name (const char *name)
{
  gsize length = strspn (name, G_CSET_A_2_Z G_CSET_a_2_z G_CSET_DIGITS "_-.");

  return length > 0 && length <= NN_EXPERIMENT_MAX_NAME && name[length] == '\0' &&
         name[0] != '.' && name[length - 1] != '.' && strstr (name, "..") == NULL &&
         !g_str_has_suffix (name, ".weight") && !g_str_has_suffix (name, ".bias");
}

static gboolean
check_layer (const NnArchitecture *architecture, gsize index, GError **error)
{
  const NnLayerShape *layer = &architecture->layers[index];
  gsize same = (gsize) nn_architecture_find_layer (architecture, layer->name);

  if (!is_layer_name (layer->name))
    return refuse (error, NN_ERROR_SYNTAX,
                   _ ("network.layers[%zu].name: expected 1 to %d letters, digits, '_' "
                      "or '-', with dots between them, as in fc%zu or net.%zu"),
                   index, NN_EXPERIMENT_MAX_NAME, index + 1, index);
  if (same != index)
    return refuse (error, NN_ERROR_SYNTAX,
                   _ ("network.layers[%zu].name: '%s' is the name of network.layers[%zu] "
                      "already: choose another"),
                   index, layer->name, same);
  if (layer->n_units < 1 || layer->n_units > NN_EXPERIMENT_MAX_UNITS)
    return refuse (
        error, NN_ERROR_SHAPE,
        _ ("network.layers[%zu].units: expected a whole number from 1 to %d, found %zu"),
        index, NN_EXPERIMENT_MAX_UNITS, layer->n_units);
  g_return_val_if_fail (layer->activation < NN_N_ACTIVATIONS, FALSE);
  return TRUE;
}

static gboolean
check_network (const NnExperiment *self, GError **error)
{
  const NnArchitecture *architecture = self->architecture;
  gsize n_features = nn_data_spec_get_n_features (&self->data);
  guint64 n_values = 0;

  if (architecture->n_layers > NN_EXPERIMENT_MAX_LAYERS)
    return refuse (error, NN_ERROR_SHAPE,
                   _ ("network.layers: expected at most %d, found %zu"),
                   NN_EXPERIMENT_MAX_LAYERS, architecture->n_layers);
  if (architecture->n_features != n_features)
    return refuse (error, NN_ERROR_SHAPE,
                   _ ("network: it has %zu features, but the data have %zu: make a "
                      "network for these data"),
                   architecture->n_features, n_features);
  for (gsize i = 0; i < architecture->n_layers; i++) {
    const NnLayerShape *layer = &architecture->layers[i];

    if (!check_layer (architecture, i, error))
      return FALSE;
    n_values += ((guint64) layer->n_inputs + (layer->has_bias ? 1 : 0)) * layer->n_units;
  }
  if (n_values > NN_EXPERIMENT_MAX_PARAMETERS)
    return refuse (error, NN_ERROR_SHAPE,
                   _ ("network.layers: expected at most %" PRIu64
                      " weights and biases, found %" PRIu64 ": remove layers or units"),
                   NN_EXPERIMENT_MAX_PARAMETERS, n_values);
  return TRUE;
}

static gboolean
check_numbers (const NnExperiment *self, GError **error)
{
  g_return_val_if_fail (self->guard < NN_N_GUARDS, FALSE);

  if (!nn_init_check (&self->init, error)) {
    g_prefix_error (error, "network.init.");
    return FALSE;
  }
  if (!nn_loss_check (&self->loss, error)) {
    g_prefix_error (error, "loss.");
    return FALSE;
  }
  if (self->batch_size > G_MAXUINT32)
    return refuse (error, NN_ERROR_SHAPE,
                   _ ("batch.size: expected a whole number from 0 to %u, found %zu"),
                   G_MAXUINT32, self->batch_size);
  return TRUE;
}

/* Targets of a loss of classes: class numbers, or rows of probabilities. */
static gboolean
check_classes (const char *loss,
               gsize n_columns,
               gsize n_classes,
               gsize n_outputs,
               GError **error)
{
  if (n_classes == 0 && n_columns < 2)
    return refuse (error, NN_ERROR_SHAPE,
                   _ ("loss.type: %s needs class numbers or rows of probabilities, but "
                      "the targets are %s: inline, class numbers are given as [0, 1, …]"),
                   loss, n_columns == 0 ? _ ("not there") : _ ("single numbers"));
  if (n_classes == 0 && n_columns != n_outputs)
    return refuse (
        error, NN_ERROR_SHAPE,
        _ ("loss.type: %s needs class numbers, or a probability for each output, but the "
           "columns of targets are %zu and the last layer's units %zu"),
        loss, n_columns, n_outputs);
  if (n_outputs < n_classes)
    return refuse (error, NN_ERROR_SHAPE,
                   _ ("loss.type: %s needs an output for each of the %zu classes, but "
                      "the last layer's units are %zu"),
                   loss, n_classes, n_outputs);
  return TRUE;
}

/* Returns: the first loss that takes such targets, for the remedy in a message */
static const char *
get_loss_for (NnLossTargets targets)
{
  NnLossType type = 0;

  while (type + 1 < NN_N_LOSSES && nn_loss_get_kind (type)->targets != targets)
    type++;
  return nn_loss_get_name (type);
}

static gboolean
check_columns (const char *loss,
               const NnDataSpec *data,
               gsize n_columns,
               gsize n_outputs,
               GError **error)
{
  if (n_columns == 0)
    return refuse (
        error, NN_ERROR_SHAPE,
        _ ("loss.type: %s needs targets, but the data have none: give them, or use %s"),
        loss, get_loss_for (NN_LOSS_TAKES_NOTHING));
  if (!nn_data_spec_has_numbers (data))
    return refuse (
        error, NN_ERROR_SHAPE,
        _ ("loss.type: %s needs numbers or two classes, but the targets are %zu classes: "
           "use %s, or give each row of targets in brackets, as in [[2], [0]]"),
        loss, nn_data_spec_get_n_classes (data), get_loss_for (NN_LOSS_TAKES_CLASSES));
  if (n_columns != n_outputs)
    return refuse (error, NN_ERROR_SHAPE,
                   _ ("loss.type: %s needs an output for each column of targets, but the "
                      "columns are %zu and the last layer's units %zu"),
                   loss, n_columns, n_outputs);
  return TRUE;
}

static gboolean
check_parameters (const NnExperiment *self, GError **error)
{
  if (self->parameters == NULL ||
      nn_parameters_check (self->parameters, self->architecture, error))
    return TRUE;
  g_prefix_error (error, "parameters: ");
  return FALSE;
}

static gboolean
check_targets (const NnExperiment *self, GError **error)
{
  const NnArchitecture *architecture = self->architecture;
  gsize n_outputs = architecture->layers[architecture->n_layers - 1].n_units;
  const char *loss = nn_loss_get_name (self->loss.type);
  gsize n_columns = nn_data_spec_get_n_targets (&self->data);
  gsize n_classes = nn_data_spec_get_n_classes (&self->data);

  if (nn_loss_takes_classes (self->loss.type))
    return check_classes (loss, n_columns, n_classes, n_outputs, error);
  if (nn_loss_takes_targets (self->loss.type))
    return check_columns (loss, &self->data, n_columns, n_outputs, error);
  /* A generator always has targets; of a table they are columns that were chosen. */
  if (nn_data_source_get_kind (self->data.source)->is_table && n_columns > 0)
    return refuse (error, NN_ERROR_SHAPE,
                   _ ("data.targets: %s takes none: leave them out, or use another loss"),
                   loss);
  return TRUE;
}

static gboolean
check_nudges (const NnExperiment *self, GError **error)
{
  if (self->nudges->len > NN_EXPERIMENT_MAX_NUDGES)
    return refuse (error, NN_ERROR_SHAPE, _ ("nudges: expected at most %d, found %u"),
                   NN_EXPERIMENT_MAX_NUDGES, self->nudges->len);
  for (gsize i = 0; i < self->nudges->len; i++) {
    if (!nn_nudge_check_target (self->nudges->pdata[i], self->architecture, error)) {
      g_prefix_error (error, _ ("nudges[%zu]: "), i);
      return FALSE;
    }
  }
  return TRUE;
}

/**
 * nn_experiment_check_parts:
 *
 * As nn_experiment_check (), without the log.
 */
gboolean
nn_experiment_check_parts (const NnExperiment *self, GError **error)
{
  if (!g_utf8_validate (self->title, -1, NULL))
    return refuse (error, NN_ERROR_SYNTAX, _ ("title: expected UTF-8 text"));
  if (!nn_data_spec_check (&self->data, error))
    return FALSE;
  if (!nn_optimizer_check (&self->optimizer, error)) {
    g_prefix_error (error, "optimizer.");
    return FALSE;
  }
  return check_network (self, error) && check_parameters (self, error) &&
         check_numbers (self, error) && check_targets (self, error) &&
         check_nudges (self, error);
}
