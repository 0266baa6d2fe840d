/* session-runs.h - sessions on demos, and the same runs without a session
 *
 * SPDX-License-Identifier: MIT
 */

#pragma once

#include <string.h>

#include "nn/io/nn-experiment-demo.h"
#include "tests/nn/session-frames.h"
#include "tests/nn/small-trainer.h"

static inline NnSession *
new_session (const char *demo)
{
  g_autoptr (NnExperiment) experiment = nn_experiment_new_demo (demo, NULL);

  return nn_session_new (experiment, NULL);
}

static inline NnTrainer *
trainer_at (const char *demo, guint64 n_steps)
{
  g_autoptr (NnExperiment) experiment = nn_experiment_new_demo (demo, NULL);
  NnTrainer *trainer = nn_trainer_new (experiment, NULL);

  while (nn_trainer_get_n_steps (trainer) < n_steps)
    g_assert_true (nn_trainer_step (trainer, NULL));
  return trainer;
}

static inline void
apply (NnSession *session, NnNudge *nudge)
{
  nn_session_do (session, &(NnEvent){ .kind = NN_EVENT_NUDGE, .nudge = nudge });
}

static inline void
assert_same_values (const NnFrame *frame, NnTrainer *trainer)
{
  const gsize n_bytes = frame->architecture->n_values * sizeof (float);

  g_assert_cmpmem (frame->values, n_bytes,
                   nn_network_get_values (nn_trainer_get_network (trainer)), n_bytes);
}
