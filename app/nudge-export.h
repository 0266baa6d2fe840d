/* nudge-export.h - writes a frame to a file that the user chooses
 *
 * SPDX-License-Identifier: MIT
 *
 * Asks for the file, unless it is given, then writes on a thread of its own; training and
 * the window go on meanwhile. The file has the frame that was handed in, whatever comes
 * after it.
 */

#pragma once

#include <gtk/gtk.h>

#include "nn/experiment/nn-experiment.h"
#include "nn/session/nn-frame.h"
#include "ui/draw/nudge-figure.h"

G_BEGIN_DECLS

typedef enum {
  NUDGE_EXPORT_PARAMETERS, /* .safetensors, .npz */
  NUDGE_EXPORT_FIGURE,     /* .png, .svg, .pdf */
  NUDGE_EXPORT_SCRIPT,     /* .py: the run as a PyTorch program, up to the frame */
  NUDGE_EXPORT_SERIES,     /* .csv: losses and what else was recorded, up to the frame */
  NUDGE_EXPORT_LOG,        /* .json: what was done, with receipts, up to the frame */
  NUDGE_EXPORT_EXPERIMENT, /* .nudge: with what was done by hand up to the frame */
} NudgeExportKind;

typedef struct {
  NudgeExportKind kind;
  NnFrame *frame;
  const NnExperiment *experiment; /* which the frame's run was made of */
  NudgeFigureStyle figure;        /* what the window shows; the palette is ours */
  const char *socket; /* (nullable) of the job whose run it is: parameters come from it */
  gboolean as_opened; /* nothing was done: with the log that it was opened with */
  GFile *file;        /* (nullable) where to; else it is asked … */
  gboolean ask;       /* … as it is with this; the file is then suggested */
} NudgeExport;

void nudge_export_async (GtkWindow *parent,
                         const NudgeExport *what,
                         GAsyncReadyCallback callback,
                         gpointer data);
char *nudge_export_finish (GAsyncResult *result, GError **error);

G_END_DECLS
