/* nudge-target-choice.h - the target of a card: a layer, a tensor or several, or a part
 *
 * SPDX-License-Identifier: MIT
 *
 * Works a card's drop-down, and the entry for a part under it. While that is typed the
 * target stays as it was; Escape and leaving the entry give the choice up. The target
 * is the weight or the bias of a layer, both, or a part; a tensor or a part of it; or
 * tensors of a file, by their names.
 *
 *   "chosen"  (const char *target) such as "fc1.weight[2]"
 */

#pragma once

#include <gtk/gtk.h>

#include "nn/model/nn-architecture.h"
#include "nn/patch/nn-file-version.h"
#include "ui/base/nudge-line.h"

G_BEGIN_DECLS

#define NUDGE_TYPE_TARGET_CHOICE (nudge_target_choice_get_type ())
G_DECLARE_FINAL_TYPE (NudgeTargetChoice,
                      nudge_target_choice,
                      NUDGE,
                      TARGET_CHOICE,
                      GObject)

NudgeTargetChoice *nudge_target_choice_new (GtkDropDown *drop_down,
                                            NudgeLine *line,
                                            const char *layer) G_GNUC_WARN_UNUSED_RESULT;
NudgeTargetChoice *
nudge_target_choice_new_of_file (GtkDropDown *drop_down,
                                 NudgeLine *line,
                                 const char *target,
                                 NnFileVersion *file) G_GNUC_WARN_UNUSED_RESULT;
void nudge_target_choice_set_name (NudgeTargetChoice *self, const char *layer);
void nudge_target_choice_set_network (NudgeTargetChoice *self, NnArchitecture *network);
void nudge_target_choice_show (NudgeTargetChoice *self, const char *target);
gboolean nudge_target_choice_commit (NudgeTargetChoice *self);

G_END_DECLS
