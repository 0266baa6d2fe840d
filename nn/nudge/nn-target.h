/* nn-target.h - what a nudge changes: layers, parameters, or parts of them
 *
 * SPDX-License-Identifier: MIT
 *
 *   fc1                  a layer: its weight and, if it has one, its bias
 *   fc1.weight fc1.bias  one parameter
 *   * *.weight *.bias    those of all layers
 *   encoder.* fc*.bias   those of the layers whose names match; * matches any characters
 *   net.0.weight         a layer's name may have dots
 *   "my layer".weight    and be quoted, if it has other characters; then a * is literal
 *   fc1[2]               neuron 2: its incoming edges and its bias
 *   fc1.weight[2]        only its incoming edges: row 2, indexed as in Python
 *   fc1.weight[:,1]      the outgoing edges of neuron 1 of the layer before, column 1
 *   fc1.weight[0:3,1]    rows 0, 1 and 2 of column 1; [0][1] is [0,1]
 *   fc1.bias[-1]         the last one; [1:3] two of them, [::2] every other one
 *   fc1.weight[0,1; 2,1] chosen edges, output and input of each
 *   fc1, fc2.bias        a list
 *
 * Indices and ranges are Python's: they count from 0, or backwards from -1, and a range
 * is clipped to the layer's size; but a part must not be empty or reverse the order. A
 * range that is the whole parameter is the same as its name alone. A part is one of a
 * single layer, not of a pattern, as layers differ in size.
 *
 * A plain value, the first of a linked list: filled by parsing, freed by clear. It is
 * independent of a network: nn-area.h resolves it in an architecture.
 */

#pragma once

#include <glib.h>

#include "nn/model/nn-edge.h"

G_BEGIN_DECLS

#define NN_TARGET_EDGES 512 /* edges that a target may list */

typedef enum {
  NN_PART_BOTH,
  NN_PART_WEIGHT,
  NN_PART_BIAS,
} NnPart;

typedef enum {
  NN_SELECTION_ALL,   /* the whole parameter */
  NN_SELECTION_BLOCK, /* rows × columns; only rows for a bias */
  NN_SELECTION_EDGES, /* a list of elements */
} NnSelection;

/* Python's first:end:step; negative numbers count from the end. */
typedef struct {
  gssize first;
  gssize end;      /* exclusive; G_MAXSSIZE: to the last one */
  gssize step;     /* at least 1 */
  gboolean single; /* only first, which must exist */
} NnRange;

typedef struct _NnTarget NnTarget;

struct _NnTarget {
  char *layer;       /* (owned) a layer's name, or a pattern such as "*" */
  gboolean literal;  /* quoted: a * is not a pattern */
  gboolean of_array; /* an array of a file: any part may have rows and columns */
  NnPart part;
  NnSelection selection;
  NnRange rows;    /* BLOCK */
  NnRange columns; /* BLOCK: of the weight */
  gsize n_edges;   /* EDGES */
  NnEdge *edges;   /* (owned) (nullable) EDGES, each once, in the order given */
  NnTarget *next;  /* (owned) (nullable) the next of the list */
};

gboolean
nn_target_parse (NnTarget *self, const char *text, const char **at, GError **error);
gboolean nn_target_parse_of_array (NnTarget *self,
                                   const char *text,
                                   const char **at,
                                   GError **error);
void nn_target_copy (NnTarget *self, const NnTarget *from);
void nn_target_clear (NnTarget *self);
gboolean nn_target_is_pattern (const NnTarget *self);
gboolean nn_target_names (const NnTarget *self, const char *layer);
gboolean nn_range_resolve (const NnRange *self, gsize n, gsize *first, gsize *count);
gboolean nn_range_has (const NnRange *self, gsize n, gsize index);
char *nn_target_dup_text (const NnTarget *self);

G_END_DECLS
