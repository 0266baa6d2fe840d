/* nn-time.h - when a nudge is applied
 *
 * SPDX-License-Identifier: MIT
 *
 * As text, WHEN:
 *
 *   every step, every N steps
 *                      after each step, or after steps N, 2N …; may be limited by from 10
 *                      to 20, inclusive, which does not shift N, 2N …
 *   every example, every epoch, every N epochs
 *                      after each example's backward pass; after the last step of epochs
 *                      N, 2N …; may be limited by from step 10 to step 20
 *   step 10; step 10, 20
 *                      after each of these steps, once; up to NN_STEPS_MOST of them
 *   epoch 3; epoch 3, 6
 *                      after the last step of each of these epochs, once
 *   at the start       before step 1: step 0
 *   by hand            when the user applies it
 *
 * All but the last two may be followed by "before backward". Epochs are counted from 1
 * when they end. The count continues after an edit of the data, where an unfinished epoch
 * is not counted; an edit of the batch size only divides the rest of the epoch
 * differently. A run that is reset starts at epoch 1.
 *
 * Plain values.
 */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef enum {
  NN_WHEN_MANUAL,        /* only when the user applies it */
  NN_WHEN_AT_STEP,       /* after the steps interval and also, once each */
  NN_WHEN_EVERY_STEPS,   /* after every interval-th step, in from … to */
  NN_WHEN_EVERY_EXAMPLE, /* after each example's backward pass, in from … to */
  NN_WHEN_EVERY_EPOCH, /* after every interval-th epoch's last step, if it is from … to */
  NN_WHEN_AT_EPOCH,    /* once after epoch interval, and each of also */
} NnWhen;

#define NN_STEPS_MOST 64 /* steps or epochs that a time may list */

/* The listed steps or epochs after the first. */
typedef struct {
  guint n;
  guint64 values[NN_STEPS_MOST - 1]; /* ascending, all above the first */
} NnSteps;

typedef struct {
  NnWhen when;
  gboolean before_backward; /* between forward and backward */
  guint64 interval;         /* N, or the first listed step or epoch; else 1 */
  guint64 from;             /* the first step; 0: no limit */
  guint64 to;               /* the last step; 0: no limit */
  NnSteps also;
} NnTime;

/* How far a run has come, and when its epochs end. */
typedef struct {
  guint64 step;        /* steps done */
  guint64 epoch;       /* epochs ended */
  guint64 n_left;      /* steps left in the present epoch; at least 1 */
  guint64 n_per_epoch; /* steps of every later epoch */
} NnClock;

gboolean nn_time_parse (NnTime *self, const char *text, GError **error);
char *nn_time_dup_text (const NnTime *self) G_GNUC_WARN_UNUSED_RESULT;
gboolean nn_time_is_equal (const NnTime *self, const NnTime *other);
gboolean nn_time_names_some (const NnTime *self);
gboolean nn_time_is_always (const NnTime *self);
gboolean nn_time_is_once (const NnTime *self);
gboolean nn_time_has_step (const NnTime *self, guint64 step, guint64 epoch);
guint64 nn_time_find_next (const NnTime *self, guint64 after, const NnClock *clock);

G_END_DECLS
