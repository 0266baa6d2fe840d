/* nudge-account-text.c - an account as text, with the commands that repeat its runs
 *
 * SPDX-License-Identifier: MIT
 */

#include "ui/text/nudge-account-text.h"

#include <string.h>

#include "ui/text/nudge-account-sentence.h"
#include "ui/text/nudge-account-words.h"

/**
 * nudge_account_dup_quoted:
 *
 * Returns: @file as a shell reads it back, without quotes where none are needed
 */
char *
nudge_account_dup_quoted (const char *file)
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
  g_autofree char *name = nudge_account_dup_quoted (file);
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
