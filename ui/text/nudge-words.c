/* nudge-words.c - numbers and states of a run, in words
 *
 * SPDX-License-Identifier: MIT
 */

#include "ui/text/nudge-words.h"

#include <glib/gi18n-lib.h>
#include <math.h>

#include "ui/text/nudge-nudge-words.h"
#include "ui/text/nudge-number.h"

/* Significant digits of a loss in a sentence, and in a status label. */
#define SENTENCE_DIGITS 3
#define LABEL_DIGITS    4

/* From this on a loss is written with an exponent. */
#define MOST_WHOLE 1e7

/**
 * nudge_words_for_loss_change:
 *
 * "ΔL −0.0024", with a no-break space.
 */
char *
nudge_words_for_loss_change (double change)
{
  g_autofree char *number = nudge_number_format (change, SENTENCE_DIGITS);

  return g_strdup_printf (_ ("ΔL\u00a0%s%s"), change > 0 ? "+" : "", number);
}

/**
 * nudge_words_for_share:
 * @share: 0 to 1
 *
 * "98.4 %", with a no-break space.
 */
char *
nudge_words_for_share (double share)
{
  g_autofree char *number = nudge_number_format (round (1000 * share) / 10, 4);

  /* Translators: a share, such as "98.4 %" */
  return g_strdup_printf (_ ("%s\u00a0%%"), number);
}

/**
 * nudge_words_for_accuracy:
 *
 * "Accuracy 98.4 %"
 */
char *
nudge_words_for_accuracy (double share)
{
  g_autofree char *percent = nudge_words_for_share (share);

  return g_strdup_printf (_ ("Accuracy %s"), percent);
}

/**
 * nudge_words_for_whole:
 *
 * "All training examples: loss 0.0123, accuracy 98.4 %, at step 1 204"
 */
char *
nudge_words_for_whole (const NnScore *score)
{
  g_autofree char *loss = nudge_number_format ((double) score->loss, LABEL_DIGITS);
  g_autofree char *step = nudge_number_format_count (score->step);
  g_autofree char *percent = NULL;

  if (isnan (score->accuracy))
    return g_strdup_printf (_ ("All training examples: loss %s, at step %s"), loss, step);
  percent = nudge_words_for_share ((double) score->accuracy);
  return g_strdup_printf (_ ("All training examples: loss %s, accuracy %s, at step %s"),
                          loss, percent, step);
}

/* The newest that changed weights. */
static const NnLanding *
find_newest (const NnFrame *frame)
{
  const NnLanding *newest = NULL;

  for (gsize i = 0; i < frame->n_landings; i++) {
    const NnLanding *landing = &frame->landings[i];

    if (!landing->refusal && (!newest || landing->last >= newest->last))
      newest = landing;
  }
  return newest;
}

/**
 * nudge_words_for_failure:
 * @frame: of a run that has stopped by itself
 *
 * Why it stopped, which nudge was applied last before that, and how to go back.
 */
char *
nudge_words_for_failure (const NnFrame *frame)
{
  const NnLanding *newest = find_newest (frame);
  g_autoptr (GString) text = g_string_new (NULL);

  g_string_append_printf (text, _ ("Training stopped: %s."), frame->failure);
  if (newest) {
    g_autofree char *what = nudge_words_for_nudge_briefly (newest->nudge);
    g_autofree char *step = nudge_number_format_count (newest->last);

    g_string_append (text, " ");
    g_string_append_printf (text, _ ("The last nudge before: %s, step %s."), what, step);
  }
  g_string_append (text, " ");
  g_string_append (text, frame->can_undo
                             ? _ ("Undo goes back to just before the last thing that you "
                                  "did, Reset to the initial network.")
                             : _ ("Reset goes back to the initial network."));
  return g_string_free (g_steal_pointer (&text), FALSE);
}

/* Whether a manual nudge was applied after the last step of which the loss is known both
 * with and without nudges. */
static gboolean
is_ahead_of_ghost (const NnFrame *frame)
{
  for (gsize i = 0; i < frame->n_landings; i++) {
    const NnLanding *landing = &frame->landings[i];

    if (!landing->standing && !landing->refusal && landing->last >= frame->ghost_step)
      return TRUE;
  }
  return FALSE;
}

/**
 * nudge_words_for_ghost_loss:
 *
 * "without nudges 0.0211": what nudge_words_for_ghost () says, without the difference.
 */
char *
nudge_words_for_ghost_loss (const NnFrame *frame)
{
  g_autofree char *loss = NULL;

  if (frame->ghost_step == 0)
    return g_strdup (_ ("without nudges"));
  loss = nudge_number_format (frame->ghost_loss, SENTENCE_DIGITS);
  return g_strdup_printf (_ ("without nudges %s"), loss);
}

