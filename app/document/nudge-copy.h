/* nudge-copy.h - a nudge of a document, as text on the clipboard
 *
 * SPDX-License-Identifier: MIT
 */

#pragma once

#include <gtk/gtk.h>

#include "app/document/nudge-document.h"

G_BEGIN_DECLS

void
nudge_copy_as_pytorch (gpointer widget, NudgeDocument *document, const NnNudge *nudge);

G_END_DECLS
