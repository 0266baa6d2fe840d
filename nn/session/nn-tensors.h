/* nn-tensors.h - all tensors of a model, each as it was last read
 *
 * SPDX-License-Identifier: MIT
 *
 * In frames of a model that is not a chain of layers, in place of the network. Immutable
 * once it is shared: ref and unref from any thread. A copy shares all but the numbers.
 */

#pragma once

#include "nn/tensor/nn-tensor-summary.h"
#include "nn/tensor/nn-tensor-window.h"

G_BEGIN_DECLS

typedef struct {
  const char *name; /* (not owned) in the tensors' texts */
  const char *type; /* likewise: "float32" */
  const char *note; /* (nullable) likewise */
  guint rank;
  guint64 shape[NN_ARRAY_MAX_RANK];
  NnArray *values;          /* (owned) (nullable) of a model within NN_TENSORS_KEPT */
  NnTensorSummary *summary; /* (owned) (nullable) NULL: not read yet */
  NnTensorSummary *preview; /* (owned) (nullable) with the previewed nudge */
  double gradient_norm;     /* NAN: not known */
  double update_ratio;      /* ‖change of a step‖ / ‖values‖; NAN: not known */
} NnTensorFacts;

typedef struct {
  GBytes *texts; /* (owned) names, types and notes */
  gsize n;
  NnTensorFacts *facts; /* (owned) (n) */
  gssize opened;        /* the index of the tensor in window; -1: none */
  gsize n_previewed;    /* tensors that the previewed nudge changes; only the opened one's
                           * preview is in window */
  NnTensorWindow *window; /* (owned) (nullable) some of its rows and columns */
} NnTensors;

/* The values are kept if those of all tensors together take at most this many bytes. */
#define NN_TENSORS_KEPT (256u << 20)

/* Some rows and columns of one tensor; a plain value. */
typedef struct {
  gssize tensor; /* -1: none */
  guint64 first_row;
  guint64 first_column;
  gsize n_rows; /* 0: none */
  gsize n_columns;
} NnTensorChoice;

NnTensors *nn_tensors_new (GBytes *texts, gsize n) G_GNUC_WARN_UNUSED_RESULT;
NnTensors *nn_tensors_copy (const NnTensors *self) G_GNUC_WARN_UNUSED_RESULT;
NnTensors *nn_tensors_ref (NnTensors *self);
void nn_tensors_unref (NnTensors *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (NnTensors, nn_tensors_unref)

G_END_DECLS
