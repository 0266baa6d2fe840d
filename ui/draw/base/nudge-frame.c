/* nudge-frame.c - what a frame holds, found by column, by nudge or by id
 *
 * SPDX-License-Identifier: MIT
 */

#include "ui/draw/base/nudge-frame.h"

#include <math.h>

/* In which the loss is looked at for where it rose. */
#define RISE_PARTS 1024

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
get_values (const NnFrame *frame, NnQuantity quantity)
{
  if (quantity != NN_QUANTITY_VALUE && frame->numbers[quantity])
    return frame->numbers[quantity];
  return is_previewed (frame) ? frame->preview->values : frame->values;
}

/* Returns: (n_units, n_inputs) the weights that feed @column, which is not the first */
const float *
nudge_frame_get_weights (const NnFrame *frame, gsize column)
{
  return nudge_frame_get_shown (frame, NN_QUANTITY_VALUE, column);
}

/* Returns: whether the frame carries @quantity */
gboolean
nudge_frame_has (const NnFrame *frame, NnQuantity quantity)
{
  return quantity == NN_QUANTITY_VALUE || frame->numbers[quantity] != NULL;
}

/* Returns: (n_units, n_inputs) @quantity, which the frame has, of the weights that feed
 *   @column, which is not the first; NAN where there is none */
const float *
nudge_frame_get_shown (const NnFrame *frame, NnQuantity quantity, gsize column)
{
  const NnArchitecture *architecture = frame->architecture;
  const NnLayerShape *layer = &architecture->layers[column - 1];

  return get_values (frame, quantity) + architecture->parameters[layer->weight].offset;
}

gboolean
nudge_frame_has_bias (const NnFrame *frame, gsize column)
{
  return column > 0 && frame->architecture->layers[column - 1].has_bias;
}

float
nudge_frame_get_bias (const NnFrame *frame, gsize column, gsize unit)
{
  return nudge_frame_get_shown_bias (frame, NN_QUANTITY_VALUE, column, unit);
}

/* The same of a bias. */
float
nudge_frame_get_shown_bias (const NnFrame *frame,
                            NnQuantity quantity,
                            gsize column,
                            gsize unit)
{
  const NnArchitecture *architecture = frame->architecture;
  const NnLayerShape *layer = &architecture->layers[column - 1];

  return get_values (frame,
                     quantity)[architecture->parameters[layer->bias].offset + unit];
}

/* Returns: (n_probes) what @unit puts out; its neighbours' follow it */
const float *
nudge_frame_get_activations (const NnFrame *frame, gsize column, gsize unit)
{
  gsize row = unit;

  for (gsize k = 0; k < column; k++)
    row += nudge_frame_get_n_units (frame, k);
  return (is_previewed (frame) ? frame->preview->activations : frame->activations) +
         row * frame->probes.n;
}

/* Returns: whether the unit is known to be 0 for every example that is trained on */
gboolean
nudge_frame_is_off (const NnFrame *frame, gsize column, gsize unit)
{
  gsize row = unit;

  for (gsize k = 0; k < column; k++)
    row += nudge_frame_get_n_units (frame, k);
  return frame->off != NULL && !is_previewed (frame) && frame->off[row];
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

/* Returns: (nullable): the one of those that repeat that events call @id */
const NnStanding *
nudge_frame_find_repeating (const NnFrame *frame, guint64 id)
{
  for (gsize i = 0; i < frame->n_standing; i++)
    if (frame->standing[i].id == id)
      return &frame->standing[i];
  return NULL;
}

/**
 * nudge_frame_get_change:
 *
 * What was done by hand since the newest step has made of the loss. Both ends are on the
 * next step's batch, which may not be the newest step's.
 *
 * Returns: NAN if nothing was, or it is no number
 */
double
nudge_frame_get_change (const NnFrame *frame)
{
  double before = NAN;
  double after = NAN;

  for (gsize i = 0; i < frame->n_landings; i++) {
    const NnLanding *landing = &frame->landings[i];

    if (landing->standing || landing->refusal || landing->last != frame->step)
      continue;
    if (isnan (before))
      before = landing->loss_before;
    after = landing->loss_after;
  }
  return isfinite (after - before) ? after - before : NAN;
}

/**
 * nudge_frame_get_loss:
 *
 * Returns: the newest step's loss, which nothing that is done by hand after it changes;
 *   where there is none, or the weights have none since, that of the weights
 */
double
nudge_frame_get_loss (const NnFrame *frame)
{
  return isfinite (frame->loss) && isfinite (frame->step_loss) ? frame->step_loss
                                                               : frame->loss;
}

/* The one of @stretches that rises most above what is before it: @before the first, unless
 * that is NAN. */
static gsize
find_steepest (const NnStretch *stretches, gsize n, float before)
{
  double most = -1;
  gsize found = 0;

  for (gsize i = 0; i < n; i++) {
    const double rise = (double) stretches[i].greatest - (double) before;

    if (rise > most) {
      most = rise;
      found = i;
    }
    before = stretches[i].last;
  }
  return found;
}

/* The step at which the loss rose most, as far as the history tells: found by parts of
 * parts, so that it takes no longer for a long run. */
static guint64
find_rise (const NnHistory *history, guint64 last)
{
  g_autofree NnStretch *stretches = g_new (NnStretch, RISE_PARTS);
  guint64 first = 1;
  float before = NAN;
  guint64 n_steps;

  do {
    const gsize n = nn_history_query (history, first, last, RISE_PARTS, stretches);
    const gsize found = find_steepest (stretches, n, before);

    if (n == 0)
      return 0;
    n_steps = last - first + 1;
    if (found > 0)
      before = stretches[found - 1].last;
    first = stretches[found].from;
    last = MIN (last, first + stretches[found].n_steps - 1);
  } while (last > first && last - first + 1 < n_steps);
  return last;
}

/**
 * nudge_frame_find_jump:
 *
 * Returns: the step that one would ask about first: where the user has last changed weights,
 *   else where a nudge that repeats first did, else where the loss rose most
 */
guint64
nudge_frame_find_jump (const NnFrame *frame)
{
  const NnLanding *found = NULL;

  for (gsize i = 0; i < frame->n_landings; i++) {
    const NnLanding *landing = &frame->landings[i];

    if (landing->n_times > 0 && (!found || !landing->standing || found->standing))
      found = landing;
  }
  if (found)
    return found->first;
  return frame->history ? find_rise (frame->history, frame->step) : 0;
}

/**
 * nudge_frame_get_accuracy:
 * @kind: (out): of which examples: those held out, or else those that are trained on
 *
 * Returns: the newest that is known, 0 to 1; NAN where the loss is not one of classes
 */
double
nudge_frame_get_accuracy (const NnFrame *frame, NnScoreKind *kind)
{
  static const NnScoreKind kinds[] = { NN_SCORE_HELD_OUT, NN_SCORE_TRAINING };

  for (gsize i = 0; i < G_N_ELEMENTS (kinds); i++) {
    const gsize n = frame->n_scores[kinds[i]];

    *kind = kinds[i];
    if (n > 0 && isfinite (frame->scores[*kind][n - 1].accuracy))
      return (double) frame->scores[*kind][n - 1].accuracy;
  }
  return NAN;
}
