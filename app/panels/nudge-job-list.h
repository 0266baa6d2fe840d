/* nudge-job-list.h - the jobs of this user that can be attached to, as they come and go
 *
 * SPDX-License-Identifier: MIT
 *
 * Looks for them every other second, on another thread, until it is stopped.
 *
 *   "changed"  it has looked
 */

#pragma once

#include <gio/gio.h>

#include "app/document/nudge-job.h"

G_BEGIN_DECLS

#define NUDGE_TYPE_JOB_LIST (nudge_job_list_get_type ())
G_DECLARE_FINAL_TYPE (NudgeJobList, nudge_job_list, NUDGE, JOB_LIST, GObject)

NudgeJobList *nudge_job_list_new (void) G_GNUC_WARN_UNUSED_RESULT;
const GPtrArray *nudge_job_list_get (NudgeJobList *self);
void nudge_job_list_stop (NudgeJobList *self);

G_END_DECLS
