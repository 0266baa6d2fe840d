/* nudge-attach.h - the command `nudge attach`: PyTorch jobs that are running
 *
 * SPDX-License-Identifier: MIT
 */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

int nudge_attach (char *argv[]);

G_END_DECLS
