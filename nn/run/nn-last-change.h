/* nn-last-change.h - what the newest step has changed, the optimizer's part and the nudges'
 *
 * SPDX-License-Identifier: MIT
 *
 * Only for who asks: while it is kept, a step copies the parameters once, and once more if
 * there are nudges. Nothing is allocated but at the beginning. What was not seen, for
 * instance before it was kept, is not known. A plain value with one owner.
 */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef struct _NnLastChange NnLastChange;

NnLastChange *nn_last_change_new (gsize n_values) G_GNUC_WARN_UNUSED_RESULT;
void nn_last_change_free (NnLastChange *self);

/* As a step goes on; @values are the parameters then. */
void nn_last_change_forget (NnLastChange *self);
void nn_last_change_begin (NnLastChange *self, const float *values);
void nn_last_change_before_optimizer (NnLastChange *self, const float *values);
void nn_last_change_before_nudges (NnLastChange *self, const float *values);

/* Of @n values from the @first on; @now: all of them. */
void nn_last_change_read (const NnLastChange *self,
                          const float *now,
                          gsize first,
                          gsize n,
                          float *change);
void nn_last_change_read_optimizer (const NnLastChange *self,
                                    const float *now,
                                    gsize first,
                                    gsize n,
                                    float *change);
void nn_last_change_read_nudges (const NnLastChange *self,
                                 const float *now,
                                 gsize first,
                                 gsize n,
                                 float *change);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (NnLastChange, nn_last_change_free)

G_END_DECLS
