/* nudge-card-state.c - the state of a card, as one value
 *
 * SPDX-License-Identifier: MIT
 */

#include "ui/cards/nudge-card-state.h"

#include <glib/gi18n.h>
#include <math.h>

#include "ui/cards/nudge-variant.h"

static void
set_nudge (NnNudge **nudge, NnNudge *to)
{
  if (to)
    nn_nudge_ref (to);
  g_clear_pointer (nudge, nn_nudge_unref);
  *nudge = to;
}

gboolean
nudge_card_state_repeats (const NudgeCardState *self)
{
  return self->nudge->time.when != NN_WHEN_MANUAL;
}

/* --- The question ------------------------------------------------------------------ */

static const NnFunction *
find_function (const char *expression, const NnFunctions *own)
{
  const NnFunction *function = nn_catalogue_find_expression (expression);

  for (gsize i = 0; !function && own && i < nn_functions_get_length (own); i++) {
    const NnFunction *candidate = nn_functions_get (own, i);

    if (g_str_equal (candidate->expression, expression))
      function = candidate;
  }
  return function && function->least < function->most ? function : NULL;
}

/* For a function that has no range: around zero, wide enough for the nudge's amount. */
static void
choose_range (NnQuestion *question, const NnNudge *nudge, const NnFunctions *own)
{
  const char *expression = nn_expression_get_text (nudge->expression);
  const NnFunction *function = find_function (expression, own);
  float reach = MIN (2 * MAX (ABS (nudge->amount), 0.5f), G_MAXFLOAT);

  question->least = function ? function->least : -reach;
  question->most = function ? function->most : reach;
  question->logarithmic = function && function->logarithmic;
  if (!nn_expression_uses_amount (nudge->expression)) {
    question->least = 0;
    question->most = 1;
    question->logarithmic = FALSE;
  }
}

/* Another function or target is another question: it has not landed yet, and its
 * preview ends. */
static NudgeChanges
change_question (NudgeCardState *self, gboolean new_range, const NnFunctions *own)
{
  gboolean had_preview = self->preview != NULL;

  g_clear_pointer (&self->question.nudge, nn_nudge_unref);
  self->question.nudge = nudge_variant_once (self->nudge);
  if (new_range)
    choose_range (&self->question, self->nudge, own);
  self->landed = NAN;
  set_nudge (&self->preview, NULL);
  return NUDGE_CHANGED_QUESTION | (had_preview ? NUDGE_CHANGED_PREVIEW : 0);
}

/* --- Actions ----------------------------------------------------------------------- */

static NudgeChanges
take_nudge (NudgeCardState *self, NnNudge *nudge, const NnFunctions *own)
{
  g_autoptr (NnNudge) before = nn_nudge_ref (self->nudge);
  gboolean another_function = !nudge_variant_same_function (before, nudge);

  set_nudge (&self->nudge, nudge);
  if (!nn_time_is_equal (&before->time, &nudge->time))
    self->in_force = NAN;
  if (another_function || !nudge_variant_same_target (before, nudge))
    return change_question (self, another_function, own);
  return 0;
}

static NudgeChanges
end_preview (NudgeCardState *self)
{
  if (!self->preview)
    return 0;
  set_nudge (&self->preview, NULL);
  return NUDGE_CHANGED_PREVIEW;
}

/**
 * nudge_card_state_act:
 * @nudge: of the card's layer: what the card is about from now on
 * @own: (nullable): functions that the user has named, for their ranges
 *
 * What a user has done on the card.
 */
NudgeChanges
nudge_card_state_act (NudgeCardState *self,
                      NudgeAction action,
                      NnNudge *nudge,
                      const NnFunctions *own)
{
  gboolean repeated = nudge_card_state_repeats (self);
  NudgeChanges changes = take_nudge (self, nudge, own);

  switch (action) {
  case NUDGE_ACTION_PREVIEW:
    g_clear_pointer (&self->preview, nn_nudge_unref);
    self->preview = nudge_variant_once (nudge);
    return changes | NUDGE_CHANGED_PREVIEW;
  case NUDGE_ACTION_SET:
    if (repeated || nudge_card_state_repeats (self))
      changes |= NUDGE_CHANGED_REPEATING;
    return changes;
  case NUDGE_ACTION_APPLY:
    self->landed = nudge->amount;
    return changes | end_preview (self);
  case NUDGE_ACTION_CANCEL:
    return changes | end_preview (self);
  }
  g_return_val_if_reached (changes);
}

/* --- From outside ------------------------------------------------------------------ */

/**
 * nudge_card_state_set_nudge:
 *
 * Makes the card about @nudge, whatever it was about before.
 */
NudgeChanges
nudge_card_state_set_nudge (NudgeCardState *self, NnNudge *nudge, const NnFunctions *own)
{
  set_nudge (&self->nudge, nudge);
  return change_question (self, TRUE, own);
}

/**
 * nudge_card_state_aim:
 * @target: of this card's layer, "fc1.weight[2]"
 * @changes: (out): none on failure
 *
 * Aims there; but a nudge that repeats keeps its target, which only the card changes.
 */
