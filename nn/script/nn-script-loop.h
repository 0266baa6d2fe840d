/* nn-script-loop.h - the training loop of a script
 *
 * SPDX-License-Identifier: MIT
 *
 * Both texts are the caller's to free, in lines without indentation.
 */

#pragma once

#include "nn/script/nn-script-course.h"

G_BEGIN_DECLS

char *
nn_script_write_variables (const NnScriptCourse *course,
                           const NnExperiment *experiment) G_GNUC_WARN_UNUSED_RESULT;
char *nn_script_write_loop (const NnScriptCourse *course,
                            const NnExperiment *experiment) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
