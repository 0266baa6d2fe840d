/* nudge-open.h - opens a file in a window
 *
 * SPDX-License-Identifier: MIT
 *
 * Any file that Nudge reads: an experiment, data, parameters or other tensors. It is read
 * on another thread, as that may take seconds, and shown once it is there; a dialog says
 * what is wrong with it.
 */

#pragma once

#include <gtk/gtk.h>

#include "app/base/nudge-kept-run.h"
#include "app/nudge-window.h"
#include "app/tensors/nudge-tensor-window.h"

G_BEGIN_DECLS

void nudge_open_document (GtkApplication *application, NudgeDocument *document);
void nudge_open_document_in (NudgeWindow *window, NudgeDocument *document);
void
nudge_open_recovered (NudgeWindow *window, NudgeDocument *document, NudgeKeptRun *kept);
void nudge_open_experiment_in (NudgeWindow *window, const NnExperiment *experiment);

NudgeTensorWindow *nudge_open_tensors (GtkApplication *application,
                                       NudgeTensorDocument *document,
                                       NudgeKeptRun *kept);
void nudge_open_dropped (NudgeWindow *window, GSList *files);
void nudge_open_file_as_tensors (NudgeWindow *window, const char *path);

void nudge_open_file (GtkApplication *application, const char *path);
void nudge_open_file_in (NudgeWindow *window, const char *path);
gboolean nudge_open_has_failed (GtkApplication *application);

G_END_DECLS
