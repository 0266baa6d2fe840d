/* nudge-help-view.h - shows a page of the help
 *
 * SPDX-License-Identifier: MIT
 *
 *   "open"  (const char *address) a link was followed, to "PAGE" or "PAGE#SECTION"
 */

#pragma once

#include <adwaita.h>

#include "ui/text/nudge-help-page.h"

G_BEGIN_DECLS

#define NUDGE_TYPE_HELP_VIEW (nudge_help_view_get_type ())
G_DECLARE_FINAL_TYPE (NudgeHelpView, nudge_help_view, NUDGE, HELP_VIEW, AdwBin)

void nudge_help_view_show (NudgeHelpView *self,
                           const NudgeHelpPage *page,
                           const char *folder,
                           const char *section);

G_END_DECLS
