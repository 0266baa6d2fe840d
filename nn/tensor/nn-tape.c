/* nn-tape.c - what was computed, so that it can be differentiated
 *
 * SPDX-License-Identifier: MIT
 */

#include "nn/tensor/nn-tape.h"

#include <glib/gi18n.h>
#include <string.h>

#include "nn/base/nn-error.h"
#include "nn/base/nn-names.h"
#include "nn/tensor/nn-grad-mode.h"
#include "nn/tensor/nn-grad-state.h"
#include "nn/tensor/nn-grad.h"

struct _NnTape {
  NnWriteWatch watch; /* armed: a backward pass may still come, saved values matter */
  gboolean armed;
  NnGuard guard;
  NnNode *nodes;  /* (owned) in the order they ran; those from n_run on are the plan's */
  gsize n_nodes;  /* in use */
  gsize capacity; /* allocated */
  gsize n_run;    /* have run since the last rewind */
  gsize reached_from;  /* 1 + the loss's node of the newest backward pass; 0 if unknown */
  gboolean repeatable; /* the loss is of all of the plan, and so on: see check_plan () */
  gboolean complete;   /* it is, and since the last rewind it ran, forward and backward */
  guint flag_changes;  /* nn_grad_state's when the plan was recorded */
  GPtrArray *copies; /* (element-type NnTensor) (owned) what shield kept for this step */
  gsize n_copies;    /* in use; the rest are buffers for later ones */
};

/* A buffer of @tensor's size, of the copies that are not in use: which tensors are written
 * in which order may differ from step to step. */
static NnTensor *
take_buffer (NnTape *self, const NnTensor *tensor)
{
  gsize i = self->n_copies;
  gpointer *copies, buffer;

  while (i < self->copies->len &&
         ((NnTensor *) self->copies->pdata[i])->size != tensor->size)
    i++;
  if (i == self->copies->len)
    g_ptr_array_add (self->copies, nn_tensor_new (tensor->rank, tensor->shape));
  copies = self->copies->pdata;
  buffer = copies[i];
  copies[i] = copies[self->n_copies];
  copies[self->n_copies++] = buffer;
  return buffer;
}

/* A copy of @tensor's values that lives until the next rewind. */
static const float *
keep (NnTape *self, const NnTensor *tensor)
{
  const NnTensor *copy = take_buffer (self, tensor);

  memcpy (copy->values, tensor->values, tensor->size * sizeof (float));
  return copy->values;
}

static void
shield (NnTape *self, const NnTensor *tensor)
{
  const float *copy = NULL;

  for (gsize i = 0; i < self->n_run; i++) {
    NnNode *node = &self->nodes[i];

    for (gsize k = 0; node->recorded && k < node->n_inputs; k++)
      if ((node->saved & (1u << k)) && node->values[k] == tensor->values) {
        if (copy == NULL)
          copy = keep (self, tensor);
        node->values[k] = copy;
      }
  }
}

/* Under the shield, nodes that saved the values of @tensor get a copy of what they saw. It
 * is made here or never: a step without a change pays nothing. */
static void
before_write (NnWriteWatch *watch, const NnTensor *tensor)
{
  NnTape *self = (NnTape *) watch; /* its first member */

  if (self->guard == NN_GUARD_SHIELD)
    shield (self, tensor);
}

NnTape *
nn_tape_new (NnGuard guard)
{
  NnTape *self = g_new0 (NnTape, 1);

  self->watch.before_write = before_write;
  self->guard = guard;
  self->copies = g_ptr_array_new_with_free_func ((GDestroyNotify) nn_tensor_unref);
  return self;
}

/**
 * nn_tape_set_guard:
 *
 * Between a backward pass and the next forward; it holds from there on.
 */
void
nn_tape_set_guard (NnTape *self, NnGuard guard)
{
  self->guard = guard;
}

