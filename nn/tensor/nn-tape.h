/* nn-tape.h - what was computed, so that it can be differentiated
 *
 * SPDX-License-Identifier: MIT
 *
 * Operations are recorded as they run (define-by-run); nn_tape_backward () walks them in
 * reverse. The tape knows no particular network.
 *
 * After nn_tape_rewind () the tape keeps what was recorded before, as a plan. As long as
 * the same operations on the same tensors follow, each finds its node, with the memory for
 * its result, and only computes; the first that differs drops the rest of the plan and is
 * recorded anew. So a plan only saves work: every rule of the recording holds for it.
 * Where nothing happens in between, nn_tape_repeat () runs all of a plan at once, forward
 * and backward. One owner, one thread.
 */

#pragma once

#include <glib.h>

#include "nn/tensor/nn-tensor.h"

G_BEGIN_DECLS

#define NN_NODE_MAX_INPUTS 21 /* of nn_dense_chain (): features, weights, biases */

typedef struct _NnTape NnTape;
typedef struct _NnNode NnNode;

/* What protects backward from values that were changed since the forward pass. */
typedef enum {
  NN_GUARD_SHIELD, /* the tape keeps the values it saw: gradients as without the change */
  NN_GUARD_CHECK,  /* a changed value is an error: PyTorch's rule */
  NN_GUARD_OFF,    /* it goes unnoticed, as through PyTorch's .data */
  NN_N_GUARDS,
} NnGuard;

typedef struct {
  const char *name;

  /* Adds ∂L/∂input to each input that requires a gradient; the output's gradient is there,
   * and may be overwritten. */
  void (*backward) (const NnNode *node);

  /* (nullable) the name of what reads that input, where the operation is many in one */
  const char *(*get_part_name) (const NnNode *node, gsize input);

  /* (nullable) For nn_tape_repeat (), once forward and backward have run: computes the
   * output from what the inputs are now; and replaces each ∂L/∂input, to which backward
   * would add. They record nothing. */
  void (*repeat_forward) (NnNode *node);
  void (*repeat_backward) (const NnNode *node);
} NnOperation;

/* One operation that ran. */
struct _NnNode {
  const NnOperation *operation;
  guint64 variant; /* the operation's own: recordings with different ones are different */
  NnTensor *output; /* (owned) */
  gsize n_inputs;
  NnTensor *inputs[NN_NODE_MAX_INPUTS]; /* (owned) but the tape's own results */
  gboolean enabled;                     /* the grad mode it ran in */
  gboolean recorded;                    /* enabled, and some input requires a gradient */
  gboolean reached;                     /* backward: the loss depends on output */
  guint saved;                        /* bit i: backward reads the values of inputs[i] */
  guint versions[NN_NODE_MAX_INPUTS]; /* of the inputs when they were saved */
  /* what backward reads: the inputs' or a copy */
  const float *values[NN_NODE_MAX_INPUTS];
  gpointer data; /* (owned) (nullable) what its operation computed once; g_free'd */
};

NnTape *nn_tape_new (NnGuard guard) G_GNUC_WARN_UNUSED_RESULT;
void nn_tape_set_guard (NnTape *self, NnGuard guard);
void nn_tape_free (NnTape *self);
void nn_tape_rewind (NnTape *self);

gsize nn_tape_get_length (const NnTape *self);
gboolean nn_tape_backward (NnTape *self, NnTensor *loss, float scale, GError **error);
NnTensor *nn_tape_repeat (NnTape *self, const NnTensor *x);

/* For operations. */
NnNode *nn_tape_replay (NnTape *self,
                        const NnOperation *operation,
                        guint64 variant,
                        NnTensor *const *inputs,
                        gsize n_inputs);
NnNode *nn_tape_record (NnTape *self,
                        const NnOperation *operation,
                        NnTensor *const *inputs,
                        gsize n_inputs,
                        guint saved,
                        gsize rank,
                        const gsize *shape);

const char *nn_guard_get_name (NnGuard guard);
gboolean nn_guard_find (const char *name, NnGuard *guard, GError **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (NnTape, nn_tape_free)

G_END_DECLS
