/* nudge-account-sentence.c - why the loss jumped, in one sentence
 *
 * SPDX-License-Identifier: MIT
 */

#include "ui/text/nudge-account-sentence.h"

#include <glib/gi18n-lib.h>
#include <math.h>

#include "ui/text/nudge-account-words.h"
#include "ui/text/nudge-number.h"

#define DIGITS 3

/* Of a batch's loss, from here on an example is the reason by itself. */
#define CARRIES 0.5

/* The one whose share explains most; training itself if no share does. */
static gssize
find_cause (const NnAccount *account, gsize horizon)
{
  const double sign = account->changes[horizon] < 0 ? -1 : 1;
  gssize cause = NUDGE_ACCOUNT_COURSE;
  double most = account->landed ? sign * account->course[horizon] : 0;

  for (gsize i = 0; i < account->n_parts; i++) {
    const double share = sign * account->parts[i].shares[horizon];

    if (!nn_account_counts (account, &account->parts[i]) || !(share > 0))
      continue;
    /* Alike, the nudge comes before its memory, and an edit before the step. */
    if (share > 1.001 * most) {
      most = share;
      cause = (gssize) i;
    }
  }
  return cause;
}

/* " within 10 steps", or nothing. */
static char *
write_span (gsize horizon)
{
  const guint64 n = nn_account_get_horizon (horizon);
  g_autofree char *number = nudge_number_format_count (n);

  if (n == 0)
    return g_strdup ("");
  return g_strdup_printf (ngettext (" within %s step", " within %s steps", (gulong) n),
                          number);
}

/* "raised the loss from 0.52 to 0.91 within 10 steps" */
static char *
write_effect (const NnAccount *account, gsize horizon)
{
  const int digits =
      nudge_number_choose_digits (account->before, account->losses[horizon], DIGITS);
  g_autofree char *from = nudge_number_format (account->before, digits);
  g_autofree char *to = nudge_number_format (account->losses[horizon], digits);
  g_autofree char *span = write_span (horizon);

  return g_strdup_printf (account->changes[horizon] > 0
                              ? _ ("raised the loss from %s to %s%s")
                              : _ ("lowered the loss from %s to %s%s"),
                          from, to, span);
}

/* "The nudge of fc2.weight raised the loss from 0.52 to 0.91; without it, that would
 * be 0.49." */
static char *
write_landed (const NnAccount *account, gssize cause, gsize horizon)
{
  const NnAccountPart *part = cause >= 0 ? &account->parts[cause] : NULL;
  g_autofree char *row = nudge_words_for_account_row (account, cause);
  g_autofree char *name = nudge_words_for_account_name (account, cause);
  g_autofree char *effect = write_effect (account, horizon);
  g_autofree char *without =
      nudge_number_format (part ? part->losses[horizon] : account->before, DIGITS);

  if (part == NULL)
    /* Translators: "training itself", "raised the loss from 0.5 to 0.6" */
    return g_strdup_printf (_ ("Mostly, %s %s."), row, effect);
  if (part->kind == NN_ACCOUNT_MEMORY)
    return g_strdup_printf (_ ("%s %s: it moves the weights on as before the nudge. "
                               "Zeroed, the loss would be %s."),
                            name, effect, without);
  return g_strdup_printf (_ ("%s %s. Without it, the loss would be %s."), name, effect,
                          without);
}

/* So many are named, and only such as do at least a part of what the largest does. */
#define MOST_NAMED  3
#define LEAST_NAMED 0.005

static double
get_size (const NnAccount *account, gssize row, gsize horizon)
{
  return fabs (nudge_account_get_share (account, row, horizon));
}

/* The one with the largest share of those that were not named. Returns: -1 for none */
static gssize
find_next (const NnAccount *account, gsize horizon, const gboolean *named)
{
  gssize next = -1;

  for (gssize i = 0; i < (gssize) account->n_parts; i++)
    if (!named[i] && nudge_account_counts (account, i) &&
        !isnan (get_size (account, i, horizon)) &&
        (next < 0 || get_size (account, i, horizon) > get_size (account, next, horizon)))
      next = i;
  return next;
}

static void
append_share (GString *text, const NnAccount *account, gssize row, gsize horizon)
{
  g_autofree char *name = nudge_words_for_account_row (account, row);
  g_autofree char *share = nudge_words_for_account_share (account, row, horizon);

  g_string_append_printf (text, "%s%s %s", text->len > 0 ? _ (", ") : "", name, share);
}

/* "Of that change: the nudge of fc2.weight 12 %, Adam’s memory of fc2.weight 81 %." Returns:
 * NULL if the cause is all of it */
