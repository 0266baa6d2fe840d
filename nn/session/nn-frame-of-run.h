/* nn-frame-of-run.h - a frame of a trainer, or of a timeline
 *
 * SPDX-License-Identifier: MIT
 *
 * Copies a trainer's state into a frame. For the owner of the run, on its thread; code
 * that draws frames includes nn-frame.h only.
 */

#pragma once

#include "nn/run/nn-timeline.h"
#include "nn/session/nn-frame.h"

G_BEGIN_DECLS

NnFrame *nn_frame_of_trainer (NnTrainer *trainer) G_GNUC_WARN_UNUSED_RESULT;
void nn_frame_put_before_section (NnFrame *self);
void nn_frame_carry (NnFrame *self, const NnTrainer *trainer, NnQuantities quantities);
void
nn_frame_show_sample (NnFrame *self, NnTrainer *trainer, const NnSampleChoice *choice);
void nn_frame_watch (NnFrame *self, const NnTrainer *trainer, const NnPast *past);
NnFrame *nn_frame_of_timeline (NnTimeline *timeline) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
