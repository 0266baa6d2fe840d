/* nudge-story-bar.h - what is to be seen in the experiment, in a sentence or two
 *
 * SPDX-License-Identifier: MIT
 *
 * There is one only where the experiment has a story, until it is closed.
 */

#pragma once

#include "app/panels/nudge-panel.h"

G_BEGIN_DECLS

#define NUDGE_TYPE_STORY_BAR (nudge_story_bar_get_type ())
G_DECLARE_FINAL_TYPE (NudgeStoryBar, nudge_story_bar, NUDGE, STORY_BAR, NudgePanel)

G_END_DECLS