/* Forgets the plan from node @first on, last first: inputs are still there then. */
static void
cut (NnTape *self, gsize first)
{
  for (gsize i = self->n_nodes; i-- > first;) {
    NnNode *node = &self->nodes[i];

    for (gsize k = 0; k < node->n_inputs; k++)
      if (node->inputs[k]->made_on != self)
        nn_tensor_unref (node->inputs[k]);
    node->output->node =
        0; /* if it is referenced elsewhere, it is a plain value from now on */
    node->output->made_on = NULL;
    nn_tensor_unref (node->output);
    g_free (node->data);
  }
  self->n_nodes = first;
  self->reached_from = 0;
  self->complete = FALSE;
}

static void
arm (NnTape *self)
{
  if (self->armed)
    return;
  self->armed = TRUE;
  self->watch.next = nn_grad_state.watches;
  nn_grad_state.watches = &self->watch;
}

static void
disarm (NnTape *self)
{
  NnWriteWatch **link = &nn_grad_state.watches;

  if (!self->armed)
    return;
  while (*link != &self->watch)
    link = &(*link)->next;
  *link = self->watch.next;
  self->armed = FALSE;
}

void
nn_tape_free (NnTape *self)
{
  disarm (self);
  cut (self, 0);
  g_free (self->nodes);
  g_ptr_array_unref (self->copies);
  g_free (self);
}

/* What the shield kept is not needed any more: the nodes read their inputs again. */
static void
forget_copies (NnTape *self)
{
  for (gsize i = 0; i < self->n_nodes; i++)
    for (gsize k = 0; k < self->nodes[i].n_inputs; k++)
      self->nodes[i].values[k] = self->nodes[i].inputs[k]->values;
  self->n_copies = 0;
}

/**
 * nn_tape_rewind:
 *
 * Begins a new recording, with the one before as its plan. Results to which no caller has
 * a reference will be overwritten.
 */
void
nn_tape_rewind (NnTape *self)
{
  if (self->n_copies > 0)
    forget_copies (self);
  self->n_run = 0;
  self->complete = FALSE;
  disarm (self);
}

/**
 * nn_tape_get_length:
 *
 * Returns: how many operations that can be differentiated were recorded since the
 *   last rewind
 */
gsize
nn_tape_get_length (const NnTape *self)
{
  gsize length = 0;

  for (gsize i = 0; i < self->n_run; i++)
    length += (gsize) self->nodes[i].recorded;
  return length;
}

/* Notes which state of its inputs a node has seen; only one guard asks. */
static void
save_versions (const NnTape *self, NnNode *node)
{
  if (self->guard == NN_GUARD_CHECK)
    for (gsize i = 0; i < node->n_inputs; i++)
      node->versions[i] = nn_tensor_get_version (node->inputs[i]);
}

/**
 * nn_tape_replay:
 * @variant: equal only where @n_inputs is
 *
 * Checks whether the plan goes on with @operation on @inputs.
 *
 * Returns: (nullable): the node, ready for its operation to compute its output
 *   again; NULL if it has to be recorded
 */
NnNode *
nn_tape_replay (NnTape *self,
                const NnOperation *operation,
                guint64 variant,
                NnTensor *const *inputs,
                gsize n_inputs)
{
  NnNode *node;

  if (self->n_run >= self->n_nodes)
    return NULL;
  node = &self->nodes[self->n_run];
  if (node->operation != operation || node->variant != variant ||
      node->enabled == nn_grad_state.disabled || node->output->ref_count > 1 ||
      self->flag_changes != nn_grad_state.flag_changes)
    return NULL;
  for (gsize i = 0; i < n_inputs; i++)
    if (node->inputs[i] != inputs[i])
      return NULL;

  self->n_run++;
  if (node->recorded)
    arm (self);
  save_versions (self, node);
  return node;
}

static NnNode *
append (NnTape *self)
{
  if (self->n_nodes == self->capacity) {
    self->capacity = MAX (16, 2 * self->capacity);
    self->nodes = g_renew (NnNode, self->nodes, self->capacity);
  }
  memset (&self->nodes[self->n_nodes], 0, sizeof *self->nodes);
  return &self->nodes[self->n_nodes++];
}

/**
 * nn_tape_record:
 * @saved: bit i is set if backward will read the values of @inputs[i]
 * @shape: (rank) of the result
 *
 * Records an operation and allocates its result. In a gradient-free section, or if no
 * input requires a gradient, the node only keeps its position in the plan, and the result
 * requires none.
 *
 * Returns: (transfer none): the node, until the next operation. Its output lives
 *   until the next rewind; a caller that needs it longer takes a reference.
 */
