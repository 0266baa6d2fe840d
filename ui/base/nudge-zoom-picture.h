/* nudge-zoom-picture.h - base class of pictures of a matrix that zoom and pan
 *
 * SPDX-License-Identifier: MIT
 *
 * What NudgeMatrixView and NudgeTensorMap share. The wheel, a pinch, + and - zoom,
 * dragging and the arrow keys move, 0 shows all.
 */

#pragma once

#include "ui/base/nudge-picture.h"
#include "ui/draw/network/nudge-matrix-viewport.h"

G_BEGIN_DECLS

#define NUDGE_TYPE_ZOOM_PICTURE (nudge_zoom_picture_get_type ())
G_DECLARE_DERIVABLE_TYPE (NudgeZoomPicture,
                          nudge_zoom_picture,
                          NUDGE,
                          ZOOM_PICTURE,
                          NudgePicture)

struct _NudgeZoomPictureClass {
  NudgePictureClass parent_class;

  /* Returns: whether there is a matrix; the picture's size is in units */
  gboolean (*get_field) (NudgeZoomPicture *self,
                         double width,
                         double height,
                         NudgeMatrixField *field);
  void (*place_changed) (NudgeZoomPicture *self); /* (nullable) */
  /* (nullable) A click, the @n-th at this place. */
  void (*clicked) (NudgeZoomPicture *self, int n);
  /* (nullable) Keys besides those above, or instead: whether it is one of them. */
  gboolean (*handle_key) (NudgeZoomPicture *self, guint key, GdkModifierType state);
};

void nudge_zoom_picture_show_all (NudgeZoomPicture *self);
void nudge_zoom_picture_move_to (NudgeZoomPicture *self, guint64 row, guint64 column);
gboolean nudge_zoom_picture_get_viewport (NudgeZoomPicture *self,
                                          NudgeMatrixField *field,
                                          NudgeMatrixViewport *viewport);
gboolean
nudge_zoom_picture_find_pointed (NudgeZoomPicture *self, guint64 *row, guint64 *column);

G_END_DECLS
