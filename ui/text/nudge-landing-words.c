/* nudge-landing-words.c - when a nudge was applied, and what that did
 *
 * SPDX-License-Identifier: MIT
 */

#include "ui/text/nudge-landing-words.h"

#include <glib/gi18n-lib.h>
#include <math.h>

#include "ui/text/nudge-nudge-words.h"
#include "ui/text/nudge-number.h"
#include "ui/text/nudge-receipt-words.h"
#include "ui/text/nudge-when-words.h"
#include "ui/text/nudge-words.h"

/* Of a loss; more where two would look the same. */
#define SENTENCE_DIGITS 3

/**
 * nudge_words_for_difference:
 *
 * How the newest application changed the loss: "ΔL −0.0024".
 *
 * Returns: (transfer full) (nullable): %NULL if it was not computed, or is not finite
 */
char *
nudge_words_for_difference (const NnLanding *landing)
{
  double difference = landing->loss_after - landing->loss_before;

  return landing->refusal || !isfinite (difference)
             ? NULL
             : nudge_words_for_loss_change (difference);
}

/**
 * nudge_words_for_jump:
 *
 * The loss before and after the newest application: "loss 0.0211 → 0.0187 (ΔL −0.0024)".
 *
 * Returns: (transfer full) (nullable): %NULL if it was not computed
 */
char *
nudge_words_for_jump (const NnLanding *landing)
{
  double change = landing->loss_after - landing->loss_before;
  g_autofree char *before = NULL;
  g_autofree char *after = NULL;
  g_autofree char *difference = NULL;
  int digits;

  if (isnan (landing->loss_before) || isnan (landing->loss_after))
    return NULL;
  digits = nudge_number_choose_digits (landing->loss_before, landing->loss_after,
                                       SENTENCE_DIGITS);
  before = nudge_number_format (landing->loss_before, digits);
  after = nudge_number_format (landing->loss_after, digits);
  if (!isfinite (change))
    return g_strdup_printf (_ ("loss %s → %s"), before, after);
  difference = nudge_words_for_loss_change (change);
  return g_strdup_printf (_ ("loss %s → %s (%s)"), before, after, difference);
}

/**
 * nudge_words_for_change:
 *
 * The norm of the newest change of the weights: "moved the weights by 0.0123".
 *
 * Returns: (transfer full) (nullable): %NULL if it was not computed
 */
char *
nudge_words_for_change (const NnLanding *landing)
{
  g_autofree char *number = NULL;

  if (landing->refusal || !isfinite (landing->change))
    return NULL;
  number = nudge_number_format (landing->change, SENTENCE_DIGITS);
  /* Translators: the norm of what a nudge changed */
  return g_strdup_printf (_ ("moved the weights by %s"), number);
}

/**
 * nudge_words_lands_within_step:
 *
 * Returns: whether it is applied inside a step, before the optimizer, rather than in the
 *   gradient-free section after it
 */
gboolean
nudge_words_lands_within_step (const NnLanding *landing)
{
  return landing->standing && (landing->nudge->time.before_backward ||
                               landing->nudge->time.when == NN_WHEN_EVERY_EXAMPLE);
}

/* "every step: 3 times, last after step 3" */
static char *
place_of_standing (const NnLanding *landing)
{
  g_autofree char *when = nudge_words_for_rhythm (landing->nudge);
  g_autofree char *n_times = nudge_number_format_count (landing->n_times);
  g_autofree char *last = nudge_number_format_count (landing->last);

  if (nudge_words_lands_within_step (landing))
    /* Translators: "every step before backward", how often, a step's number */
    return g_strdup_printf (ngettext ("%s: %s time, last in step %s",
                                      "%s: %s times, last in step %s",
                                      (gulong) landing->n_times),
                            when, n_times, last);
  /* Translators: "every step", how often, a step's number */
  return g_strdup_printf (ngettext ("%s: %s time, last after step %s",
                                    "%s: %s times, last after step %s",
                                    (gulong) landing->n_times),
                          when, n_times, last);
}

/**
 * nudge_words_for_place:
 *
 * "applied after step 1204, before the forward of 1205"; of a standing nudge, "every step:
 * 3 times, last after step 3".
 */
char *
nudge_words_for_place (const NnLanding *landing)
{
  g_autofree char *last = nudge_number_format_count (landing->last);
  g_autofree char *next = nudge_number_format_count (landing->last + 1);

  if (landing->refusal)
    return g_strdup_printf (nudge_words_lands_within_step (landing)
                                ? _ ("refused in step %s")
                                : _ ("refused after step %s"),
                            last);
  if (landing->standing && !nn_time_is_once (&landing->nudge->time))
    return place_of_standing (landing);
  return g_strdup_printf (_ ("applied after step %s, before the forward of %s"), last,
                          next);
}

/**
 * nudge_words_for_landing:
 * @landing: of a manual nudge, or of any that was refused
 *
 * The nudge, when it was applied, and what that did to the loss; or why it was refused.
 */
