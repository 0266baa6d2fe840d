/* nn-series-file.h - everything that was recorded along a run, as CSV
 *
 * SPDX-License-Identifier: MIT
 *
 * Header "series,from,to,first,last,least,greatest,mean", and a row for each step, or for
 * each stretch of steps of which no more is known; one series after the other: "loss",
 * "loss without nudges"; at some steps "validation", "validation_accuracy",
 * "training_accuracy" (of the first examples that are trained on), "whole_set" and
 * "whole_set_accuracy" (of all of them, where it was asked for), and of each layer
 * "fc1.weight_norm" and so on. Accuracies are 0 to 1. Numbers are "%.9g", which float32
 * survives.
 */

#pragma once

#include "nn/session/nn-frame.h"

G_BEGIN_DECLS

gboolean nn_series_file_check_path (const char *path, GError **error);
gboolean nn_series_file_save (const NnFrame *frame, const char *path, GError **error);

G_END_DECLS
