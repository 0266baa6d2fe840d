/* nudge-account-words.c - the parts of an account in words
 *
 * SPDX-License-Identifier: MIT
 */

#include "ui/text/nudge-account-words.h"

#include <glib/gi18n-lib.h>
#include <math.h>

#include "ui/text/nudge-edit-words.h"
#include "ui/text/nudge-number.h"
#include "ui/text/nudge-setting-words.h"

#define DIGITS 3

/* "+0.39" */
static char *
format_signed (double change)
{
  g_autofree char *number = nudge_number_format (change, DIGITS);

  return g_strdup_printf ("%s%s", change > 0 ? "+" : "", number);
}

/* "the learning rate’s rise from 0.05 to 0.5 after step 9" */
static char *
name_rate (double before, double after, guint64 step)
{
  g_autofree char *from = nudge_number_format (before, DIGITS);
  g_autofree char *to = nudge_number_format (after, DIGITS);
  g_autofree char *number = nudge_number_format_count (step);

  return g_strdup_printf (
      after > before ? _ ("the learning rate’s rise from %s to %s after step %s")
                     : _ ("the learning rate’s fall from %s to %s after step %s"),
      from, to, number);
}

static char *
name_event (const NnAccountPart *part)
{
  const NnEvent *event = &part->event;
  g_autofree char *after = nudge_number_format_count (part->step);
  g_autofree char *edit = NULL;

  if (event->kind != NN_EVENT_EDIT)
    /* Translators: "the end of a repeating nudge", a step's number */
    return g_strdup_printf (_ ("%s after step %s"),
                            nudge_words_for_event_kind (event->kind), after);
  if (event->edit->parts == NN_EDIT_HAS_OPTIMIZER && !isnan (part->rate_before))
    return name_rate (part->rate_before, event->edit->optimizer.lr, part->step);
  edit = nudge_words_for_edit (event->edit, NULL);
  /* Translators: a step's number, "sgd, lr 0.5" */
  return g_strdup_printf (_ ("the edit after step %s (%s)"), after, edit);
}

/* "fc2.weight", "all weights" */
static char *
name_target (const NnNudge *nudge)
{
  static const char *const all[][2] = { { "*", N_ ("all parameters") },
                                        { "*.weight", N_ ("all weights") },
                                        { "*.bias", N_ ("all biases") } };
  char *target = nn_nudge_dup_target (nudge);

  for (gsize i = 0; i < G_N_ELEMENTS (all); i++)
    if (g_str_equal (all[i][0], target)) {
      g_free (target);
      return g_strdup (_ (all[i][1]));
    }
  return target;
}

/**
 * nudge_words_for_account_row:
 *
 * As it stands within a sentence: "the nudge of fc2.weight".
 */
char *
nudge_words_for_account_row (const NnAccount *account, gssize row)
{
  const NnAccountPart *part = row >= 0 ? &account->parts[row] : NULL;
  g_autofree char *target = part && part->nudge ? name_target (part->nudge) : NULL;
  g_autofree char *number = nudge_number_format_count (account->step);
  g_autofree char *optimizer = NULL;

  if (row == NUDGE_ACCOUNT_COURSE)
    return g_strdup (_ ("training itself"));
  if (part == NULL)
    return g_strdup (account->landed ? _ ("what they do only together")
                                     : _ ("what they have in common"));
  switch (part->kind) {
  case NN_ACCOUNT_NUDGE:
    return g_strdup_printf (_ ("the nudge of %s"), target);
  case NN_ACCOUNT_PARAMETER:
    return g_strdup_printf (_ ("its part on %s"), part->deviation.part);
  case NN_ACCOUNT_MEMORY:
    optimizer = nudge_words_for_optimizer (nn_optimizer_get_name (account->optimizer));
    /* Translators: "Adam", a nudge's target */
    return g_strdup_printf (_ ("%s’s memory of %s"), optimizer, target);
  case NN_ACCOUNT_EVENT:
    return name_event (part);
  case NN_ACCOUNT_BATCH:
    return g_strdup_printf (_ ("the batch of step %s"), number);
  case NN_ACCOUNT_RATE:
    optimizer = nudge_number_format (account->rate, DIGITS);
    return g_strdup_printf (_ ("the learning rate, %s"), optimizer);
  case NN_ACCOUNT_LAYER:
  default:
    return g_strdup_printf (_ ("the update of %s"), part->deviation.part);
  }
}

/**
 * nudge_words_for_account_name:
 *
 * As nudge_words_for_account_row (), but with the first letter of a sentence, where there
 * are such: "The nudge of fc2.weight".
 */
char *
nudge_words_for_account_name (const NnAccount *account, gssize row)
{
  g_autofree char *name = nudge_words_for_account_row (account, row);
  g_autofree char *first = g_utf8_substring (name, 0, 1);
  g_autofree char *upper = g_utf8_strup (first, -1);

  return g_strconcat (upper, g_utf8_next_char (name), NULL);
}

/**
 * nudge_words_for_account_share:
 *
 * "81 %", or where shares are no parts of a whole, "+0.021".
 */
char *
nudge_words_for_account_share (const NnAccount *account, gssize row, gsize horizon)
{
  const double share = nudge_account_get_share (account, row, horizon);

  if (isnan (share))
    return g_strdup (_ ("not known"));
  if (nudge_account_has_parts (account, horizon))
    return nudge_number_format_percent (share / account->changes[horizon]);
  return format_signed (share);
}

/**
 * nudge_words_for_account_horizon:
 *
 * "at once", "1 step on", "10 steps on".
 */
char *
nudge_words_for_account_horizon (gsize horizon)
{
  const guint64 n = nn_account_get_horizon (horizon);
  g_autofree char *number = nudge_number_format_count (n);

  if (n == 0)
    return g_strdup (_ ("at once"));
  return g_strdup_printf (ngettext ("%s step on", "%s steps on", (gulong) n), number);
}

/**
 * nudge_words_for_account_change:
 *
 * "0.52 → 0.91 (ΔL +0.39)", of all examples that are trained on.
 */
char *
nudge_words_for_account_change (const NnAccount *account, gsize horizon)
{
  const int digits =
      nudge_number_choose_digits (account->before, account->losses[horizon], DIGITS);
  g_autofree char *before = nudge_number_format (account->before, digits);
  g_autofree char *after = nudge_number_format (account->losses[horizon], digits);
  g_autofree char *change = format_signed (account->changes[horizon]);

  if (isnan (account->losses[horizon]))
    return g_strdup_printf (_ ("%s → the run has ended"), before);
  return g_strdup_printf (_ ("%s → %s (ΔL %s)"), before, after, change);
}
