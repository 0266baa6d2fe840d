/* nudge-account-view.h - why the loss jumped: a sentence, and a bar for each candidate
 *
 * SPDX-License-Identifier: MIT
 *
 * Shows how far the account is, and then the account. Knows no session.
 *
 *   "shown"      (int) the pointer or the focus is on this part: its index, or
 *                NUDGE_ACCOUNT_COURSE; G_MININT: on none that has a run
 *   "cancelled"  the user does not want to wait
 */

#pragma once

#include <gtk/gtk.h>

#include "nn/whatif/nn-account.h"

G_BEGIN_DECLS

#define NUDGE_TYPE_ACCOUNT_VIEW (nudge_account_view_get_type ())
G_DECLARE_FINAL_TYPE (NudgeAccountView,
                      nudge_account_view,
                      NUDGE,
                      ACCOUNT_VIEW,
                      GtkWidget)

GtkWidget *nudge_account_view_new (void);
void nudge_account_view_begin (NudgeAccountView *self, guint64 step);
void nudge_account_view_set_progress (NudgeAccountView *self, double fraction);
void nudge_account_view_set_failure (NudgeAccountView *self, const char *why);
void nudge_account_view_take_account (NudgeAccountView *self,
                                      NnAccount *account,
                                      const char *file);
void nudge_account_view_set_most_height (NudgeAccountView *self, int height);
const NnAccount *nudge_account_view_get_account (NudgeAccountView *self);

G_END_DECLS
