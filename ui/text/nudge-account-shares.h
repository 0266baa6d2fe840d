/* nudge-account-shares.h - the share that each part has in a change of the loss
 *
 * SPDX-License-Identifier: MIT
 *
 * A horizon is an index into those of nn-account.h.
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
double nudge_account_get_effect (const NnAccount *account, gsize horizon);
gboolean nudge_account_has_row (const NnAccount *account, gssize row);
double nudge_account_get_share (const NnAccount *account, gssize row, gsize horizon);
gboolean nudge_account_counts (const NnAccount *account, gssize row);
gboolean nudge_account_has_parts (const NnAccount *account, gsize horizon);

G_END_DECLS
