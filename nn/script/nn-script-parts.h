/* nn-script-parts.h - a network, its data, its loss and its optimizer, in PyTorch's words
 *
 * SPDX-License-Identifier: MIT
 *
 * Each function gives a piece of a program, in whole lines or as an expression; all texts
 * are the caller's to free.
 */

#pragma once

#include "nn/arrays/nn-array-file.h"
#include "nn/experiment/nn-experiment.h"

G_BEGIN_DECLS

/* What the pieces of one program share. */
typedef struct {
  gboolean has_targets; /* a loss of the run has targets */
  gboolean holds_out;   /* some data of the run are held out */
  NnArrayFile *stored;  /* (owned) arrays that are too long for the program's text */
  guint n_data;         /* data sets written so far */
} NnScriptParts;

char *nn_script_write_network (const NnArchitecture *architecture,
                               const char *kind) G_GNUC_WARN_UNUSED_RESULT;
char *nn_script_write_init (const NnInit *init) G_GNUC_WARN_UNUSED_RESULT;
char *
nn_script_write_parameters (NnScriptParts *self,
                            const NnExperiment *experiment) G_GNUC_WARN_UNUSED_RESULT;

char *nn_script_write_criterion (const NnLoss *loss) G_GNUC_WARN_UNUSED_RESULT;
char *
nn_script_write_optimizer (const NnOptimizerSettings *settings) G_GNUC_WARN_UNUSED_RESULT;
char *nn_script_write_settings (const NnSettings *settings,
                                gconstpointer values,
                                gconstpointer usual) G_GNUC_WARN_UNUSED_RESULT;

gboolean nn_script_has_classes (const NnExperiment *experiment);
gsize nn_script_count_training (const NnExperiment *experiment);
char *nn_script_write_data (NnScriptParts *self,
                            const NnExperiment *experiment) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
