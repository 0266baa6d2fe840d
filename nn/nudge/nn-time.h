/* nn-time.h - when a nudge is applied
 *
 * SPDX-License-Identifier: MIT
 *
 * As text, WHEN:
 *
 *   every step, every N steps
 *                      from 10 to 20 behind them: these steps, and those between them.
 *                      every N steps is after steps N, 2N …, also with from
 *   every example, every epoch, every N epochs
 *                      perhaps from step 10 to step 20; every N epochs is after the last
 *                      step of epochs N, 2N …
 *   step 10, step 10, 20
 *                      after each of these steps, once; up to NN_STEPS_MOST of them
 *   epoch 3, epoch 3, 6
 *                      after each of these epochs' last step, once
 *   at the start       before step 1: step 0
 *   by hand            when the user applies it
 *
 * Behind all but the last two may be "before backward". Epochs are counted from 1 as they
 * end: over an edit of the data the count goes on, and an epoch that was under way in the
 * data before has not ended; after an edit of the batches the rest of the epoch is cut
 * anew. A run that is reset begins with epoch 1.
 *
 * Plain values.
 */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef enum {
  NN_WHEN_MANUAL,        /* only when the user applies it */
  NN_WHEN_AT_STEP,       /* once after step interval, and each step of also */
  NN_WHEN_EVERY_STEPS,   /* after every interval-th step, of those from … to */
  NN_WHEN_EVERY_EXAMPLE, /* after each example's backward pass, in steps from … to */
  NN_WHEN_EVERY_EPOCH, /* after every interval-th epoch's last step, if it is from … to */
  NN_WHEN_AT_EPOCH,    /* once after epoch interval, and each of also */
} NnWhen;

#define NN_STEPS_MOST 64 /* that one nudge may name */

/* Those that a nudge names beside the first. */
typedef struct {
  guint n;
  guint64 values[NN_STEPS_MOST - 1]; /* rising, all beyond the first */
} NnSteps;

typedef struct {
  NnWhen when;
  gboolean before_backward; /* between forward and backward */
  guint64 interval;         /* N; the first that is named; 1 otherwise */
  guint64 from;             /* the first step; 0: any */
  guint64 to;               /* the last one; 0: any */
  NnSteps also;
} NnTime;

/* How far a run has come. */
typedef struct {
  guint64 step;  /* taken */
  guint64 epoch; /* ended */
  guint64 left;  /* steps up to the end of the present epoch; from 1 */
  guint64 each;  /* steps of every epoch behind that */
} NnPlace;

gboolean nn_time_parse (NnTime *self, const char *text, GError **error);
char *nn_time_dup_text (const NnTime *self) G_GNUC_WARN_UNUSED_RESULT;
gboolean nn_time_is_equal (const NnTime *self, const NnTime *other);
gboolean nn_time_names_some (const NnTime *self);
gboolean nn_time_is_always (const NnTime *self);
gboolean nn_time_is_once (const NnTime *self);
gboolean nn_time_has_step (const NnTime *self, guint64 step, guint64 epoch);
guint64 nn_time_find_next (const NnTime *self, guint64 after, const NnPlace *place);

G_END_DECLS
