/* nudge-plot.h - base class of plots over the steps of a run
 *
 * SPDX-License-Identifier: MIT
 *
 * What NudgeLossPlot and NudgeLayerPlot share: an axis of steps that zooms and pans as
 * NudgeTime says, and reading a step. The pointer reads one; with the focus so does a
 * cursor, which arrows, Page Up and Down, Home and End move, and Escape removes. The
 * one that moved last counts. A click or Return asks to go to the step.
 *
 *   "go-to"   (guint64 step) the user wants to see the run after it
 */

#pragma once

#include "ui/base/nudge-picture.h"
#include "ui/loss/nudge-time.h"

G_BEGIN_DECLS

#define NUDGE_TYPE_PLOT (nudge_plot_get_type ())
G_DECLARE_DERIVABLE_TYPE (NudgePlot, nudge_plot, NUDGE, PLOT, NudgePicture)

struct _NudgePlotClass {
  NudgePictureClass parent_class;

  /* All are called with a frame. */

  /* The step that is read @n presses of an arrow key from @step, later ones if above 0;
   * for 0 the one nearest to it. It may be beyond the run's ends; NAN: there is none. */
  double (*get_next) (NudgePlot *self, double step, int n);
  /* (nullable) Keys besides those above: whether it is one of them. */
  gboolean (*handle_key) (NudgePlot *self, guint key, GdkModifierType state);
  /* (nullable) A click, in units: whether it asks to go to a step, and to which if not to
   * the one at @x. */
  gboolean (*clicked) (NudgePlot *self, double x, double y, double *step);
};

/* The steps that are shown. */
void nudge_plot_set_time (NudgePlot *self, NudgeTime *time);
NudgeTime *nudge_plot_get_time (NudgePlot *self);
const NudgeTimeSpan *nudge_plot_get_span (NudgePlot *self);
void nudge_plot_set_has_steps (NudgePlot *self, gboolean has_steps);

/* Places, in units of the picture; with a frame. */
double nudge_plot_get_units_wide (NudgePlot *self);
double nudge_plot_get_step_at (NudgePlot *self, double x);
double nudge_plot_get_x_of (NudgePlot *self, double step);
double nudge_plot_get_step_of_run (NudgePlot *self, double step);

/* What is read. */
double nudge_plot_get_cursor (NudgePlot *self);
void nudge_plot_place_cursor (NudgePlot *self, double step);
void nudge_plot_remove_cursor (NudgePlot *self);
double nudge_plot_get_reading (NudgePlot *self);
gboolean nudge_plot_get_reading_x (NudgePlot *self, double *x);
void nudge_plot_ask_for (NudgePlot *self, double step);

G_END_DECLS
