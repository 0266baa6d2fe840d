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
 * the function. A thread that does nothing but train may say nn_flush_subnormals ()
 * once; each step then finds nothing to change. On processors other than x86-64
 * nothing is flushed.
 */

#pragma once

#include <glib.h>

#ifdef __SSE2__
#include <immintrin.h>
#endif

G_BEGIN_DECLS

#define NN_FLUSH_BITS_ 0x8040u /* of MXCSR: results to zero, and operands that are zero */

static inline guint
nn_flush_get_mode_ (void)
{
#ifdef __SSE2__
  return _mm_getcsr ();
#else
  return 0;
#endif
}

static inline void
nn_flush_set_mode_ (guint mode)
{
#ifdef __SSE2__
  _mm_setcsr (mode);
#endif
}

/* Goes over to @mode if it is another one; gives the one before. */
static inline guint
nn_flush_enter_ (gboolean flush)
{
  const guint before = nn_flush_get_mode_ ();
  const guint mode = flush ? before | NN_FLUSH_BITS_ : before & ~NN_FLUSH_BITS_;

  if (mode != before)
    nn_flush_set_mode_ (mode);
  return before;
}

static inline void
nn_flush_leave_ (guint *before)
{
  if (nn_flush_get_mode_ () != *before)
    nn_flush_set_mode_ (*before);
}

#define NN_FLUSH_SCOPE_(flush)                                                           \
  __attribute__ ((cleanup (nn_flush_leave_), unused)) guint G_PASTE (nn_flush_,           \
                                                                     __COUNTER__) =      \
      nn_flush_enter_ (flush)
#define NN_FLUSH_SUBNORMALS_FUNCTION() NN_FLUSH_SCOPE_ (TRUE)
#define NN_KEEP_SUBNORMALS_FUNCTION() NN_FLUSH_SCOPE_ (FALSE)

static inline void
nn_flush_subnormals (void)
{
  nn_flush_enter_ (TRUE);
}

G_END_DECLS
