/* nudge-quantity.c - what a picture of the network shows of each weight, in words
 *
 * SPDX-License-Identifier: MIT
 */

#include "ui/draw/base/nudge-quantity.h"

#include <glib/gi18n-lib.h>
#include <math.h>

#include "ui/text/nudge-number.h"

typedef struct {
  const char *title; /* in a list of what can be shown */
  const char *name;  /* of one number of it */
} Words;

static const Words all_words[NN_N_QUANTITIES] = {
  [NN_QUANTITY_VALUE] = { N_ ("Weights"), N_ ("weight") },
  [NN_QUANTITY_GRADIENT] = { N_ ("Gradients"), N_ ("gradient") },
  [NN_QUANTITY_CHANGE] = { N_ ("Last change"), N_ ("last change") },
  [NN_QUANTITY_OPTIMIZER_CHANGE] = { N_ ("Last change: optimizer’s"),
                                     N_ ("optimizer’s part") },
  [NN_QUANTITY_NUDGE_CHANGE] = { N_ ("Last change: nudges’"), N_ ("nudges’ part") },
  [NN_QUANTITY_SINCE_START] = { N_ ("Since the start"), N_ ("since the start") },
  [NN_QUANTITY_MOMENT_1] = { N_ ("First moment"), N_ ("first moment") },
  [NN_QUANTITY_MOMENT_2] = { N_ ("Second moment"), N_ ("second moment") },
  [NN_QUANTITY_MOMENT_3] = { N_ ("Third moment"), N_ ("third moment") },
  [NN_QUANTITY_SLOW] = { N_ ("Slow copies"), N_ ("slow copy") },
  [NN_QUANTITY_CONTRIBUTION] = { N_ ("Contributions"), N_ ("contribution") },
};

static gboolean
is_moment (NnQuantity quantity)
{
  return quantity >= NN_QUANTITY_MOMENT_1 && quantity <= NN_QUANTITY_MOMENT_3;
}

/* Returns: (transfer full): of a list: "Gradients", "Second moment: exp_avg_sq" */
char *
nudge_quantity_dup_title (NnQuantity quantity, NnOptimizerType type)
{
  if (!is_moment (quantity))
    return g_strdup (_ (all_words[quantity].title));
  return g_strdup_printf ("%s: %s", _ (all_words[quantity].title),
                          nn_quantity_get_moment_name (type, quantity));
}

/* Returns: (transfer full): of one number: "gradient", "exp_avg_sq" */
char *
nudge_quantity_dup_name (NnQuantity quantity, NnOptimizerType type)
{
  return g_strdup (is_moment (quantity) ? nn_quantity_get_moment_name (type, quantity)
                                        : _ (all_words[quantity].name));
}

/* Of a moment: the gradient to this power. */
static const char *
get_moment_unit (NnOptimizerType type, NnQuantity quantity)
{
  switch (
      nn_optimizer_get_kind (type)->gradient_powers[quantity - NN_QUANTITY_MOMENT_1]) {
  case 1:
    return _ ("in loss per weight");
  case 2:
    return _ ("in (loss per weight)²");
  default:
    return _ ("in steps of size lr");
  }
}

static gboolean
has_any (const NnFrame *frame, NnQuantity quantity)
{
  const float *numbers = frame->numbers[quantity];

  for (gsize i = 0; numbers && i < frame->architecture->n_values; i++)
    if (!isnan (numbers[i]))
      return TRUE;
  return FALSE;
}

/* Why there is no number at all. */
static const char *
get_reason (NnQuantity quantity, const NnFrame *frame)
{
  if (quantity == NN_QUANTITY_SLOW)
    return _ ("slow copies: no nudge keeps one (a function with m does)");
  if (quantity == NN_QUANTITY_CONTRIBUTION)
    return _ ("contributions: choose an example, or a place on the map");
  if (quantity == NN_QUANTITY_SINCE_START)
    return _ ("since the start: the job was started without --keep-initial");
  if (is_moment (quantity))
    return _ ("moments: the optimizer has none of these weights");
  if (frame->step == 0)
    return quantity == NN_QUANTITY_GRADIENT ? _ ("gradients: none before the first step")
                                            : _ ("last change: none before a step");
  return quantity == NN_QUANTITY_GRADIENT
             ? _ ("gradients: none since the network was changed")
             : _ ("last change: known from the next step on");
}

/**
 * nudge_quantity_dup_legend:
 *
 * Returns: (transfer full): what the picture's scale is of, and in which unit; or why there
 *   is nothing to show
 */
char *
nudge_quantity_dup_legend (NnQuantity quantity, const NnFrame *frame)
{
  g_autofree char *step = nudge_number_format_count (frame->step);
  g_autofree char *name = NULL;

  if (quantity != NN_QUANTITY_VALUE && !has_any (frame, quantity))
    return g_strdup (get_reason (quantity, frame));
  switch (quantity) {
  case NN_QUANTITY_VALUE:
    return g_strdup (_ ("weight"));
  case NN_QUANTITY_GRADIENT:
    return g_strdup_printf (_ ("gradient of step %s, in loss per weight"), step);
  case NN_QUANTITY_CHANGE:
    return g_strdup_printf (_ ("change of the weight by step %s and nudges"), step);
  case NN_QUANTITY_OPTIMIZER_CHANGE:
    return g_strdup_printf (_ ("change of the weight by the optimizer, step %s"), step);
  case NN_QUANTITY_NUDGE_CHANGE:
    return g_strdup_printf (_ ("change of the weight by nudges, step %s"), step);
  case NN_QUANTITY_SINCE_START:
    return g_strdup (_ ("change of the weight since the start"));
  case NN_QUANTITY_MOMENT_1:
  case NN_QUANTITY_MOMENT_2:
  case NN_QUANTITY_MOMENT_3:
    name = nudge_quantity_dup_name (quantity, frame->optimizer);
    return g_strdup_printf ("%s, %s", name, get_moment_unit (frame->optimizer, quantity));
  case NN_QUANTITY_SLOW:
    return g_strdup (_ ("slow copy of the weight"));
  case NN_QUANTITY_CONTRIBUTION:
    return g_strdup (_ ("contribution: weight · input, a part of the unit’s sum"));
  case NN_N_QUANTITIES:
  default:
    g_return_val_if_reached (NULL);
  }
}
