/* nudge-phase-words.c - a sentence for each phase of a step, with its numbers
 *
 * SPDX-License-Identifier: MIT
 */

#include "ui/text/nudge-phase-words.h"

#include <glib/gi18n-lib.h>
#include <math.h>
#include <string.h>

#include "ui/text/nudge-landing-words.h"
#include "ui/text/nudge-nudge-words.h"
#include "ui/text/nudge-number.h"

#define DIGITS      3
#define LOSS_DIGITS 4 /* as the header has it */

/* Returns: which one it is: "fc2.weight[3, 1]" */
static char *
dup_place (const NudgeChange *change)
{
  const NnParameterShape *parameter = change->parameter;

  if (parameter->rank == 1)
    return g_strdup_printf ("%s[%zu]", parameter->name, change->index);
  /* No end of a line parts it. */
  return g_strdup_printf ("%s[%zu,\u00a0%zu]", parameter->name,
                          change->index / parameter->shape[1],
                          change->index % parameter->shape[1]);
}

/**
 * nudge_words_for_move:
 *
 * "0.31 → 0.62", with as many digits as tell them apart.
 */
char *
nudge_words_for_move (const NudgeChange *change)
{
  const int digits = nudge_number_choose_digits ((double) change->before,
                                                 (double) change->after, DIGITS);
  g_autofree char *before = nudge_number_format ((double) change->before, digits);
  g_autofree char *after = nudge_number_format ((double) change->after, digits);

  return g_strdup_printf ("%s → %s", before, after);
}

/* ---- forward and backward ---------------------------------------------------------- */

static char *
describe_forward (const NnFrame *frame)
{
  const NnStepRecord *record = frame->record;
  const gulong n = record->n_examples;
  const gulong n_layers = record->architecture->n_layers;
  g_autofree char *loss = nudge_number_format ((double) record->loss, LOSS_DIGITS);
  g_autofree char *layers =
      g_strdup_printf (ngettext ("%lu layer", "%lu layers", n_layers), n_layers);

  if (record->one_by_one)
    /* Translators: a number, "3 layers", a loss */
    return g_strdup_printf (ngettext ("Forward: %lu example through %s and back; the "
                                      "loss is %s.",
                                      "Forward: %lu examples, each through %s and back "
                                      "before the next; the mean loss is %s.",
                                      n),
                            n, layers, loss);
  /* Translators: a number, "3 layers", a loss */
  return g_strdup_printf (ngettext ("Forward: %lu example through %s; the loss is %s.",
                                    "Forward: %lu examples through %s; the loss is %s.",
                                    n),
                          n, layers, loss);
}

/* What becomes of a nudge between forward and backward; empty if there was none. */
static const char *
describe_guard (const NnFrame *frame)
{
  const NudgeChange any = { NULL };
  gsize n;

  if (frame->record->one_by_one ||
      nudge_step_find_landing (frame, TRUE, &any, &n) == NULL || n == 0)
    return "";
  if (frame->guard == NN_GUARD_SHIELD)
    return _ (" A nudge has just landed; the shield keeps what the forward pass saw, so "
              "these are the gradients without it.");
  return _ (" A nudge has just landed, and these gradients mix what the forward pass saw "
            "with what is there now.");
}

static char *
describe_backward (const NnFrame *frame)
{
  const NudgeChange largest = nudge_step_find_gradient (frame->record);
  g_autofree char *place = NULL;
  g_autofree char *gradient = NULL;

  if (largest.parameter == NULL)
    return g_strconcat (_ ("Backward: every gradient is 0, so the optimizer has nothing "
                           "to follow."),
                        describe_guard (frame), NULL);
  place = dup_place (&largest);
  gradient = nudge_number_format ((double) largest.after, DIGITS);
  /* Translators: "fc2.weight[3, 1]", a number, perhaps another sentence */
  return g_strdup_printf (_ ("Backward: the largest gradient is that of %s, %s.%s"),
                          place, gradient, describe_guard (frame));
}

/* ---- the optimizer ----------------------------------------------------------------- */

/* Returns: by how much the layer's values changed, as a share of their norm; NAN if that
 *   was 0 */
