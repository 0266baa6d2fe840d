/* nn-chain-order.c - finds an order of layers in which their shapes fit
 *
 * SPDX-License-Identifier: MIT
 */

#include "nn/model/nn-chain-order.h"

#include <glib/gi18n.h>
#include <inttypes.h>
#include <string.h>

#include "nn/base/nn-error.h"
#include "nn/base/nn-text.h"

#define MAX_TRIES 100000 /* steps of the search, which is exponential */
#define MAX_TRIED 256    /* more layers are not searched, which bounds the recursion */

static gboolean
fits (const NnChainLayer *before, const NnChainLayer *layer, gboolean transposed)
{
  return before->weight->shape[transposed] == layer->weight->shape[!transposed];
}

/* Returns: the index of the first layer that does not fit the one before; the length of
 *   @layers if all fit */
static guint
find_break (const GPtrArray *layers, gboolean transposed)
{
  guint i = 1;

  while (i < layers->len && fits (layers->pdata[i - 1], layers->pdata[i], transposed))
    i++;
  return i;
}

/* Natural order: "net.2" before "net.10". */
static int
compare_names (const char *a, const char *b)
{
  while (*a != '\0' && *b != '\0') {
    if (g_ascii_isdigit (*a) && g_ascii_isdigit (*b)) {
      char *end_a;
      char *end_b;
      const guint64 number_a = g_ascii_strtoull (a, &end_a, 10);
      const guint64 number_b = g_ascii_strtoull (b, &end_b, 10);

      if (number_a != number_b)
        return number_a < number_b ? -1 : 1;
      a = end_a;
      b = end_b;
    } else if (*a != *b) {
      break;
    } else {
      a++;
      b++;
    }
  }
  return (int) (guchar) *a - (int) (guchar) *b;
}

static int
compare_layers (gconstpointer a, gconstpointer b)
{
  const NnChainLayer *const *first = a;
  const NnChainLayer *const *second = b;

  return compare_names ((*first)->name, (*second)->name);
}

/* Depth-first search: reorders the layers from @n on so that they fit after the first @n.
 *
 * Returns: FALSE, with the order as it was, if there is none, or none within MAX_TRIES */
static gboolean
search (GPtrArray *layers, guint n, guint *n_tries)
{
  if (n == layers->len)
    return TRUE;
  for (guint i = n; i < layers->len && ++*n_tries < MAX_TRIES; i++) {
    gpointer layer = layers->pdata[i];

    if (n > 0 && !fits (layers->pdata[n - 1], layer, FALSE))
      continue;
    /* Layer i becomes the next; the others keep their order. */
    memmove (&layers->pdata[n + 1], &layers->pdata[n], (i - n) * sizeof (gpointer));
    layers->pdata[n] = layer;
    if (search (layers, n + 1, n_tries))
      return TRUE;
    memmove (&layers->pdata[n], &layers->pdata[n + 1], (i - n) * sizeof (gpointer));
    layers->pdata[i] = layer;
  }
  return FALSE;
}

static gboolean
refuse (const GPtrArray *layers, GError **error)
{
  const guint i = find_break (layers, FALSE);
  const NnChainLayer *before = layers->pdata[i - 1];
  const NnChainLayer *layer = layers->pdata[i];
  const gboolean transposed = find_break (layers, TRUE) == layers->len ||
                              before->weight->shape[0] == layer->weight->shape[0];
  g_autofree char *name_before = nn_text_dup_quoted (before->weight->name);
  g_autofree char *name = nn_text_dup_quoted (layer->weight->name);
  g_autofree char *shape_before = nn_array_dup_shape (before->weight);
  g_autofree char *shape = nn_array_dup_shape (layer->weight);

  g_set_error (error, NN_ERROR, NN_ERROR_SHAPE,
               _ ("%s of shape %s does not fit after %s of shape %s: weights are "
                  "(outputs, inputs), so its inputs have to be %" PRIu64 "%s"),
               name, shape, name_before, shape_before, before->weight->shape[0],
               transposed ? _ ("; it fits only transposed, as Keras keeps its kernels")
                          : "");
  return FALSE;
}

/**
 * nn_chain_order:
 * @layers: (inout) (element-type NnChainLayer): at least one; reordered to a chain
 * @order: (out): how the order was found
 *
 * Returns: FALSE, with @layers as they were, if no order was found in which each layer's
 *   inputs are the outputs of the one before (NN_ERROR_SHAPE)
 */
gboolean
nn_chain_order (GPtrArray *layers, NnChainOrder *order, GError **error)
{
  g_autofree gpointer *before = NULL;
  guint n_tries = 0;

  *order = NN_CHAIN_FILE_ORDER;
  if (find_break (layers, FALSE) == layers->len)
    return TRUE;
  before = g_memdup2 (layers->pdata, layers->len * sizeof (gpointer));
  *order = NN_CHAIN_NAME_ORDER;
  g_ptr_array_sort (layers, compare_layers);
  if (find_break (layers, FALSE) == layers->len)
    return TRUE;
  memcpy (layers->pdata, before, layers->len * sizeof (gpointer));
  *order = NN_CHAIN_SHAPE_ORDER;
  /* Transposed weights (Keras) fit too, in the reverse order: that must not
   * be searched. */
  if (find_break (layers, TRUE) < layers->len && layers->len <= MAX_TRIED &&
      search (layers, 0, &n_tries))
    return TRUE;
  memcpy (layers->pdata, before, layers->len * sizeof (gpointer));
  return refuse (layers, error);
}