gboolean
nudge_card_state_aim (NudgeCardState *self,
                      const char *target,
                      NudgeChanges *changes,
                      GError **error)
{
  const char *at = target;
  g_autofree char *now = nn_nudge_dup_target (self->nudge);
  g_autofree char *plain = NULL;
  g_autoptr (NnNudge) aimed = NULL;
  NnTarget parsed;

  *changes = 0;
  if (nn_target_parse (&parsed, target, &at, error))
    plain = nn_target_dup_text (&parsed);
  nn_target_clear (&parsed);
  if (!plain || g_str_equal (plain, now))
    return plain != NULL;
  if (nudge_card_state_repeats (self)) {
    g_set_error (error, G_IO_ERROR, G_IO_ERROR_BUSY,
                 _ ("%s keeps its target while it repeats; the card can change it"),
                 self->nudge->target.layer);
    return FALSE;
  }
  aimed = nudge_variant_aimed (self->nudge, plain);
  *changes = nudge_card_state_act (self, NUDGE_ACTION_SET, aimed, NULL);
  return TRUE;
}

/**
 * nudge_card_state_set_repeating:
 * @repeating: (nullable): what of this card's repeats, once all that was done on the card
 *   has arrived; %NULL: nothing
 *
 * Another function, target or time is shown at once; another amount is only named, for
 * the slider may be under way: see nudge-amount.h.
 */
NudgeChanges
nudge_card_state_set_repeating (NudgeCardState *self,
                                NnNudge *repeating,
                                const NnFunctions *own)
{
  NudgeChanges changes = 0;

  if (repeating && !nudge_variant_same_but_amount (repeating, self->nudge))
    changes = nudge_card_state_set_nudge (self, repeating, own);
  if (!repeating && nudge_card_state_repeats (self)) {
    NnNudge *once = nudge_variant_once (self->nudge);

    g_clear_pointer (&self->nudge, nn_nudge_unref);
    self->nudge = once;
  }
  self->in_force = repeating ? repeating->amount : NAN;
  return changes;
}

/**
 * nudge_card_state_follow_landings:
 *
 * Notes the amount of the newest manual nudge in @frame that is this card's but for its
 * amount, which undo and redo may have changed; none may be left.
 */
void
nudge_card_state_follow_landings (NudgeCardState *self, const NnFrame *frame)
{
  self->landed = NAN;
  for (gsize i = frame->n_landings; i > 0 && isnan (self->landed); i--) {
    const NnLanding *landing = &frame->landings[i - 1];

    if (!landing->standing && !landing->refusal &&
        nudge_variant_same_but_amount (landing->nudge, self->nudge))
      self->landed = landing->nudge->amount;
  }
}

/* Returns: the function that a user names here, with the range it has; its texts
 *   are borrowed */
NnFunction
nudge_card_state_name (const NudgeCardState *self,
                       const char *name,
                       const char *expression)
{
  const NnQuestion *range = &self->question;

  return (NnFunction){
    .name = name,
    .expression = expression,
    .symbol = expression,
    .sentence = "",
    .least = range->least,
    .most = range->most,
    .usual = CLAMP (self->nudge->amount, range->least, range->most),
    .logarithmic = range->logarithmic,
  };
}

/* --- Life -------------------------------------------------------------------------- */

static void
init_at (NudgeCardState *self, const char *target, gboolean of_file, guint key)
{
  const NnFunction *first = nn_catalogue_get (NULL);

  *self = (NudgeCardState){ .key = key, .in_force = NAN, .landed = NAN };
  self->nudge = nudge_variant_make (&(NnNudgeSpec){ .target = target,
                                                    .expression = first->expression,
                                                    .amount = first->first,
                                                    .time.when = NN_WHEN_MANUAL,
                                                    .time.interval = 1,
                                                    .of_arrays = of_file });
  change_question (self, TRUE, NULL);
}

/**
 * nudge_card_state_init:
 * @layer: its name, "fc1"; "*" for all layers
 *
 * Of the catalogue's first function with its first amount, not repeating.
 */
void
nudge_card_state_init (NudgeCardState *self, const char *layer, guint key)
{
  g_autofree char *target = g_strconcat (layer, ".weight", NULL);

  init_at (self, target, FALSE, key);
}

/**
 * nudge_card_state_init_of_file:
 * @target: arrays of a file, as nn_target_parse_of_array () reads it
 *
 * The same.
 */
void
nudge_card_state_init_of_file (NudgeCardState *self, const char *target)
{
  init_at (self, target, TRUE, 0);
}

/**
 * nudge_card_state_copy:
 * @self: (out) overwritten; what it held before is not released
 */
void
nudge_card_state_copy (NudgeCardState *self, const NudgeCardState *from)
{
  *self = *from;
  nn_nudge_ref (self->nudge);
  nn_question_copy (&self->question, &from->question);
  if (self->preview)
    nn_nudge_ref (self->preview);
}

void
nudge_card_state_clear (NudgeCardState *self)
{
  g_clear_pointer (&self->nudge, nn_nudge_unref);
  g_clear_pointer (&self->preview, nn_nudge_unref);
  nn_question_clear (&self->question);
}
