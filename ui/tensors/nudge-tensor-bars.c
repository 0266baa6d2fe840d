/* nudge-tensor-bars.c - a small histogram, in a row of a table
 *
 * SPDX-License-Identifier: MIT
 */

#include "ui/tensors/nudge-tensor-bars.h"

#include "ui/base/nudge-picture.h"
#include "ui/draw/tensors/nudge-tensor-histogram.h"

#define WIDTH  96
#define HEIGHT 20

struct _NudgeTensorBars {
  GtkWidget parent_instance;

  NnTensorSummary *summary; /* (owned) (nullable) */
};

G_DEFINE_FINAL_TYPE (NudgeTensorBars, nudge_tensor_bars, GTK_TYPE_WIDGET)

static void
nudge_tensor_bars_snapshot (GtkWidget *widget, GtkSnapshot *snapshot)
{
  NudgeTensorBars *self = NUDGE_TENSOR_BARS (widget);
  const int width = gtk_widget_get_width (widget);
  const int height = gtk_widget_get_height (widget);
  cairo_t *cr;

  if (self->summary == NULL || width < 1 || height < 1)
    return;
  cr = gtk_snapshot_append_cairo (
      snapshot, &GRAPHENE_RECT_INIT (0, 0, (float) width, (float) height));
  nudge_draw_small_histogram (cr, self->summary, nudge_widget_get_palette (widget), width,
                              height);
  cairo_destroy (cr);
}

static void
nudge_tensor_bars_measure (GtkWidget *widget,
                           GtkOrientation orientation,
                           int for_size,
                           int *minimum,
                           int *natural,
                           int *minimum_baseline,
                           int *natural_baseline)
{
  *minimum = *natural = orientation == GTK_ORIENTATION_HORIZONTAL ? WIDTH : HEIGHT;
}

/* @summary: (nullable): gets a reference */
void
nudge_tensor_bars_show (NudgeTensorBars *self, NnTensorSummary *summary)
{
  g_autofree char *words = NULL;

  g_return_if_fail (NUDGE_IS_TENSOR_BARS (self));

  if (self->summary == summary)
    return;
  g_clear_pointer (&self->summary, nn_tensor_summary_unref);
  if (summary)
    self->summary = nn_tensor_summary_ref (summary);
  words = nudge_tensor_histogram_dup_words (summary, NULL);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self),
                                  GTK_ACCESSIBLE_PROPERTY_DESCRIPTION, words, -1);
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

static void
nudge_tensor_bars_dispose (GObject *object)
{
  g_clear_pointer (&NUDGE_TENSOR_BARS (object)->summary, nn_tensor_summary_unref);
  G_OBJECT_CLASS (nudge_tensor_bars_parent_class)->dispose (object);
}

static void
nudge_tensor_bars_class_init (NudgeTensorBarsClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = nudge_tensor_bars_dispose;
  widget_class->snapshot = nudge_tensor_bars_snapshot;
  widget_class->measure = nudge_tensor_bars_measure;
  gtk_widget_class_set_css_name (widget_class, "tensor-bars");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_IMG);
}

static void
nudge_tensor_bars_init (NudgeTensorBars *self)
{
}

GtkWidget *
nudge_tensor_bars_new (void)
{
  return g_object_new (NUDGE_TYPE_TENSOR_BARS, NULL);
}
