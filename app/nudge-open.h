/* nudge-open.h - a file in a window of its own
 *
 * SPDX-License-Identifier: MIT
 *
 * Any file that Nudge reads: an experiment, data or parameters. It is read on another
 * thread, as that may take seconds, and shown once it is there.
 */

#pragma once

#include <gtk/gtk.h>

#include "app/nudge-document.h"

G_BEGIN_DECLS

void nudge_open_document (GtkApplication *application, NudgeDocument *document);
void nudge_open_file (GtkApplication *application, const char *path);

G_END_DECLS
