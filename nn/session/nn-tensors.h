/* nn-tensors.h - all tensors of a model, as they were when each was last looked at
 *
 * SPDX-License-Identifier: MIT
 *
 * Of a model that is no chain of layers: what frames have in the network's place. Immutable
 * once it is shared: ref and unref from any thread. A copy shares all but the numbers.
 */

#pragma once

#include "nn/tensor/nn-tensor-summary.h"
#include "nn/tensor/nn-tensor-window.h"

G_BEGIN_DECLS

typedef struct {
  const char *name; /* not owned: lives as long as the tensors do */
  const char *type; /* likewise: "float32" */
  const char *note; /* (nullable) likewise */
  guint rank;
  guint64 shape[NN_ARRAY_MAX_RANK];
  NnArray
      *values; /* (owned) (nullable) as they were then, of a model that is small enough */
  NnTensorSummary *summary; /* (owned) (nullable) not looked at yet */
  NnTensorSummary *preview; /* (owned) (nullable) what a nudge would make of it */
  double gradient_norm;     /* NAN: not known */
  double
      update_ratio; /* norm of a step's change over that of the values; NAN: not known */
} NnTensorFacts;

typedef struct {
  GBytes *texts; /* (owned) what names are borrowed from */
  gsize n;
  NnTensorFacts *facts; /* (owned) (n) */
  gssize opened;        /* the one of which there is more; -1: none */
  gsize
      n_previewed; /* that the previewed nudge changes, though only the opened one has it */
  NnTensorWindow *window; /* (owned) (nullable) of the opened one, if it was asked for */
} NnTensors;

/* Values of all tensors together are kept up to so many bytes. */
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
