/* nudge-suggestions.h - what can come next, in a list under an entry
 *
 * SPDX-License-Identifier: MIT
 *
 * Each with a sentence. The keyboard stays in the entry: Up and Down choose, Tab and Enter
 * take, Escape closes the list. It opens while a person types a word, and with Ctrl and
 * space anywhere. What is offered is nn/nudge/nn-completion.h's.
 *
 * Owned by the widget that the entry is in, which disposes of it before the entry.
 */

#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define NUDGE_TYPE_SUGGESTIONS (nudge_suggestions_get_type ())
G_DECLARE_FINAL_TYPE (NudgeSuggestions, nudge_suggestions, NUDGE, SUGGESTIONS, GObject)

NudgeSuggestions *nudge_suggestions_new (GtkEntry *entry) G_GNUC_WARN_UNUSED_RESULT;
void nudge_suggestions_follow (NudgeSuggestions *self);
void nudge_suggestions_close (NudgeSuggestions *self);
gboolean
nudge_suggestions_press (NudgeSuggestions *self, guint key, GdkModifierType modifiers);

G_END_DECLS
