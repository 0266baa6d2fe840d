/* nn-growth.c - carries parameters over from one network to an edited one
 *
 * SPDX-License-Identifier: MIT
 */

#include "nn/model/nn-growth.h"

#include <glib/gi18n.h>
#include <string.h>

struct _NnGrowth {
  NnArchitecture *before; /* (owned) */
  NnArchitecture *after;  /* (owned) */
  /* (owned) (after's n_layers) the layer of before, or -1 for a new one */
  gssize *sources;
  gboolean fresh; /* everything new is drawn */
};

/**
 * nn_growth_new:
 * @before: a reference is taken
 * @after: a reference is taken
 * @sources: (after's n_layers) copied: the layer of @before that each continues, none
 *   more than once; -1 for a new one
 * @fresh: draw everything new, even if that changes what the network computes
 *
 * Returns: (transfer full)
 */
NnGrowth *
nn_growth_new (NnArchitecture *before,
               NnArchitecture *after,
               const gssize *sources,
               gboolean fresh)
{
  NnGrowth *self = g_new (NnGrowth, 1);

  self->before = nn_architecture_ref (before);
  self->after = nn_architecture_ref (after);
  self->sources = g_memdup2 (sources, after->n_layers * sizeof *sources);
  self->fresh = fresh;
  return self;
}

void
nn_growth_free (NnGrowth *self)
{
  nn_architecture_unref (self->before);
  nn_architecture_unref (self->after);
  g_free (self->sources);
  g_free (self);
}

NnArchitecture *
nn_growth_get_after (const NnGrowth *self)
{
  return self->after;
}

/**
 * nn_growth_is_fresh:
 *
 * Returns: whether everything new is drawn
 */
gboolean
nn_growth_is_fresh (const NnGrowth *self)
{
  return self->fresh;
}

/**
 * nn_growth_find_source:
 * @parameter: an index into the parameters of the second network
 *
 * Returns: the index of the parameter of the first network that it continues; -1 if new
 */
gssize
nn_growth_find_source (const NnGrowth *self, gsize parameter)
{
  const NnParameterShape *shape = &self->after->parameters[parameter];
  const gssize layer = self->sources[shape->layer];

  if (layer < 0)
    return -1;
  if (shape->rank == 2)
    return (gssize) self->before->layers[layer].weight;
  return self->before->layers[layer].has_bias ? (gssize) self->before->layers[layer].bias
                                              : -1;
}

/* ---- values that are kept ---------------------------------------------------------- */

/* How many rows and columns parameter @shape and the one that it continues have
 * in common. */
static void
count_common (const NnGrowth *self,
              const NnParameterShape *shape,
              gsize *n_rows,
              gsize *n_columns)
{
  const gssize source =
      nn_growth_find_source (self, (gsize) (shape - self->after->parameters));

  *n_rows = *n_columns = 0;
  if (source < 0)
    return;
  *n_rows = MIN (shape->shape[0], self->before->parameters[source].shape[0]);
  *n_columns = MIN (shape->shape[1], self->before->parameters[source].shape[1]);
}

/**
 * nn_growth_carry:
 * @before: (before's n_values) parameters, gradients or moments
 * @after: (after's n_values) (inout): elements that are new stay as they are
 *
 * Copies the elements that both networks have.
 */
void
nn_growth_carry (const NnGrowth *self, const float *before, float *after)
{
  for (gsize i = 0; i < self->after->n_parameters; i++) {
    const NnParameterShape *to = &self->after->parameters[i];
    const gssize source = nn_growth_find_source (self, i);
    gsize n_rows, n_columns;

    count_common (self, to, &n_rows, &n_columns);
    for (gsize r = 0; r < n_rows; r++) {
      const NnParameterShape *from = &self->before->parameters[source];

      memcpy (after + to->offset + r * to->shape[1],
              before + from->offset + r * from->shape[1], n_columns * sizeof (float));
    }
  }
}

/* ---- values that are new ----------------------------------------------------------- */

static void
draw (const NnGrowth *self,
      const NnParameterShape *shape,
      const NnInit *init,
      float *values,
      gsize n,
      NnRandom *random)
{
  const NnLayerShape *layer = &self->after->layers[shape->layer];

  nn_init_draw (init, shape->rank == 1, layer->n_inputs, layer->n_units, values, n,
                random);
}

/* The new columns of the first @n_rows rows: weights from new units of the layer before
 * to units that existed. */
static void
make_columns (const NnGrowth *self,
              const NnParameterShape *shape,
              gsize n_rows,
              gsize n_columns,
              const NnInit *init,
              NnRandom *random,
              float *parameter)
{
  const gsize n_new = shape->shape[1] - n_columns;
  g_autofree float *drawn = NULL;

  if (n_rows * n_new == 0)
    return;
  drawn = g_new0 (float, n_rows *n_new);
  if (self->fresh)
    draw (self, shape, init, drawn, n_rows * n_new, random);
  for (gsize r = 0; r < n_rows; r++)
    memcpy (parameter + r * shape->shape[1] + n_columns, drawn + r * n_new,
            n_new * sizeof (float));
}

