/* nn-event.h - what a hand did to a run, and after which step
 *
 * SPDX-License-Identifier: MIT
 *
 * Everything that a person changes while a run is under way is one of these, and there
 * is no other door. So the events of a run, done again after the same steps of the
 * same experiment, give the same run bit for bit.
 *
 * The list of standing nudges is addressed by index: an event says what it does to the
 * list as it was just before.
 *
 * A plain value: copy and clear.
 */

#pragma once

#include <glib.h>

#include "nn/nudge/nn-nudge.h"
#include "nn/tensor/nn-tape.h"

G_BEGIN_DECLS

typedef enum {
  NN_EVENT_NUDGE, /* apply @nudge now, once */
  NN_EVENT_STAND, /* put @nudge into the list at @index, or last if that is past its end */
  NN_EVENT_REPLACE, /* @nudge takes the place of the one at @index */
  NN_EVENT_REMOVE,  /* the one at @index goes */
  NN_EVENT_PAUSE,   /* the one at @index keeps its place, but is never due … */
  NN_EVENT_RESUME,  /* … until this */
  NN_EVENT_MOVE,    /* the one at @index goes to @to, counted in the list without it */
  NN_EVENT_GUARD,   /* @guard holds from the next step on */
} NnEventKind;

#define NN_N_EVENT_KINDS 8

/* What an event of some kind says besides its step. */
typedef enum {
  NN_EVENT_HAS_NUDGE = 1 << 0,
  NN_EVENT_HAS_INDEX = 1 << 1,
  NN_EVENT_HAS_TO = 1 << 2,
  NN_EVENT_HAS_GUARD = 1 << 3,
} NnEventParts;

typedef struct {
  NnEventKind kind;
  guint64 step;   /* after this one; set by who does it */
  NnNudge *nudge; /* (owned) (nullable) NUDGE, STAND, REPLACE */
  gsize index;    /* STAND, REPLACE, REMOVE, PAUSE, RESUME, MOVE */
  gsize to;       /* MOVE */
  NnGuard guard;  /* GUARD */
} NnEvent;

void nn_event_copy (NnEvent *self, const NnEvent *from);
void nn_event_clear (NnEvent *self);

const char *nn_event_kind_get_name (NnEventKind kind);
gboolean nn_event_kind_find (const char *name, NnEventKind *kind, GError **error);
NnEventParts nn_event_kind_get_parts (NnEventKind kind);

gboolean nn_event_check_when (const NnEvent *self, GError **error);

GArray *nn_event_new_array (void) G_GNUC_WARN_UNUSED_RESULT;
void nn_event_append (GArray *array, const NnEvent *events, gsize n_events);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (NnEvent, nn_event_clear)

G_END_DECLS
