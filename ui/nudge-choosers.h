/* nudge-choosers.h - drop-downs of a layer card: which function, and how often
 *
 * SPDX-License-Identifier: MIT
 *
 * Both are a GtkDropDown over a plain list. They offer the usual choices, and what
 * an experiment brings besides is added to the list when it is first shown.
 */

#pragma once

#include <gtk/gtk.h>

#include "nn/nudge/nn-nudge.h"

G_BEGIN_DECLS

/* When a nudge is due. */
typedef struct {
  NnWhen when;
  guint64 interval;
  gboolean before_backward;
} NudgeRepeat;

void nudge_label_set_tooltip_where_cut (GtkWidget *label);
void nudge_drop_down_set_name (GtkDropDown *self, const char *name);

void nudge_function_chooser_set_up (GtkDropDown *self);
void nudge_function_chooser_set (GtkDropDown *self, const char *expression);
const char *nudge_function_chooser_get (GtkDropDown *self);

void nudge_repeat_chooser_set_up (GtkDropDown *self);
void nudge_repeat_chooser_set (GtkDropDown *self, const NudgeRepeat *repeat);
NudgeRepeat nudge_repeat_chooser_get (GtkDropDown *self);

G_END_DECLS
