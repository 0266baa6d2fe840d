/* nudge-edits.c - changes of the list of repeating nudges that wait for their turn
 *
 * SPDX-License-Identifier: MIT
 */

#include "app/nudge-edits.h"

#include "ui/draw/nudge-frame.h"

typedef struct {
  NnEventKind kind;
  NnNudge *nudge; /* (owned) */
  int by;         /* MOVE: so many places down */
} Edit;

struct _NudgeEdits {
  GQueue queue; /* (element-type Edit) */
};

static void
edit_free (gpointer data)
{
  Edit *self = data;

  nn_nudge_unref (self->nudge);
  g_free (self);
}

NudgeEdits *
nudge_edits_new (void)
{
  NudgeEdits *self = g_new (NudgeEdits, 1);

  g_queue_init (&self->queue);
  return self;
}

void
nudge_edits_free (NudgeEdits *self)
{
  g_queue_clear_full (&self->queue, edit_free);
  g_free (self);
}

/**
 * nudge_edits_push:
 * @kind: PAUSE, RESUME, REMOVE, or MOVE …
 * @by: … by so many places down
 */
void
nudge_edits_push (NudgeEdits *self, NnEventKind kind, NnNudge *nudge, int by)
{
  Edit *edit = g_new (Edit, 1);

  *edit = (Edit){ kind, nn_nudge_ref (nudge), by };
  g_queue_push_tail (&self->queue, edit);
}

/**
 * nudge_edits_pop:
 * @frame: shows what came of all that was done
 * @event: (out): to be done now; holds no reference
 *
 * What is gone meanwhile, or stays where it is, needs no event.
 *
 * Returns: %FALSE if nothing waits
 */
gboolean
nudge_edits_pop (NudgeEdits *self, const NnFrame *frame, NnEvent *event)
{
  Edit *edit;

  while ((edit = g_queue_pop_head (&self->queue))) {
    gssize index = nudge_frame_find_repeating (frame, edit->nudge);
    gssize to = CLAMP (index + edit->by, 0, (gssize) frame->n_standing - 1);
    gboolean needed = index >= 0 && (edit->kind != NN_EVENT_MOVE || to != index);

    *event = (NnEvent){ .kind = edit->kind, .index = (gsize) index, .to = (gsize) to };
    edit_free (edit);
    if (needed)
      return TRUE;
  }
  return FALSE;
}
