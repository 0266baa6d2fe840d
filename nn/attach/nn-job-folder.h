/* nn-job-folder.h - the folder of the sockets of this user's jobs
 *
 * SPDX-License-Identifier: MIT
 *
 * A script that calls nudge_attach has a socket there, PID.sock.
 */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

char *nn_job_folder_dup_path (void) G_GNUC_WARN_UNUSED_RESULT;
char *nn_job_folder_dup_socket (const char *job) G_GNUC_WARN_UNUSED_RESULT;
GPtrArray *nn_job_folder_list (GError **error) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
