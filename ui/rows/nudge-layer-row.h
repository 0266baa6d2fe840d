/* nudge-layer-row.h - a row of the list of layers: name, units and activation
 *
 * SPDX-License-Identifier: MIT
 *
 *   "edited"  (int edit, const char *text, int number) the user wants this
 *             NudgeLayerEdit; the listener returns what is wrong, which is shown below
 *             the row: a string (transfer full) (nullable)
 */

#pragma once

#include <gtk/gtk.h>

#include "nn/model/nn-architecture.h"

G_BEGIN_DECLS

typedef enum {
  NUDGE_LAYER_NAME,       /* to be called @text */
  NUDGE_LAYER_UNITS,      /* to have @number units */
  NUDGE_LAYER_ACTIVATION, /* to have the activation called @text */
  NUDGE_LAYER_MOVE,       /* to go @number places down */
  NUDGE_LAYER_REMOVE,
} NudgeLayerEdit;

#define NUDGE_TYPE_LAYER_ROW (nudge_layer_row_get_type ())
G_DECLARE_FINAL_TYPE (NudgeLayerRow, nudge_layer_row, NUDGE, LAYER_ROW, GtkWidget)

GtkWidget *nudge_layer_row_new (void);
void nudge_layer_row_show (NudgeLayerRow *self,
                           const NnLayerShape *layer,
                           gboolean is_first,
                           gboolean is_last);
void nudge_layer_row_focus_move (NudgeLayerRow *self, int by);

G_END_DECLS
