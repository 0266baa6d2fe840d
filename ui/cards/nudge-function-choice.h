/* nudge-function-choice.h - which update function: one with a name, or an expression
 *
 * SPDX-License-Identifier: MIT
 *
 * Works a card's drop-down, and the entry for an expression under it. While one is
 * typed, the function stays as it was; Escape goes back to the one before.
 *
 *   "chosen"  (const char *expression, double amount) NAN: with the amount that is there
 *   "save"    (const char *name, const char *expression) save this function; the listener
 *             returns what is wrong: a string (transfer full) (nullable)
 */

#pragma once

#include <gtk/gtk.h>

#include "nn/expression/nn-catalogue.h"
#include "ui/base/nudge-line.h"
#include "ui/cards/nudge-save-button.h"

G_BEGIN_DECLS

#define NUDGE_TYPE_FUNCTION_CHOICE (nudge_function_choice_get_type ())
G_DECLARE_FINAL_TYPE (NudgeFunctionChoice,
                      nudge_function_choice,
                      NUDGE,
                      FUNCTION_CHOICE,
                      GObject)

NudgeFunctionChoice *
nudge_function_choice_new (GtkDropDown *drop_down,
                           GtkWidget *own_box,
                           NudgeLine *own_line,
                           NudgeSaveButton *save,
                           gboolean of_file) G_GNUC_WARN_UNUSED_RESULT;
void nudge_function_choice_set_name (NudgeFunctionChoice *self, const char *layer);
void nudge_function_choice_set_saved (NudgeFunctionChoice *self,
                                      const NnFunction *functions,
                                      gsize n);
void nudge_function_choice_show (NudgeFunctionChoice *self, const char *expression);
gboolean nudge_function_choice_commit (NudgeFunctionChoice *self);

G_END_DECLS
