/* nudge-choosers.h - drop-downs of a layer card: which function, what part, how often
 *
 * SPDX-License-Identifier: MIT
 *
 * They offer the usual choices; what else a card is given joins the list. A choice that
 * ends in "…" is a question: the card asks for the rest, and then sets what it heard.
 */

#pragma once

#include <gtk/gtk.h>

#include "nn/nudge/nn-catalogue.h"
#include "nn/nudge/nn-nudge.h"

G_BEGIN_DECLS

/* When a nudge is due. */
typedef struct {
  NnWhen when;
  guint64 interval; /* 0: to be asked for */
  gboolean before_backward;
} NudgeRepeat;

/* The catalogue's functions, saved ones, and a person's own expression. */
void nudge_function_chooser_set_up (GtkDropDown *self);
void nudge_function_chooser_set_saved (GtkDropDown *self,
                                       const NnFunction *functions,
                                       gsize n);
void nudge_function_chooser_select (GtkDropDown *self, const char *expression);
const NnFunction *nudge_function_chooser_get (GtkDropDown *self);

/* Targets without the layer's name: ".weight", "[2]". */
void nudge_target_chooser_set_up (GtkDropDown *self, gboolean one_layer);
void nudge_target_chooser_select (GtkDropDown *self, const char *part);
const char *nudge_target_chooser_get (GtkDropDown *self);
const char *nudge_target_chooser_get_question (GtkDropDown *self);

void nudge_repeat_chooser_set_up (GtkDropDown *self);
void nudge_repeat_chooser_select (GtkDropDown *self, const NudgeRepeat *repeat);
NudgeRepeat nudge_repeat_chooser_get (GtkDropDown *self);

/* Its items are those of NnMemory, in that order. */
void nudge_memory_chooser_set_up (GtkDropDown *self);

G_END_DECLS
