/* nudge-go-to.h - moves the keyboard focus to a part of a window
 *
 * SPDX-License-Identifier: MIT
 */

#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

void nudge_go_to (GtkWidget *part);

G_END_DECLS
