/* nn-architecture.h - the layers of a network, and the layout of its parameters
 *
 * SPDX-License-Identifier: MIT
 *
 * All parameters of a network are in one flat vector of floats; an architecture says
 * where each is. It has no values itself: it describes any such vector, be it the live
 * network's, its gradients', an optimizer's moment or a frame's copy.
 *
 * Immutable and shared: ref and unref from any thread.
 */

#pragma once

#include <glib.h>

#include "nn/kernels/nn-activation.h"

G_BEGIN_DECLS

/* The settings of a layer. */
typedef struct {
  const char *name; /* "fc1" */
  gsize n_units;
  NnActivation activation;
  gboolean without_bias;
} NnLayerSpec;

/* One parameter, with PyTorch's name and shape. */
typedef struct {
  char *name;     /* (owned) "fc1.weight" */
  gsize layer;    /* the index of its layer */
  gsize rank;     /* 2 for a weight, 1 for a bias */
  gsize shape[2]; /* (n_units, n_inputs), row-major; of a bias (n_units, 1) */
  gsize offset;   /* into the flat vector */
  gsize n_values;
} NnParameterShape;

typedef struct {
  char *name;              /* (owned) "fc1" */
  gsize n_inputs;          /* units of the layer before, or features */
  gsize n_units;           /* outputs */
  NnActivation activation; /* after the linear part */
  gboolean has_bias;
  gsize weight; /* indices into the architecture's parameters */
  gsize bias;   /* only if has_bias */
} NnLayerShape;

typedef struct {
  gboolean is_chain; /* each layer's input is the output of the one before */
  gsize n_features;  /* only of a chain */
  gsize n_layers;
  NnLayerShape *layers; /* (owned) from input to output */
  gsize n_parameters;
  NnParameterShape *parameters; /* (owned) in PyTorch's order: weight, bias, weight, … */
  gsize n_values;               /* length of the flat vector */
  gsize n_units;                /* features and units of all layers: a picture's nodes */
} NnArchitecture;

NnArchitecture *nn_architecture_new (gsize n_features,
                                     const NnLayerSpec *layers,
                                     gsize n_layers) G_GNUC_WARN_UNUSED_RESULT;
NnArchitecture *nn_architecture_new_loose (const NnLayerSpec *layers,
                                           const gsize *n_inputs,
                                           gsize n_layers) G_GNUC_WARN_UNUSED_RESULT;
NnArchitecture *nn_architecture_ref (NnArchitecture *self);
void nn_architecture_unref (NnArchitecture *self);

gssize nn_architecture_find_layer (const NnArchitecture *self, const char *name);
gboolean nn_architecture_names_parameter (const NnArchitecture *self,
                                          gsize parameter,
                                          const char *name);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (NnArchitecture, nn_architecture_unref)

G_END_DECLS
