/* nn-curve.h - the losses of a run, one per training step, in bounded memory
 *
 * SPDX-License-Identifier: MIT
 *
 * Losses are appended one by one and kept in at most NN_CURVE_BUCKETS buckets of
 * equal width; when all are full, neighbours are merged and the width doubles.
 * A bucket keeps the smallest and the largest loss of its steps, so no spike is
 * ever lost to a picture. A plain value with one owner, not thread-safe: the
 * trainer owns one, a frame carries a copy.
 */

#pragma once

#include "nn/run/nn-history.h"

G_BEGIN_DECLS

#define NN_CURVE_BUCKETS 2048

typedef struct {
  float min;
  float max;
  float last; /* of the bucket's newest step */
} NnCurveBucket;

typedef struct {
  guint64 n_steps; /* losses appended; the first is step 1's */
  guint64 width;   /* steps per bucket, a power of two */
  gsize n_buckets; /* in use; the newest may still be filling */
  NnCurveBucket
      buckets[NN_CURVE_BUCKETS]; /* [k]: steps k * width + 1 … (k + 1) * width */
} NnCurve;

/* A part of a run that was left when it branched off. */
typedef struct {
  NnCurve *curve;     /* (owned) the run as it was, from step 1 */
  guint64 fork;       /* the last step that both branches share */
  NnHistory *history; /* (owned) (nullable) as curve, as far as it is known */
} NnBranch;

NnCurve *nn_curve_new (void) G_GNUC_WARN_UNUSED_RESULT;
NnCurve *nn_curve_copy (const NnCurve *self) G_GNUC_WARN_UNUSED_RESULT;
void nn_curve_assign (NnCurve *self, const NnCurve *from);
void nn_curve_free (NnCurve *self);
void nn_curve_clear (NnCurve *self);
void nn_curve_append (NnCurve *self, float loss);
void nn_curve_assign_history (NnCurve *self, const NnHistory *history);
void nn_curve_cut (NnCurve *self, guint64 step);

guint64 nn_curve_get_last_step (const NnCurve *self, gsize bucket);
gboolean nn_curve_get_loss (const NnCurve *self, guint64 step, float *loss);
guint64 nn_curve_find_common_step (const NnCurve *self, const NnCurve *other);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (NnCurve, nn_curve_free)

G_END_DECLS
