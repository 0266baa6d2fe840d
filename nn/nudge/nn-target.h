/* nn-target.h - what a nudge changes: layers, parameters, or parts of them
 *
 * SPDX-License-Identifier: MIT
 *
 *   fc1                  a layer: its weight and, if it has one, its bias
 *   fc1.weight fc1.bias  one parameter
 *   * *.weight *.bias    those of all layers
 *   encoder.* fc*.bias   those of the layers whose names fit; a * is any characters
 *   net.0.weight         a layer's name may have dots
 *   "my layer".weight    and be quoted, if it has other signs; a * is then a *
 *   fc1[2]               neuron 2: its incoming edges and its bias
 *   fc1.weight[2]        its incoming edges alone, row 2, as Python indexes
 *   fc1.weight[:,1]      the outgoing edges of neuron 1 of the layer before, column 1
 *   fc1.weight[0:3,1]    rows 0, 1 and 2 of column 1; [0][1] is [0,1]
 *   fc1.bias[-1]         the last one; [1:3] two of them, [::2] every other one
 *   fc1.weight[0,1; 2,1] chosen edges, output and input of each
 *   fc1, fc2.bias        several, one after the other
 *
 * Indices and ranges are Python's: they count from 0, or backwards from -1, and a range is
 * cut to the layer's size; but a part is not empty, and keeps its order. All of a parameter
 * in ranges is the same as its name alone. Layers differ in size, so a part is one of a
 * single layer, not of a pattern.
 *
 * A plain value, and the first of a list: init by parsing and clear. It knows no
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

/* first, first + step … before end, counted from the last one if negative. */
typedef struct {
  gssize first;
  gssize end;      /* G_MAXSSIZE: to the last one */
  gssize step;     /* from 1 */
  gboolean single; /* first alone, which has to be there */
} NnRange;

typedef struct {
  gsize output;
  gsize input;
} NnEdge;

typedef struct _NnTarget NnTarget;

struct _NnTarget {
  char *layer;       /* (owned) a layer's name, or a pattern such as "*" */
  gboolean literal;  /* a * in it is no pattern */
  gboolean of_array; /* of a file: any part has rows and columns */
  NnPart part;
  NnSelection selection;
  NnRange rows;    /* BLOCK */
  NnRange columns; /* BLOCK: of the weight */
  gsize n_edges;   /* EDGES */
  NnEdge *edges;   /* (owned) (nullable) EDGES, each once, in the order given */
  NnTarget *next;  /* (owned) (nullable) of a list */
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
