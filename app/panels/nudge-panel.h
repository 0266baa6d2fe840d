/* nudge-panel.h - a part of a window that shows a document
 *
 * SPDX-License-Identifier: MIT
 *
 * What all such parts have in common: the document, and when to show it anew. A panel knows
 * its document and no other panel.
 *
 *   "document"  (NudgeDocument) (nullable) what it shows; may become another one
 *   "bare"      (boolean) without its own controls and headings: what it shows, and no more
 */

#pragma once

#include <gtk/gtk.h>

#include "app/document/nudge-document.h"

G_BEGIN_DECLS

#define NUDGE_TYPE_PANEL (nudge_panel_get_type ())
G_DECLARE_DERIVABLE_TYPE (NudgePanel, nudge_panel, NUDGE, PANEL, GtkWidget)

struct _NudgePanelClass {
  GtkWidgetClass parent_class;

  /* Each may be left out. */
  void (*document_changed) (NudgePanel *self, NudgeDocument *document); /* (nullable) */
  void (*show_frame) (NudgePanel *self, NnFrame *frame); /* as often as one comes */
  void (*show_words) (NudgePanel *self, NnFrame *frame); /* as often as one can read */
};

NudgeDocument *nudge_panel_get_document (NudgePanel *self);
GSignalGroup *nudge_panel_get_signals (NudgePanel *self);

G_END_DECLS
