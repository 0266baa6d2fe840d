/* nudge-help-pages.h - the pages of the help, in the user's language and in order
 *
 * SPDX-License-Identifier: MIT
 */

#pragma once

#include "ui/text/nudge-help-page.h"

G_BEGIN_DECLS

typedef struct _NudgeHelpPages NudgeHelpPages;

NudgeHelpPages *nudge_help_pages_new (void);
void nudge_help_pages_free (NudgeHelpPages *self);

guint nudge_help_pages_get_n (const NudgeHelpPages *self);
const NudgeHelpPage *nudge_help_pages_get (const NudgeHelpPages *self, guint index);
const char *nudge_help_pages_get_id (const NudgeHelpPages *self, guint index);
const char *nudge_help_pages_get_folder (const NudgeHelpPages *self);
gssize nudge_help_pages_find (const NudgeHelpPages *self, const char *id);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (NudgeHelpPages, nudge_help_pages_free)

G_END_DECLS