static char *
write_shares (const NnAccount *account, gsize horizon)
{
  const double least = LEAST_NAMED * fabs (account->changes[horizon]);
  g_autofree gboolean *named = g_new0 (gboolean, account->n_parts);
  GString *text = g_string_new (NULL);
  guint n_said = 0;

  for (guint n = 0; n < MOST_NAMED; n++) {
    const gssize row = find_next (account, horizon, named);

    if (row < 0 || (n > 0 && get_size (account, row, horizon) < least))
      break;
    named[row] = TRUE;
    append_share (text, account, row, horizon);
    n_said++;
  }
  for (gssize row = NUDGE_ACCOUNT_COURSE; row >= NUDGE_ACCOUNT_INTERACTION; row--)
    if (get_size (account, row, horizon) >= least && least > 0) {
      append_share (text, account, row, horizon);
      n_said++;
    }
  if (n_said < 2 && nudge_account_get_share (account, 0, horizon) != 0) {
    g_string_free (text, TRUE); /* it was named as the cause */
    return NULL;
  }
  /* Translators: "the nudge of fc2.weight 12 %, Adam’s memory of fc2.weight 81 %" follows */
  g_string_prepend (text, nudge_account_has_parts (account, horizon)
                              ? _ ("Of that change: ")
                              : _ ("Each by itself: "));
  /* Translators: the end of a sentence */
  g_string_append (text, _ ("."));
  return g_string_free (text, FALSE);
}

/* Of what landed, how much has to come after it to be told as well. */
#define AFTERMATH 0.3

/* "SGD’s memory of fc1.weight then took it to 3.36 within 10 steps; zeroed, that would be 0." */
static char *
write_aftermath (const NnAccount *account, gssize cause, gsize horizon)
{
  const NnAccountPart *worst = NULL;
  gsize when = 0;
  g_autofree char *name = NULL;
  g_autofree char *to = NULL;
  g_autofree char *without = NULL;
  g_autofree char *span = NULL;

  if (cause < 0 || account->parts[cause].kind != NN_ACCOUNT_NUDGE)
    return NULL;
  for (gsize i = 0; i < account->n_parts; i++)
    for (gsize h = horizon + 1; h + 1 < NN_ACCOUNT_HORIZONS; h++)
      if (account->parts[i].kind == NN_ACCOUNT_MEMORY &&
          account->parts[i].shares[h] >
              (worst ? worst->shares[when]
                     : AFTERMATH * fabs (nudge_account_get_effect (account, horizon)))) {
        worst = &account->parts[i];
        when = h;
      }
  if (worst == NULL)
    return NULL;
  name = nudge_words_for_account_row (account, worst - account->parts);
  to = nudge_number_format (account->losses[when], DIGITS);
  without = nudge_number_format (worst->losses[when], DIGITS);
  span = write_span (when);
  /* Translators: "Adam’s memory of fc1", a loss, " within 10 steps", a loss */
  return g_strdup_printf (
      _ ("Then %s drove the weights on, and the loss to %s%s; zeroed, that "
         "would be %s."),
      name, to, span, without);
}

/* Which of the batch's examples carry its loss: "example 11 carries 98 % of its loss". */
static char *
write_examples (const NnAccount *account)
{
  const NnAccountExample *first = &account->examples[0];
  g_autofree char *number = NULL;
  g_autofree char *percent = NULL;
  g_autoptr (GString) others = g_string_new (NULL);
  double share = 0;

  if (account->n_examples == 0 || account->n_batch < 2)
    return NULL;
  if (first->share >= CARRIES || account->n_examples == 1) {
    number = nudge_number_format_count (first->number);
    percent = nudge_number_format_percent (first->share);
    return g_strdup_printf (_ ("example %s carries %s of its loss"), number, percent);
  }
  for (gsize i = 0; i < account->n_examples; i++) {
    g_string_append_printf (others, "%s%" G_GSIZE_FORMAT, i > 0 ? ", " : "",
                            account->examples[i].number);
    share += account->examples[i].share;
  }
  percent = nudge_number_format_percent (share);
  return g_strdup_printf (_ ("examples %s carry %s of its loss"), others->str, percent);
}

/* Whether the curve jumps there only as it shows each step's own batch. */
static gboolean
is_other_batch (const NnAccount *account)
{
  const double batch = (double) account->curve[0];
  const double jump = batch - (double) account->batch_before;

  return !account->one_batch && jump > 0 && batch - account->before > 0.5 * jump &&
         batch - account->before > fabs (account->changes[0]);
}

static char *
write_other_batch (const NnAccount *account)
{
  g_autofree char *batch = nudge_number_format ((double) account->curve[0], DIGITS);
  g_autofree char *all = nudge_words_for_account_change (account, 0);
  g_autofree char *examples = write_examples (account);
  g_autofree char *number = nudge_number_format_count (account->step);

  /* Translators: a step's number, a loss, "0.52 → 0.51 (ΔL −0.01)" */
  return g_strdup_printf (
      _ ("Step %s has a harder batch, with a loss of %s%s%s; the loss of "
         "all examples only went %s."),
      number, batch, examples ? _ (": ") : "", examples ? examples : "", all);
}

