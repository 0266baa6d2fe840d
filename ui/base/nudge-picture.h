/* nudge-picture.h - base class of widgets that draw the newest frame
 *
 * SPDX-License-Identifier: MIT
 *
 * What NudgeNetworkView, NudgePlot and others share: the frame, the colours of light,
 * dark and high contrast, the pointer, and a summary in words as the accessible
 * description. May get a frame at each tick of the frame clock.
 *
 * A picture grows with the system's text size: its unit is nudge_picture_get_scale ()
 * pixels of the widget.
 */

#pragma once

#include <gtk/gtk.h>

#include "nn/session/nn-frame.h"
#include "ui/base/nudge-text-scale.h"
#include "ui/draw/base/nudge-palette.h"

G_BEGIN_DECLS

#define NUDGE_TYPE_PICTURE (nudge_picture_get_type ())
G_DECLARE_DERIVABLE_TYPE (NudgePicture, nudge_picture, NUDGE, PICTURE, GtkWidget)

struct _NudgePictureClass {
  GtkWidgetClass parent_class;

  /* Called with a frame, if it is not frameless, and an area, in units, that is not empty. */
  void (*draw) (NudgePicture *self,
                cairo_t *cr,
                const NudgePalette *palette,
                double width,
                double height);
  char *(*describe) (NudgePicture *self);     /* (transfer full) the frame in words */
  void (*frame_changed) (NudgePicture *self); /* (nullable) before it is drawn */
  /* (nullable) It has moved, come or gone. */
  void (*pointer_moved) (NudgePicture *self);
  gboolean see_through; /* on the background of what it lies on */
  gboolean frameless;   /* drawn and described without a frame */
};

/* For what is drawn beside pictures as they are. */
const NudgePalette *nudge_widget_get_palette (GtkWidget *widget);

double nudge_picture_get_scale (NudgePicture *self);
NnFrame *nudge_picture_get_frame (NudgePicture *self);
void nudge_picture_set_frame (NudgePicture *self, NnFrame *frame);
void nudge_picture_refresh (NudgePicture *self);
void nudge_picture_describe_again (NudgePicture *self);
gboolean nudge_picture_shows_focus (NudgePicture *self);
gboolean nudge_picture_get_pointer (NudgePicture *self, double *x, double *y);
void nudge_picture_set_reserved (NudgePicture *self, int width, int height);
void nudge_picture_get_reserved (NudgePicture *self, double *width, double *height);

G_END_DECLS
