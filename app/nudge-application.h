/* nudge-application.h - the GtkApplication
 *
 * SPDX-License-Identifier: MIT
 *
 * Each start is a process of its own, so that a crash ends one experiment only.
 */

#pragma once

#include <adwaita.h>

#include "nn/experiment/nn-experiment.h"

G_BEGIN_DECLS

#define NUDGE_TYPE_APPLICATION (nudge_application_get_type ())
G_DECLARE_FINAL_TYPE (NudgeApplication,
                      nudge_application,
                      NUDGE,
                      APPLICATION,
                      AdwApplication)

NudgeApplication *
nudge_application_new (NnExperiment *experiment) G_GNUC_WARN_UNUSED_RESULT;
NudgeApplication *
nudge_application_new_for_file (const char *path) G_GNUC_WARN_UNUSED_RESULT;
NudgeApplication *
nudge_application_new_for_job (const char *socket) G_GNUC_WARN_UNUSED_RESULT;

void nudge_application_set_lecture (NudgeApplication *self, gboolean lecture);
gboolean nudge_application_has_failed (NudgeApplication *self);

G_END_DECLS
