/* nn-tape.c - what was computed, so that it can be differentiated
 *
 * SPDX-License-Identifier: MIT
 */

#include "nn/tensor/nn-tape.h"

#include "nn/nn-error.h"
#include "nn/tensor/nn-grad-mode.h"
#include "nn/tensor/nn-tensor-private.h"

struct _NnTape {
  GArray *nodes;      /* NnNode, in the order they ran */
  GPtrArray *results; /* (element-type NnTensor) (owned) */
  gsize n_results;    /* handed out since the last reset */
};

NnTape *
nn_tape_new (void)
{
  NnTape *self = g_new0 (NnTape, 1);

  self->nodes = g_array_new (FALSE, FALSE, sizeof (NnNode));
  self->results = g_ptr_array_new_with_free_func ((GDestroyNotify) nn_tensor_unref);
  return self;
}

void
nn_tape_free (NnTape *self)
{
  nn_tape_reset (self);
  g_array_unref (self->nodes);
  g_ptr_array_unref (self->results);
  g_free (self);
}

/**
 * nn_tape_reset:
 *
 * Forgets what was recorded. Results that nobody holds will be overwritten.
 */
void
nn_tape_reset (NnTape *self)
{
  NnNode *nodes = (NnNode *) (void *) self->nodes->data;

  for (gsize i = 0; i < self->nodes->len; i++) {
    /* A result that somebody keeps is a plain value from now on. */
    nodes[i].output->node = 0;
    nn_tensor_unref (nodes[i].output);
    for (gsize k = 0; k < nodes[i].n_inputs; k++)
      nn_tensor_unref (nodes[i].inputs[k]);
  }
  g_array_set_size (self->nodes, 0);
  self->n_results = 0;
}

gsize
nn_tape_get_length (const NnTape *self)
{
  return self->nodes->len;
}

/* Makes an old result a fresh one, unless somebody holds it or it is too small. */
static gboolean
reuse (NnTensor *result, gsize rank, const gsize *shape)
{
  gsize size = 1;

  for (gsize i = 0; i < rank; i++)
    size *= shape[i];
  if (result->ref_count > 1 || result->storage->ref_count > 1 ||
      result->storage->n_values < size)
    return FALSE;

  nn_tensor_reshape (result, rank, shape);
  if (result->grad && result->grad->storage->n_values < size)
    g_clear_pointer (&result->grad, nn_tensor_unref);
  if (result->grad)
    nn_tensor_reshape (result->grad, rank, shape);
  result->requires_grad = FALSE;
  result->has_grad = FALSE;
  result->version = 0;
  return TRUE;
}

/**
 * nn_tape_new_result:
 * @shape: (rank)
 *
 * Returns: (transfer none): a tensor for an operation's output, its values
 *   undefined. It lives until the next reset or backward; who needs it longer
 *   takes a reference.
 */
NnTensor *
nn_tape_new_result (NnTape *self, gsize rank, const gsize *shape)
{
  gsize index = self->n_results++;
  NnTensor *result = NULL;

  if (index < self->results->len && reuse (self->results->pdata[index], rank, shape))
    return self->results->pdata[index];

  result = nn_tensor_new (rank, shape);
  if (index < self->results->len) {
    nn_tensor_unref (self->results->pdata[index]);
    self->results->pdata[index] = result;
  } else {
    g_ptr_array_add (self->results, result);
  }
  return result;
}

/**
 * nn_tape_record:
 * @output: what nn_tape_new_result () gave, now computed
 * @saved: bit i is set if backward will read the values of @inputs[i]
 *
 * Writes an operation down, if some input requires a gradient and this is no
 * gradient-free section; @output then requires one too.
 */
void
nn_tape_record (NnTape *self,
                const NnOperation *operation,
                NnTensor *output,
                NnTensor *const *inputs,
                gsize n_inputs,
                guint saved)
{
  gboolean needed = FALSE;
  NnNode *node;

  g_assert (n_inputs <= NN_NODE_MAX_INPUTS);
  for (gsize i = 0; i < n_inputs; i++)
    needed |= inputs[i]->requires_grad;
  if (!needed || !nn_grad_mode_is_enabled ())
    return;

  g_array_set_size (self->nodes, self->nodes->len + 1);
  node = &g_array_index (self->nodes, NnNode, self->nodes->len - 1);
  node->operation = operation;
  node->output = nn_tensor_ref (output);
  node->n_inputs = n_inputs;
  node->saved = saved;
  node->reached = FALSE;
  for (gsize i = 0; i < n_inputs; i++) {
    node->inputs[i] = nn_tensor_ref (inputs[i]);
    node->versions[i] = inputs[i]->version;
  }
  output->requires_grad = TRUE;
  output->node = self->nodes->len;
}

/* PyTorch's rule: a value that backward reads must be the one that forward saw. */
static gboolean
check_saved (const NnNode *node, GError **error)
{
  for (gsize i = 0; i < node->n_inputs; i++) {
    const NnTensor *input = node->inputs[i];

    if ((node->saved & (1u << i)) && input->version != node->versions[i]) {
      g_set_error (error, NN_ERROR, NN_ERROR_STALE,
                   "%s, which backward of %s needs, has been changed in place: it is at "
                   "version %u, but was at version %u in the forward pass",
                   nn_tensor_get_name (input), node->operation->name, input->version,
                   node->versions[i]);
      return FALSE;
    }
  }
  return TRUE;
}

/* Marks what the loss depends on, and refuses before any gradient has changed. */
static gboolean
reach (NnTape *self, gsize last, GError **error)
{
  NnNode *nodes = (NnNode *) (void *) self->nodes->data;

  nodes[last].reached = TRUE;
  for (gsize i = last + 1; i-- > 0;) {
    if (!nodes[i].reached)
      continue;
    if (!check_saved (&nodes[i], error))
      return FALSE;
    for (gsize k = 0; k < nodes[i].n_inputs; k++)
      if (nodes[i].inputs[k]->node > 0)
        nodes[nodes[i].inputs[k]->node - 1].reached = TRUE;
  }
  return TRUE;
}

/**
 * nn_tape_backward:
 * @loss: one number that a recorded operation made
 *
 * Adds ∂loss/∂p to the gradient of each leaf p that requires one, and forgets
 * what was recorded, as PyTorch does: a second call needs a second forward.
 *
 * Returns: FALSE, with no gradient changed, if a value that is needed has been
 *   changed in place since the forward pass (NN_ERROR_STALE)
 */
gboolean
nn_tape_backward (NnTape *self, NnTensor *loss, GError **error)
{
  const NnNode *nodes = (const NnNode *) (void *) self->nodes->data;

  g_return_val_if_fail (loss->size == 1 && loss->node > 0, FALSE);

  if (!reach (self, loss->node - 1, error))
    return FALSE;

  NN_NO_GRAD ()
  {
    *nn_tensor_accumulate_grad (loss) = 1;
    for (gsize i = loss->node; i-- > 0;)
      if (nodes[i].reached)
        nodes[i].operation->backward (&nodes[i]);
  }
  nn_tape_reset (self);
  return TRUE;
}
