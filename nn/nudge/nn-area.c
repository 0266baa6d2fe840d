/* nn-area.c - the elements of a network that a target selects
 *
 * SPDX-License-Identifier: MIT
 */

#include "nn/nudge/nn-area.h"

#include <string.h>

#include "nn/base/nn-error.h"

static gboolean
fail_layer (const NnTarget *target, const NnArchitecture *architecture, GError **error)
{
  g_autoptr (GString) names = g_string_new (NULL);
  const char *part = strrchr (target->layer, '.');
  g_autofree char *layer =
      part != NULL ? g_strndup (target->layer, (gsize) (part - target->layer)) : NULL;

  if (layer != NULL && nn_architecture_find_layer (architecture, layer) >= 0) {
    g_set_error (error, NN_ERROR, NN_ERROR_UNKNOWN,
                 "there is no '%s' in %s: expected weight or bias", part + 1, layer);
    return FALSE;
  }
  for (gsize i = 0; i < architecture->n_layers; i++)
    g_string_append_printf (names, "%s, ", architecture->layers[i].name);
  g_set_error (error, NN_ERROR, NN_ERROR_UNKNOWN,
               "there is no layer '%s'; the layers are %s* (all)", target->layer,
               names->str);
  return FALSE;
}

static gboolean
has_bias (const NnArchitecture *architecture)
{
  for (gsize i = 0; i < architecture->n_layers; i++)
    if (architecture->layers[i].has_bias)
      return TRUE;
  return FALSE;
}

static gboolean
fail_bias (const NnTarget *target, GError **error)
{
  if (target->layer[0] == '*')
    g_set_error_literal (error, NN_ERROR, NN_ERROR_UNKNOWN,
                         "no layer has a bias: name *.weight");
  else
    g_set_error (error, NN_ERROR, NN_ERROR_UNKNOWN, "%s has no bias: name %s.weight",
                 target->layer, target->layer);
  return FALSE;
}

/* @index, which there is not, of @n things called @what. */
static gboolean
fail_index (const NnLayerShape *layer,
            gsize index,
            gsize n,
            const char *what,
            GError **error)
{
  g_autofree char *range = g_strdup_printf (n > 1 ? "0 to %" G_GSIZE_FORMAT : "0", n - 1);

  g_set_error (error, NN_ERROR, NN_ERROR_SHAPE,
               "there is no %s %" G_GSIZE_FORMAT ": %s has %" G_GSIZE_FORMAT " %s%s, %s",
               what, index, layer->name, n, what, n == 1 ? "" : "s", range);
  return FALSE;
}

static gboolean
check_range (const NnRange *range,
             const NnLayerShape *layer,
             gsize n,
             const char *what,
             GError **error)
{
  if (range->first >= n)
    return fail_index (layer, range->first, n, what, error);
  if (range->end != G_MAXSIZE && range->end > n)
    return fail_index (layer, range->end - 1, n, what, error);
  return TRUE;
}

static gboolean
check_selection (const NnTarget *target, const NnLayerShape *layer, GError **error)
{
  if (target->selection == NN_SELECTION_BLOCK)
    return check_range (&target->rows, layer, layer->n_units, "neuron", error) &&
           (target->part == NN_PART_BIAS ||
            check_range (&target->columns, layer, layer->n_inputs, "input", error));
  for (gsize i = 0; i < target->n_edges; i++) {
    const NnEdge *edge = &target->edges[i];

    if (edge->output >= layer->n_units)
      return fail_index (layer, edge->output, layer->n_units, "neuron", error);
    if (edge->input >= layer->n_inputs)
      return fail_index (layer, edge->input, layer->n_inputs, "input", error);
  }
  return TRUE;
}

/**
 * nn_area_iter_init:
 * @self: (out)
 *
 * Returns: FALSE if @architecture has no such layer (NN_ERROR_UNKNOWN, naming those that
 *   it has), the layer no bias (NN_ERROR_UNKNOWN), or not so many neurons or inputs
 *   (NN_ERROR_SHAPE)
 */
