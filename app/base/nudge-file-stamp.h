/* nudge-file-stamp.h - whether a file has changed, without reading it
 *
 * SPDX-License-Identifier: MIT
 */

#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

char *nudge_file_stamp_dup (GFile *file);

G_END_DECLS