char *
nudge_words_for_landing (const NnLanding *landing)
{
  g_autofree char *nudge = landing->refusal ? nn_nudge_dup_written (landing->nudge)
                                            : nudge_words_for_nudge (landing->nudge);
  g_autofree char *last = nudge_number_format_count (landing->last);
  g_autofree char *next = nudge_number_format_count (landing->last + 1);
  g_autofree char *taken_back = nudge_words_for_taking_back (landing);
  g_autofree char *jump = NULL;

  if (taken_back)
    return g_strdup_printf ("%s %s", nudge, taken_back);
  /* Translators: a nudge, a step's number, a reason */
  if (landing->refusal)
    return g_strdup_printf (nudge_words_lands_within_step (landing)
                                ? _ ("%s refused in step %s: %s")
                                : _ ("%s refused after step %s: %s"),
                            nudge, last, landing->refusal);
  jump = landing->receipt ? nudge_words_for_receipt (landing)
                          : nudge_words_for_jump (landing);
  /* Translators: a nudge, two numbers of steps, what became of the loss */
  return g_strdup_printf (_ ("%s applied after step %s, before the forward of %s%s%s"),
                          nudge, last, next, jump ? _ (": ") : "", jump ? jump : "");
}

/**
 * nudge_words_for_refusal:
 * @landing: of a nudge that was refused
 *
 * "fc1: w/0: fc1.weight [0, 0] would become infinite, from 0.5; no weight was changed": the
 * nudge as the user wrote it, and why.
 */
char *
nudge_words_for_refusal (const NnLanding *landing)
{
  g_autofree char *written = nn_nudge_dup_written (landing->nudge);

  return landing->refusal ? g_strdup_printf ("%s: %s", written, landing->refusal)
                          : g_steal_pointer (&written);
}

static void
append_count (GString *text, const char *counted)
{
  if (text->len > 0)
    g_string_append (text, ", ");
  g_string_append (text, counted);
}

/**
 * nudge_words_for_counts:
 *
 * "refused 3 times, skipped some of it 1 time".
 *
 * Returns: (transfer full) (nullable): %NULL if nothing was refused or skipped, or if its
 *   only application was refused, which the row says anyway
 */
char *
nudge_words_for_counts (const NnLanding *landing)
{
  g_autoptr (GString) text = g_string_new (NULL);

  if (landing->n_refused > 1 || (landing->n_refused > 0 && landing->n_times > 0)) {
    g_autofree char *times = nudge_number_format_count (landing->n_refused);
    g_autofree char *counted = g_strdup_printf (
        ngettext ("refused %s time", "refused %s times", (gulong) landing->n_refused),
        times);

    append_count (text, counted);
  }
  if (landing->n_skipped > 0) {
    g_autofree char *times = nudge_number_format_count (landing->n_skipped);
    /* Translators: of a nudge that leaves a parameter as it is that it cannot change */
    g_autofree char *counted = g_strdup_printf (ngettext ("skipped some of it %s time",
                                                          "skipped some of it %s times",
                                                          (gulong) landing->n_skipped),
                                                times);

    append_count (text, counted);
  }
  return text->len > 0 ? g_string_free (g_steal_pointer (&text), FALSE) : NULL;
}

/**
 * nudge_words_for_undone:
 * @landing: of the nudge that was undone
 *
 * "Undone: back to just before fc2.weight: 0.98·w, step 1200".
 */
char *
nudge_words_for_undone (const NnLanding *landing)
{
  g_autofree char *nudge = nudge_words_for_nudge_briefly (landing->nudge);
  g_autofree char *step = nudge_number_format_count (landing->first);

  /* Translators: a nudge, a step's number */
  return g_strdup_printf (_ ("Undone: back to just before %s, step %s"), nudge, step);
}

static char *
one_standing (const NnLanding *landing)
{
  g_autofree char *nudge = nudge_words_for_nudge (landing->nudge);
  g_autofree char *place = place_of_standing (landing);

  /* Translators: a nudge, "every step: 3 times, last after step 3" */
  return g_strdup_printf (_ ("%s %s"), nudge, place);
}

static char *
several_standing (const NnLanding *newest, gsize n_together, gboolean within_step)
{
  g_autofree char *n = nudge_number_format_count (n_together);
  g_autofree char *last = nudge_number_format_count (newest->last);
  g_autofree char *next = nudge_number_format_count (newest->last + 1);

  if (within_step)
    /* Translators: how many nudges, a step's number */
    return g_strdup_printf (_ ("%s repeating nudges, last applied in step %s"), n, last);
  /* Translators: how many nudges, two numbers of steps */
  return g_strdup_printf (
      _ ("%s repeating nudges, last applied after step %s, before the forward of %s"), n,
      last, next);
}

/**
 * nudge_words_for_standing:
 *
 * The standing nudge that was applied last, how often and when; or how many they were, if
 * several were applied at the same step.
 *
 * Returns: (transfer full) (nullable): %NULL if none was applied yet
 */
char *
nudge_words_for_standing (const NnFrame *frame)
{
  const NnLanding *newest = NULL;
  gsize n_together = 0;
  gboolean within_step = FALSE; /* any of these */

  for (gsize i = 0; i < frame->n_landings; i++) {
    const NnLanding *landing = &frame->landings[i];

    if (!landing->standing || (newest && landing->last < newest->last))
      continue;
    if (newest == NULL || landing->last > newest->last) {
      n_together = 0;
      within_step = FALSE;
    }
    n_together++;
    within_step |= nudge_words_lands_within_step (landing);
    newest = landing;
  }
  if (!newest)
    return NULL;
  if (newest->refusal)
    return nudge_words_for_landing (newest);
  return n_together > 1 ? several_standing (newest, n_together, within_step)
                        : one_standing (newest);
}
