/* nudge-line.h - an entry whose text must be valid
 *
 * SPDX-License-Identifier: MIT
 *
 * Below it is shown what is wrong while it is typed. Enter, and leaving the entry,
 * accept a valid text; Escape gives up what was typed:
 *
 *   "accepted"   the text in force has changed, or Enter has confirmed it
 *   "abandoned"  by Escape: the entry shows the text in force again
 *   "left"       the focus has left, and nothing had been typed
 *
 * A text that is set without the focus, as by assistive tools, is accepted at once.
 */

#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define NUDGE_TYPE_LINE (nudge_line_get_type ())
G_DECLARE_FINAL_TYPE (NudgeLine, nudge_line, NUDGE, LINE, GtkWidget)

/* Returns: (transfer full) (nullable): what is wrong with @text, if anything */
typedef char *(*NudgeLineCheck) (const char *text, gpointer data);

void nudge_line_set_check (NudgeLine *self, NudgeLineCheck check, gpointer data);
void nudge_line_suggest (NudgeLine *self);
void nudge_line_set_name (NudgeLine *self, const char *name);
void nudge_line_set_title (NudgeLine *self, const char *title, const char *tooltip);
void nudge_line_set_placeholder (NudgeLine *self, const char *text);
void nudge_line_append (NudgeLine *self, GtkWidget *widget);
void nudge_line_refuse (NudgeLine *self, const char *in_force, const char *message);
void nudge_line_set_text (NudgeLine *self, const char *text);
const char *nudge_line_get_text (NudgeLine *self);
void nudge_line_edit (NudgeLine *self);
gboolean nudge_line_commit (NudgeLine *self);

G_END_DECLS
