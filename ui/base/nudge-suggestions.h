/* nudge-suggestions.h - completions under an entry, each with a sentence
 *
 * SPDX-License-Identifier: MIT
 *
 * The focus stays in the entry: Up and Down choose, Tab and Enter take one, Escape
 * closes the list. It opens while the user types a word, and anywhere with Ctrl+Space.
 * The completions are those of nn/expression/nn-completion.h.
 *
 * Owned by the widget that has the entry, which disposes of it before the entry.
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
