/* nudge-frame.c - what a frame holds, found by column or by nudge
 *
 * SPDX-License-Identifier: MIT
 */

#include "ui/draw/nudge-frame.h"

gsize
nudge_frame_get_n_units (const NnFrame *frame, gsize column)
{
  return column == 0 ? frame->architecture->n_features
                     : frame->architecture->layers[column - 1].n_units;
}

static gboolean
is_previewed (const NnFrame *frame)
{
  return frame->preview != NULL && frame->preview->refusal == NULL &&
         frame->preview->values != NULL;
}

static const float *
get_values (const NnFrame *frame)
{
  return is_previewed (frame) ? frame->preview->values : frame->values;
}

/* Returns: (n_units, n_inputs) the weights that feed @column, which is not the first */
const float *
nudge_frame_get_weights (const NnFrame *frame, gsize column)
{
  const NnArchitecture *architecture = frame->architecture;
  const NnLayerShape *layer = &architecture->layers[column - 1];

  return get_values (frame) + architecture->parameters[layer->weight].offset;
}

float
nudge_frame_get_bias (const NnFrame *frame, gsize column, gsize unit)
{
  const NnArchitecture *architecture = frame->architecture;
  const NnLayerShape *layer = &architecture->layers[column - 1];

  return get_values (frame)[architecture->parameters[layer->bias].offset + unit];
}

/* Returns: (n_probes) what @unit puts out; its neighbours' follow it */
const float *
nudge_frame_get_activations (const NnFrame *frame, gsize column, gsize unit)
{
  gsize row = unit;

  for (gsize k = 0; k < column; k++)
    row += nudge_frame_get_n_units (frame, k);
  return (is_previewed (frame) ? frame->preview->activations : frame->activations) +
         row * frame->n_probes;
}

/**
 * nudge_frame_find_landing:
 * @frame: (nullable)
 * @nudge: (nullable)
 *
 * Returns: (nullable): where @nudge landed, if @frame still tells
 */
const NnLanding *
nudge_frame_find_landing (const NnFrame *frame, const NnNudge *nudge)
{
  for (gsize i = frame ? frame->n_landings : 0; i > 0; i--)
    if (frame->landings[i - 1].nudge == nudge)
      return &frame->landings[i - 1];
  return NULL;
}

/**
 * nudge_frame_find_repeating:
 *
 * Returns: the place of @nudge among those that repeat, or -1
 */
gssize
nudge_frame_find_repeating (const NnFrame *frame, const NnNudge *nudge)
{
  for (gsize i = 0; i < frame->n_standing; i++)
    if (frame->standing[i].nudge == nudge)
      return (gssize) i;
  return -1;
}
