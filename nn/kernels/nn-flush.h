/* nn-flush.h - arithmetic without subnormal numbers
 *
 * SPDX-License-Identifier: MIT
 *
 * A run that has converged keeps moments, and under some nudges weights, that shrink
 * towards nothing through the subnormal numbers (below 1.2e-38), where the processor is
 * many times slower. While a step computes, such numbers count as zero, as after
 * PyTorch's set_flush_denormal (True). Nudges, files and everything else keep them to
 * the bit.
 *
 * NN_FLUSH_SUBNORMALS_FUNCTION () and NN_KEEP_SUBNORMALS_FUNCTION () hold to the end of
 * the function. A thread that does nothing but train may call nn_flush_subnormals ()
 * once; each step then finds nothing to change. On processors other than x86-64
 * nothing is flushed.
 */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Whether this thread flushes now: asking the processor would cost more than a layer. */
extern _Thread_local gboolean nn_flushing_;

void nn_flush_set_ (gboolean flush);

/* Gives what was before. */
static inline gboolean
nn_flush_enter_ (gboolean flush)
{
  const gboolean before = nn_flushing_;

  if (before != flush)
    nn_flush_set_ (flush);
  return before;
}

static inline void
nn_flush_leave_ (gboolean *before)
{
  if (nn_flushing_ != *before)
    nn_flush_set_ (*before);
}

#define NN_FLUSH_SCOPE_(flush)                                                           \
  __attribute__ ((cleanup (nn_flush_leave_), unused)) gboolean G_PASTE (                 \
      nn_flush_, __COUNTER__) = nn_flush_enter_ (flush)
#define NN_FLUSH_SUBNORMALS_FUNCTION() NN_FLUSH_SCOPE_ (TRUE)
#define NN_KEEP_SUBNORMALS_FUNCTION()  NN_FLUSH_SCOPE_ (FALSE)

static inline void
nn_flush_subnormals (void)
{
  nn_flush_enter_ (TRUE);
}

G_END_DECLS
