/* nudge-loss-legend.c - which curve of the loss plot is which
 *
 * SPDX-License-Identifier: MIT
 */

#include "ui/loss/nudge-loss-legend.h"

#include <glib/gi18n.h>

#include "ui/draw/loss/nudge-loss-legend.h"
#include "ui/text/nudge-words.h"

#define HEIGHT 24

struct _NudgeLossLegend {
  NudgePicture parent_instance;

  gboolean smoothed;
};

G_DEFINE_FINAL_TYPE (NudgeLossLegend, nudge_loss_legend, NUDGE_TYPE_PICTURE)

static void
nudge_loss_legend_draw (NudgePicture *picture,
                        cairo_t *cr,
                        const NudgePalette *palette,
                        double width,
                        double height)
{
  nudge_draw_loss_legend (cr, nudge_picture_get_frame (picture), palette,
                          NUDGE_LOSS_LEGEND (picture)->smoothed, width, height);
}

static char *
nudge_loss_legend_describe (NudgePicture *picture)
{
  const NnFrame *frame = nudge_picture_get_frame (picture);

  return frame->ghost ? nudge_words_for_ghost (frame) : g_strdup ("");
}

static void
nudge_loss_legend_measure (GtkWidget *widget,
                           GtkOrientation orientation,
                           int for_size,
                           int *minimum,
                           int *natural,
                           int *minimum_baseline,
                           int *natural_baseline)
{
  double scale = nudge_picture_get_scale (NUDGE_PICTURE (widget));

  *minimum = orientation == GTK_ORIENTATION_VERTICAL ? (int) (HEIGHT * scale) : 0;
  *natural = *minimum;
}

/* One curve alone needs no name, and the plot has its place. */
static void
show_if_needed (NudgeLossLegend *self)
{
  const NnFrame *frame = nudge_picture_get_frame (NUDGE_PICTURE (self));

  gtk_widget_set_visible (GTK_WIDGET (self),
                          frame != NULL && nudge_loss_has_legend (frame, self->smoothed));
}

void
nudge_loss_legend_set_frame (NudgeLossLegend *self, NnFrame *frame)
{
  g_return_if_fail (NUDGE_IS_LOSS_LEGEND (self));

  nudge_picture_set_frame (NUDGE_PICTURE (self), frame);
  show_if_needed (self);
}

/* Whether the run's line is smoothed, and its losses another. */
void
nudge_loss_legend_set_smoothed (NudgeLossLegend *self, gboolean smoothed)
{
  g_return_if_fail (NUDGE_IS_LOSS_LEGEND (self));

  smoothed = !!smoothed;
  if (self->smoothed == smoothed)
    return;
  self->smoothed = smoothed;
  show_if_needed (self);
  nudge_picture_refresh (NUDGE_PICTURE (self));
}

static void
nudge_loss_legend_class_init (NudgeLossLegendClass *klass)
{
  NudgePictureClass *picture_class = NUDGE_PICTURE_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  widget_class->measure = nudge_loss_legend_measure;
  picture_class->draw = nudge_loss_legend_draw;
  picture_class->describe = nudge_loss_legend_describe;
  picture_class->see_through = TRUE;
  gtk_widget_class_set_css_name (widget_class, "loss-legend");
}

static void
nudge_loss_legend_init (NudgeLossLegend *self)
{
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _ ("Curves"), -1);
}
