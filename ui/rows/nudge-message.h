/* nudge-message.h - what is wrong with a control, shown below it
 *
 * SPDX-License-Identifier: MIT
 */

#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

GtkWidget *nudge_message_new (void);
void nudge_message_show (GtkWidget *self, GtkWidget *control, const char *message);

G_END_DECLS
