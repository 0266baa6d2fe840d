/* same-experiment.h - experiments that are read and written must stay what they are
 *
 * SPDX-License-Identifier: MIT
 */

#pragma once

#include <string.h>

#include "nn/io/nn-experiment-file.h"

static inline void
assert_floats (const float *a, const float *b, gsize n)
{
  if (a == NULL || b == NULL)
    g_assert_true (a == b);
  else
    g_assert_cmpmem (a, n * sizeof *a, b, n * sizeof *b);
}

static inline void
assert_same_number (double a, double b)
{
  g_assert_cmpmem (&a, sizeof a, &b, sizeof b);
}

static inline void
assert_table (const NnTable *a, const NnTable *b)
{
  g_assert_cmpuint (a->n_examples, ==, b->n_examples);
  g_assert_cmpuint (a->n_features, ==, b->n_features);
  g_assert_cmpuint (a->n_targets, ==, b->n_targets);
  g_assert_cmpint (a->targets_are, ==, b->targets_are);
  assert_floats (a->inputs, b->inputs, a->n_examples * a->n_features);
  assert_floats (a->targets, b->targets, a->n_examples * a->n_targets);
}

static inline void
assert_data (const NnDataSpec *a, const NnDataSpec *b)
{
  g_assert_cmpint (a->source, ==, b->source);
  g_assert_cmpuint (a->n_examples, ==, b->n_examples);
  g_assert_cmpuint (a->n_features, ==, b->n_features);
  assert_same_number (a->noise, b->noise);
  assert_same_number (a->validation, b->validation);
  if (a->table == NULL || b->table == NULL)
    g_assert_true (a->table == b->table);
  else
    assert_table (a->table, b->table);
}

static inline void
assert_network (const NnExperiment *a, const NnExperiment *b)
{
  g_assert_cmpuint (a->architecture->n_features, ==, b->architecture->n_features);
  g_assert_cmpuint (a->architecture->n_layers, ==, b->architecture->n_layers);
  for (gsize i = 0; i < a->architecture->n_layers; i++) {
    const NnLayerShape *layer = &a->architecture->layers[i];
    const NnLayerShape *other = &b->architecture->layers[i];

    g_assert_cmpstr (layer->name, ==, other->name);
    g_assert_cmpuint (layer->n_units, ==, other->n_units);
    g_assert_cmpint (layer->activation, ==, other->activation);
    g_assert_cmpint (layer->has_bias, ==, other->has_bias);
  }
  g_assert_cmpint (a->init.type, ==, b->init.type);
  assert_floats (&a->init.constant, &b->init.constant, 1);
}

static inline void
assert_optimizer (const NnOptimizerSettings *a, const NnOptimizerSettings *b)
{
  g_assert_cmpint (a->type, ==, b->type);
  assert_same_number (a->lr, b->lr);
  assert_same_number (a->weight_decay, b->weight_decay);
  assert_same_number (a->momentum, b->momentum);
  g_assert_cmpint (a->nesterov, ==, b->nesterov);
  assert_same_number (a->beta1, b->beta1);
  assert_same_number (a->beta2, b->beta2);
  assert_same_number (a->eps, b->eps);
  assert_same_number (a->alpha, b->alpha);
  g_assert_cmpint (a->centered, ==, b->centered);
  assert_same_number (a->lr_decay, b->lr_decay);
  assert_same_number (a->initial_accumulator_value, b->initial_accumulator_value);
}

/* Every field but the name, which is the file's, and the nudges. */
static inline void
assert_alike (const NnExperiment *a, const NnExperiment *b)
{
  g_assert_cmpstr (a->title, ==, b->title);
  g_assert_cmpuint (a->seed, ==, b->seed);
  assert_data (&a->data, &b->data);
  assert_network (a, b);
  g_assert_cmpint (a->loss.type, ==, b->loss.type);
  assert_floats (&a->loss.delta, &b->loss.delta, 1);
  assert_floats (&a->loss.target, &b->loss.target, 1);
  assert_optimizer (&a->optimizer, &b->optimizer);
  g_assert_cmpuint (a->batch_size, ==, b->batch_size);
  g_assert_cmpint (a->shuffle, ==, b->shuffle);
  g_assert_cmpint (a->guard, ==, b->guard);
  g_assert_cmpuint (a->nudges->len, ==, b->nudges->len);
}

static inline void
assert_equal (const NnExperiment *a, const NnExperiment *b)
{
  assert_alike (a, b);
  for (guint i = 0; i < a->nudges->len; i++) {
    const NnNudge *nudge = a->nudges->pdata[i];
    const NnNudge *other = b->nudges->pdata[i];

    g_assert_cmpstr (nudge->target.layer, ==, other->target.layer);
    g_assert_cmpint (nudge->target.part, ==, other->target.part);
    g_assert_cmpstr (nn_expression_get_text (nudge->expression), ==,
                     nn_expression_get_text (other->expression));
    assert_floats (&nudge->amount, &other->amount, 1);
    g_assert_cmpint (nudge->time.when, ==, other->time.when);
    g_assert_cmpint (nudge->time.before_backward, ==, other->time.before_backward);
    g_assert_cmpuint (nudge->time.interval, ==, other->time.interval);
  }
}

static inline NnExperiment *
parse (const char *text)
{
  g_autoptr (GError) error = NULL;
  NnExperiment *experiment =
      nn_experiment_file_parse (text, strlen (text), "name", &error);

  g_assert_no_error (error);
  return experiment;
}

static inline void
assert_survives (const NnExperiment *experiment)
{
  g_autofree char *text = nn_experiment_file_format (experiment);
  g_autoptr (NnExperiment) read = NULL;
  g_autofree char *again = NULL;

  g_assert_nonnull (text);
  g_assert_true (g_str_has_suffix (text, "}\n"));
  read = parse (text);
  assert_equal (read, experiment);
  again = nn_experiment_file_format (read);
  g_assert_cmpstr (again, ==, text);
}
