/* nudge-attach-actions.h - what is done to a job without a window
 *
 * SPDX-License-Identifier: MIT
 */

#pragma once

#include "app/command/nudge-attach-options.h"
#include "nn/attach/nn-job.h"

G_BEGIN_DECLS

gboolean nudge_attach_check (const NudgeAttachOptions *options, GError **error);
gboolean nudge_attach_do (NnJob *job, const NudgeAttachOptions *options, GError **error);

G_END_DECLS
