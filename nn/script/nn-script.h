/* nn-script.h - an experiment as a PyTorch program
 *
 * SPDX-License-Identifier: MIT
 *
 * The program makes the same network from the same seed, trains it on the same data in
 * the same order with the same nudges and events, and prints the losses as `nudge run
 * --losses` writes them, equal up to float32 rounding. It is written for this experiment:
 * it contains nothing that the experiment does not use. It needs PyTorch 1.13 or newer.
 * Large arrays are in a .npz file beside it.
 *
 * Immutable, with one owner.
 */

#pragma once

#include "nn/experiment/nn-experiment.h"

G_BEGIN_DECLS

typedef struct _NnScript NnScript;

NnScript *
nn_script_new (const NnExperiment *experiment, guint64 n_steps) G_GNUC_WARN_UNUSED_RESULT;
void nn_script_free (NnScript *self);

const char *nn_script_get_text (const NnScript *self);
gboolean nn_script_has_file (const NnScript *self);
gboolean nn_script_check_path (const char *path, GError **error);
char *nn_script_dup_beside (const char *path) G_GNUC_WARN_UNUSED_RESULT;
gboolean nn_script_would_replace (const NnScript *self, const char *path);
gboolean nn_script_save (const NnScript *self, const char *path, GError **error);

char *nn_script_dup_nudge (const NnNudge *nudge,
                           const NnExperiment *experiment) G_GNUC_WARN_UNUSED_RESULT;

G_DEFINE_AUTOPTR_CLEANUP_FUNC (NnScript, nn_script_free)

G_END_DECLS
