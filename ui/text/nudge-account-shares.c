/* nudge-account-shares.c - the share that each part has in a change of the loss
 *
 * SPDX-License-Identifier: MIT
 */

#include "ui/text/nudge-account-shares.h"

#include <math.h>

/* Shares are said in per cent as long as they are parts of a whole, to a rounding. */
#define SLACK 0.005

/* What of the change has to do with what landed, or all of it where nothing did. */
double
nudge_account_get_effect (const NnAccount *account, gsize horizon)
{
  return account->changes[horizon] - (account->landed ? account->course[horizon] : 0);
}

/**
 * nudge_account_choose_horizon:
 *
 * Returns: where the change to explain is largest; the nearest of equal ones. Where
 *   nothing landed, the step itself
 */
gsize
nudge_account_choose_horizon (const NnAccount *account)
{
  gsize best = 0;

  for (gsize i = 1; account->landed && i + 1 < NN_ACCOUNT_HORIZONS; i++) {
    const double effect = fabs (nudge_account_get_effect (account, i));

    if (isnan (effect))
      return isnan (account->losses[i]) ? i : best;
    if (effect > 1.001 * fabs (nudge_account_get_effect (account, best)))
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

/* Returns: whether @row is a part by itself, not a part of another's */
gboolean
nudge_account_counts (const NnAccount *account, gssize row)
{
  return row < 0 ? nudge_account_has_row (account, row)
                 : nn_account_counts (account, &account->parts[row]);
}

/* Whether all that counts is a part of the whole. */
gboolean
nudge_account_has_parts (const NnAccount *account, gsize horizon)
{
  const double change = account->changes[horizon];

  if (!account->landed || !(fabs (change) > 1e-9))
    return FALSE;
  for (gssize row = NUDGE_ACCOUNT_INTERACTION; row < (gssize) account->n_parts; row++) {
    const double part = nudge_account_get_share (account, row, horizon) / change;

    if (nudge_account_counts (account, row) && !(part > -SLACK && part < 1 + SLACK))
      return FALSE;
  }
  return TRUE;
}
