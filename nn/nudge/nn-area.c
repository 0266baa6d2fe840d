/* nn-area.c - the elements of a network that a target selects
 *
 * SPDX-License-Identifier: MIT
 */

#include "nn/nudge/nn-area.h"

#include <glib/gi18n.h>
#include <string.h>

#include "nn/base/nn-error.h"
#include "nn/expression/nn-words.h"

#define NAMES 12 /* layers that a message lists */

/* ---- errors ------------------------------------------------------------------------ */

static const char *
find_nearest_layer (const NnArchitecture *architecture, const char *name)
{
  const char *nearest = NULL;
  guint least = G_MAXUINT;

  for (gsize i = 0; i < architecture->n_layers; i++) {
    const char *layer = architecture->layers[i].name;
    const guint distance = nn_words_get_distance (name, layer);

    if (distance < least) {
      least = distance;
      nearest = layer;
    }
  }
  return nearest;
}

/* @rest: (out): what follows the layer's name in @name
 *
 * Returns: (transfer none) (nullable): the name of the layer that was probably meant */
static const char *
find_nearest (const NnArchitecture *architecture, const char *name, const char **rest)
{
  const char *dot = strrchr (name, '.');
  const char *nearest = find_nearest_layer (architecture, name);
  g_autofree char *layer = dot ? g_strndup (name, (gsize) (dot - name)) : NULL;

  *rest = "";
  if (nearest != NULL || dot == NULL)
    return nearest;
  *rest = g_ascii_tolower (dot[1]) == 'b' ? ".bias" : ".weight";
  return find_nearest_layer (architecture, layer);
}

static const char *
get_part_name (NnPart part)
{
  return part == NN_PART_WEIGHT ? ".weight" : part == NN_PART_BIAS ? ".bias" : "";
}

/* For "fc1.foo" where there is a layer fc1. */
static gboolean
fail_part (const char *name, const char *layer, const char *part, GError **error)
{
  g_set_error (
      error, NN_ERROR, NN_ERROR_UNKNOWN,
      _ ("there is no '%s' in %s, which has weight and bias; did you mean %s%s?"),
      strrchr (name, '.') + 1, layer, layer, part);
  return FALSE;
}

static gboolean
fail_layer (const NnTarget *target, const NnArchitecture *architecture, GError **error)
{
  g_autoptr (GString) names = g_string_new (NULL);
  const char *rest;
  const char *nearest = find_nearest (architecture, target->layer, &rest);

  if (nearest != NULL && *rest != '\0' && g_str_has_prefix (target->layer, nearest))
    return fail_part (target->layer, nearest, rest, error);
  for (gsize i = 0; i < MIN (architecture->n_layers, NAMES); i++)
    g_string_append_printf (names, "%s, ", architecture->layers[i].name);
  if (architecture->n_layers > NAMES)
    g_string_append (names, "…, ");
  g_string_append (names, _ ("* (all)"));
  if (nearest != NULL)
    g_string_append_printf (names, _ ("; did you mean %s%s?"), nearest,
                            *rest ? rest : get_part_name (target->part));
  g_set_error (error, NN_ERROR, NN_ERROR_UNKNOWN,
               _ ("there is no layer %s'%s'; the layers are %s"),
               nn_target_is_pattern (target) ? _ ("that fits ") : "", target->layer,
               names->str);
  return FALSE;
}

/* "3 neurons" */
static char *
dup_count (gsize n, gboolean inputs)
{
  const gulong number = n; /* as many as ngettext () can count */

  return g_strdup_printf (inputs ? ngettext ("%zu input", "%zu inputs", number)
                                 : ngettext ("%zu neuron", "%zu neurons", number),
                          n);
}

/* For @index out of range of @n inputs or neurons. */
static gboolean
fail_index (const NnLayerShape *layer,
            gssize index,
            gsize n,
            gboolean inputs,
            GError **error)
{
  g_autofree char *range = g_strdup_printf (n > 1 ? _ ("0 to %zu") : "0", n - 1);
  g_autofree char *count = dup_count (n, inputs);

  g_set_error (error, NN_ERROR, NN_ERROR_SHAPE,
               inputs ? _ ("there is no input %zd: %s has %s, %s")
                      : _ ("there is no neuron %zd: %s has %s, %s"),
               index, layer->name, count, range);
  return FALSE;
}

