/* nn-probes.h - the inputs at which a network's activations are shown
 *
 * SPDX-License-Identifier: MIT
 *
 * With one feature a line over its range, with two a grid over their plane, with more
 * some of the examples, or a plane of two features that are chosen. Immutable, with
 * one owner.
 */

#pragma once

#include "nn/data/nn-dataset.h"
#include "nn/model/nn-network.h"

G_BEGIN_DECLS

typedef enum {
  NN_PROBES_EXAMPLES, /* sorted by their targets */
  NN_PROBES_LINE,     /* evenly spaced and rising */
  NN_PROBES_PLANE, /* side × side points: rows from the top down, each from left to right */
} NnProbesKind;

/* Two of more than two features that span a plane; a plain value. All zeros: none. */
typedef struct {
  gboolean any;
  gsize feature[2]; /* across and up */
  gsize example;    /* a row of the data, which gives the values of all other features */
} NnPlaneChoice;

/* How the probes are arranged; a plain value. */
typedef struct {
  NnProbesKind kind;
  gsize n;
  gsize side;       /* of a plane: n is side * side */
  gsize feature[2]; /* of a plane: across and up */
  gsize example;    /* of a plane of more than two features: NnPlaneChoice's */
  float low[2];     /* of a line and a plane: the least value of each feature */
  float high[2];    /* and the greatest */
} NnProbesShape;

typedef struct _NnProbes NnProbes;

NnProbes *nn_probes_new (const NnDataset *dataset,
                         NnDataSource source,
                         const NnArchitecture *architecture,
                         const NnPlaneChoice *plane) G_GNUC_WARN_UNUSED_RESULT;
void nn_probes_free (NnProbes *self);

const NnProbesShape *nn_probes_get_shape (const NnProbes *self);
void nn_probes_compute_activations (const NnProbes *self,
                                    NnNetwork *network,
                                    NnTape *tape,
                                    float *activations);
void nn_probes_fill_plane (const NnProbesShape *shape,
                           const NnDataset *dataset,
                           gsize from,
                           NnTensor *inputs);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (NnProbes, nn_probes_free)

G_END_DECLS
