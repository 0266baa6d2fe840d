/* hand-train.c - the limit for W1 to W3: loops fused by hand, their sizes fixed
 *
 * SPDX-License-Identifier: MIT
 *
 *   hand-train [--workload W1] [--threads 1] [--seconds 1] [--losses N]
 *
 * One thread, whatever is asked for: such steps are too short to share.
 */

#include <stdio.h>

#include "tests/bench/hand.h"

#define DENORMALS_ARE_ZERO 0x40
#define FLUSH_TO_ZERO      0x8000

/* A gradient that stays zero, as a dead ReLU's does, makes Adam's means subnormal. */
static void
flush_subnormals (void)
{
#ifdef __SSE__
  __builtin_ia32_ldmxcsr (__builtin_ia32_stmxcsr () | DENORMALS_ARE_ZERO | FLUSH_TO_ZERO);
#endif
}

static const HandLoop *
find (const BenchWorkload *workload)
{
  const HandLoop *const loops[] = { &hand_w1, &hand_w2, &hand_w3 };

  for (gsize i = 0; i < G_N_ELEMENTS (loops); i++)
    if (g_str_equal (loops[i]->name, workload->name))
      return loops[i];
  return NULL;
}

int
main (int argc, char *argv[])
{
  g_auto (BenchOptions) options = { 0 };
  g_autoptr (BenchTable) table = NULL;
  const HandLoop *loop;
  gpointer state;

  bench_options_parse (&options, &argc, &argv);
  loop = find (options.workload);
  if (!loop) {
    fprintf (stderr,
             "hand-train: --workload: %s is too wide to be written by hand; "
             "see limit-blas\n",
             options.workload->name);
    return 2;
  }
  flush_subnormals ();
  table = bench_table_new (options.workload);
  state = loop->new_state (table);
  for (guint i = 0; i < options.n_losses; i++) {
    loop->steps (state, 1);
    printf ("%.9g\n", (double) loop->get_loss (state));
  }
  if (!options.n_losses)
    bench_report ("hand", "fused", &options,
                  bench_measure (loop->steps, state, options.seconds));
  g_aligned_free (state);
  return 0;
}
