/* nudge-account-words.c - why the loss jumped, in words
 *
 * SPDX-License-Identifier: MIT
 */

#include "ui/text/nudge-account-words.h"

#include <glib/gi18n-lib.h>
#include <math.h>
#include <string.h>

#include "ui/text/nudge-edit-words.h"
#include "ui/text/nudge-number.h"
#include "ui/text/nudge-setting-words.h"

#define DIGITS      3
#define MOST_DIGITS 9

/* Shares are said in per cent as long as they are parts of a whole, to a rounding. */
#define SLACK 0.005

/* Of a batch's loss, from here on an example is the reason by itself. */
#define CARRIES 0.5

/* ---- what there is ----------------------------------------------------------------- */

/* What of the change has to do with what landed, or all of it where nothing did. */
static double
get_effect (const NnAccount *account, gsize horizon)
{
  return account->changes[horizon] - (account->landed ? account->course[horizon] : 0);
}

/**
 * nudge_account_choose_horizon:
 *
 * Returns: where what is to be explained is largest; the nearest of those that are alike.
 *   Where nothing landed, the step itself
 */
gsize
nudge_account_choose_horizon (const NnAccount *account)
{
  gsize best = 0;

  for (gsize i = 1; account->landed && i + 1 < NN_ACCOUNT_HORIZONS; i++) {
    const double effect = fabs (get_effect (account, i));

    if (isnan (effect))
      return isnan (account->losses[i]) ? i : best;
    if (effect > 1.001 * fabs (get_effect (account, best)))
      best = i;
  }
  return best;
}

/**
 * nudge_account_has_row:
 *
 * Returns: whether there is anything to be said of @row
 */
gboolean
nudge_account_has_row (const NnAccount *account, gssize row)
{
  if (row == NUDGE_ACCOUNT_COURSE)
    return account->landed;
  return row == NUDGE_ACCOUNT_INTERACTION || (row >= 0 && (gsize) row < account->n_parts);
}

/**
 * nudge_account_get_share:
 *
 * Returns: how much of the change is @row's; NAN if that is not known
 */
double
nudge_account_get_share (const NnAccount *account, gssize row, gsize horizon)
{
  if (row == NUDGE_ACCOUNT_COURSE)
    return account->course[horizon];
  if (row == NUDGE_ACCOUNT_INTERACTION)
    return account->interaction[horizon];
  return account->parts[row].shares[horizon];
}

static gboolean
counts (const NnAccount *account, gssize row)
{
  return row < 0 ? nudge_account_has_row (account, row)
                 : nn_account_counts (account, &account->parts[row]);
}

/* Whether all that counts is a part of the whole. */
static gboolean
are_parts (const NnAccount *account, gsize horizon)
{
  const double change = account->changes[horizon];

  if (!account->landed || !(fabs (change) > 1e-9))
    return FALSE;
  for (gssize row = NUDGE_ACCOUNT_INTERACTION; row < (gssize) account->n_parts; row++) {
    const double part = nudge_account_get_share (account, row, horizon) / change;

    if (counts (account, row) && !(part > -SLACK && part < 1 + SLACK))
      return FALSE;
  }
  return TRUE;
}

/* ---- pieces ------------------------------------------------------------------------ */

static char *
count (guint64 n)
{
  return g_strdup_printf ("%" G_GUINT64_FORMAT, n);
}

static char *
format_loss (double loss)
{
  return nudge_number_format (loss, DIGITS);
}

/* How many digits tell @one from @other, if any do. */
static int
digits_between (double one, double other)
{
  int digits = DIGITS;

  while (digits < MOST_DIGITS && one != other) {
    g_autofree char *first = nudge_number_format (one, digits);
    g_autofree char *second = nudge_number_format (other, digits);

    if (!g_str_equal (first, second))
      break;
    digits++;
  }
  return digits;
}

/* "+0.39" */
static char *
format_signed (double change)
{
  g_autofree char *number = nudge_number_format (change, DIGITS);

  return g_strdup_printf ("%s%s", change > 0 ? "+" : "", number);
}

static char *
format_percent (double part)
{
  const double percent = 100 * fabs (part);
  g_autofree char *number =
      nudge_number_format (percent < 1 ? percent : round (percent), percent < 1 ? 1 : 3);

  return g_strdup_printf (_ ("%s\u00a0%%"), percent < 0.05 ? "0" : number);
}

/* "the learning rate’s rise from 0.05 to 0.5 after step 9" */
static char *
name_rate (double before, double after, guint64 step)
{
  g_autofree char *from = format_loss (before);
  g_autofree char *to = format_loss (after);
  g_autofree char *number = count (step);

  return g_strdup_printf (
      after > before ? _ ("the learning rate’s rise from %s to %s after step %s")
                     : _ ("the learning rate’s fall from %s to %s after step %s"),
      from, to, number);
}

