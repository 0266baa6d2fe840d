/* nn-layer-series.h - the measures of every layer, along a run
 *
 * SPDX-License-Identifier: MIT
 *
 * The recorder measures when a frame is made, in at most a tenth of the time while frames
 * carry the series. A small network is measured even if they do not, in a hundredth of
 * the time, so that the series has the run's beginning when it is asked for. When there
 * are NN_LAYER_SERIES_MOST points, every other one is dropped. When the network gets
 * other layers, the series starts again.
 *
 * NnLayerSeries is a copy for a frame. The recorder has one owner and one thread.
 */

#pragma once

#include "nn/run/nn-layer-measures.h"

G_BEGIN_DECLS

#define NN_LAYER_SERIES_MOST 512 /* points */

/* After a measurement that took t, none is made for this many t. */
#define NN_LAYER_REST_NONE   0
#define NN_LAYER_REST_SHOWN  9
#define NN_LAYER_REST_HIDDEN 127

typedef struct {
  gsize n_layers;
  gsize n_points;
  guint64 *steps;          /* (owned) (n_points) in order */
  float *values;           /* (owned) [n_points][n_layers][NN_N_MEASURES] */
  NnHistogram *histograms; /* (owned) (n_layers) of the weights after histogram_step */
  guint64 histogram_step;
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
