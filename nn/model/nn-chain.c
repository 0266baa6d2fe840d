/* nn-chain.c - recognises the network in the arrays of a file
 *
 * SPDX-License-Identifier: MIT
 */

#include "nn/model/nn-chain.h"

#include <glib/gi18n.h>
#include <inttypes.h>
#include <string.h>

#include "nn/base/nn-error.h"
#include "nn/base/nn-text.h"
#include "nn/model/nn-chain-order.h"

/* the name of a layer that has none: "weight" and "bias" alone */
#define BARE_LAYER  "fc1"
#define MAX_LAYERS  1024
#define MAX_MEMBERS 64 /* parts of a file in which a network is looked for */

/* ---- what each array is -------------------------------------------------------------- */

static void
free_layer (gpointer data)
{
  NnChainLayer *layer = data;

  g_free (layer->name);
  g_free (layer);
}

/* Returns: (transfer none) (nullable): "weight" or "bias", at the end of "fc1.weight", or
 *   alone, as in the state_dict of a single layer; NULL for any other name */
static const char *
find_part (const char *name)
{
  const char *dot = strrchr (name, '.');
  const char *part = dot != NULL ? dot + 1 : name;

  if (dot == name)
    return NULL;
  return strcmp (part, "weight") == 0 || strcmp (part, "bias") == 0 ? part : NULL;
}

static gboolean
is_weight (const NnArray *array)
{
  const char *part = find_part (array->name);

  return part != NULL && strcmp (part, "weight") == 0 && array->rank == 2 &&
         array->n_values > 0;
}

static gboolean
is_bare (const NnArray *array)
{
  return find_part (array->name) == array->name;
}

static NnChainLayer *
find_layer (const GPtrArray *layers, const NnArray *bias)
{
  const char *part = find_part (bias->name);

  for (guint i = 0; part != NULL && i < layers->len; i++) {
    NnChainLayer *layer = layers->pdata[i];
    const char *weight = layer->weight->name;

    if (find_part (weight) - weight == part - bias->name &&
        strncmp (weight, bias->name, (gsize) (part - bias->name)) == 0)
      return layer;
  }
  return NULL;
}

static gboolean
refuse (GError **error, const NnArray *array, const char *why)
{
  g_autofree char *name = *array->name != '\0' ? nn_text_dup_quoted (array->name)
                                               : g_strdup (_ ("an array without a name"));
  g_autofree char *shape = nn_array_dup_shape (array);

  g_set_error (error, NN_ERROR, NN_ERROR_SHAPE, _ ("%s of shape %s %s"), name, shape,
               why);
  return FALSE;
}

/* "dense/kernel:0" or "dense.kernel" */
static gboolean
is_kernel (const NnArray *array)
{
  const char *last = MAX (strrchr (array->name, '.'), strrchr (array->name, '/'));

  last = last != NULL ? last + 1 : array->name;
  return g_str_has_prefix (last, "kernel") && array->rank == 2;
}

/* Sets the error for an array that is neither a weight nor the bias of one. */
static gboolean
refuse_other (GError **error, const NnArray *array)
{
  if (is_kernel (array))
    return refuse (error, array,
                   _ ("is a kernel of Keras, which fits only transposed: store kernel.T "
                      "as LAYER.weight (outputs, inputs), and the bias as LAYER.bias"));
  return refuse (
      error, array,
      _ ("does not fit in a chain of linear layers, which are made of LAYER.weight "
         "(outputs, inputs) and LAYER.bias (outputs,)"));
}

static gboolean
add_bias (GPtrArray *layers, const NnArray *array, GError **error)
{
  NnChainLayer *layer = find_layer (layers, array);
  g_autofree char *why = NULL;

  if (layer == NULL || strcmp (find_part (array->name), "weight") == 0)
    return refuse_other (error, array);
  if (array->rank == 1 && array->shape[0] == layer->weight->shape[0]) {
    layer->bias = array;
    return TRUE;
  }
  why =
      g_strdup_printf (_ ("does not fit: its layer's weight has %" PRIu64 " outputs%s"),
                       layer->weight->shape[0],
                       array->rank == 1 && array->shape[0] == layer->weight->shape[1]
                           ? _ ("; that fits only transposed, as Keras keeps its kernels")
                           : "");
  return refuse (error, array, why);
}

static void
add_layer (GPtrArray *layers, const NnArray *weight)
{
  NnChainLayer *layer = g_new0 (NnChainLayer, 1);
  const gsize length = (gsize) (find_part (weight->name) - weight->name);

  layer->name = length > 0 ? g_strndup (weight->name, length - 1) : g_strdup (BARE_LAYER);
  layer->weight = weight;
  g_ptr_array_add (layers, layer);
}

