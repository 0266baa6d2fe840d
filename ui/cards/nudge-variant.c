/* nudge-variant.c - a copy of a nudge with a part changed
 *
 * SPDX-License-Identifier: MIT
 */

#include "ui/cards/nudge-variant.h"

/**
 * nudge_variant_begin:
 * @spec: (out): the pieces of @of, whose strings live as long as @of and the result
 *
 * Returns: (transfer full): the target's text
 */
char *
nudge_variant_begin (const NnNudge *of, NnNudgeSpec *spec)
{
  char *target = nn_nudge_dup_target (of);

  *spec = (NnNudgeSpec){
    .target = target,
    .expression = nn_expression_get_text (of->expression),
    .amount = of->amount,
    .time = of->time,
    .memory = of->memory,
    .skips = of->skips,
    .of_arrays = of->target.of_array,
  };
  return target;
}

/**
 * nudge_variant_make:
 * @spec: every piece of it a nudge's before, the catalogue's, or checked
 */
NnNudge *
nudge_variant_make (const NnNudgeSpec *spec)
{
  g_autoptr (GError) error = NULL;
  NnNudge *nudge = nn_nudge_make (spec, &error);

  if (!nudge)
    g_error ("%s: %s: %s", spec->target, spec->expression, error->message);
  return nudge;
}

/* Returns: (transfer full): the same, to be applied once */
NnNudge *
nudge_variant_once (const NnNudge *of)
{
  NnNudgeSpec spec;
  g_autofree char *target = nudge_variant_begin (of, &spec);

  spec.time = (NnTime){ .when = NN_WHEN_MANUAL, .interval = 1 };
  return nudge_variant_make (&spec);
}

/**
 * nudge_variant_aimed:
 * @target: checked
 *
 * Returns: (transfer full): the same, at @target
 */
NnNudge *
nudge_variant_aimed (const NnNudge *of, const char *target)
{
  NnNudgeSpec spec;
  g_autofree char *before = nudge_variant_begin (of, &spec);

  spec.target = target;
  return nudge_variant_make (&spec);
}

gboolean
nudge_variant_same_function (const NnNudge *a, const NnNudge *b)
{
  return g_str_equal (nn_expression_get_text (a->expression),
                      nn_expression_get_text (b->expression));
}

gboolean
nudge_variant_same_target (const NnNudge *a, const NnNudge *b)
{
  g_autofree char *one = nn_nudge_dup_target (a);
  g_autofree char *other = nn_nudge_dup_target (b);

  return g_str_equal (one, other);
}

/* Returns: whether both do the same at the same times to the same weights, but for how
 *   much; what costs least is compared first */
gboolean
nudge_variant_same_but_amount (const NnNudge *a, const NnNudge *b)
{
  return nn_time_is_equal (&a->time, &b->time) && a->memory == b->memory &&
         a->skips == b->skips && nudge_variant_same_function (a, b) &&
         g_str_equal (a->target.layer, b->target.layer) &&
         nudge_variant_same_target (a, b);
}
