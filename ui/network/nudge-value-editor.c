/* nudge-value-editor.c - asks for a new value of a weight or a bias in a picture
 *
 * SPDX-License-Identifier: MIT
 */

#include "ui/network/nudge-value-editor.h"

#include "ui/draw/network/nudge-network-cursor.h"
#include "ui/draw/network/nudge-network-reading.h"
#include "ui/draw/network/nudge-network-selection.h"
#include "ui/network/nudge-number-popover.h"

struct _NudgeValueEditor {
  NudgePicture *picture; /* (not owned) which has this */
  NudgeValueTyped typed;
  GtkWidget *popover; /* (nullable) once it was asked for */
  NudgeNetworkThing thing;
};

/**
 * nudge_value_editor_new:
 * @picture: must be there as long as this is
 */
NudgeValueEditor *
nudge_value_editor_new (NudgePicture *picture, NudgeValueTyped typed)
{
  NudgeValueEditor *self = g_new0 (NudgeValueEditor, 1);

  self->picture = picture;
  self->typed = typed;
  return self;
}

void
nudge_value_editor_free (NudgeValueEditor *self)
{
  g_clear_pointer (&self->popover, gtk_widget_unparent);
  g_free (self);
}

static void
accepted_cb (GtkWidget *popover, double number, NudgeValueEditor *self)
{
  const NnFrame *frame = nudge_picture_get_frame (self->picture);
  g_autofree char *nudge = NULL;

  if (!frame || !nudge_network_is_there (frame->architecture, &self->thing))
    return;
  nudge = nudge_network_dup_nudge (frame->architecture, &self->thing, (float) number);
  self->typed (self->picture, nudge);
}

/**
 * nudge_value_editor_ask:
 * @x: where @thing is, in the picture's units
 * @y: the same
 *
 * Returns: whether @thing has a value
 */
gboolean
nudge_value_editor_ask (NudgeValueEditor *self,
                        const NudgeNetworkThing *thing,
                        double x,
                        double y)
{
  const NnFrame *frame = nudge_picture_get_frame (self->picture);
  const double scale = nudge_picture_get_scale (self->picture);
  const GdkRectangle at = { (int) (x * scale), (int) (y * scale), 1, 1 };
  const gssize index = nudge_network_get_index (frame->architecture, thing);
  g_autofree char *name = NULL;

  if (index < 0)
    return FALSE;
  if (self->popover == NULL) {
    self->popover = nudge_number_popover_new ();
    gtk_widget_set_parent (self->popover, GTK_WIDGET (self->picture));
    g_signal_connect (self->popover, "accepted", G_CALLBACK (accepted_cb), self);
  }
  self->thing = *thing;
  name = nudge_network_dup_value (frame->architecture, thing);
  nudge_number_popover_ask (NUDGE_NUMBER_POPOVER (self->popover), name,
                            frame->values[index], &at);
  return TRUE;
}

/* There is a newer frame: a change that is being typed is of the newest value. */
void
nudge_value_editor_follow (NudgeValueEditor *self)
{
  const NnFrame *frame = nudge_picture_get_frame (self->picture);
  const gssize index =
      frame ? nudge_network_get_index (frame->architecture, &self->thing) : -1;

  if (self->popover && index >= 0)
    nudge_number_popover_set_present (NUDGE_NUMBER_POPOVER (self->popover),
                                      frame->values[index]);
}
