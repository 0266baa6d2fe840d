/* nudge-tooltip.c - a tooltip that may be set with each frame
 *
 * SPDX-License-Identifier: MIT
 */

#include "ui/base/nudge-tooltip.h"

/**
 * nudge_widget_set_tooltip:
 * @text: (nullable): none, as if it is empty
 *
 * Sets it only if it is another: GTK asks the display where the pointer is after each
 * call, and waits for the answer.
 */
void
nudge_widget_set_tooltip (GtkWidget *widget, const char *text)
{
  if (text && *text == '\0')
    text = NULL;
  if (g_strcmp0 (gtk_widget_get_tooltip_text (widget), text) != 0)
    gtk_widget_set_tooltip_text (widget, text);
}
