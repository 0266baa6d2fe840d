/* nn-timeline-private.h - a timeline's inside
 *
 * SPDX-License-Identifier: MIT
 *
 * For its files: nn-timeline.c goes along it, nn-timeline-read.c says what is known of it,
 * and nn-run-state.c saves it and goes on from what was saved.
 */

#pragma once

#include "nn/run/nn-run.h"
#include "nn/run/nn-timeline.h"

G_BEGIN_DECLS

struct _NnTimeline {
  NnTrainer *trainer; /* (owned) */
  GPtrArray *runs; /* (owned) (element-type NnRun) each begun by a reset, but the first */
  guint present;   /* index of the present one; undo of a reset leaves later ones */
  NnRun *run;      /* (not owned) that one */
  gsize budget;    /* of its checkpoints */

  NnHistoryMark
      *mark; /* (owned) of the run's history at the present step, where that is not
                        * its end */

  guint64 spacing;       /* steps from one checkpoint to the next */
  guint64 due;           /* the step at which the next one is made */
  guint64 stride;        /* steps that take some milliseconds */
  gboolean onwards_only; /* there are no checkpoints */
  gboolean keeps_change; /* of the newest step, once it is the last for now */

  gboolean travels; /* the trainer is on its way to goal */
  NnPosition goal;
};

NnTimeline *nn_timeline_new_idle (const NnExperiment *experiment,
                                  GArray *deviations,
                                  gsize budget,
                                  GError **error) G_GNUC_WARN_UNUSED_RESULT;
const NnHistoryMark *nn_timeline_get_mark (const NnTimeline *self);
void nn_timeline_begin_here (NnTimeline *self);

G_END_DECLS
