/* nn-layer-series.c - the measures of every layer, along a run
 *
 * SPDX-License-Identifier: MIT
 */

#include "nn/session/nn-layer-series.h"

#include <string.h>

struct _NnLayerRecorder {
  NnLayerMeasures *measures;    /* (owned) */
  NnArchitecture *architecture; /* (owned) (nullable) of the points */
  GArray *steps;                /* (owned) (element-type guint64) rising */
  GArray *values;               /* (owned) float: [steps][n_layers][NN_N_MEASURES] */
  NnHistogram *histograms;      /* (owned) (nullable) (n_layers) of histogram_step */
  guint64 histogram_step;
  guint64 spacing; /* steps from one point to the next, at least */
  gint64 begin_us; /* the monotonic time of the newest measurement */
  gint64 took_us;  /* and how long it took */
};

void
nn_layer_series_free (NnLayerSeries *self)
{
  g_free (self->steps);
  g_free (self->values);
  g_free (self->histograms);
  g_free (self);
}

NnLayerRecorder *
nn_layer_recorder_new (void)
{
  NnLayerRecorder *self = g_new0 (NnLayerRecorder, 1);

  self->measures = nn_layer_measures_new ();
  self->steps = g_array_new (FALSE, FALSE, sizeof (guint64));
  self->values = g_array_new (FALSE, FALSE, sizeof (float));
  self->spacing = 1;
  return self;
}

void
nn_layer_recorder_free (NnLayerRecorder *self)
{
  g_clear_pointer (&self->architecture, nn_architecture_unref);
  nn_layer_measures_free (self->measures);
  g_array_unref (self->steps);
  g_array_unref (self->values);
  g_free (self->histograms);
  g_free (self);
}

static guint64
get_step (const NnLayerRecorder *self, guint index)
{
  return g_array_index (self->steps, guint64, index);
}

/* Returns: how many numbers a point has */
static guint
get_length (const NnLayerRecorder *self)
{
  return self->architecture ? (guint) self->architecture->n_layers * NN_N_MEASURES : 0;
}

/* Returns: how many points are at or before @step */
static guint
count_until (const NnLayerRecorder *self, guint64 step)
{
  guint n = self->steps->len;

  while (n > 0 && get_step (self, n - 1) > step)
    n--;
  return n;
}

static void
set_n_points (NnLayerRecorder *self, guint n)
{
  g_array_set_size (self->steps, n);
  g_array_set_size (self->values, n * get_length (self));
}

/**
 * nn_layer_recorder_cut:
 *
 * The run may differ from @step on: removes the points there and after it.
 */
void
nn_layer_recorder_cut (NnLayerRecorder *self, guint64 step)
{
  if (self->steps->len > 0 && get_step (self, self->steps->len - 1) >= step)
    set_n_points (self, step > 0 ? count_until (self, step - 1) : 0);
}

static gboolean
has_same_layers (const NnArchitecture *a, const NnArchitecture *b)
{
  gboolean same = a->n_layers == b->n_layers;

  for (gsize i = 0; i < a->n_layers && same; i++)
    same = strcmp (a->layers[i].name, b->layers[i].name) == 0;
  return same;
}

static void
fit (NnLayerRecorder *self, NnArchitecture *architecture)
{
  if (self->architecture == architecture)
    return;
  if (self->architecture && !has_same_layers (self->architecture, architecture)) {
    set_n_points (self, 0);
    self->spacing = 1;
    g_clear_pointer (&self->histograms, g_free);
  }
  g_clear_pointer (&self->architecture, nn_architecture_unref);
  self->architecture = nn_architecture_ref (architecture);
}

static void
drop_every_other (NnLayerRecorder *self)
{
  const gsize length = get_length (self);
  guint64 *steps = (guint64 *) (gpointer) self->steps->data;
  float *values = (float *) (gpointer) self->values->data;
  guint n = 0;

  for (guint i = 0; i < self->steps->len; i += 2, n++) {
    steps[n] = steps[i];
    memmove (values + n * length, values + i * length, length * sizeof (float));
  }
  set_n_points (self, n);
  self->spacing = MAX (2 * self->spacing, steps[n - 1] / NN_LAYER_SERIES_MOST);
}

/* Whether point @n - 1, the newest, is replaced by the next one, as it is too near to the
 * one before it. Until then it is kept however near it is. */
static gboolean
is_replaced (const NnLayerRecorder *self, guint n)
{
  return n > 1 && n == self->steps->len &&
         get_step (self, n - 1) - get_step (self, n - 2) < self->spacing;
}

static void
add (NnLayerRecorder *self, guint64 step, const float *measures)
{
  const guint length = get_length (self);
  guint n = count_until (self, step);

  if ((n > 0 && get_step (self, n - 1) == step) || is_replaced (self, n)) {
    n--;
    g_array_remove_index (self->steps, n);
    g_array_remove_range (self->values, n * length, length);
  }
  g_array_insert_val (self->steps, n, step);
  g_array_insert_vals (self->values, n * length, measures, length);
  if (self->steps->len > NN_LAYER_SERIES_MOST)
    drop_every_other (self);
}

/**
 * nn_layer_recorder_measure:
 * @trainer: between steps
 * @rest: after a measurement that took t, nothing is done for this many t, unless the
 *   layers have changed; %NN_LAYER_REST_NONE to measure in any case
 *
 * Adds the point at @trainer's step.
 */
void
nn_layer_recorder_measure (NnLayerRecorder *self, NnTrainer *trainer, guint rest)
{
  const gint64 begin_us = g_get_monotonic_time ();
  g_autofree float *measures = NULL;

  fit (self, nn_network_get_architecture (nn_trainer_get_network (trainer)));
  if (self->histograms && begin_us < self->begin_us + (1 + (gint64) rest) * self->took_us)
    return;
  measures = g_new (float, get_length (self));
  nn_layer_measures_compute (self->measures, trainer, measures);
  add (self, nn_trainer_get_n_steps (trainer), measures);
  if (self->histograms == NULL)
    self->histograms = g_new (NnHistogram, self->architecture->n_layers);
  for (gsize i = 0; i < self->architecture->n_layers; i++)
    nn_histogram_compute (&self->histograms[i], trainer, i);
  self->histogram_step = nn_trainer_get_n_steps (trainer);
  self->begin_us = begin_us;
  self->took_us = g_get_monotonic_time () - begin_us;
}

/**
 * nn_layer_recorder_dup_series:
 *
 * Returns: (transfer full) (nullable): the points up to @step; %NULL if nothing
 *   was measured
 */
NnLayerSeries *
nn_layer_recorder_dup_series (const NnLayerRecorder *self, guint64 step)
{
  NnLayerSeries *series;

  if (self->histograms == NULL)
    return NULL;
  series = g_new0 (NnLayerSeries, 1);
  series->n_layers = self->architecture->n_layers;
  series->n_points = count_until (self, step);
  series->steps = g_memdup2 (self->steps->data, series->n_points * sizeof (guint64));
  series->values = g_memdup2 (self->values->data,
                              series->n_points * get_length (self) * sizeof (float));
  series->histograms =
      g_memdup2 (self->histograms, series->n_layers * sizeof (NnHistogram));
  series->histogram_step = self->histogram_step;
  return series;
}
