/* nudge-words.c - what window and figure say about a run
 *
 * SPDX-License-Identifier: MIT
 */

#include "ui/text/nudge-words.h"

#include <glib/gi18n-lib.h>
#include <math.h>

#include "nn/nudge/nn-catalogue.h"
#include "ui/text/nudge-number.h"
#include "ui/text/nudge-receipt-words.h"
#include "ui/text/nudge-when-words.h"

/* Of a loss in a sentence, of two that would look the same, and of the status label's. */
#define SENTENCE_DIGITS 3
#define LABEL_DIGITS    4

/* A name of more characters than this is shortened to its start and its end. */
#define NAME_LENGTH 12
#define NAME_START  3
#define NAME_END    4

/* A loss below this has all digits before its point. */
#define MOST_WHOLE 1e7

/* The function as people write it: the catalogue's symbol where there is one. */
static const char *
symbol (const NnNudge *nudge)
{
  const char *text = nn_expression_get_text (nudge->expression);
  const NnFunction *function = nn_catalogue_find_expression (text);

  return function ? function->symbol : text;
}

/**
 * nudge_words_for_loss_change:
 *
 * "ΔL −0.0024", which no end of a line parts.
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
 * "98.4 %", which no end of a line parts.
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

/**
 * nudge_words_for_difference:
 *
 * What the newest time did to the loss: "ΔL −0.0024".
 *
 * Returns: (transfer full) (nullable): %NULL where it was not computed or is no number
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
 * The same at length: "loss 0.0211 → 0.0187 (ΔL −0.0024)".
 *
 * Returns: (transfer full) (nullable): %NULL where it was not computed
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
 * nudge_words_lands_within_step:
 *
 * Returns: whether it lands before its step's optimizer, not in the section after it
 */
gboolean
nudge_words_lands_within_step (const NnLanding *landing)
{
  return landing->standing && (landing->nudge->time.before_backward ||
                               landing->nudge->time.when == NN_WHEN_EVERY_EXAMPLE);
}

/**
 * nudge_words_for_function:
 *
 * What is done: "w + a·w, a = 0.001".
 */
char *
nudge_words_for_function (const NnNudge *nudge)
{
  g_autofree char *amount = NULL;

  if (!nn_expression_uses_amount (nudge->expression))
    return g_strdup (symbol (nudge));
  amount = nudge_number_format_exact (nudge->amount);
  return g_strdup_printf ("%s, a = %s", symbol (nudge), amount);
}

/**
 * nudge_words_for_nudge:
 *
 * What is done to what: "fc2.weight: w + a·w, a = 0.001".
 */
char *
nudge_words_for_nudge (const NnNudge *nudge)
{
  g_autofree char *target = nn_nudge_dup_target (nudge);
  g_autofree char *function = nudge_words_for_function (nudge);

  return g_strdup_printf ("%s: %s", target, function);
}

/* Whether text[i] is the amount's name, not a letter of a longer one. */
static gboolean
is_amount (const char *text, gsize i)
{
  return text[i] == 'a' && (i == 0 || !g_ascii_isalnum (text[i - 1])) &&
         !g_ascii_isalnum (text[i + 1]) && text[i + 1] != '_';
}

/* "fc2.weight: w + 0.001·w" */
static char *
join_briefly (const char *target, const NnNudge *nudge)
{
  g_autofree char *amount = nudge_number_format_exact (nudge->amount);
  g_autoptr (GString) text = g_string_new (target);
  const char *function = symbol (nudge);

  g_string_append (text, ": ");
  for (gsize i = 0; function[i]; i++)
    if (is_amount (function, i))
      g_string_append (text, amount);
    else
      g_string_append_c (text, function[i]);
  return g_string_free (g_steal_pointer (&text), FALSE);
}

/**
 * nudge_words_for_nudge_briefly:
 *
 * The same with its amount where it is used: "fc2.weight: w + 0.001·w".
 */
char *
nudge_words_for_nudge_briefly (const NnNudge *nudge)
{
  g_autofree char *target = nn_nudge_dup_target (nudge);

  return join_briefly (target, nudge);
}