static gboolean
check_range (const NnRange *range,
             const NnLayerShape *layer,
             gsize n,
             gboolean inputs,
             GError **error)
{
  g_autofree char *counted = NULL;
  gsize first, count;

  if (nn_range_resolve (range, n, &first, &count))
    return TRUE;
  if (range->single || range->first >= (gssize) n)
    return fail_index (layer, range->first, n, inputs, error);
  counted = dup_count (n, inputs);
  g_set_error (error, NN_ERROR, NN_ERROR_SHAPE,
               inputs ? _ ("the range has no input in it: %s has %s")
                      : _ ("the range has no neuron in it: %s has %s"),
               layer->name, counted);
  return FALSE;
}

static gboolean
check_selection (const NnTarget *target, const NnLayerShape *layer, GError **error)
{
  if (target->selection == NN_SELECTION_BLOCK)
    return check_range (&target->rows, layer, layer->n_units, FALSE, error) &&
           (target->part == NN_PART_BIAS ||
            check_range (&target->columns, layer, layer->n_inputs, TRUE, error));
  for (gsize i = 0; i < target->n_edges; i++) {
    const NnEdge *edge = &target->edges[i];

    if (edge->output >= layer->n_units)
      return fail_index (layer, (gssize) edge->output, layer->n_units, FALSE, error);
    if (edge->input >= layer->n_inputs)
      return fail_index (layer, (gssize) edge->input, layer->n_inputs, TRUE, error);
  }
  return TRUE;
}

static gboolean
fail_bias (const NnTarget *target, GError **error)
{
  if (strcmp (target->layer, "*") == 0)
    g_set_error_literal (error, NN_ERROR, NN_ERROR_UNKNOWN,
                         _ ("no layer has a bias: name *.weight"));
  else
    g_set_error (error, NN_ERROR, NN_ERROR_UNKNOWN, _ ("%s has no bias: name %s.weight"),
                 target->layer, target->layer);
  return FALSE;
}

static gboolean
check_one (const NnTarget *target, const NnArchitecture *architecture, GError **error)
{
  gboolean found = FALSE, has_part = target->part != NN_PART_BIAS;

  for (gsize i = 0; i < architecture->n_layers; i++) {
    const NnLayerShape *layer = &architecture->layers[i];

    if (!nn_target_names (target, layer->name))
      continue;
    found = TRUE;
    has_part |= layer->has_bias;
    if (target->selection != NN_SELECTION_ALL && !check_selection (target, layer, error))
      return FALSE;
  }
  if (!found)
    return fail_layer (target, architecture, error);
  return has_part || fail_bias (target, error);
}

/* ---- areas ------------------------------------------------------------------------- */

/**
 * nn_area_iter_init:
 * @self: (out): borrows @target and @architecture
 * @target: one, or the first of a list; all are checked
 *
 * Returns: FALSE if @architecture has no such layer (NN_ERROR_UNKNOWN; the message
 *   lists those it has), the layer has no bias (NN_ERROR_UNKNOWN), or an index is out
 *   of range (NN_ERROR_SHAPE)
 */
gboolean
nn_area_iter_init (NnAreaIter *self,
                   const NnTarget *target,
                   const NnArchitecture *architecture,
                   GError **error)
{
  *self = (NnAreaIter){ .target = target, .architecture = architecture };
  for (; target != NULL; target = target->next)
    if (!check_one (target, architecture, error))
      return FALSE;
  return TRUE;
}

static void
set_block (NnArea *area, const NnTarget *target)
{
  const gsize *shape = area->parameter->shape;

  nn_range_resolve (&target->rows, shape[0], &area->first_row, &area->n_rows);
  area->row_step = (gsize) target->rows.step;
  if (area->parameter->rank == 2) {
    nn_range_resolve (&target->columns, shape[1], &area->first_column, &area->n_columns);
    area->column_step = (gsize) target->columns.step;
  }
  area->n = area->n_rows * area->n_columns;
  area->whole = area->n == area->parameter->n_values;
}

static void
set_area (NnArea *area, const NnTarget *target, const NnArchitecture *a, gsize index)
{
  const NnParameterShape *parameter = &a->parameters[index];

  *area = (NnArea){
    .parameter = parameter,
    .index = index,
    .whole = target->selection == NN_SELECTION_ALL,
    .n = parameter->n_values,
    .n_rows = parameter->shape[0],
    .row_step = 1,
    .n_columns = parameter->shape[1],
    .column_step = 1,
  };
  if (target->selection == NN_SELECTION_BLOCK)
    set_block (area, target);
  if (target->selection == NN_SELECTION_EDGES) {
    area->edges = target->edges;
    area->n = target->n_edges;
  }
}

static gboolean
is_meant (const NnTarget *target, const NnArchitecture *architecture, gsize index)
{
  const NnParameterShape *parameter = &architecture->parameters[index];
  const gboolean is_bias = parameter->rank == 1;

  return (target->part == NN_PART_BOTH || is_bias == (target->part == NN_PART_BIAS)) &&
         nn_target_names (target, architecture->layers[parameter->layer].name);
}

