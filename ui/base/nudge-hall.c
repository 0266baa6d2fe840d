/* nudge-hall.c - makes what is in it as large as a lecture hall needs
 *
 * SPDX-License-Identifier: MIT
 */

#include "ui/base/nudge-hall.h"

#include <math.h>

#include "ui/base/nudge-text-scale.h"

/* Text is that high in an area that large; in a smaller one it is smaller, as that is
 * enlarged by what shows it to a hall. */
#define TEXT_SIZE   24.0
#define TEXT_LEAST  14.0
#define HALL_WIDTH  1024.0
#define HALL_HEIGHT 768.0

/* The smallest text of a picture that is not enlarged. */
#define PICTURE_TEXT 12.0

/* The least that it may be made. */
#define LEAST_WIDTH  360
#define LEAST_HEIGHT 240

struct _NudgeHall {
  AdwBin parent_instance;

  GtkCssProvider *style; /* (owned) which has the text's size */
  double text_size;      /* pixels */
  double wanted_size;
  guint tick; /* until it is that; 0: it is */
};

G_DEFINE_FINAL_TYPE (NudgeHall, nudge_hall, ADW_TYPE_BIN)

static void
set_text_size (NudgeHall *self, double size)
{
  g_autofree char *css = g_strdup_printf ("hall { font-size: %dpx; }", (int) size);

  self->text_size = size;
  gtk_css_provider_load_from_data (self->style, css, -1);
  nudge_widget_set_text_scale (GTK_WIDGET (self), size / PICTURE_TEXT);
}

static gboolean
tick_cb (GtkWidget *widget, GdkFrameClock *clock, gpointer data)
{
  NudgeHall *self = NUDGE_HALL (widget);

  self->tick = 0;
  set_text_size (self, self->wanted_size);
  return G_SOURCE_REMOVE;
}

/* --- The layout --------------------------------------------------------------------- */

static void
measure (GtkWidget *widget,
         GtkOrientation orientation,
         int for_size,
         int *minimum,
         int *natural,
         int *minimum_baseline,
         int *natural_baseline)
{
  *minimum = orientation == GTK_ORIENTATION_HORIZONTAL ? LEAST_WIDTH : LEAST_HEIGHT;
  *natural = *minimum;
}

static void
allocate (GtkWidget *widget, int width, int height, int baseline)
{
  NudgeHall *self = NUDGE_HALL (widget);
  GtkWidget *child = adw_bin_get_child (ADW_BIN (self));
  const double share = MIN (width / HALL_WIDTH, height / HALL_HEIGHT);
  int least;

  self->wanted_size = MAX (round (TEXT_SIZE * share), TEXT_LEAST);
  /* A change of the text size within an allocation would queue another one. */
  if (self->wanted_size != self->text_size && self->tick == 0)
    self->tick = gtk_widget_add_tick_callback (widget, tick_cb, NULL, NULL);
  if (child == NULL)
    return;
  gtk_widget_measure (child, GTK_ORIENTATION_HORIZONTAL, -1, &least, NULL, NULL, NULL);
  width = MAX (width, least);
  gtk_widget_measure (child, GTK_ORIENTATION_VERTICAL, width, &least, NULL, NULL, NULL);
  height = MAX (height, least);
  gtk_widget_size_allocate (child, &(GtkAllocation){ 0, 0, width, height }, -1);
}

/* --- Life --------------------------------------------------------------------------- */

static void
nudge_hall_finalize (GObject *object)
{
  g_object_unref (NUDGE_HALL (object)->style);
  G_OBJECT_CLASS (nudge_hall_parent_class)->finalize (object);
}

static void
nudge_hall_class_init (NudgeHallClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = nudge_hall_finalize;
  gtk_widget_class_set_css_name (GTK_WIDGET_CLASS (klass), "hall");
}

static void
nudge_hall_init (NudgeHall *self)
{
  gtk_widget_set_layout_manager (GTK_WIDGET (self),
                                 gtk_custom_layout_new (NULL, measure, allocate));
  gtk_widget_set_overflow (GTK_WIDGET (self), GTK_OVERFLOW_HIDDEN);
  self->style = gtk_css_provider_new ();
  gtk_style_context_add_provider (gtk_widget_get_style_context (GTK_WIDGET (self)),
                                  GTK_STYLE_PROVIDER (self->style),
                                  GTK_STYLE_PROVIDER_PRIORITY_APPLICATION + 1);
  set_text_size (self, TEXT_SIZE);
}
