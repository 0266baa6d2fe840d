/* nn-sample.h - the activations of one input
 *
 * SPDX-License-Identifier: MIT
 *
 * An example of the data, or an input of the user's own: an example in which one or two
 * features have other values. What every unit computes from it, and its loss.
 */

#pragma once

#include "nn/run/nn-trainer.h"

G_BEGIN_DECLS

#define NN_SAMPLE_FREE 2

/* Which input; a plain value. All zeros: none. */
typedef struct {
  gboolean any;
  gsize example;                 /* a row of the data, those held out included */
  gsize n_free;                  /* features with other values, at most NN_SAMPLE_FREE */
  gsize feature[NN_SAMPLE_FREE]; /* which they are */
  float value[NN_SAMPLE_FREE];   /* their values */
} NnSampleChoice;

typedef struct {
  NnSampleChoice choice;
  float *units; /* (owned) (n_units) the features, then each layer's outputs */
  double loss;  /* NAN where the loss needs a target and there is none */
} NnSample;

NnSample *nn_sample_new (NnTrainer *trainer,
                         const NnSampleChoice *choice) G_GNUC_WARN_UNUSED_RESULT;
void nn_sample_free (NnSample *self);
void nn_sample_get_contributions (const NnSample *self,
                                  const NnArchitecture *architecture,
                                  const float *values,
                                  float *contributions);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (NnSample, nn_sample_free)

G_END_DECLS