/* Whether @shape is a new bias of a layer that had none: it computed as with zeros. */
static gboolean
is_bias_of_old_layer (const NnGrowth *self, const NnParameterShape *shape)
{
  return shape->rank == 1 && self->sources[shape->layer] >= 0;
}

static gsize
count_old_units (const NnGrowth *self, const NnParameterShape *shape)
{
  return MIN (shape->shape[0], self->before->layers[self->sources[shape->layer]].n_units);
}

static void
grow_parameter (const NnGrowth *self,
                const NnParameterShape *shape,
                const NnInit *init,
                NnRandom *random,
                float *values)
{
  float *parameter = values + shape->offset;
  gsize n_rows, n_columns;

  count_common (self, shape, &n_rows, &n_columns);
  if (n_rows == 0 && !self->fresh && is_bias_of_old_layer (self, shape)) {
    n_rows = count_old_units (self, shape);
    n_columns = 1;
    memset (parameter, 0, n_rows * sizeof (float));
  }
  if (shape->shape[0] > n_rows)
    draw (self, shape, init, parameter + n_rows * shape->shape[1],
          (shape->shape[0] - n_rows) * shape->shape[1], random);
  make_columns (self, shape, n_rows, n_columns, init, random, parameter);
}

/* Whether the inputs of @layer are never below 0: outputs of a relu, for example. */
static gboolean
gets_positives (const NnGrowth *self, gsize layer)
{
  return layer > 0 &&
         nn_activation_is_positive (self->after->layers[layer - 1].activation);
}

static gboolean
can_be_identity (const NnGrowth *self, gsize layer)
{
  const NnLayerShape *shape = &self->after->layers[layer];

  return shape->n_units >= shape->n_inputs &&
         nn_activation_keeps (shape->activation, gets_positives (self, layer));
}

/**
 * nn_growth_is_identity:
 * @layer: an index into the layers of the second network
 *
 * Returns: whether it is new and is made the identity
 */
gboolean
nn_growth_is_identity (const NnGrowth *self, gsize layer)
{
  return self->sources[layer] < 0 && !self->fresh && can_be_identity (self, layer);
}

/* One unit passes on each input; further units are drawn, as new units are. */
static void
make_identity (const NnGrowth *self,
               const NnParameterShape *shape,
               const NnInit *init,
               NnRandom *random,
               float *values)
{
  const gsize n = self->after->layers[shape->layer].n_inputs;
  float *parameter = values + shape->offset;

  memset (parameter, 0, n * shape->shape[1] * sizeof (float));
  for (gsize r = 0; shape->rank == 2 && r < n; r++)
    parameter[r * n + r] = 1;
  if (shape->shape[0] > n)
    draw (self, shape, init, parameter + n * shape->shape[1],
          (shape->shape[0] - n) * shape->shape[1], random);
}

/**
 * nn_growth_make_new:
 * @values: (after's n_values) (inout): only elements that are new are written
 *
 * Order of the draws: layers from input to output, of each the weight before the bias,
 * and in each of these new rows before new columns.
 */
void
nn_growth_make_new (const NnGrowth *self,
                    const NnInit *init,
                    NnRandom *random,
                    float *values)
{
  for (gsize i = 0; i < self->after->n_parameters; i++) {
    const NnParameterShape *shape = &self->after->parameters[i];

    if (nn_growth_is_identity (self, shape->layer))
      make_identity (self, shape, init, random, values);
    else
      grow_parameter (self, shape, init, random, values);
  }
}

static const char *
get_reason (const NnGrowth *self, gsize layer)
{
  const NnLayerShape *shape = &self->after->layers[layer];

  if (shape->n_units < shape->n_inputs)
    return _ ("it has fewer units than inputs");
  if (nn_activation_keeps (shape->activation, TRUE))
    return _ ("its inputs may be below 0");
  return _ ("its activation changes its inputs");
}

/**
 * nn_growth_dup_note:
 *
 * Returns: (transfer full) (nullable): for the user: which new layers change what the
 *   network computes, and why; NULL if none does
 */
char *
nn_growth_dup_note (const NnGrowth *self)
{
  GString *note = g_string_new (NULL);

  for (gsize i = 0; i < self->after->n_layers; i++) {
    if (self->sources[i] >= 0 || self->fresh || can_be_identity (self, i))
      continue;
    g_string_append_printf (
        note, _ ("%s%s was drawn, as it cannot pass its inputs on unchanged: %s"),
        note->len > 0 ? "; " : "", self->after->layers[i].name, get_reason (self, i));
  }
  return g_string_free (note, note->len == 0);
}