NnNode *
nn_tape_record (NnTape *self,
                const NnOperation *operation,
                NnTensor *const *inputs,
                gsize n_inputs,
                guint saved,
                gsize rank,
                const gsize *shape)
{
  NnNode *node;

  g_assert (n_inputs <= NN_NODE_MAX_INPUTS);
  cut (self, self->n_run);
  if (self->n_run == 0) /* else nodes before this one were recorded under other flags */
    self->flag_changes = nn_grad_state.flag_changes;
  node = append (self);
  node->operation = operation;
  node->output = nn_tensor_new (rank, shape);
  node->output->made_on = self;
  node->n_inputs = n_inputs;
  for (gsize i = 0; i < n_inputs; i++) { /* its own results the plan keeps anyway */
    node->inputs[i] = inputs[i];
    if (inputs[i]->made_on != self)
      nn_tensor_ref (inputs[i]);
  }
  node->saved = saved;
  node->enabled = !nn_grad_state.disabled;
  for (gsize i = 0; i < n_inputs; i++) {
    node->recorded |= node->enabled && inputs[i]->requires_grad;
    node->values[i] = inputs[i]->values;
  }
  self->n_run++;
  if (node->recorded) {
    node->output->requires_grad = TRUE;
    node->output->node = self->n_nodes;
    arm (self);
    save_versions (self, node);
  }
  return node;
}

static const char *
get_reader_name (const NnNode *node, gsize input)
{
  const NnOperation *operation = node->operation;

  return operation->get_part_name ? operation->get_part_name (node, input)
                                  : operation->name;
}

/* PyTorch's rule: a value that backward reads must be the one that forward saw. */
static gboolean
check_saved (const NnNode *node, GError **error)
{
  for (gsize i = 0; i < node->n_inputs; i++) {
    const NnTensor *input = node->inputs[i];
    const guint version = nn_tensor_get_version (input);

    if ((node->saved & (1u << i)) && version != node->versions[i]) {
      g_set_error (error, NN_ERROR, NN_ERROR_STALE,
                   _ ("%s, which backward of %s needs, has been changed in place: it is "
                      "at version %u, but was at version %u in the forward pass"),
                   nn_tensor_get_name (input), get_reader_name (node, i), version,
                   node->versions[i]);
      return FALSE;
    }
  }
  return TRUE;
}

/* Whether another node before @node has one of its inputs, too. */
static gboolean
shares_input (const NnTape *self, const NnNode *node)
{
  for (const NnNode *other = self->nodes; other < node; other++)
    for (gsize i = 0; i < node->n_inputs; i++)
      for (gsize k = 0; k < other->n_inputs; k++)
        if (node->inputs[i] == other->inputs[k])
          return TRUE;
  return FALSE;
}

/* Whether the plan up to the loss is all of it, and nn_tape_repeat () can run it: each
 * gradient then comes from one node alone. */
static gboolean
check_plan (const NnTape *self, gsize last)
{
  for (gsize i = 0; i < self->n_nodes; i++) {
    const NnNode *node = &self->nodes[i];

    if (!node->reached || node->operation->repeat_forward == NULL ||
        shares_input (self, node))
      return FALSE;
  }
  return last + 1 == self->n_nodes;
}

/* Marks what the loss depends on; a plan's marks stay. */
static void
reach (NnTape *self, gsize last)
{
  NnNode *nodes = self->nodes;

  for (gsize i = 0; i < last; i++)
    nodes[i].reached = FALSE;
  nodes[last].reached = TRUE;
  for (gsize i = last + 1; i-- > 0;)
    for (gsize k = 0; nodes[i].reached && k < nodes[i].n_inputs; k++)
      if (nodes[i].inputs[k]->node > 0)
        nodes[nodes[i].inputs[k]->node - 1].reached = TRUE;
  self->reached_from = last + 1;
  self->repeatable = check_plan (self, last);
}

