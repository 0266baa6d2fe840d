/* nudge-account-words.h - the parts of an account in words
 *
 * SPDX-License-Identifier: MIT
 *
 * As the window and `nudge why` name them. A horizon is an index into those of
 * nn-account.h. All results are new strings.
 */

#pragma once

#include "ui/text/nudge-account-shares.h"

G_BEGIN_DECLS

char *nudge_words_for_account_row (const NnAccount *account, gssize row);
char *nudge_words_for_account_name (const NnAccount *account, gssize row);
char *nudge_words_for_account_share (const NnAccount *account, gssize row, gsize horizon);
char *nudge_words_for_account_horizon (gsize horizon);
char *nudge_words_for_account_change (const NnAccount *account, gsize horizon);

G_END_DECLS
