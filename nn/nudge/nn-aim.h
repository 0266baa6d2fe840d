/* nn-aim.h - which elements of a network a target means
 *
 * SPDX-License-Identifier: MIT
 *
 * Where a target meets an architecture: whether what it names is there, and then one
 * area after the other, at most one in each parameter, in the network's order. An aim
 * and its areas borrow the target and the architecture. Allocates nothing.
 */

#pragma once

#include "nn/model/nn-architecture.h"
#include "nn/nudge/nn-target.h"

G_BEGIN_DECLS

typedef struct {
  const NnTarget *target;
  const NnArchitecture *architecture;
  gsize next; /* the parameter to look at next … */
  gsize end;  /* … and the one to stop before */
} NnAim;

/* What is aimed at in one parameter: all of it, a block, or chosen edges. */
typedef struct {
  const NnParameterShape *parameter;
  gsize index;    /* the parameter's */
  gboolean whole; /* every element, in order */
  gsize n;        /* elements */
  gsize first_row;
  gsize n_rows;
  gsize first_column;
  gsize n_columns;
  const NnEdge *edges; /* (n) (nullable) in place of rows and columns */
} NnArea;

gboolean nn_aim_begin (NnAim *self,
                       const NnTarget *target,
                       const NnArchitecture *architecture,
                       GError **error);
gboolean nn_aim_next (NnAim *self, NnArea *area);

gsize nn_area_get_place (const NnArea *self, gsize element);
void nn_area_gather (const NnArea *self, const float *parameter, float *values);
void nn_area_scatter (const NnArea *self, const float *values, float *parameter);

G_END_DECLS
