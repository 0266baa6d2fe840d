/* nudge-why-print.c - an account as text and as JSON
 *
 * SPDX-License-Identifier: MIT
 */

#include "app/command/nudge-why-print.h"

#include <glib/gi18n.h>
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "app/command/nudge-columns.h"
#include "nn/base/nn-number.h"
#include "nn/io/nn-experiment-settings.h"
#include "ui/text/nudge-account-sentence.h"
#include "ui/text/nudge-account-text.h"
#include "ui/text/nudge-account-words.h"

/* ---- text -------------------------------------------------------------------------- */

static void
print_row (NudgeColumns *columns, const NnAccount *account, gssize row)
{
  g_autofree char *name = nudge_words_for_account_row (account, row);
  const gboolean of_another =
      row >= 0 && account->parts[row].kind == NN_ACCOUNT_PARAMETER;

  nudge_columns_take (columns, g_strconcat (of_another ? "  " : "", name, NULL));
  for (gsize i = 0; i < NN_ACCOUNT_HORIZONS; i++)
    nudge_columns_take (columns, nudge_words_for_account_share (account, row, i));
}

static void
print_table (const NnAccount *account)
{
  g_autoptr (NudgeColumns) columns = nudge_columns_new (1 + NN_ACCOUNT_HORIZONS, 1);

  nudge_columns_add (columns, "");
  for (gsize i = 0; i < NN_ACCOUNT_HORIZONS; i++)
    nudge_columns_take (columns, nudge_words_for_account_horizon (i));
  nudge_columns_add (columns, _ ("the loss of all examples"));
  for (gsize i = 0; i < NN_ACCOUNT_HORIZONS; i++)
    nudge_columns_take (columns, nudge_words_for_account_change (account, i));
  for (gssize row = 0; row < (gssize) account->n_parts; row++)
    print_row (columns, account, row);
  if (nudge_account_has_row (account, NUDGE_ACCOUNT_COURSE))
    print_row (columns, account, NUDGE_ACCOUNT_COURSE);
  print_row (columns, account, NUDGE_ACCOUNT_INTERACTION);
  nudge_columns_print (columns);
}

static void
print_commands (const NnAccount *account, const char *file, gsize horizon)
{
  puts (_ (
      "\nEach share is what the run without it lacks. These commands print the losses:"));
  for (gssize i = -1; i < (gssize) account->n_parts; i++) {
    g_autofree char *command = nudge_account_dup_command (account, i, horizon, file);

    printf ("  %s\n", command);
  }
}

static void
print_failures (const NnAccount *account)
{
  for (gsize i = 0; i < account->n_parts; i++)
    if (account->parts[i].failure) {
      g_autofree char *name = nudge_words_for_account_row (account, (gssize) i);

      printf (_ ("without %s: %s\n"), name, account->parts[i].failure);
    }
}

/**
 * nudge_why_print:
 * @file: as it was typed
 *
 * Prints why, then the shares of all parts, and what repeats their runs.
 */
void
nudge_why_print (const NnAccount *account, const char *file)
{
  const gsize horizon = nudge_account_choose_horizon (account);
  g_autofree char *why = nudge_words_for_account (account, horizon);

  printf ("%s\n\n", why);
  print_table (account);
  print_failures (account);
  if (account->n_more > 0)
    printf (_ ("%zu more were applied there, and are counted as training itself\n"),
            account->n_more);
  print_commands (account, file, horizon);
}

/* ---- JSON -------------------------------------------------------------------------- */

static void
append_key (GString *text, const char *key)
{
  if (strchr ("{[", text->str[text->len - 1]) == NULL)
    g_string_append (text, ", ");
  g_string_append_printf (text, "\"%s\": ", key);
}

static void
append_text (GString *text, const char *key, const char *value)
{
  append_key (text, key);
  nn_experiment_append_string (text, value);
}

/* @is_float: no more digits than float32 needs */
static void
append_number (GString *text, const char *key, double value, gboolean is_float)
{
  append_key (text, key);
  if (!isfinite (value))
    g_string_append (text, "null");
  else if (is_float)
    nn_number_append_float (text, (float) value);
  else
    nn_number_append (text, value);
}

static void
append_whole (GString *text, const char *key, guint64 value)
{
  append_key (text, key);
  g_string_append_printf (text, "%" G_GUINT64_FORMAT, value);
}

