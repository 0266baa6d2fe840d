/* nudge-account-sentence.h - why the loss jumped, in one sentence
 *
 * SPDX-License-Identifier: MIT
 *
 * The window and `nudge why` begin with it, before the list of parts.
 */

#pragma once

#include "ui/text/nudge-account-shares.h"

G_BEGIN_DECLS

char *nudge_words_for_account (const NnAccount *account, gsize horizon);

G_END_DECLS