/**
 * nudge_words_for_ghost:
 *
 * "without nudges 0.0211 (ΔL −0.0024)": the ghost's loss at its newest step, and by how
 * much the loss with nudges differed from it at that step.
 */
char *
nudge_words_for_ghost (const NnFrame *frame)
{
  g_autofree char *loss = NULL;
  g_autofree char *difference = NULL;

  if (frame->ghost_step == 0 || !isfinite (frame->ghost_difference))
    return nudge_words_for_ghost_loss (frame);
  loss = nudge_number_format (frame->ghost_loss, SENTENCE_DIGITS);
  difference = nudge_words_for_loss_change (frame->ghost_difference);
  /* Translators: a loss, "ΔL −0.0024" */
  return g_strdup_printf (is_ahead_of_ghost (frame)
                              ? _ ("without nudges %s (%s before the last nudge)")
                              : _ ("without nudges %s (%s)"),
                          loss, difference);
}

/* Whether all are nudges, as far as the frame has them. */
static gboolean
are_nudges (const NnFrame *frame)
{
  for (gsize i = 0; i < frame->n_coming; i++)
    if (frame->coming[i].nudge == NULL)
      return FALSE;
  return TRUE;
}

/**
 * nudge_words_for_coming:
 *
 * "40 nudges to come, the first after step 10"; "actions", if they are not all nudges
 *
 * Returns: (transfer full) (nullable): %NULL when there are none
 */
char *
nudge_words_for_coming (const NnFrame *frame)
{
  g_autofree char *n = nudge_number_format_count (frame->n_coming_in_all);
  g_autofree char *first = NULL;

  if (frame->n_coming == 0)
    return NULL;
  first = nudge_number_format_count (frame->coming[0].step);
  if (!are_nudges (frame))
    /* Translators: how many nudges, edits and so on; a step's number */
    return g_strdup_printf (ngettext ("%s action to come, after step %s",
                                      "%s actions to come, the first after step %s",
                                      (gulong) frame->n_coming_in_all),
                            n, first);
  /* Translators: how many nudges, a step's number */
  return g_strdup_printf (ngettext ("%s nudge to come, after step %s",
                                    "%s nudges to come, the first after step %s",
                                    (gulong) frame->n_coming_in_all),
                          n, first);
}

/**
 * nudge_words_for_kept:
 * @n: coming actions that a run has just been left with
 *
 * "3 coming actions are on the branch that was left; Undo goes back to it"
 */
char *
nudge_words_for_kept (gsize n)
{
  return g_strdup_printf (
      ngettext (
          "%u coming action stays on the branch that was left. Undo goes back to it.",
          "%u coming actions stay on the branch that was left. Undo goes back to them.",
          (gulong) n),
      (guint) n);
}

/**
 * nudge_words_for_rate:
 *
 * "412 000 steps/s": three significant digits, so that the number does not flicker; two
 * below one step a second.
 */
char *
nudge_words_for_rate (double steps_per_second)
{
  double unit;
  guint64 rounded;
  g_autofree char *number = NULL;

  if (!isfinite (steps_per_second) || steps_per_second < 0)
    steps_per_second = 0;
  if (steps_per_second > 0 && steps_per_second < 1) {
    number = nudge_number_format (steps_per_second, 2);
    return g_strdup_printf (_ ("%s steps/s"), number);
  }
  unit = pow (10, MAX (0, floor (log10 (MAX (steps_per_second, 1))) - 2));
  rounded = (guint64) (round (steps_per_second / unit) * unit);
  number = nudge_number_format_count (rounded);
  return g_strdup_printf (ngettext ("%s step/s", "%s steps/s", (gulong) rounded), number);
}

/**
 * nudge_words_for_step:
 *
 * "Step 1204", "Step 12 040".
 */
char *
nudge_words_for_step (guint64 step)
{
  g_autofree char *number = nudge_number_format_count (step);

  return g_strdup_printf (_ ("Step %s"), number);
}

/**
 * nudge_words_for_loss:
 *
 * "Loss 0.01830": always four significant digits, so that the text keeps its width
 * while the loss falls; more only for a loss of 10 000 and above.
 */
char *
nudge_words_for_loss (double loss)
{
  const double magnitude = fabs (loss);
  const int n_whole =
      magnitude >= 1 && magnitude < MOST_WHOLE ? (int) floor (log10 (magnitude)) + 1 : 0;
  g_autofree char *number =
      nudge_number_format_steady (loss, MAX (LABEL_DIGITS, n_whole));

  return g_strdup_printf (_ ("Loss %s"), number);
}
