/* nudge-limits.h - what a document's engine cannot do is insensitive, and says why
 *
 * SPDX-License-Identifier: MIT
 *
 * Nothing is hidden because a job is attached to: each control stays where it is, with
 * a tooltip.
 */

#pragma once

#include <gtk/gtk.h>

#include "app/document/nudge-document.h"

G_BEGIN_DECLS

void nudge_limits_set (gpointer widget, NudgeDocument *document, NnCapability needed);
void nudge_limits_set_actions (GActionMap *window, NudgeDocument *document);

G_END_DECLS
