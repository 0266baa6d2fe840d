/* nudge-loss-plot.h - the loss, live
 *
 * SPDX-License-Identifier: MIT
 *
 * Shows the frames that it is given. A step's loss is read and clicked as NudgePlot says;
 * with Ctrl the arrow keys go from nudge to nudge. Knows no session.
 *
 * Properties:
 *
 *   "logarithmic"  (boolean) rw, the loss axis
 *   "smoothing"    (double) rw, as TensorBoard's, 0: none; below 0: chosen by itself,
 *                  some if the loss is of mini-batches and so as noisy as these
 *
 * Signals:
 *
 *   "marked"   (NnNudge*) (nullable) the user has chosen a nudge, or none any more
 *   "why"      (guint64 step) the user asks why the loss jumped there
 *   "score"    the user asks for the loss of all training examples
 *   "guessed"  (double loss) clicked, while a prediction was asked for
 */

#pragma once

#include "ui/draw/loss/nudge-loss-guess.h"
#include "ui/loss/nudge-plot.h"

G_BEGIN_DECLS

#define NUDGE_TYPE_LOSS_PLOT (nudge_loss_plot_get_type ())
G_DECLARE_FINAL_TYPE (NudgeLossPlot, nudge_loss_plot, NUDGE, LOSS_PLOT, NudgePlot)

GtkWidget *nudge_loss_plot_new (void);
void nudge_loss_plot_set_frame (NudgeLossPlot *self, NnFrame *frame);
void nudge_loss_plot_set_marked (NudgeLossPlot *self, NnNudge *nudge);
double nudge_loss_plot_get_smoothing (NudgeLossPlot *self);
void nudge_loss_plot_set_other (NudgeLossPlot *self, const NnScore *points, gsize n);
void nudge_loss_plot_set_guess (NudgeLossPlot *self, const NudgeLossGuess *guess);
void nudge_loss_plot_get_anchor (NudgeLossPlot *self, guint64 step, GdkRectangle *at);
gboolean nudge_loss_plot_get_logarithmic (NudgeLossPlot *self);
void nudge_loss_plot_set_logarithmic (NudgeLossPlot *self, gboolean logarithmic);

G_END_DECLS
