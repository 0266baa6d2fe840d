/* nudge-account-words.h - why the loss jumped, in words
 *
 * SPDX-License-Identifier: MIT
 *
 * What the window and `nudge why` say of an account. A horizon is the index of one of those
 * of nn-account.h. All results are new strings.
 */

#pragma once

#include <glib.h>

#include "nn/whatif/nn-account.h"

G_BEGIN_DECLS

/* What the change of the loss is made of: the account's parts by their indices, and these. */
typedef enum {
  NUDGE_ACCOUNT_COURSE = -1,      /* training itself */
  NUDGE_ACCOUNT_INTERACTION = -2, /* what is left over */
} NudgeAccountRow;

gsize nudge_account_choose_horizon (const NnAccount *account);
gboolean nudge_account_has_row (const NnAccount *account, gssize row);
double nudge_account_get_share (const NnAccount *account, gssize row, gsize horizon);

char *nudge_words_for_account_row (const NnAccount *account, gssize row);
char *nudge_words_for_account_share (const NnAccount *account, gssize row, gsize horizon);
char *nudge_words_for_account_horizon (gsize horizon);
char *nudge_words_for_account_change (const NnAccount *account, gsize horizon);
char *nudge_account_dup_command (const NnAccount *account,
                                 gssize part,
                                 gsize horizon,
                                 const char *file);
char *
nudge_words_for_account_text (const NnAccount *account, gsize horizon, const char *file);
char *nudge_words_for_account (const NnAccount *account, gsize horizon);

G_END_DECLS
