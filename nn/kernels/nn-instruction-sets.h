/* nn-instruction-sets.h - the instruction sets that loops are compiled for
 *
 * SPDX-License-Identifier: MIT
 *
 * The build compiles each file of loops once for each of them, and gives the name as
 * NN_KERNEL_SET. What such a file defines has a name in each set.
 */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* A list, from the simplest set on: of declarations, or of what an array holds. */
#ifdef __x86_64__
#define NN_IN_EACH_SET(name) name##_base, name##_avx2, name##_avx512
#else
#define NN_IN_EACH_SET(name) name##_base
#endif

/* The name in the set that is being compiled. */
#define NN_IN_THIS_SET(name) G_PASTE (G_PASTE (name, _), NN_KERNEL_SET)

enum { NN_IN_EACH_SET (NN_SET), NN_N_SETS };

G_END_DECLS
