/* nn-series-file.h - the losses, scores and measures of a run, as CSV
 *
 * SPDX-License-Identifier: MIT
 *
 * The header "series,from,to,first,last,least,greatest,mean", and a row for each step, or
 * for each bucket of the history (nn/run/nn-history.h), one series after the other:
 * "loss", "loss without nudges"; at some steps "validation", "validation_accuracy",
 * "training_accuracy" (of the first training examples), "whole_set" and
 * "whole_set_accuracy" (of all of them, if they were asked for), and for each layer
 * "fc1.weight_norm" and so on. Accuracies are 0 to 1. Numbers are in "%.9g", which keeps
 * every bit of float32.
 */

#pragma once

#include "nn/files/nn-atomic-file.h"
#include "nn/session/nn-frame.h"

G_BEGIN_DECLS

gboolean nn_series_file_check_path (const char *path, GError **error);
gboolean nn_series_file_write (const NnFrame *frame, NnAtomicFile *file, GError **error);
gboolean nn_series_file_save (const NnFrame *frame, const char *path, GError **error);

G_END_DECLS