/* Returns: (transfer full) (nullable) (element-type NnChainLayer): in the file's order */
static GPtrArray *
collect_layers (const GPtrArray *arrays, GError **error)
{
  g_autoptr (GPtrArray) layers = g_ptr_array_new_with_free_func (free_layer);

  for (guint i = 0; i < arrays->len; i++) {
    const NnArray *array = arrays->pdata[i];

    if (is_weight (array))
      add_layer (layers, array);
  }
  if (layers->len > MAX_LAYERS) {
    g_set_error (error, NN_ERROR, NN_ERROR_SHAPE, _ ("there are more than %d layers"),
                 MAX_LAYERS);
    return NULL;
  }
  for (guint i = 0; i < arrays->len; i++) {
    const NnArray *array = arrays->pdata[i];

    if (!is_weight (array) && !add_bias (layers, array, error))
      return NULL;
    if (is_bare (array) && layers->len > 1) {
      refuse_other (error, array);
      return NULL;
    }
  }
  if (layers->len == 0) {
    g_set_error (error, NN_ERROR, NN_ERROR_SHAPE,
                 _ ("there are no arrays that a network could be made of: LAYER.weight "
                    "(outputs, inputs) and LAYER.bias (outputs,)"));
    return NULL;
  }
  return g_steal_pointer (&layers);
}

/* ---- the network --------------------------------------------------------------------- */

static NnArchitecture *
make_architecture (const GPtrArray *layers)
{
  const NnChainLayer *first = layers->pdata[0];
  g_autofree NnLayerSpec *specs = g_new0 (NnLayerSpec, layers->len);

  for (guint i = 0; i < layers->len; i++) {
    const NnChainLayer *layer = layers->pdata[i];

    specs[i].name = layer->name;
    specs[i].n_units = (gsize) layer->weight->shape[0];
    specs[i].activation =
        i + 1 < layers->len ? NN_ACTIVATION_RELU : NN_ACTIVATION_IDENTITY;
    specs[i].without_bias = layer->bias == NULL;
  }
  return nn_architecture_new ((gsize) first->weight->shape[1], specs, layers->len);
}

/* Returns: (transfer full) (nullable): the network, if it consists of all @arrays */
static NnChain *
chain_all (GPtrArray *arrays, GError **error)
{
  g_autoptr (GPtrArray) layers = collect_layers (arrays, error);
  NnChainOrder order;
  NnChain *self;

  if (layers == NULL || !nn_chain_order (layers, &order, error))
    return NULL;
  self = g_new0 (NnChain, 1);
  self->architecture = make_architecture (layers);
  self->arrays = g_ptr_array_ref (arrays);
  self->notes = g_ptr_array_new_with_free_func (g_free);
  if (order != NN_CHAIN_FILE_ORDER)
    g_ptr_array_add (self->notes,
                     g_strdup (order == NN_CHAIN_NAME_ORDER
                                   ? _ ("layers in the order of their names")
                                   : _ ("layers in an order in which their shapes fit")));
  if (is_bare (((const NnChainLayer *) layers->pdata[0])->weight))
    g_ptr_array_add (
        self->notes,
        g_strdup_printf (_ ("the layer has no name in the file: here it is called %s"),
                         BARE_LAYER));
  if (layers->len > 1)
    g_ptr_array_add (self->notes, g_strdup (_ ("activations are not in such a file: relu "
                                               "between layers, identity at the end")));
  return self;
}

void
nn_chain_free (NnChain *self)
{
  nn_architecture_unref (self->architecture);
  g_ptr_array_unref (self->arrays);
  g_ptr_array_unref (self->notes);
  g_free (self->member);
  g_free (self);
}

/* ---- a part of the file -------------------------------------------------------------- */

static NnArray *
rename_array (const NnArray *array, const char *name)
{
  /* With the shape and bytes of an existing array it cannot fail. */
  return (array->big_endian ? nn_array_new_big_endian : nn_array_new) (
      name, array->dtype, array->rank, array->shape, array->strides, array->bytes, NULL);
}

/* Returns: (transfer full): the arrays whose names begin with @member and a dot, renamed
 *   to what follows */
