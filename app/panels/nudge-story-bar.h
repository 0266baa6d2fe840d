/* nudge-story-bar.h - the experiment's story, in a sentence or two
 *
 * SPDX-License-Identifier: MIT
 *
 * Hidden if the experiment has none, and once the user has closed it.
 */

#pragma once

#include "app/panels/nudge-panel.h"

G_BEGIN_DECLS

#define NUDGE_TYPE_STORY_BAR (nudge_story_bar_get_type ())
G_DECLARE_FINAL_TYPE (NudgeStoryBar, nudge_story_bar, NUDGE, STORY_BAR, NudgePanel)

G_END_DECLS
