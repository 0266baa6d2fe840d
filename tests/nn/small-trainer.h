/* small-trainer.h - small experiments as text, and what two runs of them have alike
 *
 * SPDX-License-Identifier: MIT
 */

#pragma once

#include <math.h>
#include <string.h>

#include "nn/io/nn-experiment-file.h"
#include "nn/run/nn-history.h"
#include "nn/run/nn-trainer.h"

/* 18 examples to train on, in batches of 5, 5, 5 and 3; 5 are held out. */
#define MOONS                                                                            \
  "'data': {'source': 'moons', 'examples': 23, 'noise': 0.1, 'validation': 0.2}"
#define NETWORK(units)                                                                   \
  "'network': {'layers': [{'units': 6, 'activation': 'tanh'},"                           \
  " {'units': 5, 'activation': 'relu'}, {'units': " #units "}]}"
#define WITHOUT_BIAS                                                                     \
  "'network': {'layers': [{'units': 6, 'activation': 'tanh', 'bias': false},"            \
  " {'units': 5, 'activation': 'relu'}, {'units': 1, 'bias': false}]}"
#define SHUFFLED "'batch': {'size': 5, 'shuffle': true}"
#define MSE      MOONS "," NETWORK (1) ", 'loss': {'type': 'mse'}"

/* Settings under which a type uses more of its state than by default. */
static const char *const small_settings[NN_N_OPTIMIZERS] = {
  [NN_OPTIMIZER_SGD] = ", 'lr': 0.05, 'momentum': 0.9, 'nesterov': true,"
                       " 'weight_decay': 0.01",
  [NN_OPTIMIZER_ADAM] = ", 'lr': 0.01",
  [NN_OPTIMIZER_ADAMW] = ", 'lr': 0.01",
  [NN_OPTIMIZER_RMSPROP] = ", 'lr': 0.01, 'momentum': 0.5, 'centered': true",
  [NN_OPTIMIZER_ADAGRAD] = ", 'lr_decay': 0.1",
};

static inline char *
small_dup_optimizer (NnOptimizerType type)
{
  return g_strdup_printf ("'optimizer': {'type': '%s'%s}", nn_optimizer_get_name (type),
                          small_settings[type] ? small_settings[type] : "");
}

/* Keys and values in single quotes, without the version and the braces around all. */
static inline NnExperiment *
small_experiment (const char *keys)
{
  g_autofree char *text = g_strdup_printf ("{'nudge': 1, %s}", keys);
  g_autoptr (GError) error = NULL;
  NnExperiment *experiment;

  g_strdelimit (text, "'", '"');
  experiment = nn_experiment_file_parse (text, strlen (text), "small", &error);
  g_assert_no_error (error);
  return experiment;
}

static inline NnTrainer *
small_trainer (const char *keys)
{
  g_autoptr (NnExperiment) experiment = small_experiment (keys);
  g_autoptr (GError) error = NULL;
  NnTrainer *trainer = nn_trainer_new (experiment, &error);

  g_assert_no_error (error);
  return trainer;
}

static inline NnNudge *
small_nudge (const char *text)
{
  g_autoptr (GError) error = NULL;
  NnNudge *nudge = nn_nudge_parse (text, &error);

  g_assert_no_error (error);
  return nudge;
}

static inline void
small_trainer_do (NnTrainer *trainer, const NnEvent *event)
{
  g_autoptr (GError) error = NULL;

  nn_trainer_do (trainer, event, &error);
  g_assert_no_error (error);
}

/* Applies @nudge once, now. */
static inline void
small_trainer_nudge (NnTrainer *trainer, NnNudge *nudge)
{
  small_trainer_do (trainer, &(NnEvent){ .kind = NN_EVENT_NUDGE, .nudge = nudge });
}

/* Puts a standing nudge last into the run; it lives as long as the trainer has it. */
static inline const NnNudge *
small_trainer_add (NnTrainer *trainer, const char *text)
{
  g_autoptr (NnNudge) nudge = small_nudge (text);

  small_trainer_do (
      trainer, &(NnEvent){ .kind = NN_EVENT_STAND, .nudge = nudge, .index = G_MAXSIZE });
  return nudge;
}

/* What events call the standing nudge that is at @index now. */
static inline guint64
small_trainer_get_id (const NnTrainer *trainer, gsize index)
{
  return nn_trainer_get_standing (trainer, index)->id;
}

/* Takes the first standing nudge off the list. */
static inline void
small_trainer_remove_first (NnTrainer *trainer)
{
  small_trainer_do (trainer, &(NnEvent){ .kind = NN_EVENT_REMOVE,
                                         .id = small_trainer_get_id (trainer, 0) });
}

static inline void
small_trainer_steps (NnTrainer *trainer, guint n)
{
  g_autoptr (GError) error = NULL;

  for (guint i = 0; i < n; i++) {
    nn_trainer_step (trainer, &error);
    g_assert_no_error (error);
  }
}

