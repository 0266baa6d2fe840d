/* nudge-step-facts.h - what is most worth saying of a step's numbers
 *
 * SPDX-License-Identifier: MIT
 *
 * Shared by the sentence about a phase and its picture, so that both name the same
 * weight. Plain values.
 */

#pragma once

#include "nn/session/nn-frame.h"

G_BEGIN_DECLS

/* What is shown of a step: a phase, or none. */
typedef enum {
  NUDGE_PHASE_NONE,
  NUDGE_PHASE_FORWARD,
  NUDGE_PHASE_BACKWARD,
  NUDGE_PHASE_OPTIMIZER,
  NUDGE_PHASE_SECTION,
} NudgePhase;

/* One value of a parameter. */
typedef struct {
  const NnParameterShape *parameter; /* (not owned) (nullable) NULL: of none */
  gsize index;                       /* into its values */
  float before;
  float after;
} NudgeChange;

/* What a phase has done to the parameters: (n_values) each, borrowed from the frame. */
void nudge_step_get_values (const NnFrame *frame,
                            NudgePhase phase,
                            const float **before,
                            const float **after);
NudgeChange nudge_step_find_change (const NnFrame *frame, NudgePhase phase);
NudgeChange nudge_step_find_gradient (const NnStepRecord *record);
const NnLanding *nudge_step_find_landing (const NnFrame *frame,
                                          gboolean within_step,
                                          const NudgeChange *of,
                                          gsize *n_landings);

G_END_DECLS
