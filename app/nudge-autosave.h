/* nudge-autosave.h - keeps the newest state of a document's run until it is closed
 *
 * SPDX-License-Identifier: MIT
 *
 * At every user action, and every 10 s while it trains, from the first action or step on.
 * The training thread only copies the state; another thread writes it. nudge-recovery.h
 * offers what a crash has left.
 */

#pragma once

#include "app/base/nudge-kept-run.h"
#include "app/document/nudge-document.h"

G_BEGIN_DECLS

void nudge_autosave_add (NudgeDocument *document, NudgeKeptRun *kept);

G_END_DECLS
