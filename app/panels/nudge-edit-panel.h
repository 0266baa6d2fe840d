/* nudge-edit-panel.h - a panel that changes what is being trained
 *
 * SPDX-License-Identifier: MIT
 *
 * It shows the experiment as its document's edits have it, whenever that is another one.
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
