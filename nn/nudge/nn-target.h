/* nn-target.h - what a nudge changes: a layer, a parameter, or a part of one
 *
 * SPDX-License-Identifier: MIT
 *
 *   fc1                  a layer: its weight and, if it has one, its bias
 *   fc1.weight fc1.bias  one parameter
 *   * *.weight *.bias    those of all layers
 *   fc1[2]               neuron 2: its incoming edges and its bias
 *   fc1.weight[2]        its incoming edges alone, row 2, as Python indexes
 *   fc1.weight[:,1]      the outgoing edges of neuron 1 of the layer before, column 1
 *   fc1.weight[0:3,1]    rows 0, 1 and 2 of column 1
 *   fc1.bias[2]          one bias; [1:3] two of them
 *   fc1.weight[0,1; 2,1] chosen edges, output and input of each
 *
 * A layer's name may have dots: net.0, net.0.weight.
 *
 * Indices count from 0. A range is Python's: a:b, a:, :b and :, but within the layer's
 * size, not empty, and without negative numbers. All of a parameter in ranges is the same
 * as its name alone. Layers differ in size, so a part is one of a single layer, not of *.
 *
 * A plain value: init by parsing, copy and clear. It knows no
 * network: whether what it names exists is found out where it is applied.
 */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

#define NN_TARGET_EDGES 512 /* chosen edges that one may have */

typedef enum {
  NN_PART_BOTH,
  NN_PART_WEIGHT,
  NN_PART_BIAS,
} NnPart;

typedef enum {
  NN_SELECTION_ALL,   /* the whole parameter */
  NN_SELECTION_BLOCK, /* rows × columns; rows alone for a bias */
  NN_SELECTION_EDGES, /* chosen ones */
} NnSelection;

/* first … end - 1; end G_MAXSIZE: to the last one. */
typedef struct {
  gsize first;
  gsize end;
} NnRange;

typedef struct {
  gsize output;
  gsize input;
} NnEdge;

typedef struct {
  char *layer; /* (owned) a layer's name, or "*" */
  NnPart part;
  NnSelection selection;
  NnRange rows;    /* BLOCK */
  NnRange columns; /* BLOCK: of the weight */
  gsize n_edges;   /* EDGES */
  NnEdge *edges;   /* (owned) (nullable) EDGES, each once, in the order given */
} NnTarget;

gboolean
nn_target_parse (NnTarget *self, const char *text, const char **at, GError **error);
void nn_target_copy (NnTarget *self, const NnTarget *from);
void nn_target_clear (NnTarget *self);
char *nn_target_dup_text (const NnTarget *self);

G_END_DECLS
