/* nudge-stream.h - standard input and output, where a file's name is "-"
 *
 * SPDX-License-Identifier: MIT
 *
 * Behind the "-" there may be an ending, which says the format as that of a file does:
 * "-.npz". A file that is called so is "./-". What a command says when one of its outputs
 * goes to standard output goes to standard error.
 */

#pragma once

#include "nn/files/nn-atomic-file.h"

G_BEGIN_DECLS

gboolean nudge_stream_is (const char *path);
gboolean nudge_stream_is_option (const char *argument);
char *nudge_stream_dup_input (const char *path);
char *nudge_stream_dup_input_name (const char *path);
char *nudge_stream_dup_name (const char *path, const char *ending);
void nudge_stream_divert (void);
NnAtomicFile *
nudge_stream_open (const char *path, GError **error) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