static double
get_share_of_layer (const NnFrame *frame, gsize layer)
{
  const NnArchitecture *architecture = frame->architecture;
  const float *before, *after;
  double change = 0;
  double size = 0;

  nudge_step_get_values (frame, NUDGE_PHASE_OPTIMIZER, &before, &after);
  for (gsize p = 0; p < architecture->n_parameters; p++) {
    const NnParameterShape *parameter = &architecture->parameters[p];

    if (parameter->layer != layer)
      continue;
    for (gsize i = parameter->offset; i < parameter->offset + parameter->n_values; i++) {
      const double step = (double) after[i] - (double) before[i];

      change += step * step;
      size += (double) before[i] * (double) before[i];
    }
  }
  return size > 0 ? sqrt (change / size) : NAN;
}

static char *
describe_optimizer (const NnFrame *frame)
{
  const NudgeChange most = nudge_step_find_change (frame, NUDGE_PHASE_OPTIMIZER);
  const char *optimizer = nn_optimizer_get_name (frame->experiment->optimizer.type);
  g_autofree char *place = NULL;
  g_autofree char *move = NULL;
  g_autofree char *percent = NULL;
  const char *layer;
  double share;

  if (most.parameter == NULL)
    /* Translators: "adam" */
    return g_strdup_printf (_ ("Optimizer: %s leaves every weight as it is."), optimizer);
  layer = frame->architecture->layers[most.parameter->layer].name;
  share = get_share_of_layer (frame, most.parameter->layer);
  place = dup_place (&most);
  move = nudge_words_for_move (&most);
  if (!isfinite (share))
    /* Translators: "adam", "fc1", "fc1.weight[0, 1]", "0.52 → 0.49" */
    return g_strdup_printf (_ ("Optimizer: %s moves %s, most of all %s: %s."), optimizer,
                            layer, place, move);
  percent = nudge_number_format (100 * share, 2);
  /* Translators: "adam", "fc1", a number, "fc1.weight[0, 1]", "0.52 → 0.49" */
  return g_strdup_printf (_ ("Optimizer: %s moves %s by %s\u00a0%% of its size, most of "
                             "all %s: %s."),
                          optimizer, layer, percent, place, move);
}

/* ---- the section ------------------------------------------------------------------- */

/* ", and 2 more", if there are. */
static char *
describe_more (gsize n_landings)
{
  const gulong n_more = n_landings - 1;

  if (n_more == 0)
    return g_strdup ("");
  /* Translators: nudges, behind one */
  return g_strdup_printf (ngettext (", and %lu more", ", and %lu more", n_more), n_more);
}

static char *
describe_section (const NnFrame *frame)
{
  const NudgeChange most = nudge_step_find_change (frame, NUDGE_PHASE_SECTION);
  gsize n;
  const NnLanding *landing = nudge_step_find_landing (frame, FALSE, &most, &n);
  g_autofree char *function = NULL;
  g_autofree char *place = NULL;
  g_autofree char *move = NULL;
  g_autofree char *more = NULL;

  if (landing == NULL)
    return g_strdup (
        _ ("Section: no nudge is due. One that is applied now lands here; the "
           "next forward sees it."));
  if (n == 0) {
    g_autofree char *refusal = nudge_words_for_refusal (landing);

    return g_strdup_printf (_ ("Section: refused, %s."), refusal);
  }
  function = most.parameter ? nudge_words_for_function (landing->nudge)
                            : nudge_words_for_nudge (landing->nudge);
  if (most.parameter == NULL)
    /* Translators: a nudge */
    return g_strdup_printf (_ ("Section: %s has changed no weight."), function);
  place = dup_place (&most);
  move = nudge_words_for_move (&most);
  more = describe_more (n);
  /* Translators: "fc2.weight[0, 1]", "0.31 → 0.62", "w + a·w, a = 1", perhaps ", and
   * 2 more" */
  return g_strdup_printf (_ ("Section: %s %s by %s%s; the next forward sees it."), place,
                          move, function, more);
}

/**
 * nudge_words_for_phase:
 * @frame: with a record
 * @phase: not none
 *
 * "Backward: the largest gradient is that of fc2.weight[3, 1], −0.42."
 */
char *
nudge_words_for_phase (const NnFrame *frame, NudgePhase phase)
{
  switch (phase) {
  case NUDGE_PHASE_FORWARD:
    return describe_forward (frame);
  case NUDGE_PHASE_BACKWARD:
    return describe_backward (frame);
  case NUDGE_PHASE_OPTIMIZER:
    return describe_optimizer (frame);
  case NUDGE_PHASE_SECTION:
    return describe_section (frame);
  case NUDGE_PHASE_NONE:
    break;
  }
  g_return_val_if_reached (g_strdup (""));
}
