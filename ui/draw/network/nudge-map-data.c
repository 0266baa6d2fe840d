/* nudge-map-data.c - the examples over one or two features, as points to be drawn
 *
 * SPDX-License-Identifier: MIT
 */

#include "ui/draw/network/nudge-map-data.h"

#include <glib/gi18n-lib.h>
#include <math.h>

static gsize
count_classes (const NnDataset *dataset, NnLossType loss)
{
  if (loss == NN_LOSS_BCE_LOGITS && dataset->n_targets == 1)
    return 2;
  return nn_loss_takes_classes (loss) ? dataset->n_classes : 0;
}

/**
 * nudge_map_data_new:
 *
 * Returns: (nullable): NULL if @frame has no data, or its probes are no line and no plane
 */
NudgeMapData *
nudge_map_data_new (const NnFrame *frame)
{
  NnDataset *dataset = frame->dataset;
  g_autofree float *inputs = NULL;
  NudgeMapData *self;

  if (dataset == NULL || frame->experiment == NULL ||
      frame->probes.kind == NN_PROBES_EXAMPLES)
    return NULL;
  self = g_new0 (NudgeMapData, 1);
  self->dataset = nn_dataset_ref (dataset);
  self->feature[0] = frame->probes.feature[0];
  self->feature[1] = frame->probes.feature[1];
  self->example = frame->probes.example;
  inputs = g_new (float, dataset->n_features);
  self->loss = frame->experiment->loss.type;
  self->n_classes = count_classes (dataset, self->loss);
  self->n_points = MIN (dataset->n_examples, NUDGE_MAP_POINTS);
  self->points = g_new0 (NudgeMapPoint, self->n_points);
  self->low = INFINITY;
  self->high = -INFINITY;
  for (gsize i = 0; i < self->n_points; i++) {
    const gsize row = i * dataset->n_examples / self->n_points;
    NudgeMapPoint *point = &self->points[i];

    point->row = row;
    nn_dataset_read_inputs (dataset, row, inputs);
    for (gsize k = 0; k < MIN (dataset->n_features, 2); k++)
      point->inputs[k] = inputs[self->feature[k]];
    point->target = dataset->n_targets > 0 ? *nn_dataset_get_targets (dataset, row) : 0;
    point->held_out = row >= dataset->n_training;
    self->low = MIN (self->low, point->target);
    self->high = MAX (self->high, point->target);
  }
  return self;
}

/* Whether it can be kept. */
gboolean
nudge_map_data_is_of (const NudgeMapData *self, const NnFrame *frame)
{
  return self->dataset == frame->dataset && frame->probes.kind != NN_PROBES_EXAMPLES &&
         self->feature[0] == frame->probes.feature[0] &&
         self->feature[1] == frame->probes.feature[1] &&
         self->example == frame->probes.example && frame->experiment != NULL &&
         self->loss == frame->experiment->loss.type;
}

/* As the data had it, before it was standardised; @axis: 0 across, 1 up. */
double
nudge_map_data_get_raw (const NudgeMapData *self, gsize axis, float value)
{
  const gsize feature = self->feature[axis];

  if (self->dataset->means == NULL)
    return (double) value;
  return (double) value * (double) self->dataset->deviations[feature] +
         (double) self->dataset->means[feature];
}

char *
nudge_map_data_dup_feature (const NudgeMapData *self, gsize axis)
{
  const gsize feature = self->feature[axis];
  char **names = self->dataset->table->feature_names;

  if (names)
    return g_strdup (names[feature]);
  /* Translators: a feature without a name */
  return g_strdup_printf (_ ("input %zu"), feature);
}

void
nudge_map_data_free (NudgeMapData *self)
{
  nn_dataset_unref (self->dataset);
  g_free (self->points);
  g_free (self);
}
