/* nudge-autosave.h - the newest state of a document's run, kept until it is closed
 *
 * SPDX-License-Identifier: MIT
 *
 * At every user action, and every 10 s while it trains; from the first of these on. The
 * training thread only copies the state; another one writes it. nudge-recovery.h offers
 * what was left by a program that ended unexpectedly.
 */

#pragma once

#include "app/base/nudge-kept-run.h"
#include "app/document/nudge-document.h"

G_BEGIN_DECLS

void nudge_autosave_add (NudgeDocument *document, NudgeKeptRun *kept);

G_END_DECLS
