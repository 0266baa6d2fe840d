/* nn-area.h - the elements of a network that a target selects
 *
 * SPDX-License-Identifier: MIT
 *
 * An iterator resolves a target in an architecture: init checks that what the target
 * names exists, and next gives the areas: for each target of a list, at most one in each
 * parameter, in the network's order. Iterator and areas are plain values that borrow the
 * target and the architecture. Does not allocate.
 */

#pragma once

#include "nn/model/nn-architecture.h"
#include "nn/nudge/nn-target.h"

G_BEGIN_DECLS

typedef struct {
  const NnTarget *target; /* (nullable) the present one; NULL at the end */
  const NnArchitecture *architecture;
  gsize next; /* the next parameter to look at */
} NnAreaIter;

/* The elements selected in one parameter: all, a block of rows and columns, or edges. */
typedef struct {
  const NnParameterShape *parameter;
  gsize index;    /* of the parameter in the architecture */
  gboolean whole; /* every element, in order */
  gsize n;        /* selected elements */
  gsize first_row;
  gsize n_rows;
  gsize row_step;
  gsize first_column;
  gsize n_columns;
  gsize column_step;
  const NnEdge *edges; /* (nullable) (n) used instead of rows and columns */
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
