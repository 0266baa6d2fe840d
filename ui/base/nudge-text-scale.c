/* nudge-text-scale.c - the text size for widgets that draw their own text
 *
 * SPDX-License-Identifier: MIT
 */

#include "ui/base/nudge-text-scale.h"

/* GTK's text size is in 1/1024 of a dot per inch; this one is 100 %. */
#define USUAL_DPI 96.0
#define MAX_SCALE 3.0

#define OWN_SCALE "nudge-text-scale"

static double
get_system_scale (GtkWidget *widget)
{
  int dpi = -1;

  g_object_get (gtk_widget_get_settings (widget), "gtk-xft-dpi", &dpi, NULL);
  if (dpi <= 0)
    return 1;
  return CLAMP (dpi / PANGO_SCALE / USUAL_DPI, 1 / MAX_SCALE, MAX_SCALE);
}

/**
 * nudge_widget_get_text_scale:
 *
 * Returns: 1.5 if the user wants text at 150 %, or the widget is in one with its own
 *   text size
 */
double
nudge_widget_get_text_scale (GtkWidget *widget)
{
  for (GtkWidget *part = widget; part != NULL; part = gtk_widget_get_parent (part)) {
    const double *own = g_object_get_data (G_OBJECT (part), OWN_SCALE);

    if (own != NULL)
      return *own;
  }
  return get_system_scale (widget);
}

static void
resize_all (GtkWidget *widget)
{
  gtk_widget_queue_resize (widget);
  gtk_widget_queue_draw (widget);
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    resize_all (child);
}

/**
 * nudge_widget_set_text_scale:
 * @scale: of all that @widget has in it, whatever the system's text size is
 */
void
nudge_widget_set_text_scale (GtkWidget *widget, double scale)
{
  double *own = g_new (double, 1);

  *own = scale;
  g_object_set_data_full (G_OBJECT (widget), OWN_SCALE, own, g_free);
  resize_all (widget);
}
