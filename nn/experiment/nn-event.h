/* nn-event.h - what the user did to a run, and after which step
 *
 * SPDX-License-Identifier: MIT
 *
 * Whatever the user changes in a run is an event, and nothing else is. So the events of
 * a run, repeated after the same steps of the same experiment, give the same run bit
 * for bit.
 *
 * A repeating nudge is named by its id (nn-nudge-ids.h), and not by its index: an event
 * for one that was removed cannot change another.
 *
 * A plain value: copy and clear.
 */

#pragma once

#include <glib.h>

#include "nn/experiment/nn-edit.h"
#include "nn/nudge/nn-nudge.h"
#include "nn/tensor/nn-tape.h"

G_BEGIN_DECLS

typedef enum {
  NN_EVENT_NUDGE, /* apply @nudge now, once */
  /* @nudge repeats: insert it into the list at @index, or at its end; with the id @id, or
   * if that is 0, the next free one. */
  NN_EVENT_STAND,
  NN_EVENT_REPLACE, /* @nudge replaces the one with @id, and keeps the id */
  NN_EVENT_REMOVE,  /* remove the one with @id */
  NN_EVENT_PAUSE,   /* the one with @id stays in the list, but is never due */
  NN_EVENT_RESUME,  /* it is due again */
  NN_EVENT_MOVE,    /* move the one with @id down by @by, or to the end of the list */
  NN_EVENT_GUARD,   /* @guard is the guard from the next step on */
  NN_EVENT_EDIT,    /* apply @edit to what is being trained */
} NnEventKind;

#define NN_N_EVENT_KINDS 9

/* The keys that an event of some kind has in a file, besides its step. */
typedef enum {
  NN_EVENT_HAS_NUDGE = 1 << 0,
  NN_EVENT_HAS_INDEX = 1 << 1, /* in the list just before the event */
  NN_EVENT_HAS_TO = 1 << 2,    /* the index of the goal, in the list without it */
  NN_EVENT_HAS_GUARD = 1 << 3,
  NN_EVENT_HAS_EDIT = 1 << 4, /* the edit's keys */
} NnEventParts;

typedef struct {
  NnEventKind kind;
  guint64 step;   /* the event is done after this one; set when it is done */
  NnNudge *nudge; /* (owned) (nullable) NUDGE, STAND, REPLACE */
  guint64 id;     /* STAND, REPLACE, REMOVE, PAUSE, RESUME, MOVE */
  gsize index;    /* STAND */
  gssize by;      /* MOVE: positions in the list, negative ones up */
  NnGuard guard;  /* GUARD */
  NnEdit *edit;   /* (owned) (nullable) EDIT */
} NnEvent;

void nn_event_copy (NnEvent *self, const NnEvent *from);
void nn_event_clear (NnEvent *self);

const char *nn_event_kind_get_name (NnEventKind kind);
gboolean nn_event_kind_find (const char *name, NnEventKind *kind, GError **error);
NnEventParts nn_event_kind_get_parts (NnEventKind kind);

gboolean nn_event_check_when (const NnEvent *self, GError **error);
gsize nn_event_get_goal (const NnEvent *self, gsize index, gsize n);

GArray *nn_event_new_array (void) G_GNUC_WARN_UNUSED_RESULT;
void nn_event_append (GArray *array, const NnEvent *events, gsize n_events);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (NnEvent, nn_event_clear)

G_END_DECLS