/**
 * nn_area_iter_next:
 * @area: (out): the elements selected in the next parameter
 *
 * Returns: FALSE at the end
 */
gboolean
nn_area_iter_next (NnAreaIter *self, NnArea *area)
{
  for (; self->target != NULL; self->target = self->target->next, self->next = 0)
    while (self->next < self->architecture->n_parameters) {
      const gsize index = self->next++;

      if (!is_meant (self->target, self->architecture, index))
        continue;
      set_area (area, self->target, self->architecture, index);
      return TRUE;
    }
  return FALSE;
}

/* ---- areas that overlap ------------------------------------------------------------ */

static gboolean
has (const NnArea *area, gsize row, gsize column)
{
  if (area->edges == NULL)
    return row >= area->first_row && (row - area->first_row) % area->row_step == 0 &&
           (row - area->first_row) / area->row_step < area->n_rows &&
           column >= area->first_column &&
           (column - area->first_column) % area->column_step == 0 &&
           (column - area->first_column) / area->column_step < area->n_columns;
  for (gsize i = 0; i < area->n; i++)
    if (area->edges[i].output == row && area->edges[i].input == column)
      return TRUE;
  return FALSE;
}

static gboolean
overlap (const NnArea *a, const NnArea *b)
{
  const NnArea *smaller = a->n < b->n ? a : b;
  const NnArea *larger = a->n < b->n ? b : a;
  const gsize stride = a->parameter->shape[1];

  if (a->index != b->index)
    return FALSE;
  for (gsize i = 0; i < smaller->n; i++) {
    const gsize index = nn_area_get_flat_index (smaller, i);

    if (has (larger, index / stride, index % stride))
      return TRUE;
  }
  return FALSE;
}

/**
 * nn_area_check_overlap:
 * @target: one that nn_area_iter_init () accepts
 *
 * Returns: FALSE if two targets of the list have an element in common (NN_ERROR_SHAPE)
 */
gboolean
nn_area_check_overlap (const NnTarget *target,
                       const NnArchitecture *architecture,
                       GError **error)
{
  NnAreaIter iter = { .target = target, .architecture = architecture };
  NnArea area, other;

  while (target->next != NULL && nn_area_iter_next (&iter, &area)) {
    NnAreaIter rest = iter;

    while (nn_area_iter_next (&rest, &other))
      if (overlap (&area, &other)) {
        g_set_error (error, NN_ERROR, NN_ERROR_SHAPE,
                     _ ("%s is a target twice: remove one of them"),
                     area.parameter->name);
        return FALSE;
      }
  }
  return TRUE;
}

/* ---- elements ---------------------------------------------------------------------- */

/**
 * nn_area_get_flat_index:
 * @element: an index into the area, below n
 *
 * Returns: the row-major index in the parameter
 */
gsize
nn_area_get_flat_index (const NnArea *self, gsize element)
{
  const gsize stride = self->parameter->shape[1];

  if (self->edges)
    return self->edges[element].output * stride + self->edges[element].input;
  return (self->first_row + element / self->n_columns * self->row_step) * stride +
         self->first_column + element % self->n_columns * self->column_step;
}

/**
 * nn_area_gather:
 * @parameter: (n_values of the parameter)
 * @values: (out) (n): the selected elements, contiguous
 */
void
nn_area_gather (const NnArea *self, const float *parameter, float *values)
{
  if (self->whole && !self->edges)
    memcpy (values, parameter, self->n * sizeof *values);
  else if (self->edges || self->column_step > 1)
    for (gsize i = 0; i < self->n; i++)
      values[i] = parameter[nn_area_get_flat_index (self, i)];
  else
    for (gsize i = 0; i < self->n; i += self->n_columns)
      memcpy (values + i, parameter + nn_area_get_flat_index (self, i),
              self->n_columns * sizeof *values);
}

/**
 * nn_area_scatter:
 * @values: (n): contiguous
 * @parameter: (inout) (n_values of the parameter): only selected elements are written
 *
 * The inverse of nn_area_gather ().
 */
void
nn_area_scatter (const NnArea *self, const float *values, float *parameter)
{
  if (self->whole && !self->edges)
    memcpy (parameter, values, self->n * sizeof *values);
  else if (self->edges || self->column_step > 1)
    for (gsize i = 0; i < self->n; i++)
      parameter[nn_area_get_flat_index (self, i)] = values[i];
  else
    for (gsize i = 0; i < self->n; i += self->n_columns)
      memcpy (parameter + nn_area_get_flat_index (self, i), values + i,
              self->n_columns * sizeof *values);
}
