/* nudge-plot.h - a picture over the steps of a run, and a cursor that reads them
 *
 * SPDX-License-Identifier: MIT
 *
 * What NudgeLossPlot and NudgeLayerPlot share: an axis of steps that zooms and pans as
 * NudgeTime says, and the way along it. The pointer reads a step; so do keys when it has the
 * focus: the arrows, Page Up and Down, Home and End place a cursor, and Escape removes it.
 * What moved last is read. A click or Return asks to go to what is read.
 *
 *   "go-to"   a person wants to see the run after that step (guint64)
 */

#pragma once

#include "ui/nudge-picture.h"
#include "ui/nudge-time.h"

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
