/* nudge-account-sentence.h - why the loss jumped, as one would say it
 *
 * SPDX-License-Identifier: MIT
 *
 * What the window and `nudge why` say of an account before they list its parts.
 */

#pragma once

#include "ui/text/nudge-account-shares.h"

G_BEGIN_DECLS

char *nudge_words_for_account (const NnAccount *account, gsize horizon);

G_END_DECLS
