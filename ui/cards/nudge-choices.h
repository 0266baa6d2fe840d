/* nudge-choices.h - a card's choosers of function, target and time
 *
 * SPDX-License-Identifier: MIT
 *
 * Works the choosers of one card together; owned by the card.
 *
 *   "chosen"  (const NnNudgeSpec *spec) by the user; an amount of NAN: the card's
 *   "save"    (const char *name, const char *expression) save this function; the listener
 *             returns what is wrong: a string (transfer full) (nullable)
 */

#pragma once

#include <gtk/gtk.h>

#include "nn/expression/nn-catalogue.h"
#include "nn/patch/nn-file-version.h"
#include "nn/session/nn-frame.h"
#include "ui/base/nudge-line.h"
#include "ui/cards/nudge-save-button.h"

G_BEGIN_DECLS

/* Made by the card's template. */
typedef struct {
  GtkDropDown *function;
  GtkWidget *own_box;
  NudgeLine *own_line;
  NudgeSaveButton *save;
  GtkDropDown *target;
  NudgeLine *target_line;
  GtkDropDown *repeat;
  NudgeLine *count_line;
  GtkSwitch *before_backward;
  GtkDropDown *memory;
} NudgeChoosers;

#define NUDGE_TYPE_CHOICES (nudge_choices_get_type ())
G_DECLARE_FINAL_TYPE (NudgeChoices, nudge_choices, NUDGE, CHOICES, GObject)

void nudge_choices_bind (GtkWidgetClass *widget_class, gssize offset);
NudgeChoices *nudge_choices_new (const NudgeChoosers *choosers,
                                 const char *layer) G_GNUC_WARN_UNUSED_RESULT;
NudgeChoices *nudge_choices_new_of_file (const NudgeChoosers *choosers,
                                         const char *target,
                                         NnFileVersion *file) G_GNUC_WARN_UNUSED_RESULT;
void nudge_choices_set_name (NudgeChoices *self, const char *name);
void
nudge_choices_set_functions (NudgeChoices *self, const NnFunction *functions, gsize n);
void nudge_choices_set_frame (NudgeChoices *self, const NnFrame *frame);
void nudge_choices_show (NudgeChoices *self, NnNudge *nudge);
gboolean nudge_choices_commit (NudgeChoices *self);

G_END_DECLS
