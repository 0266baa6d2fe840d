/* nn-experiment-demo.h - the experiments that come with the program
 *
 * SPDX-License-Identifier: MIT
 *
 * Each is a file in resources/demos, and a name in the list in nn/io/meson.build, in
 * the order in which they are listed. The program starts with the first. Lessons
 * (nn/experiment/nn-lesson.h) are likewise in resources/lessons; no demo has a
 * lesson's name.
 */

#pragma once

#include "nn/experiment/nn-experiment.h"

G_BEGIN_DECLS

const char *const *nn_experiment_get_demo_names (void);
const char *const *nn_experiment_get_lesson_names (void);
NnExperiment *
nn_experiment_new_demo (const char *name, GError **error) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
