/* nn-script.h - an experiment as a PyTorch program
 *
 * SPDX-License-Identifier: MIT
 *
 * The program makes the same network from the same seed, trains it on the same data in the
 * same order, does to it what the experiment's nudges and its log do, and prints the file
 * of losses that `nudge run --losses` writes, to float32 rounding. It reads as one that was
 * written for this experiment: what that does not use is not in it. It needs PyTorch 1.13
 * or newer; where data are too many for a text, they are in a file beside it, .npz.
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
gboolean nn_script_save (const NnScript *self, const char *path, GError **error);

char *nn_script_dup_nudge (const NnNudge *nudge,
                           const NnExperiment *experiment) G_GNUC_WARN_UNUSED_RESULT;

G_DEFINE_AUTOPTR_CLEANUP_FUNC (NnScript, nn_script_free)

G_END_DECLS
