/* hand-train.c - the limits for W1 to W3: hand-written fused loops, their sizes fixed
 *
 * SPDX-License-Identifier: MIT
 *
 *   hand-train [--workload W1] [--threads 1] [--seconds 1] [--way NAME] [--losses N]
 *
 * Two ways: "c" is plain C, "vectors" names the vectors. Prints a JSON object for each. One
 * thread, whatever is asked for: such steps are too short to share.
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

static const HandLoop *const loops[] = { &hand_c_w1, &hand_vectors_w1,
                                         &hand_c_w2, &hand_vectors_w2,
                                         &hand_c_w3, &hand_vectors_w3 };

static gboolean
is_asked_for (const HandLoop *loop, const BenchOptions *options)
{
  return g_str_equal (loop->workload, options->workload->name) &&
         (!options->way || g_str_equal (loop->way, options->way));
}

static void
print_losses (const HandLoop *loop, gpointer state, guint n_losses)
{
  for (guint i = 0; i < n_losses; i++) {
    loop->steps (state, 1);
    printf ("%.9g\n", (double) loop->get_loss (state));
  }
}

static void
run (const HandLoop *loop, const BenchTable *table, const BenchOptions *options)
{
  gpointer state = loop->new_state (table);

  if (options->n_losses)
    print_losses (loop, state, options->n_losses);
  else
    bench_report ("hand", loop->way, options,
                  bench_measure (loop->steps, state, options->seconds));
  g_aligned_free (state);
}

int
main (int argc, char *argv[])
{
  g_auto (BenchOptions) options = { 0 };
  g_autoptr (BenchTable) table = NULL;
  gboolean found = FALSE;

  bench_options_parse (&options, &argc, &argv);
  if (options.n_losses && !options.way) {
    fprintf (stderr, "hand-train: --losses: give --way c or --way vectors, too\n");
    return 2;
  }
  flush_subnormals ();
  table = bench_table_new (options.workload);
  for (gsize i = 0; i < G_N_ELEMENTS (loops); i++)
    if (is_asked_for (loops[i], &options)) {
      found = TRUE;
      run (loops[i], table, &options);
    }
  if (!found)
    fprintf (stderr,
             "hand-train: W1 to W3 are hand-written, each --way c and --way vectors; "
             "for W4 and W5 see limit-blas\n");
  return found ? 0 : 2;
}
