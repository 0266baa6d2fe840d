/* nudge-signals.h - being asked to end, by Ctrl-C or kill
 *
 * SPDX-License-Identifier: MIT
 *
 * The first signal is a request, which a run grants after the present step; a later one
 * ends the process at once, without its temporary files. One user per process.
 */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

void nudge_signals_watch_reading (void);
void nudge_signals_watch (void);
int nudge_signals_get (void);

G_END_DECLS
