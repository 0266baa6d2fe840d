/* nn-layer-measures.h - how large a layer's weights, gradients and updates are
 *
 * SPDX-License-Identifier: MIT
 *
 * Computed from a run as it is between steps, without changing it. A layer's values are
 * those of its weight and its bias together, as of PyTorch's
 * parameters_to_vector (layer.parameters ()). A plain object with one owner.
 */

#pragma once

#include "nn/run/nn-trainer.h"

G_BEGIN_DECLS

/* One number of a layer; NAN where it is not known, as before the first step. */
typedef enum {
  NN_MEASURE_WEIGHT,   /* the Euclidean norm of its values */
  NN_MEASURE_GRADIENT, /* of their gradients, in the newest step */
  NN_MEASURE_UPDATE, /* of what that step's optimizer has added, over that of the values */
  NN_MEASURE_DEAD,   /* the share of units whose output is 0 for every example */
  NN_N_MEASURES,
} NnMeasure;

/* Examples of the training set, from its first on, of which dead units are known. */
#define NN_MEASURES_EXAMPLES 1024

#define NN_HISTOGRAM_BINS 48

/* How many weights of a layer are in each of some equal parts of a range, now and at the
 * start; without its bias. */
typedef struct {
  float low;  /* the least of all of them … */
  float high; /* … and the greatest, which is in the last bin */
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