gboolean
nn_area_iter_init (NnAreaIter *self,
                   const NnTarget *target,
                   const NnArchitecture *architecture,
                   GError **error)
{
  const NnLayerShape *layer;
  gssize index;

  *self = (NnAreaIter){ .target = target,
                        .architecture = architecture,
                        .end = architecture->n_parameters };
  if (target->layer[0] == '*')
    return target->part != NN_PART_BIAS || has_bias (architecture) ||
           fail_bias (target, error);
  index = nn_architecture_find_layer (architecture, target->layer);
  if (index < 0)
    return fail_layer (target, architecture, error);
  layer = &architecture->layers[index];
  if (target->part == NN_PART_BIAS && !layer->has_bias)
    return fail_bias (target, error);
  self->next = layer->weight;
  self->end = layer->weight + (layer->has_bias ? 2 : 1);
  return target->selection == NN_SELECTION_ALL || check_selection (target, layer, error);
}

static void
set_block (NnArea *area, const NnTarget *target)
{
  const gsize *shape = area->parameter->shape;
  const gboolean is_bias = area->parameter->rank == 1;

  area->first_row = target->rows.first;
  area->n_rows = MIN (target->rows.end, shape[0]) - area->first_row;
  area->first_column = is_bias ? 0 : target->columns.first;
  area->n_columns =
      MIN (is_bias ? 1 : target->columns.end, shape[1]) - area->first_column;
  area->n = area->n_rows * area->n_columns;
  area->whole = area->n == area->parameter->n_values;
}

/* Whether the next parameter is @part of its layer. */
static gboolean
has_part (const NnAreaIter *self, NnPart part)
{
  const gboolean is_bias = self->architecture->parameters[self->next].rank == 1;

  return part == NN_PART_BOTH || is_bias == (part == NN_PART_BIAS);
}

/**
 * nn_area_iter_next:
 * @area: (out): what is selected in the next parameter
 *
 * Returns: FALSE if there is no more
 */
gboolean
nn_area_iter_next (NnAreaIter *self, NnArea *area)
{
  const NnTarget *target = self->target;

  while (self->next < self->end && !has_part (self, target->part))
    self->next++;
  if (self->next == self->end)
    return FALSE;
  area->index = self->next++;
  area->parameter = &self->architecture->parameters[area->index];
  area->edges = NULL;
  if (target->selection == NN_SELECTION_BLOCK) {
    set_block (area, target);
    return TRUE;
  }
  area->first_row = area->first_column = 0;
  area->n_rows = area->parameter->shape[0];
  area->n_columns = area->parameter->shape[1];
  area->n = area->parameter->n_values;
  area->whole = target->selection == NN_SELECTION_ALL;
  if (!area->whole) {
    area->edges = target->edges;
    area->n = target->n_edges;
  }
  return TRUE;
}

/**
 * nn_area_get_flat_index:
 * @element: counted within the area
 *
 * Returns: its index among the parameter's values, row by row
 */
gsize
nn_area_get_flat_index (const NnArea *self, gsize element)
{
  const gsize stride = self->parameter->shape[1];

  if (self->edges)
    return self->edges[element].output * stride + self->edges[element].input;
  return (self->first_row + element / self->n_columns) * stride + self->first_column +
         element % self->n_columns;
}

/**
 * nn_area_gather:
 * @parameter: (n_values of the parameter)
 * @values: (n) out: the area's, side by side
 */
void
nn_area_gather (const NnArea *self, const float *parameter, float *values)
{
  if (self->edges)
    for (gsize i = 0; i < self->n; i++)
      values[i] = parameter[nn_area_get_flat_index (self, i)];
  else if (self->n_columns == self->parameter->shape[1])
    memcpy (values, parameter + self->first_row * self->n_columns,
            self->n * sizeof *values);
  else
    for (gsize i = 0; i < self->n; i += self->n_columns)
      memcpy (values + i, parameter + nn_area_get_flat_index (self, i),
              self->n_columns * sizeof *values);
}

/**
 * nn_area_scatter:
 * @values: (n) the area's new ones
 * @parameter: (n_values of the parameter) in/out: no other element is written
 */
void
nn_area_scatter (const NnArea *self, const float *values, float *parameter)
{
  if (self->edges)
    for (gsize i = 0; i < self->n; i++)
      parameter[nn_area_get_flat_index (self, i)] = values[i];
  else if (self->n_columns == self->parameter->shape[1])
    memcpy (parameter + self->first_row * self->n_columns, values,
            self->n * sizeof *values);
  else
    for (gsize i = 0; i < self->n; i += self->n_columns)
      memcpy (parameter + nn_area_get_flat_index (self, i), values + i,
              self->n_columns * sizeof *values);
}
