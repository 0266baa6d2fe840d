/* nn-layer-measures.h - norms of a layer's weights, gradients and updates; dead units
 *
 * SPDX-License-Identifier: MIT
 *
 * Computed from a run between two steps, without changing it. A layer's values are those
 * of its weight and its bias together, as PyTorch's parameters_to_vector
 * (layer.parameters ()).
 *
 * One owner, on the trainer's thread.
 */

#pragma once

#include "nn/run/nn-trainer.h"

G_BEGIN_DECLS

/* One number of a layer; NAN where it is not known, as before the first step. */
typedef enum {
  NN_MEASURE_WEIGHT,   /* the Euclidean norm of its values */
  NN_MEASURE_GRADIENT, /* of their gradients, in the newest step */
  NN_MEASURE_UPDATE,   /* ‖update by the optimizer in that step‖ / ‖values‖ */
  NN_MEASURE_DEAD, /* the share of units whose output is 0 for every example, 0 to 1 */
  NN_N_MEASURES,
} NnMeasure;

/* Dead units are looked for on the first examples of the training set. */
#define NN_MEASURES_EXAMPLES 1024

#define NN_HISTOGRAM_BINS 48

/* A histogram of a layer's weights, without its bias, now and at the start, in the
 * same bins. */
typedef struct {
  float low;  /* the least weight of either */
  float high; /* the greatest, which is in the last bin */
  guint now[NN_HISTOGRAM_BINS];
  guint start[NN_HISTOGRAM_BINS]; /* at step 0, or after the newest edit */
} NnHistogram;

typedef struct _NnLayerMeasures NnLayerMeasures;

const char *nn_measure_get_name (NnMeasure measure);

NnLayerMeasures *nn_layer_measures_new (void) G_GNUC_WARN_UNUSED_RESULT;
void nn_layer_measures_free (NnLayerMeasures *self);
void
nn_layer_measures_compute (NnLayerMeasures *self, NnTrainer *trainer, float *measures);
void nn_histogram_compute (NnHistogram *self, const NnTrainer *trainer, gsize layer);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (NnLayerMeasures, nn_layer_measures_free)

G_END_DECLS
