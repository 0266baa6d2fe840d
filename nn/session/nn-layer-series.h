/* nn-layer-series.h - the measures of every layer, along a run
 *
 * SPDX-License-Identifier: MIT
 *
 * Computed when a frame is made, and as rarely as keeps their share of the time small: a
 * tenth while frames are to have them; of a small network, before that, a hundredth, so that
 * the run's beginning is there when they are asked for. Of the points of a long run every
 * other one is dropped again and again, so that NN_LAYER_SERIES_MOST are enough. Where the
 * network gets other layers, the series begin anew. NnLayerSeries is what a frame has, a
 * copy; the recorder has one owner and one thread.
 */

#pragma once

#include "nn/run/nn-layer-measures.h"

G_BEGIN_DECLS

#define NN_LAYER_SERIES_MOST 512 /* points */

/* After a measurement that took t, none for so many t. */
#define NN_LAYER_REST_NONE   0
#define NN_LAYER_REST_SHOWN  9
#define NN_LAYER_REST_HIDDEN 127

typedef struct {
  gsize n_layers;
  gsize n_points;
  guint64 *steps;          /* (owned) (n_points) rise */
  float *values;           /* (owned) [n_points][n_layers][NN_N_MEASURES] */
  NnHistogram *histograms; /* (owned) (n_layers) … */
  guint64 histogram_step;  /* … of the weights after this one */
} NnLayerSeries;

typedef struct _NnLayerRecorder NnLayerRecorder;

void nn_layer_series_free (NnLayerSeries *self);

NnLayerRecorder *nn_layer_recorder_new (void) G_GNUC_WARN_UNUSED_RESULT;
void nn_layer_recorder_free (NnLayerRecorder *self);
void nn_layer_recorder_measure (NnLayerRecorder *self, NnTrainer *trainer, guint rest);
void nn_layer_recorder_cut (NnLayerRecorder *self, guint64 step);
NnLayerSeries *nn_layer_recorder_dup_series (const NnLayerRecorder *self,
                                             guint64 step) G_GNUC_WARN_UNUSED_RESULT;

G_DEFINE_AUTOPTR_CLEANUP_FUNC (NnLayerSeries, nn_layer_series_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (NnLayerRecorder, nn_layer_recorder_free)

G_END_DECLS
