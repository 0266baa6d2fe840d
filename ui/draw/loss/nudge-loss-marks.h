/* nudge-loss-marks.h - the diamonds of nudges that landed once, and where they crowd
 *
 * SPDX-License-Identifier: MIT
 *
 * Private to the painters of the loss, and for the pointer. Nudges whose diamonds would
 * lie over each other share one, with their number beside it.
 */

#pragma once

#include "nn/session/nn-frame.h"
#include "ui/draw/base/nudge-axis.h"

G_BEGIN_DECLS

typedef struct {
  gsize first; /* of the frame's landings; those between that are bands do not count */
  gsize last;
  gsize n;        /* nudges that it stands for */
  double x;       /* of its diamond, which is the first one's */
  double end;     /* of the last one's */
  gboolean small; /* so that it does not touch its neighbour */
} NudgeLossMark;

gboolean nudge_landing_is_band (const NnLanding *landing);

GArray *nudge_loss_marks_new (const NnFrame *frame,
                              const NudgeAxis *axis) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
