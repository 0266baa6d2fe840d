/* nudge-edit-panel.h - a panel that shows and edits the experiment
 *
 * SPDX-License-Identifier: MIT
 *
 * Its class has one method, which shows the experiment of the document's edits (not the
 * frame's) whenever that is another one.
 */

#pragma once

#include "app/panels/nudge-panel.h"

G_BEGIN_DECLS

#define NUDGE_TYPE_EDIT_PANEL (nudge_edit_panel_get_type ())
G_DECLARE_DERIVABLE_TYPE (NudgeEditPanel, nudge_edit_panel, NUDGE, EDIT_PANEL, NudgePanel)

struct _NudgeEditPanelClass {
  NudgePanelClass parent_class;

  void (*show_experiment) (NudgeEditPanel *self, NudgeEdits *edits);
};

NudgeEdits *nudge_edit_panel_get_edits (NudgeEditPanel *self);

G_END_DECLS
