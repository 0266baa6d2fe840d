/* nudge-network-cells.c - which weights a heat map's cells show
 *
 * SPDX-License-Identifier: MIT
 */

#include "ui/draw/network/nudge-network-cells.h"

#include "nn/kernels/nn-kernels.h"
#include "ui/draw/base/nudge-strongest.h"

/**
 * nudge_gap_get_row:
 * @weights: (n_units, n_inputs) of @layer
 * @strongest: (n_columns) out: what each cell of the row shows
 *
 * A cell that stands for several weights shows the one of largest magnitude, so
 * that no strong weight hides among weak ones.
 */
void
nudge_gap_get_row (const NudgeGap *self,
                   const NnLayerShape *layer,
                   gsize row,
                   const float *weights,
                   float *strongest)
{
  static const NudgeStrongestLoops *const loops[NN_N_SETS] = { NN_IN_EACH_SET (
      &nudge_strongest_loops) };
  const NudgeStrongestLoops *loop = loops[nn_kernels_get ()->set];
  const gsize n = layer->n_inputs;
  const gsize end = (row + 1) * layer->n_units / self->n_rows;
  g_autofree guint32 *keys = g_new0 (guint32, n);

  for (gsize i = row * layer->n_units / self->n_rows; i < end; i++)
    loop->raise_keys (keys, weights + i * n, n);
  for (gsize k = 0; k < self->n_columns; k++) {
    guint32 most = 0;

    for (gsize i = k * n / self->n_columns; i < (k + 1) * n / self->n_columns; i++)
      most = MAX (most, keys[i]);
    strongest[k] = nudge_strongest_get_value (most);
  }
}

/**
 * nudge_gap_get_cell:
 * @weights: (n_units, n_inputs) of @layer
 * @unit: (out) an output of the weight that the cell shows, as nudge_gap_get_row ()
 * @input: (out) its input
 */
void
nudge_gap_get_cell (const NudgeGap *self,
                    const NnLayerShape *layer,
                    gsize row,
                    gsize column,
                    const float *weights,
                    gsize *unit,
                    gsize *input)
{
  const gsize first_unit = row * layer->n_units / self->n_rows;
  const gsize first_input = column * layer->n_inputs / self->n_columns;
  const gsize end_unit = (row + 1) * layer->n_units / self->n_rows;
  const gsize end_input = (column + 1) * layer->n_inputs / self->n_columns;
  guint32 most = 0;

  *unit = first_unit;
  *input = first_input;
  for (gsize i = first_unit; i < end_unit; i++)
    for (gsize k = first_input; k < end_input; k++) {
      const guint32 key = nudge_strongest_get_key (weights[i * layer->n_inputs + k]);

      if (key > most) {
        most = key;
        *unit = i;
        *input = k;
      }
    }
}

static void
find_part (gsize at, gsize n, gsize n_parts, gsize *first, gsize *end)
{
  gsize part = at * n_parts / n;

  while ((part + 1) * n / n_parts <= at)
    part++;
  *first = part * n / n_parts;
  *end = (part + 1) * n / n_parts;
}

/**
 * nudge_gap_find_cell:
 * @first: (out): the first unit and input of those that the cell stands for …
 * @end: (out): … and what comes after the last
 *
 * Returns: whether the cell that has the weight stands for others, too
 */
gboolean
nudge_gap_find_cell (const NudgeGap *self,
                     const NnLayerShape *layer,
                     gsize unit,
                     gsize input,
                     gsize first[2],
                     gsize end[2])
{
  find_part (unit, layer->n_units, self->n_rows, &first[0], &end[0]);
  find_part (input, layer->n_inputs, self->n_columns, &first[1], &end[1]);
  return (end[0] - first[0]) * (end[1] - first[1]) > 1;
}