static void
append_runs (GString *text, const NnAccount *account, gssize index, const char *file)
{
  const NnAccountPart *part = index >= 0 ? &account->parts[index] : NULL;

  append_key (text, "runs");
  g_string_append_c (text, '[');
  for (gsize i = 0; i < NN_ACCOUNT_HORIZONS; i++) {
    const guint64 step = account->step + nn_account_get_horizon (i);
    g_autofree char *command = nudge_account_dup_command (account, index, i, file);

    g_string_append (text, i > 0 ? ",\n      { " : "\n      { ");
    g_string_append_printf (text, "\"steps\": %" G_GUINT64_FORMAT, step);
    append_number (text, "loss", part ? part->losses[i] : account->losses[i], TRUE);
    append_number (text, part ? "share" : "change",
                   part ? part->shares[i] : account->changes[i], FALSE);
    if (part == NULL && account->landed)
      append_number (text, "training", account->course[i], FALSE);
    if (part == NULL)
      append_number (text, "interaction", account->interaction[i], FALSE);
    append_text (text, "command", command);
    g_string_append (text, " }");
  }
  g_string_append (text, "\n    ]");
}

static void
append_part (GString *text, const NnAccount *account, gsize index, const char *file)
{
  static const char *const kinds[] = {
    [NN_ACCOUNT_NUDGE] = "nudge", [NN_ACCOUNT_PARAMETER] = "parameter",
    [NN_ACCOUNT_EVENT] = "event", [NN_ACCOUNT_MEMORY] = "memory",
    [NN_ACCOUNT_BATCH] = "batch", [NN_ACCOUNT_RATE] = "rate",
    [NN_ACCOUNT_LAYER] = "layer",
  };
  const NnAccountPart *part = &account->parts[index];
  g_autofree char *name = nudge_words_for_account_row (account, (gssize) index);
  g_autofree char *option = nn_deviation_dup_option (&part->deviation);

  g_string_append (text, index > 0 ? ",\n    { " : "\n    { ");
  g_string_append_printf (text, "\"kind\": \"%s\"", kinds[part->kind]);
  append_text (text, "name", name);
  append_text (text, "option", option);
  if (part->nudge) {
    g_autofree char *nudge = nn_nudge_dup_text (part->nudge);

    append_text (text, "nudge", nudge);
  }
  if (part->deviation.part)
    append_text (text, part->kind == NN_ACCOUNT_LAYER ? "layer" : "parameter",
                 part->deviation.part);
  if (part->kind == NN_ACCOUNT_LAYER)
    append_number (text, "update", account->layer_change, FALSE);
  if (part->kind == NN_ACCOUNT_RATE)
    append_number (text, "lr", account->rate, FALSE);
  if (part->failure)
    append_text (text, "failure", part->failure);
  append_runs (text, account, (gssize) index, file);
  g_string_append (text, " }");
}

static void
append_examples (GString *text, const NnAccount *account)
{
  append_key (text, "examples");
  g_string_append_c (text, '[');
  for (gsize i = 0; i < account->n_examples; i++) {
    const NnAccountExample *example = &account->examples[i];

    g_string_append (text, i > 0 ? ", { " : "{ ");
    g_string_append_printf (text, "\"number\": %" G_GSIZE_FORMAT, example->number);
    append_number (text, "loss", example->loss, TRUE);
    append_number (text, "share", example->share, FALSE);
    g_string_append (text, " }");
  }
  g_string_append_c (text, ']');
}

/**
 * nudge_why_print_json:
 * @file: as it was typed
 *
 * Prints the same as one JSON object. A missing number is null.
 */
void
nudge_why_print_json (const NnAccount *account, const char *file)
{
  const gsize horizon = nudge_account_choose_horizon (account);
  g_autofree char *why = nudge_words_for_account (account, horizon);
  g_autoptr (GString) text = g_string_new ("{ ");

  g_string_append_printf (text, "\"step\": %" G_GUINT64_FORMAT, account->step);
  append_text (text, "why", why);
  append_whole (text, "after", nn_account_get_horizon (horizon));
  append_number (text, "before", account->before, TRUE);
  append_number (text, "batch_loss", (double) account->curve[0], TRUE);
  append_whole (text, "batch", account->n_batch);
  append_examples (text, account);
  if (account->failure)
    append_text (text, "failure", account->failure);
  if (account->n_more > 0)
    append_whole (text, "more", account->n_more);
  append_runs (text, account, -1, file);
  append_key (text, "parts");
  g_string_append_c (text, '[');
  for (gsize i = 0; i < account->n_parts; i++)
    append_part (text, account, i, file);
  g_string_append (text, "\n  ] }");
  puts (text->str);
}
