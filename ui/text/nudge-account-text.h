/* nudge-account-text.h - an account as text, with the commands that repeat its runs
 *
 * SPDX-License-Identifier: MIT
 *
 * All results are new strings.
 */

#pragma once

#include "ui/text/nudge-account-shares.h"

G_BEGIN_DECLS

char *nudge_account_dup_quoted (const char *file);
char *nudge_account_dup_command (const NnAccount *account,
                                 gssize part,
                                 gsize horizon,
                                 const char *file);
char *
nudge_words_for_account_text (const NnAccount *account, gsize horizon, const char *file);

G_END_DECLS
