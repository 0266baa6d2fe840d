/* nn-past.h - the values of parameters at earlier frames
 *
 * SPDX-License-Identifier: MIT
 *
 * Of a small network all values are kept at each frame, so that each has a past when it
 * is asked for; of a large one only the watched value, from then on. When there are
 * NN_PAST_FRAMES points, every other one is dropped. A frame carries the past of the
 * watched value. One owner, one thread.
 */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

#define NN_PAST_FRAMES 256

typedef struct {
  guint64 step;
  float value;
} NnPastPoint;

typedef struct _NnPast NnPast;

NnPast *nn_past_new (void) G_GNUC_WARN_UNUSED_RESULT;
void nn_past_free (NnPast *self);

void nn_past_watch (NnPast *self, gssize index);
void
nn_past_see (NnPast *self, gconstpointer of, guint64 step, const float *values, gsize n);
gssize nn_past_get_watched (const NnPast *self);
NnPastPoint *
nn_past_dup_points (const NnPast *self, gsize *n_points) G_GNUC_WARN_UNUSED_RESULT;

G_DEFINE_AUTOPTR_CLEANUP_FUNC (NnPast, nn_past_free)

G_END_DECLS
