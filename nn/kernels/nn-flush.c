/* nn-flush.c - arithmetic without subnormal numbers
 *
 * SPDX-License-Identifier: MIT
 */

#include "nn/kernels/nn-flush.h"

#ifdef __SSE2__
#include <immintrin.h>
#endif

#define FLUSH_BITS 0x8040u /* of MXCSR: results become zero, and operands count as zero */

_Thread_local gboolean nn_flushing_;

void
nn_flush_set_ (gboolean flush)
{
  nn_flushing_ = flush;
#ifdef __SSE2__
  _mm_setcsr (flush ? _mm_getcsr () | FLUSH_BITS : _mm_getcsr () & ~FLUSH_BITS);
#endif
}
