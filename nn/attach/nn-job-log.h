/* nn-job-log.h - the landings of a job's run, with receipts, as a JSON file
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
