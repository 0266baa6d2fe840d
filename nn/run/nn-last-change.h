/* nn-last-change.h - what the newest step changed: the optimizer's part and the nudges'
 *
 * SPDX-License-Identifier: MIT
 *
 * While it is kept, a step copies the parameters once, and a second time if there are
 * nudges; nothing is allocated after nn_last_change_new (). What was not observed, such
 * as the step before it was kept, reads as NAN.
 *
 * A plain value with one owner.
 */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef struct _NnLastChange NnLastChange;

NnLastChange *nn_last_change_new (gsize n_values) G_GNUC_WARN_UNUSED_RESULT;
void nn_last_change_free (NnLastChange *self);

/* Called as a step proceeds, with the parameters at that time. */
void nn_last_change_forget (NnLastChange *self);
void nn_last_change_begin (NnLastChange *self, const float *values);
void nn_last_change_before_optimizer (NnLastChange *self, const float *values);
void nn_last_change_before_nudges (NnLastChange *self, const float *values);

/* Write the change of the @n values from @first on. @now: all parameters, as they
 * are now. */
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
