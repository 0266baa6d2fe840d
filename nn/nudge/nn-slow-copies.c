/* nn-slow-copies.c - the slow copies of parameters, `m` in update functions
 *
 * SPDX-License-Identifier: MIT
 */

#include "nn/nudge/nn-slow-copies.h"

#include <string.h>

struct _NnSlowCopies {
  NnArchitecture *architecture; /* (owned) */
  /* (owned) (n_parameters) each (owned) (nullable): NULL until it is used */
  float **values;
};

/**
 * nn_slow_copies_new:
 * @architecture: a reference is taken
 *
 * Returns: (transfer full): no parameter has one yet
 */
NnSlowCopies *
nn_slow_copies_new (NnArchitecture *architecture)
{
  NnSlowCopies *self = g_new (NnSlowCopies, 1);

  self->architecture = nn_architecture_ref (architecture);
  self->values = g_new0 (float *, architecture->n_parameters);
  return self;
}

void
nn_slow_copies_free (NnSlowCopies *self)
{
  nn_slow_copies_clear (self);
  g_free (self->values);
  nn_architecture_unref (self->architecture);
  g_free (self);
}

NnSlowCopies *
nn_slow_copies_copy (const NnSlowCopies *self)
{
  NnSlowCopies *copy = nn_slow_copies_new (self->architecture);

  nn_slow_copies_assign (copy, self);
  return copy;
}

/**
 * nn_slow_copies_assign:
 * @from: of the same architecture
 *
 * Copies @from to @self. Allocates only for parameters that have one in @from and not in
 * @self.
 */
void
nn_slow_copies_assign (NnSlowCopies *self, const NnSlowCopies *from)
{
  g_return_if_fail (self->architecture == from->architecture);

  for (gsize i = 0; i < self->architecture->n_parameters; i++) {
    const gsize n_bytes = self->architecture->parameters[i].n_values * sizeof (float);

    if (from->values[i] == NULL) {
      g_clear_pointer (&self->values[i], g_free);
      continue;
    }
    if (self->values[i] == NULL)
      self->values[i] = g_malloc (n_bytes);
    memcpy (self->values[i], from->values[i], n_bytes);
  }
}

/**
 * nn_slow_copies_clear:
 *
 * Drops all slow copies.
 */
void
nn_slow_copies_clear (NnSlowCopies *self)
{
  for (gsize i = 0; i < self->architecture->n_parameters; i++)
    g_clear_pointer (&self->values[i], g_free);
}

/**
 * nn_slow_copies_get:
 *
 * Returns: (transfer none) (nullable) (n_values of the parameter): NULL if it has
 *   none yet
 */
const float *
nn_slow_copies_get (const NnSlowCopies *self, gsize parameter)
{
  return self->values[parameter];
}

/**
 * nn_slow_copies_write:
 * @values: (n_values of the parameter): its present values, copied at the first use
 *
 * Returns: (transfer none): the slow copy, to be changed
 */
float *
nn_slow_copies_write (NnSlowCopies *self, gsize parameter, const float *values)
{
  if (self->values[parameter] == NULL)
    self->values[parameter] = g_memdup2 (
        values, self->architecture->parameters[parameter].n_values * sizeof (float));
  return self->values[parameter];
}

/**
 * nn_slow_copies_get_n:
 *
 * Returns: how many parameters have a slow copy
 */
gsize
nn_slow_copies_get_n (const NnSlowCopies *self)
{
  gsize n = 0;

  for (gsize i = 0; i < self->architecture->n_parameters; i++)
    n += self->values[i] != NULL;
  return n;
}

/**
 * nn_slow_copies_get_size:
 *
 * Returns: the memory of all slow copies, in bytes
 */
gsize
nn_slow_copies_get_size (const NnSlowCopies *self)
{
  gsize n_bytes = 0;

  for (gsize i = 0; i < self->architecture->n_parameters; i++)
    if (self->values[i] != NULL)
      n_bytes += self->architecture->parameters[i].n_values * sizeof (float);
  return n_bytes;
}

/**
 * nn_slow_copies_grow:
 * @growth: from self's architecture to another
 * @values: (n_values): the parameters of the network after it
 *
 * Returns: (transfer full): the slow copies after an edit of the network. A parameter has
 *   one if the one that it continues has; new elements are copied from @values
 */
NnSlowCopies *
nn_slow_copies_grow (const NnSlowCopies *self,
                     const NnGrowth *growth,
                     const float *values)
{
  const NnArchitecture *before = self->architecture;
  NnArchitecture *after = nn_growth_get_after (growth);
  NnSlowCopies *grown = nn_slow_copies_new (after);
  g_autofree float *all_before = NULL;
  g_autofree float *all_after = NULL;

  if (nn_slow_copies_get_n (self) == 0)
    return grown;
  all_before = g_new0 (float, before->n_values);
  all_after = g_memdup2 (values, after->n_values * sizeof (float));
  for (gsize i = 0; i < before->n_parameters; i++)
    if (self->values[i] != NULL)
      memcpy (all_before + before->parameters[i].offset, self->values[i],
              before->parameters[i].n_values * sizeof (float));
  nn_growth_carry (growth, all_before, all_after);
  for (gsize i = 0; i < after->n_parameters; i++) {
    const gssize source = nn_growth_find_source (growth, i);

    if (source >= 0 && self->values[source] != NULL)
      nn_slow_copies_write (grown, i, all_after + after->parameters[i].offset);
  }
  return grown;
}

/**
 * nn_slow_copies_dup_values:
 * @values: (n_values): all parameters of the network
 *
 * Returns: (transfer full): (n_values) the slow copies; a copy of @values for parameters
 *   that have none
 */
float *
nn_slow_copies_dup_values (const NnSlowCopies *self, const float *values)
{
  const NnArchitecture *architecture = self->architecture;
  float *all = g_memdup2 (values, architecture->n_values * sizeof (float));

  for (gsize i = 0; i < architecture->n_parameters; i++)
    if (self->values[i] != NULL)
      memcpy (all + architecture->parameters[i].offset, self->values[i],
              architecture->parameters[i].n_values * sizeof (float));
  return all;
}