static char *
name_event (const NnAccountPart *part)
{
  static const char *const changes[NN_N_EVENT_KINDS] = {
    [NN_EVENT_STAND] = N_ ("a nudge that begins to repeat"),
    [NN_EVENT_REPLACE] = N_ ("the change of a repeating nudge"),
    [NN_EVENT_REMOVE] = N_ ("the end of a repeating nudge"),
    [NN_EVENT_PAUSE] = N_ ("the pause of a repeating nudge"),
    [NN_EVENT_RESUME] = N_ ("the return of a repeating nudge"),
    [NN_EVENT_MOVE] = N_ ("the new order of the nudges"),
    [NN_EVENT_GUARD] = N_ ("the change of the guard"),
  };
  const NnEvent *event = &part->event;
  g_autofree char *after = count (part->step);
  g_autofree char *edit = NULL;

  if (event->kind != NN_EVENT_EDIT)
    /* Translators: "the end of a repeating nudge", a step's number */
    return g_strdup_printf (_ ("%s after step %s"), _ (changes[event->kind]), after);
  if (event->edit->parts == NN_EDIT_HAS_OPTIMIZER && !isnan (part->rate_before))
    return name_rate (part->rate_before, event->edit->optimizer.lr, part->step);
  edit = nudge_words_for_edit (event->edit);
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
  g_autofree char *number = count (account->step);
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
    optimizer = format_loss (account->rate);
    return g_strdup_printf (_ ("the learning rate, %s"), optimizer);
  case NN_ACCOUNT_LAYER:
  default:
    return g_strdup_printf (_ ("the update of %s"), part->deviation.part);
  }
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
  if (are_parts (account, horizon))
    return format_percent (share / account->changes[horizon]);
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
  g_autofree char *number = count (n);

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
  const int digits = digits_between (account->before, account->losses[horizon]);
  g_autofree char *before = nudge_number_format (account->before, digits);
  g_autofree char *after = nudge_number_format (account->losses[horizon], digits);
  g_autofree char *change = format_signed (account->changes[horizon]);

  if (isnan (account->losses[horizon]))
    return g_strdup_printf (_ ("%s → the run has ended"), before);
  return g_strdup_printf (_ ("%s → %s (ΔL %s)"), before, after, change);
}

/* ---- the sentence ------------------------------------------------------------------ */

/* The one whose share is most of what is to be explained; training itself if none is. */
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
  g_autofree char *number = count (n);

  if (n == 0)
    return g_strdup ("");
  return g_strdup_printf (ngettext (" within %s step", " within %s steps", (gulong) n),
                          number);
}

/* The first letter of a sentence, where there are such. */
static char *
begin_sentence (char *text)
{
  g_autofree char *first = g_utf8_substring (text, 0, 1);
  g_autofree char *upper = g_utf8_strup (first, -1);
  char *sentence = g_strconcat (upper, g_utf8_next_char (text), NULL);

  g_free (text);
  return sentence;
}

/* "raised the loss from 0.52 to 0.91 within 10 steps" */
static char *
write_effect (const NnAccount *account, gsize horizon)
{
  const int digits = digits_between (account->before, account->losses[horizon]);
  g_autofree char *from = nudge_number_format (account->before, digits);
  g_autofree char *to = nudge_number_format (account->losses[horizon], digits);
  g_autofree char *span = write_span (horizon);

  return g_strdup_printf (account->changes[horizon] > 0
                              ? _ ("raised the loss from %s to %s%s")
                              : _ ("lowered the loss from %s to %s%s"),
                          from, to, span);
}

/* "The nudge of fc2.weight raised the loss from 0.52 to 0.91; without it, that would be
 * 0.49." */
static char *
write_landed (const NnAccount *account, gssize cause, gsize horizon)
{
  const NnAccountPart *part = cause >= 0 ? &account->parts[cause] : NULL;
  g_autofree char *row = nudge_words_for_account_row (account, cause);
  g_autofree char *name = begin_sentence (g_strdup (row));
  g_autofree char *effect = write_effect (account, horizon);
  g_autofree char *without = format_loss (part ? part->losses[horizon] : account->before);

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
    if (!named[i] && counts (account, i) && !isnan (get_size (account, i, horizon)) &&
        (next < 0 || get_size (account, i, horizon) > get_size (account, next, horizon)))
      next = i;
  return next;
}

static void
append_share (GString *text, const NnAccount *account, gssize row, gsize horizon)
{
  g_autofree char *name = nudge_words_for_account_row (account, row);
  g_autofree char *share = nudge_words_for_account_share (account, row, horizon);

  g_string_append_printf (text, "%s%s %s", text->len > 0 ? ", " : "", name, share);
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
  g_string_prepend (text, are_parts (account, horizon) ? _ ("Of that change: ")
                                                       : _ ("Each by itself: "));
  g_string_append_c (text, '.');
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
                     : AFTERMATH * fabs (get_effect (account, horizon)))) {
        worst = &account->parts[i];
        when = h;
      }
  if (worst == NULL)
    return NULL;
  name = nudge_words_for_account_row (account, worst - account->parts);
  to = format_loss (account->losses[when]);
  without = format_loss (worst->losses[when]);
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
    number = count (first->number);
    percent = format_percent (first->share);
    return g_strdup_printf (_ ("example %s carries %s of its loss"), number, percent);
  }
  for (gsize i = 0; i < account->n_examples; i++) {
    g_string_append_printf (others, "%s%" G_GSIZE_FORMAT, i > 0 ? ", " : "",
                            account->examples[i].number);
    share += account->examples[i].share;
  }
  percent = format_percent (share);
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
  g_autofree char *batch = format_loss ((double) account->curve[0]);
  g_autofree char *all = nudge_words_for_account_change (account, 0);
  g_autofree char *examples = write_examples (account);
  g_autofree char *number = count (account->step);

  /* Translators: a step's number, a loss, "0.52 → 0.51 (ΔL −0.01)" */
  return g_strdup_printf (
      _ ("Step %s has a harder batch, with a loss of %s%s%s; the loss of "
         "all examples only went %s."),
      number, batch, examples ? ": " : "", examples ? examples : "", all);
}

