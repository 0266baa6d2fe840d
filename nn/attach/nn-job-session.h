/* nn-job-session.h - a session whose engine is a PyTorch job
 *
 * SPDX-License-Identifier: MIT
 *
 * A thread speaks with the job: commands become requests, and what the job tells becomes
 * frames. Nothing waits for the job but that thread. Undo takes a nudge back; what needs our
 * own engine is passed over, or refused where the user would miss it. When the job has ended,
 * frames show its last state.
 */

#pragma once

#include "nn/attach/nn-job-model.h"
#include "nn/session/nn-session.h"

G_BEGIN_DECLS

NnSession *nn_job_session_new (NnJob *job, NnJobModel *model) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