/* From @loss to the leaves, of what it depends on. */
static void
run_backward (NnTape *self, NnTensor *loss, float scale)
{
  gboolean add;

  NN_NO_GRAD_FUNCTION ();

  *nn_tensor_begin_grad (loss, &add) = scale;
  for (gsize i = loss->node; i-- > 0;)
    if (self->nodes[i].reached) {
      self->nodes[i].operation->backward (&self->nodes[i]);
      nn_tensor_clear_grad (self->nodes[i].output); /* only leaves keep theirs */
    }
}

/**
 * nn_tape_backward:
 * @loss: one number that a recorded operation made since the last rewind
 * @scale: by which gradients are multiplied; 1, or an example's share in a batch
 *
 * Adds @scale ∂loss/∂p to the gradient of each leaf p that requires one. As in PyTorch, a
 * second backward pass needs a second forward.
 *
 * Returns: FALSE, with no gradient changed, if the guard is NN_GUARD_CHECK and a value
 *   that is needed has been changed in place since it was saved (NN_ERROR_STALE)
 */
gboolean
nn_tape_backward (NnTape *self, NnTensor *loss, float scale, GError **error)
{
  g_return_val_if_fail (self->armed && loss->size == 1, FALSE);
  g_return_val_if_fail (loss->node > 0 && loss->node <= self->n_run, FALSE);

  if (self->reached_from != loss->node)
    reach (self, loss->node - 1);
  if (self->guard == NN_GUARD_CHECK)
    for (gsize i = 0; i < loss->node; i++)
      if (self->nodes[i].reached && !check_saved (&self->nodes[i], error))
        return FALSE;

  run_backward (self, loss, scale);
  self->complete = self->repeatable;
  disarm (self);
  return TRUE;
}

/* Whether what ran last would be recorded again as it is. */
static inline gboolean
can_repeat (const NnTape *self, const NnTensor *x)
{
  if (!self->complete || self->n_copies > 0 || self->nodes[0].inputs[0] != x ||
      nn_grad_state.disabled || self->flag_changes != nn_grad_state.flag_changes)
    return FALSE;
  for (gsize i = 0; i < self->n_nodes; i++)
    if (self->nodes[i].output->ref_count > 1)
      return FALSE;
  return TRUE;
}

/**
 * nn_tape_repeat:
 * @x: the first input of the first operation
 *
 * Runs the plan once more, from its first operation to the loss and backward with a scale of
 * 1, if all of it has run since the last rewind: the same operations on the same tensors,
 * whatever their values are now. Gradients take the place of those that are there. As nothing
 * can change a value in between, the guard has nothing to do.
 *
 * Returns: (transfer none) (nullable): the loss; NULL, with nothing done, if the operations
 *   have to be recorded
 */
NnTensor *
nn_tape_repeat (NnTape *self, const NnTensor *x)
{
  NnNode *node, *end;
  NnTensor *loss;
  gboolean add;

  if (!can_repeat (self, x))
    return NULL;
  end = self->nodes + self->n_nodes; /* there are some: it can be repeated */
  for (node = self->nodes; node < end; node++)
    node->operation->repeat_forward (node);
  loss = end[-1].output;
  *nn_tensor_begin_grad (loss, &add) = 1;
  while (node-- > self->nodes) {
    node->operation->repeat_backward (node);
    nn_tensor_clear_grad (node->output);
  }
  return loss;
}

static const char *const guard_names[NN_N_GUARDS] = {
  [NN_GUARD_SHIELD] = "shield",
  [NN_GUARD_CHECK] = "check",
  [NN_GUARD_OFF] = "off",
};

const char *
nn_guard_get_name (NnGuard guard)
{
  g_return_val_if_fail (guard < NN_N_GUARDS, NULL);
  return guard_names[guard];
}

/**
 * nn_guard_find:
 *
 * Returns: FALSE, with an error that lists the names there are, if @name is none
 */
gboolean
nn_guard_find (const char *name, NnGuard *guard, GError **error)
{
  guint index;

  if (!nn_names_find (guard_names, NN_N_GUARDS, N_ ("guard"), name, &index, error))
    return FALSE;
  *guard = index;
  return TRUE;
}