static char *
write_batch (const NnAccount *account, const NnAccountPart *part)
{
  g_autofree char *effect = write_effect (account, 0);
  g_autofree char *examples = write_examples (account);
  g_autofree char *without = nudge_number_format (part->losses[0], DIGITS);
  g_autofree char *number = nudge_number_format_count (account->step);

  return g_strdup_printf (
      _ ("The batch of step %s %s%s%s. With the next batch in its place, "
         "the loss would be %s."),
      number, effect, examples ? _ (": ") : "", examples ? examples : "", without);
}

static char *
write_rate (const NnAccount *account, const NnAccountPart *part)
{
  g_autofree char *effect = write_effect (account, 0);
  g_autofree char *rate = nudge_number_format (account->rate, DIGITS);
  g_autofree char *without = nudge_number_format (part->losses[0], DIGITS);
  g_autofree char *number = nudge_number_format_count (account->step);

  return g_strdup_printf (
      _ ("Step %s was too long: with the learning rate %s it %s. With a "
         "tenth of the rate, the loss would be %s."),
      number, rate, effect, without);
}

/* Something was done, and it is as if it were not. */
static char *
write_nothing (const NnAccount *account, gsize horizon)
{
  g_autofree char *number = nudge_number_format_count (account->step);
  g_autofree char *loss = nudge_number_format (account->losses[horizon], DIGITS);

  return g_strdup_printf (
      _ ("Nothing that was done at step %s changed the loss: it is %s."), number, loss);
}

static char *
write_ordinary (const NnAccount *account)
{
  g_autofree char *number = nudge_number_format_count (account->step);
  g_autofree char *change = nudge_words_for_account_change (account, 0);

  return g_strdup_printf (
      account->changes[0] > 0
          ? _ ("Nothing was done at step %s: training took the loss %s.")
          : _ ("Nothing jumped at step %s: training took the loss %s."),
      number, change);
}

/* Where nothing landed, shares are of the same thing, and the plainest reason comes first. */
static char *
write_step (const NnAccount *account)
{
  const double change = account->changes[0];
  const NnAccountPart *edit = nn_account_find_part (account, NN_ACCOUNT_EVENT);
  const NnAccountPart *batch = nn_account_find_part (account, NN_ACCOUNT_BATCH);
  const NnAccountPart *rate = nn_account_find_part (account, NN_ACCOUNT_RATE);

  if (change > 0 && edit && edit->shares[0] > 0.5 * change)
    return write_landed (account, edit - account->parts, 0);
  if (is_other_batch (account))
    return write_other_batch (account);
  if (change > 0 && batch && batch->shares[0] > 0.5 * change)
    return write_batch (account, batch);
  if (change > 0 && rate && rate->shares[0] > 0.5 * change)
    return write_rate (account, rate);
  return write_ordinary (account);
}

/* The run ends there: without what does it go on? */
static char *
write_end (const NnAccount *account, gsize horizon)
{
  for (gsize i = 0; i < account->n_parts; i++) {
    const NnAccountPart *part = &account->parts[i];
    g_autofree char *name = NULL;
    g_autofree char *loss = NULL;

    if (!nn_account_counts (account, part) || isnan (part->losses[horizon]))
      continue;
    name = nudge_words_for_account_name (account, (gssize) i);
    loss = nudge_number_format (part->losses[horizon], DIGITS);
    return g_strdup_printf (_ ("%s ended the run. Without it, the loss would be %s."),
                            name, loss);
  }
  return g_strdup_printf (_ ("The run ended: %s."), account->failure);
}

/**
 * nudge_words_for_account:
 *
 * Why the loss jumped, as one would say it, and then what each part did.
 */
char *
nudge_words_for_account (const NnAccount *account, gsize horizon)
{
  const gssize cause = find_cause (account, horizon);
  g_autofree char *why = NULL;
  g_autofree char *then = NULL;
  g_autofree char *shares = NULL;

  if (isnan (account->losses[horizon]))
    return write_end (account, horizon);
  if (!account->landed)
    return write_step (account);
  if (account->changes[horizon] == 0 && nudge_account_get_effect (account, horizon) == 0)
    return write_nothing (account, horizon);
  why = write_landed (account, cause, horizon);
  shares = write_shares (account, horizon);
  then = write_aftermath (account, cause, horizon);
  return g_strconcat (why, shares ? " " : "", shares ? shares : "", then ? " " : "",
                      then ? then : "", NULL);
}