/* And appends their losses. */
static inline void
small_trainer_record (NnTrainer *trainer, guint64 n, NnHistory *history)
{
  for (guint64 i = 0; i < n; i++) {
    small_trainer_steps (trainer, 1);
    nn_history_append (history, nn_trainer_get_step_loss (trainer));
  }
}

/* @history begins with all losses of @expected. */
static inline void
small_trainer_assert_same_losses (const NnHistory *history, const NnHistory *expected)
{
  const guint64 n_steps = nn_history_get_n_steps (expected);

  g_assert_cmpuint (nn_history_get_n_steps (history), >=, n_steps);
  for (guint64 step = 1; step <= n_steps; step++) {
    float loss, other;

    g_assert_true (nn_history_get_loss (history, step, &loss));
    g_assert_true (nn_history_get_loss (expected, step, &other));
    g_assert_cmpfloat (loss, ==, other);
  }
}

/* (n_values) the gradients, 0 where there is none. */
static inline GArray *
small_trainer_copy_grads (NnTrainer *trainer)
{
  NnNetwork *network = nn_trainer_get_network (trainer);
  const NnArchitecture *architecture = nn_network_get_architecture (network);
  GArray *grads = g_array_new (FALSE, TRUE, sizeof (float));

  g_array_set_size (grads, (guint) architecture->n_values);
  for (gsize i = 0; i < architecture->n_parameters; i++) {
    const NnTensor *grad = nn_tensor_get_grad (nn_network_get_parameter (network, i));

    if (grad)
      memcpy (&g_array_index (grads, float, architecture->parameters[i].offset),
              nn_tensor_get_values (grad), nn_tensor_get_size (grad) * sizeof (float));
  }
  return grads;
}

/* (n_values) the slow copies, NaN where there is none. */
static inline GArray *
small_trainer_copy_slow (const NnTrainer *trainer)
{
  const NnArchitecture *architecture =
      nn_network_get_architecture (nn_trainer_get_network (trainer));
  GArray *slow = g_array_new (FALSE, FALSE, sizeof (float));

  for (gsize i = 0; i < architecture->n_parameters; i++) {
    const gsize n = architecture->parameters[i].n_values;
    const float *copy = nn_slow_copies_get (nn_trainer_get_slow (trainer), i);
    const float none = NAN;

    for (gsize k = 0; k < n; k++)
      g_array_append_vals (slow, copy ? copy + k : &none, 1);
  }
  return slow;
}

/* Everything about the next steps that can be seen from outside, as bytes. */
static inline GBytes *
small_trainer_copy_run (NnTrainer *trainer)
{
  const NnNetwork *network = nn_trainer_get_network (trainer);
  const NnOptimizer *optimizer = nn_trainer_get_optimizer (trainer);
  const gsize n_weights =
      nn_network_get_architecture (network)->n_values * sizeof (float);
  const gsize n_state = nn_optimizer_get_state_size (optimizer);
  const guint64 n_steps = nn_trainer_get_n_steps (trainer);
  g_autoptr (GArray) slow = small_trainer_copy_slow (trainer);
  const gsize size = 2 * n_weights + n_state + sizeof n_steps;
  char *bytes = g_malloc (size);

  memcpy (bytes, nn_network_get_values (network), n_weights);
  nn_optimizer_save_state (optimizer, bytes + n_weights);
  memcpy (bytes + n_weights + n_state, &n_steps, sizeof n_steps);
  memcpy (bytes + size - n_weights, slow->data, n_weights);
  return g_bytes_new_take (bytes, size);
}

/* NaN is the same as NaN. */
static inline void
small_trainer_assert_same_loss (float one, float other)
{
  if (isnan (one) || isnan (other))
    g_assert_true (isnan (one) && isnan (other));
  else
    g_assert_cmpfloat (one, ==, other);
}

static inline void
small_trainer_assert_same (NnTrainer *one, NnTrainer *other)
{
  g_autoptr (GBytes) a = small_trainer_copy_run (one);
  g_autoptr (GBytes) b = small_trainer_copy_run (other);
  g_autoptr (GArray) a_grads = small_trainer_copy_grads (one);
  g_autoptr (GArray) b_grads = small_trainer_copy_grads (other);

  g_assert_cmpfloat (nn_trainer_get_loss (one), ==, nn_trainer_get_loss (other));
  small_trainer_assert_same_loss (nn_trainer_get_step_loss (one),
                                  nn_trainer_get_step_loss (other));
  g_assert_cmpuint (nn_trainer_get_clock (one).epoch, ==,
                    nn_trainer_get_clock (other).epoch);
  g_assert_true (g_bytes_equal (a, b));
  g_assert_cmpmem (a_grads->data, a_grads->len * sizeof (float), b_grads->data,
                   b_grads->len * sizeof (float));
}
