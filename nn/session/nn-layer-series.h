/* nn-layer-series.h - the measures of every layer, along a run
 *
 * SPDX-License-Identifier: MIT
 *
 * Computed when a frame is made, if frames are to have them, and then as rarely as keeps
 * their share of the time below a tenth. Of the points of a long run every other one is
 * dropped again and again, so that NN_LAYER_SERIES_MOST are enough. Where the network gets
 * other layers, the series begin anew. NnLayerSeries is what a frame has, a copy; the
 * recorder has one owner and one thread.
 */

#pragma once

#include "nn/run/nn-layer-measures.h"

G_BEGIN_DECLS

#define NN_LAYER_SERIES_MOST 512 /* points */

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
void
nn_layer_recorder_measure (NnLayerRecorder *self, NnTrainer *trainer, gboolean running);
void nn_layer_recorder_cut (NnLayerRecorder *self, guint64 step);
NnLayerSeries *nn_layer_recorder_dup_series (const NnLayerRecorder *self,
                                             guint64 step) G_GNUC_WARN_UNUSED_RESULT;

G_DEFINE_AUTOPTR_CLEANUP_FUNC (NnLayerSeries, nn_layer_series_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (NnLayerRecorder, nn_layer_recorder_free)

G_END_DECLS
