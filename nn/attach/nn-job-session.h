/* nn-job-session.h - a session whose engine is a connection to a PyTorch job
 *
 * SPDX-License-Identifier: MIT
 *
 * Commands become requests, and messages of the job become frames. Only the session's
 * thread waits for the job. Undo takes a nudge back. A command that needs the trainer of
 * this program is ignored, or refused if the user expects an effect. When the connection
 * has ended, frames show the last state.
 */

#pragma once

#include "nn/attach/nn-job-model.h"
#include "nn/session/nn-session.h"

G_BEGIN_DECLS

NnSession *nn_job_session_new (NnJob *job, NnJobModel *model) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