static GPtrArray *
choose_arrays (const GPtrArray *arrays, const char *member)
{
  GPtrArray *chosen =
      g_ptr_array_new_with_free_func ((GDestroyNotify) (gpointer) nn_array_unref);
  const gsize length = strlen (member);

  for (guint i = 0; i < arrays->len; i++) {
    const NnArray *array = arrays->pdata[i];

    if (g_str_has_prefix (array->name, member) && array->name[length] == '.')
      g_ptr_array_add (chosen, rename_array (array, array->name + length + 1));
  }
  return chosen;
}

/* Returns: (transfer full) (element-type utf8): the distinct prefixes, up to the first
 *   dot, of the names of weights and biases */
static GPtrArray *
find_members (const GPtrArray *arrays)
{
  GPtrArray *members = g_ptr_array_new_with_free_func (g_free);

  for (guint i = 0; i < arrays->len && members->len <= MAX_MEMBERS; i++) {
    const NnArray *array = arrays->pdata[i];
    g_autofree char *member = g_strndup (array->name, strcspn (array->name, "."));

    if (find_part (array->name) != NULL && !is_bare (array) &&
        !g_ptr_array_find_with_equal_func (members, member, g_str_equal, NULL))
      g_ptr_array_add (members, g_steal_pointer (&member));
  }
  return members;
}

static NnChain *
refuse_choice (const GPtrArray *members, GError **error)
{
  g_autoptr (GString) names = g_string_new (NULL);

  for (guint i = 0; i < members->len; i++) {
    g_autofree char *name = nn_text_dup_quoted (members->pdata[i]);

    g_string_append_printf (names, "%s%s", i > 0 ? ", " : "", name);
  }
  g_set_error (
      error, NN_ERROR, NN_ERROR_UNKNOWN,
      _ ("there is more than one network: choose one as FILE:NAME, NAME being one of %s"),
      names->str);
  return NULL;
}

/* A checkpoint has a network beside other arrays, or several networks. If only one part
 * has weights, and it is a network, that is chosen.
 *
 * Returns: (transfer full) (nullable): NULL with an error if several parts are networks,
 *   without one if a part with weights is none */
static NnChain *
chain_member (GPtrArray *arrays, GError **error)
{
  g_autoptr (GPtrArray) members = find_members (arrays);
  g_autoptr (NnChain) found = NULL;

  for (guint i = 0; i < members->len && members->len <= MAX_MEMBERS; i++) {
    g_autoptr (GPtrArray) chosen = choose_arrays (arrays, members->pdata[i]);
    g_autoptr (NnChain) chain = chain_all (chosen, NULL);

    /* Nor is a single layer, fc1 of a network that does not fit, a part. */
    if (chain == NULL || chosen->len == arrays->len || is_bare (chosen->pdata[0]))
      return NULL;
    if (found != NULL)
      return refuse_choice (members, error);
    chain->member = g_strdup (members->pdata[i]);
    found = g_steal_pointer (&chain);
  }
  if (found != NULL) {
    g_autofree char *name = nn_text_dup_quoted (found->member);

    g_ptr_array_insert (
        found->notes, 0,
        g_strconcat (_ ("of the file's arrays only those of "), name, NULL));
  }
  return g_steal_pointer (&found);
}

/**
 * nn_chain_is_likely:
 *
 * @arrays: (element-type NnArray): of a file
 *
 * Tells a file of parameters from a data set by names and ranks alone: a column of data
 * may be called "weight" too, but is no matrix.
 *
 * Returns: whether any array has the name and rank of a parameter
 */
gboolean
nn_chain_is_likely (const GPtrArray *arrays)
{
  for (guint i = 0; i < arrays->len; i++) {
    const NnArray *array = arrays->pdata[i];

    if (is_weight (array) || is_kernel (array) ||
        (find_part (array->name) != NULL && !is_bare (array)))
      return TRUE;
  }
  return FALSE;
}

/**
 * nn_chain_find:
 * @arrays: (element-type NnArray): of a file
 *
 * Layers are taken in the file's order if that fits, else by name ("2" before "10"), else
 * in any order in which their shapes fit.
 *
 * Returns: (transfer full) (nullable): NULL if an array does not fit (NN_ERROR_SHAPE), or
 *   the file has several networks and the user has to choose one
 */
NnChain *
nn_chain_find (GPtrArray *arrays, GError **error)
{
  GError *whole = NULL;
  GError *choice = NULL;
  NnChain *self = chain_all (arrays, &whole);

  if (self == NULL)
    self = chain_member (arrays, &choice);
  if (self == NULL && choice != NULL)
    g_propagate_error (error, g_steal_pointer (&choice));
  else if (self == NULL)
    g_propagate_error (error, g_steal_pointer (&whole));
  g_clear_error (&whole);
  return self;
}