static char *
write_batch (const NnAccount *account, const NnAccountPart *part)
{
  g_autofree char *effect = write_effect (account, 0);
  g_autofree char *examples = write_examples (account);
  g_autofree char *without = format_loss (part->losses[0]);
  g_autofree char *number = count (account->step);

  return g_strdup_printf (
      _ ("The batch of step %s %s%s%s. With the next batch in its place, "
         "the loss would be %s."),
      number, effect, examples ? ": " : "", examples ? examples : "", without);
}

static char *
write_rate (const NnAccount *account, const NnAccountPart *part)
{
  g_autofree char *effect = write_effect (account, 0);
  g_autofree char *rate = format_loss (account->rate);
  g_autofree char *without = format_loss (part->losses[0]);
  g_autofree char *number = count (account->step);

  return g_strdup_printf (
      _ ("Step %s was too long: with the learning rate %s it %s. With a "
         "tenth of the rate, the loss would be %s."),
      number, rate, effect, without);
}

/* Something was done, and it is as if it were not. */
static char *
write_nothing (const NnAccount *account, gsize horizon)
{
  g_autofree char *number = count (account->step);
  g_autofree char *loss = format_loss (account->losses[horizon]);

  return g_strdup_printf (
      _ ("Nothing that was done at step %s changed the loss: it is %s."), number, loss);
}

static char *
write_ordinary (const NnAccount *account)
{
  g_autofree char *number = count (account->step);
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
    name = begin_sentence (nudge_words_for_account_row (account, (gssize) i));
    loss = format_loss (part->losses[horizon]);
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
  if (account->changes[horizon] == 0 && get_effect (account, horizon) == 0)
    return write_nothing (account, horizon);
  why = write_landed (account, cause, horizon);
  shares = write_shares (account, horizon);
  then = write_aftermath (account, cause, horizon);
  return g_strconcat (why, shares ? " " : "", shares ? shares : "", then ? " " : "",
                      then ? then : "", NULL);
}

/* ---- to be repeated ---------------------------------------------------------------- */

static char *
dup_quoted (const char *file)
{
  for (const char *at = file; *at; at++)
    if (!g_ascii_isalnum (*at) && strchr ("/._-+,:@%", *at) == NULL)
      return g_shell_quote (file);
  return g_strdup (file);
}

/**
 * nudge_account_dup_command:
 * @part: -1 for the run as it was, else the run without that part
 * @file: the experiment's
 *
 * Returns: what repeats that run on a command line, and says its loss at the end
 */
char *
nudge_account_dup_command (const NnAccount *account,
                           gssize part,
                           gsize horizon,
                           const char *file)
{
  const guint64 step = account->step + nn_account_get_horizon (horizon);
  g_autofree char *name = dup_quoted (file);
  g_autofree char *option =
      part >= 0 ? nn_deviation_dup_option (&account->parts[part].deviation) : NULL;

  return g_strdup_printf ("nudge run %s --steps %" G_GUINT64_FORMAT "%s%s --evaluate",
                          name, step, option ? " " : "", option ? option : "");
}

static void
append_line (GString *text, const NnAccount *account, gssize row, gsize horizon)
{
  g_autofree char *name = nudge_words_for_account_row (account, row);
  g_autofree char *share = nudge_words_for_account_share (account, row, horizon);

  if (nudge_account_has_row (account, row))
    g_string_append_printf (text, "%s\t%s\n", name, share);
}

/**
 * nudge_words_for_account_text:
 * @file: the experiment's
 *
 * All of it, to be pasted: why, the shares, and the commands.
 */
char *
nudge_words_for_account_text (const NnAccount *account, gsize horizon, const char *file)
{
  g_autofree char *why = nudge_words_for_account (account, horizon);
  GString *text = g_string_new (why);

  g_string_append (text, "\n\n");
  for (gssize row = 0; row < (gssize) account->n_parts; row++)
    append_line (text, account, row, horizon);
  append_line (text, account, NUDGE_ACCOUNT_COURSE, horizon);
  append_line (text, account, NUDGE_ACCOUNT_INTERACTION, horizon);
  g_string_append_c (text, '\n');
  for (gssize part = -1; part < (gssize) account->n_parts; part++) {
    g_autofree char *command = nudge_account_dup_command (account, part, horizon, file);

    g_string_append_printf (text, "%s\n", command);
  }
  return g_string_free (text, FALSE);
}
