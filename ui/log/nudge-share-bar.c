/* nudge-share-bar.c - a share of a change as a bar, from zero to the left or the right
 *
 * SPDX-License-Identifier: MIT
 */

#include "ui/log/nudge-share-bar.h"

#include <math.h>

/* In pixels of a text that is not enlarged. */
#define LEAST_WIDTH 120
#define HEIGHT      10
#define THINNEST    2 /* of a share that is not zero */

struct _NudgeShareBar {
  GtkWidget parent_instance;

  double share;
  double least; /* the range: 0 is in it */
  double most;
};

G_DEFINE_FINAL_TYPE (NudgeShareBar, nudge_share_bar, GTK_TYPE_WIDGET)

static void
append_rounded (GtkSnapshot *snapshot,
                const GdkRGBA *colour,
                float x,
                float y,
                float width,
                float height)
{
  GskRoundedRect bar;

  gsk_rounded_rect_init_from_rect (&bar, &GRAPHENE_RECT_INIT (x, y, width, height), 2);
  gtk_snapshot_push_rounded_clip (snapshot, &bar);
  gtk_snapshot_append_color (snapshot, colour, &GRAPHENE_RECT_INIT (x, y, width, height));
  gtk_snapshot_pop (snapshot);
}

static void
nudge_share_bar_snapshot (GtkWidget *widget, GtkSnapshot *snapshot)
{
  const NudgeShareBar *self = NUDGE_SHARE_BAR (widget);
  const double width = gtk_widget_get_width (widget);
  const double height = gtk_widget_get_height (widget);
  const double range = self->most - self->least;
  double zero, end, size;
  GdkRGBA colour, line;

  if (!(range > 0) || isnan (self->share))
    return;
  gtk_style_context_get_color (gtk_widget_get_style_context (widget), &colour);
  line = colour;
  line.alpha *= 0.35f;
  zero = -self->least / range * (width - 1);
  end = (self->share - self->least) / range * (width - 1);
  size = self->share == 0 ? 0 : fmax (fabs (end - zero), THINNEST);
  gtk_snapshot_append_color (
      snapshot, &line, &GRAPHENE_RECT_INIT ((float) round (zero), 0, 1, (float) height));
  if (size > 0)
    append_rounded (snapshot, &colour, (float) (self->share > 0 ? zero + 1 : zero - size),
                    (float) ((height - HEIGHT) / 2), (float) size, HEIGHT);
}

static void
nudge_share_bar_measure (GtkWidget *widget,
                         GtkOrientation orientation,
                         int for_size,
                         int *minimum,
                         int *natural,
                         int *minimum_baseline,
                         int *natural_baseline)
{
  *minimum = *natural =
      orientation == GTK_ORIENTATION_HORIZONTAL ? LEAST_WIDTH : HEIGHT + 4;
}

static void
nudge_share_bar_class_init (NudgeShareBarClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  widget_class->snapshot = nudge_share_bar_snapshot;
  widget_class->measure = nudge_share_bar_measure;
  gtk_widget_class_set_css_name (widget_class, "share-bar");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_PRESENTATION);
}

static void
nudge_share_bar_init (NudgeShareBar *self)
{
}

GtkWidget *
nudge_share_bar_new (void)
{
  return g_object_new (NUDGE_TYPE_SHARE_BAR, NULL);
}

/**
 * nudge_share_bar_set:
 * @share: NAN for one that is not known
 * @least: 0 or less
 * @most: 0 or more
 */
void
nudge_share_bar_set (NudgeShareBar *self, double share, double least, double most)
{
  g_return_if_fail (NUDGE_IS_SHARE_BAR (self));

  self->share = share;
  self->least = least;
  self->most = most;
  gtk_widget_queue_draw (GTK_WIDGET (self));
}
