/* nn-area.h - the elements of a network that a target selects
 *
 * SPDX-License-Identifier: MIT
 *
 * An iterator resolves a target in an architecture: it finds out whether what the target
 * names is there, and then gives one area after the other: for each target of a list, at
 * most one in each parameter, in the network's order. An iterator and its areas borrow the
 * target and the architecture. Allocates nothing.
 */

#pragma once

#include "nn/model/nn-architecture.h"
#include "nn/nudge/nn-target.h"

G_BEGIN_DECLS

typedef struct {
  const NnTarget *target; /* (nullable) the one to go on with … */
  const NnArchitecture *architecture;
  gsize next; /* … and its parameter */
} NnAreaIter;

/* What is selected in one parameter: all of it, a block, or chosen edges. */
typedef struct {
  const NnParameterShape *parameter;
  gsize index;    /* the parameter's */
  gboolean whole; /* every element, in order */
  gsize n;        /* elements */
  gsize first_row;
  gsize n_rows;
  gsize row_step;
  gsize first_column;
  gsize n_columns;
  gsize column_step;
  const NnEdge *edges; /* (n) (nullable) instead of rows and columns */
} NnArea;

gboolean nn_area_iter_init (NnAreaIter *self,
                            const NnTarget *target,
                            const NnArchitecture *architecture,
                            GError **error);
gboolean nn_area_iter_next (NnAreaIter *self, NnArea *area);

gboolean nn_area_check_overlap (const NnTarget *target,
                                const NnArchitecture *architecture,
                                GError **error);
gsize nn_area_get_flat_index (const NnArea *self, gsize element);
void nn_area_gather (const NnArea *self, const float *parameter, float *values);
void nn_area_scatter (const NnArea *self, const float *values, float *parameter);

G_END_DECLS
