/* nn-job-log.h - what was done to a run, with receipts, as JSON
 *
 * SPDX-License-Identifier: MIT
 */

#pragma once

#include "nn/session/nn-frame.h"

G_BEGIN_DECLS

gboolean nn_job_log_check_path (const char *path, GError **error);
gboolean nn_job_log_save (const NnFrame *frame,
                          const char *title,
                          const char *path,
                          GError **error);

G_END_DECLS