/* "enc…ayer2" of "encoder_block_layer2": names tend to differ at their end. */
static char *
shorten_name (const char *name)
{
  const glong n = g_utf8_strlen (name, -1);
  g_autofree char *start = g_utf8_substring (name, 0, MIN (n, NAME_START));
  g_autofree char *end = g_utf8_substring (name, MAX (n - NAME_END, 0), n);

  return n > NAME_LENGTH ? g_strconcat (start, "…", end, NULL) : g_strdup (name);
}

/**
 * nudge_words_for_nudge_in_a_row:
 *
 * The same for a narrow list, whose rows are to be told apart: of long names the middle is
 * left out.
 */
char *
nudge_words_for_nudge_in_a_row (const NnNudge *nudge)
{
  g_autofree char *whole = nn_nudge_dup_target (nudge);
  g_autoptr (GString) target = g_string_new (whole);

  for (const NnTarget *one = &nudge->target; one != NULL; one = one->next) {
    g_autofree char *name = shorten_name (one->layer);

    g_string_replace (target, one->layer, name, 0);
  }
  return join_briefly (target->str, nudge);
}

/**
 * nudge_words_for_landing:
 * @landing: of a nudge made by hand, or of any that was refused
 *
 * Where the nudge landed and what it did to the loss, or, as it was written, why it was
 * refused.
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
 * @landing: which was refused
 *
 * "fc1: w/0: fc1.weight [0, 0] would become infinite, from 0.5; no weight was changed": the
 * nudge as it was written, and why.
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
 * "refused 3 times, skipped a parameter once".
 *
 * Returns: (transfer full) (nullable): %NULL if neither, or if it was refused at its only
 *   time
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
 * @landing: where it had landed
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
 * Where in the run it is: "applied after step 1204, before the forward of 1205", or
 * how often a standing one was applied.
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
 * Why it stopped, which nudge came last before that, and the ways back.
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
                             ? _ ("Undo goes back to just before the last thing that was "
                                  "done by hand, Reset to the initial network.")
                             : _ ("Reset goes back to the initial network."));
  return g_string_free (g_steal_pointer (&text), FALSE);
}

/**
 * nudge_words_for_change:
 *
 * How far the newest time moved the weights: "moved the weights by 0.0123".
 *
 * Returns: (transfer full) (nullable): %NULL where it was not computed
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

/* Whether a nudge by hand came only after the step of which both losses are known. */
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
 * nudge_words_for_ghost:
 *
 * "without nudges 0.0211 (ΔL −0.0024)": the ghost's loss, and what the nudges made of
 * it: those before the step of which it tells.
 */
char *
nudge_words_for_ghost (const NnFrame *frame)
{
  g_autofree char *loss = NULL;
  g_autofree char *difference = NULL;

  if (frame->ghost_step == 0)
    return g_strdup (_ ("without nudges"));
  loss = nudge_number_format (frame->ghost_loss, SENTENCE_DIGITS);
  if (!isfinite (frame->ghost_difference))
    return g_strdup_printf (_ ("without nudges %s"), loss);
  difference = nudge_words_for_loss_change (frame->ghost_difference);
  /* Translators: a loss, "ΔL −0.0024" */
  return g_strdup_printf (is_ahead_of_ghost (frame)
                              ? _ ("without nudges %s (%s before the last nudge)")
                              : _ ("without nudges %s (%s)"),
                          loss, difference);
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
    return g_strdup_printf (_ ("%s standing nudges, last applied in step %s"), n, last);
  /* Translators: how many nudges, two numbers of steps */
  return g_strdup_printf (
      _ ("%s standing nudges, last applied after step %s, before the forward of %s"), n,
      last, next);
}

/**
 * nudge_words_for_standing:
 *
 * How often the standing nudges were applied and when last: by name where there
 * is one of them, together where several were applied in or after the same step.
 *
 * Returns: (transfer full) (nullable): %NULL when there was none yet
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

/**
 * nudge_words_for_coming:
 *
 * "40 nudges to come, the first after step 10"
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
  /* Translators: how many nudges, a step's number */
  return g_strdup_printf (ngettext ("%s nudge to come, after step %s",
                                    "%s nudges to come, the first after step %s",
                                    (gulong) frame->n_coming_in_all),
                          n, first);
}

/**
 * nudge_words_for_rate:
 *
 * "412 000 steps/s": three significant digits, so that the number does not flicker,
 * and two of less than one a second.
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
 * while the loss falls; more where it has more before its point.
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
