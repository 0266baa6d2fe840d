/* nn-tape.h - what was computed, so that it can be differentiated
 *
 * SPDX-License-Identifier: MIT
 *
 * Operations write themselves down as they run (define-by-run); backward walks
 * them in reverse. The tape knows no particular network. It also owns the
 * operations' results: one that nobody else holds is used again after a reset, so
 * a step that repeats the step before allocates nothing. One thread.
 */

#pragma once

#include <glib.h>

#include "nn/tensor/nn-tensor.h"

G_BEGIN_DECLS

#define NN_NODE_MAX_INPUTS 3

typedef struct _NnTape NnTape;
typedef struct _NnNode NnNode;

/* How an operation is differentiated. Adds ∂L/∂input to each input that
 * requires a gradient; the output's gradient is there. */
typedef struct {
  const char *name;
  void (*backward) (const NnNode *node);
} NnOperation;

/* One recorded operation. */
struct _NnNode {
  const NnOperation *operation;
  NnTensor *output; /* (owned) */
  gsize n_inputs;
  NnTensor *inputs[NN_NODE_MAX_INPUTS]; /* (owned) */
  guint saved;                        /* bit i: backward reads the values of inputs[i] */
  guint versions[NN_NODE_MAX_INPUTS]; /* of the inputs when they were saved */
  gboolean reached;                   /* backward: the loss depends on output */
};

NnTape *nn_tape_new (void) G_GNUC_WARN_UNUSED_RESULT;
void nn_tape_free (NnTape *self);
void nn_tape_reset (NnTape *self);

gsize nn_tape_get_length (const NnTape *self);
gboolean nn_tape_backward (NnTape *self, NnTensor *loss, GError **error);

/* For operations. */
NnTensor *nn_tape_new_result (NnTape *self, gsize rank, const gsize *shape);
void nn_tape_record (NnTape *self,
                     const NnOperation *operation,
                     NnTensor *output,
                     NnTensor *const *inputs,
                     gsize n_inputs,
                     guint saved);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (NnTape, nn_tape_free)

G_END_DECLS
