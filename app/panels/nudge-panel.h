/* nudge-panel.h - base class of the parts of a window that show a document
 *
 * SPDX-License-Identifier: MIT
 *
 * A panel knows its document, which may become another one, and no other panel. A
 * subclass implements what it needs of the three methods below.
 *
 *   "document"  (NudgeDocument) (nullable) rw
 *   "bare"      (boolean) rw, without its own controls and headings
 */

#pragma once

#include <gtk/gtk.h>

#include "app/document/nudge-document.h"

G_BEGIN_DECLS

#define NUDGE_TYPE_PANEL (nudge_panel_get_type ())
G_DECLARE_DERIVABLE_TYPE (NudgePanel, nudge_panel, NUDGE, PANEL, GtkWidget)

struct _NudgePanelClass {
  GtkWidgetClass parent_class;

  void (*document_changed) (NudgePanel *self, NudgeDocument *document); /* (nullable) */
  void (*show_frame) (NudgePanel *self, NnFrame *frame); /* (nullable) each frame */
  void (*show_words) (NudgePanel *self, NnFrame *frame); /* (nullable) with "words" */
};

NudgeDocument *nudge_panel_get_document (NudgePanel *self);
GSignalGroup *nudge_panel_get_signals (NudgePanel *self);

G_END_DECLS
