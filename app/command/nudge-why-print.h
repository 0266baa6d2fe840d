/* nudge-why-print.h - an account as text and as JSON
 *
 * SPDX-License-Identifier: MIT
 */

#pragma once

#include "nn/whatif/nn-account.h"

G_BEGIN_DECLS

void nudge_why_print (const NnAccount *account, const char *file);
void nudge_why_print_json (const NnAccount *account, const char *file);

G_END_DECLS
