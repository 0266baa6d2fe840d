/* nudge-value-editor.h - asks for a new value of a weight or a bias in a picture
 *
 * SPDX-License-Identifier: MIT
 *
 * Owned by the picture, over which its popover opens. The result is the text of a nudge
 * that is to be applied once.
 */

#pragma once

#include "ui/base/nudge-picture.h"
#include "ui/draw/network/nudge-network-hover.h"

G_BEGIN_DECLS

typedef struct _NudgeValueEditor NudgeValueEditor;

typedef void (*NudgeValueTyped) (NudgePicture *picture, const char *nudge);

NudgeValueEditor *
nudge_value_editor_new (NudgePicture *picture,
                        NudgeValueTyped typed) G_GNUC_WARN_UNUSED_RESULT;
void nudge_value_editor_free (NudgeValueEditor *self);

gboolean nudge_value_editor_ask (NudgeValueEditor *self,
                                 const NudgeNetworkThing *thing,
                                 double x,
                                 double y);
void nudge_value_editor_follow (NudgeValueEditor *self);

G_END_DECLS
