/* small-edit.h - edits as text, done to small trainers
 *
 * SPDX-License-Identifier: MIT
 */

#pragma once

#include "small-trainer.h"

/* A network of two hidden layers on MOONS, and edits of its layers. */
#define RELU_NETWORK                                                                     \
  "'network': {'layers': [{'units': 6, 'activation': 'relu'},"                           \
  " {'units': 5, 'activation': 'tanh'}, {'units': 1}]}"
#define RELU MOONS "," RELU_NETWORK ", 'loss': {'type': 'mse'}"
#define WIDER                                                                            \
  "'network': {'layers': [{'units': 9, 'activation': 'relu'},"                           \
  " {'units': 8, 'activation': 'tanh'}, {'units': 1}]}"
#define DEEPER                                                                           \
  "'network': {'layers': [{'units': 6, 'activation': 'relu'},"                           \
  " {'name': 'new', 'units': 7, 'activation': 'relu'},"                                  \
  " {'name': 'fc2', 'units': 5, 'activation': 'tanh'},"                                  \
  " {'name': 'fc3', 'units': 1}]}"
#define NARROWER                                                                         \
  "'network': {'layers': [{'units': 4, 'activation': 'relu'},"                           \
  " {'units': 3, 'activation': 'tanh'}, {'units': 1}]}"

/* @keys: in single quotes, as an edit in a log has them. */
static inline NnExperiment *
small_logged (const NnExperiment *experiment, const char *keys, GError **error)
{
  g_autofree char *text = nn_experiment_file_format (experiment);
  g_autofree char *all = NULL;

  *strrchr (text, '}') = '\0';
  all = g_strdup_printf ("%s,'log': [{'step': 0, 'do': 'edit', %s}]}", text, keys);
  g_strdelimit (all, "'", '"');
  return nn_experiment_file_parse (all, strlen (all), "small", error);
}

/* Something that fits @experiment as it is. */
static inline NnEdit *
small_edit (const NnExperiment *experiment, const char *keys)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (NnExperiment) logged = small_logged (experiment, keys, &error);

  g_assert_no_error (error);
  return nn_edit_ref (g_array_index (logged->events, NnEvent, 0).edit);
}

static inline void
small_trainer_edit (NnTrainer *trainer, const char *keys)
{
  g_autoptr (NnEdit) edit = small_edit (nn_trainer_get_experiment (trainer), keys);

  small_trainer_do (trainer, &(NnEvent){ .kind = NN_EVENT_EDIT, .edit = edit });
}

/* The values of the parameter called @name. */
static inline const float *
small_trainer_get_values (NnTrainer *trainer, const char *name, gsize *n)
{
  const NnNetwork *network = nn_trainer_get_network (trainer);
  const NnArchitecture *architecture = nn_network_get_architecture (network);

  for (gsize i = 0; i < architecture->n_parameters; i++)
    if (g_str_equal (architecture->parameters[i].name, name)) {
      *n = architecture->parameters[i].n_values;
      return nn_network_get_values (network) + architecture->parameters[i].offset;
    }
  g_error ("there is no %s", name);
}
