/* nudge-network-view-read.c - which thing a NudgeNetworkView describes
 *
 * SPDX-License-Identifier: MIT
 */

#include "ui/draw/network/nudge-network-cursor.h"
#include "ui/network/nudge-network-view-private.h"

/* Of the present frame. */
NnQuantity
nudge_network_view_get_shown (NudgeNetworkView *self)
{
  return nudge_network_lens_get_shown (&self->lens,
                                       nudge_picture_get_frame (NUDGE_PICTURE (self)));
}

/* @x, @y: in the picture's units. Returns: the thing there; nothing without a frame */
NudgeNetworkThing
nudge_network_view_find_at (NudgeNetworkView *self, double x, double y)
{
  NnFrame *frame = nudge_picture_get_frame (NUDGE_PICTURE (self));
  const double scale = nudge_picture_get_scale (NUDGE_PICTURE (self));

  if (frame == NULL)
    return (NudgeNetworkThing){ NUDGE_NETWORK_NOTHING };
  return nudge_network_thing_at (frame, nudge_network_view_get_shown (self),
                                 gtk_widget_get_width (GTK_WIDGET (self)) / scale,
                                 gtk_widget_get_height (GTK_WIDGET (self)) / scale, x, y);
}

static NudgeNetworkThing
find_pointed (NudgeNetworkView *self)
{
  double x, y;

  if (!nudge_picture_get_pointer (NUDGE_PICTURE (self), &x, &y))
    return (NudgeNetworkThing){ NUDGE_NETWORK_NOTHING };
  return nudge_network_view_find_at (self, x, y);
}

/* The thing under the pointer, or else at the keys' cursor, or else the pinned one. */
NudgeNetworkThing
nudge_network_view_find_read (NudgeNetworkView *self)
{
  const NnFrame *frame = nudge_picture_get_frame (NUDGE_PICTURE (self));
  const NudgeNetworkThing pointed = find_pointed (self);

  if (!frame || pointed.kind != NUDGE_NETWORK_NOTHING)
    return pointed;
  if (self->has_cursor && self->by_key && gtk_widget_has_focus (GTK_WIDGET (self)))
    return self->cursor;
  return nudge_network_is_there (frame->architecture, &self->pinned)
             ? self->pinned
             : (NudgeNetworkThing){ NUDGE_NETWORK_NOTHING };
}

/* The document has the run watch the value that is described. */
void
nudge_network_view_watch (NudgeNetworkView *self)
{
  const NnFrame *frame = nudge_picture_get_frame (NUDGE_PICTURE (self));
  const NudgeNetworkThing read = nudge_network_view_find_read (self);
  const gssize index = frame ? nudge_network_get_index (frame->architecture, &read) : -1;

  if (self->watched == index)
    return;
  self->watched = index;
  g_object_notify (G_OBJECT (self), "watched");
}

/**
 * nudge_network_view_dup_reading:
 *
 * Returns: (transfer full) (nullable): a description of the thing under the pointer
 */
char *
nudge_network_view_dup_reading (NudgeNetworkView *self)
{
  NudgeNetworkThing pointed;

  g_return_val_if_fail (NUDGE_IS_NETWORK_VIEW (self), NULL);

  pointed = find_pointed (self);
  return pointed.kind == NUDGE_NETWORK_NOTHING
             ? NULL
             : nudge_network_describe (nudge_picture_get_frame (NUDGE_PICTURE (self)),
                                       &pointed);
}
