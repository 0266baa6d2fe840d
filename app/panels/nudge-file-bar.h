/* nudge-file-bar.h - the document's "notice" about its file
 *
 * SPDX-License-Identifier: MIT
 */

#pragma once

#include "app/panels/nudge-panel.h"

G_BEGIN_DECLS

#define NUDGE_TYPE_FILE_BAR (nudge_file_bar_get_type ())
G_DECLARE_FINAL_TYPE (NudgeFileBar, nudge_file_bar, NUDGE, FILE_BAR, NudgePanel)

G_END_DECLS
