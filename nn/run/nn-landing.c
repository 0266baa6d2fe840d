/* nn-landing.c - where a nudge was applied, and its effect
 *
 * SPDX-License-Identifier: MIT
 */

#include "nn/run/nn-landing.h"

#include <string.h>

/* The allocator's overhead for a text, and what it rounds up to. */
#define TEXT_OVERHEAD 16

/**
 * nn_landing_copy:
 * @self: (out) overwritten; what it held before is not released
 */
void
nn_landing_copy (NnLanding *self, const NnLanding *from)
{
  *self = *from;
  self->nudge = nn_nudge_ref (from->nudge);
  self->refusal = g_strdup (from->refusal);
  self->skipped = g_strdup (from->skipped);
  if (from->receipt != NULL)
    nn_landing_receipt_ref (from->receipt);
}

void
nn_landing_clear (NnLanding *self)
{
  g_clear_pointer (&self->nudge, nn_nudge_unref);
  g_clear_pointer (&self->refusal, g_free);
  g_clear_pointer (&self->skipped, g_free);
  g_clear_pointer (&self->receipt, nn_landing_receipt_unref);
}

static gsize
get_text_size (const char *text)
{
  return text != NULL ? strlen (text) + 1 + TEXT_OVERHEAD : 0;
}

/**
 * nn_landing_get_texts_size:
 *
 * Returns: about how many bytes its own texts take
 */
gsize
nn_landing_get_texts_size (const NnLanding *self)
{
  return get_text_size (self->refusal) + get_text_size (self->skipped);
}

/**
 * nn_landing_copy_newest:
 * @landings: (array length=n_landings): oldest first
 * @n_landings: (inout): gets how many are copied, NN_LANDING_MOST at most
 *
 * Returns: (transfer full): the newest of them
 */
NnLanding *
nn_landing_copy_newest (const NnLanding *landings, gsize *n_landings)
{
  const gsize n = MIN (*n_landings, NN_LANDING_MOST);
  NnLanding *copies = g_new (NnLanding, n);

  for (gsize i = 0; i < n; i++)
    nn_landing_copy (&copies[i], &landings[*n_landings - n + i]);
  *n_landings = n;
  return copies;
}

/**
 * nn_landing_new_array:
 *
 * Returns: (transfer full) (element-type NnLanding): an empty array, which owns
 *   its landings
 */
GArray *
nn_landing_new_array (void)
{
  GArray *landings = g_array_new (FALSE, FALSE, sizeof (NnLanding));

  g_array_set_clear_func (landings, (GDestroyNotify) nn_landing_clear);
  return landings;
}

/**
 * nn_landing_assign_array:
 * @landings: (element-type NnLanding): gets copies of all of @from in place of its own
 */
void
nn_landing_assign_array (GArray *landings, const GArray *from)
{
  g_array_set_size (landings, 0);
  g_array_set_size (landings, from->len);
  for (guint i = 0; i < from->len; i++)
    nn_landing_copy (&g_array_index (landings, NnLanding, i),
                     &g_array_index (from, NnLanding, i));
}
