/* nudge-data-dialog.h - which columns of a data file are inputs, and which are targets
 *
 * SPDX-License-Identifier: MIT
 *
 * Shows the first rows and, for each column, a guess that the user can change; makes an
 * experiment of the choice.
 */

#pragma once

#include <adwaita.h>

#include "nn/experiment/nn-experiment.h"

G_BEGIN_DECLS

#define NUDGE_TYPE_DATA_DIALOG (nudge_data_dialog_get_type ())
G_DECLARE_FINAL_TYPE (NudgeDataDialog, nudge_data_dialog, NUDGE, DATA_DIALOG, AdwWindow)

/* @experiment: (transfer full) (nullable): %NULL if the user decided against it */
typedef void (*NudgeDataChosen) (NnExperiment *experiment, gpointer data);

void nudge_data_dialog_present (GtkWindow *parent,
                                const NnDataSpec *spec,
                                NnSheet *sheet,
                                NudgeDataChosen chosen,
                                gpointer data);

G_END_DECLS
