/* nn-event.h - what the user did to a run, and after which step
 *
 * SPDX-License-Identifier: MIT
 *
 * Everything that the user changes while a run is under way is one of these, and there is
 * no other way. So the events of a run, done again after the same steps of the
 * same experiment, give the same run bit for bit.
 *
 * A nudge that repeats is named by its id (nn-nudge-ids.h), wherever it is in the list by
 * then: one that is gone is not mistaken for another.
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
  /* Put @nudge into the list at @index, or last if that is past its end; @id is its own
   * from now on, or if that is 0, the next that is free. */
  NN_EVENT_STAND,
  NN_EVENT_REPLACE, /* @nudge takes over from the one called @id, and its id */
  NN_EVENT_REMOVE,  /* the one called @id goes */
  NN_EVENT_PAUSE,   /* the one called @id stays where it is, but is never due … */
  NN_EVENT_RESUME,  /* … until this */
  NN_EVENT_MOVE,    /* the one called @id goes down by @by, or as far as there is */
  NN_EVENT_GUARD,   /* @guard holds from the next step on */
  NN_EVENT_EDIT,    /* what is being trained becomes what @edit says */
} NnEventKind;

#define NN_N_EVENT_KINDS 9

/* What an event of some kind says in a file, besides its step. */
typedef enum {
  NN_EVENT_HAS_NUDGE = 1 << 0,
  NN_EVENT_HAS_INDEX = 1 << 1, /* which, or where, in the list as it is just before */
  NN_EVENT_HAS_TO = 1 << 2,    /* where, in the list without it */
  NN_EVENT_HAS_GUARD = 1 << 3,
  NN_EVENT_HAS_EDIT = 1 << 4, /* the keys that it has */
} NnEventParts;

typedef struct {
  NnEventKind kind;
  guint64 step;   /* after this one; set by the caller that does it */
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
