/* test-nn-optimizer-loops.c - the optimizers' loops over values, in every set of kernels
 *
 * SPDX-License-Identifier: MIT
 */

#include <string.h>

#include "busy-settings.h"
#include "nn/kernels/nn-flush.h"
#include "nn/kernels/nn-kernel-set.h"
#include "nn/kernels/nn-threads.h"
#include "nn/optim/nn-optimizer.h"

#define LONGEST 40 /* of the arrays given to kernels directly: some vectors, any rest */
#define GUARD   12345.0f

typedef struct {
  float w[LONGEST + 1], g[LONGEST + 1], m[3][LONGEST + 1];
} Arrays;

/* Some numbers from -1 to 1, the same for the same seed. */
static void
fill (float *values, gsize n, guint32 seed)
{
  g_autoptr (GRand) rand = g_rand_new_with_seed (seed);

  for (gsize i = 0; i < n; i++)
    values[i] = (float) g_rand_double_range (rand, -1, 1);
}

static void
fill_arrays (Arrays *self, gsize n)
{
  fill (self->w, LONGEST + 1, 1);
  fill (self->g, LONGEST + 1, 2);
  for (guint i = 0; i < 3; i++) {
    fill (self->m[i], LONGEST + 1, 3 + i);
    for (gsize k = 0; k < n; k++)
      self->m[i][k] = self->m[i][k] * self->m[i][k] + 2 * (float) (i == 0);
    self->m[i][n] = GUARD;
  }
  self->w[n] = GUARD;
}

/* Runs one of the loops over the values from an index on, as in the eleventh step. */
static void
run_kernel (const NnKernels *kernels,
            NnOptimizerType type,
            Arrays *self,
            gsize from,
            gsize n)
{
  const NnOptimizerKind *kind = nn_optimizer_get_kind (type);
  const NnOptimizerSettings settings = busy_settings (type);
  g_autofree gpointer step = g_malloc0 (kind->step_size);

  kind->prepare_settings (step, &settings);
  if (kind->prepare_step)
    kind->prepare_step (step, &settings, 10);
  kind->loops[kernels->set](step, self->w + from, self->g + from, self->m[0] + from,
                            LONGEST + 1, n);
}

/* An array gives the same bits whole and in parts, and nothing behind it changes. */
static void
check_kernels (const NnKernels *kernels, NnOptimizerType type)
{
  for (gsize n = 0; n <= LONGEST; n++)
    for (gsize first = 0; first <= n; first += 3) {
      Arrays whole, parts;

      fill_arrays (&whole, n);
      run_kernel (kernels, type, &whole, 0, n);
      g_assert_cmpfloat (whole.w[n], ==, GUARD);
      for (guint i = 0; i < 3; i++)
        g_assert_cmpfloat (whole.m[i][n], ==, GUARD);
      fill_arrays (&parts, n);
      g_assert_true (n == 0 || memcmp (parts.w, whole.w, n * sizeof (float)) != 0);
      run_kernel (kernels, type, &parts, 0, first);
      run_kernel (kernels, type, &parts, first, n - first);
      g_assert_cmpmem (&parts, sizeof parts, &whole, sizeof whole);
    }
}

static void
test_loops_take_any_length (gconstpointer data)
{
  check_kernels (nn_kernels_get (), GPOINTER_TO_UINT (data));
  check_kernels (&nn_kernels_base, GPOINTER_TO_UINT (data));
}

/* What one processor computes, another does too. */
static void
test_sets_agree (gconstpointer data)
{
  const NnOptimizerType type = GPOINTER_TO_UINT (data);
  Arrays best, other;

  fill_arrays (&best, LONGEST);
  run_kernel (nn_kernels_get (), type, &best, 0, LONGEST);
  fill_arrays (&other, LONGEST);
  run_kernel (&nn_kernels_base, type, &other, 0, LONGEST);
  for (gsize i = 0; i < LONGEST; i++)
    g_assert_cmpfloat_with_epsilon (best.w[i], other.w[i], 2e-7f);
#ifdef __x86_64__
  if (nn_kernels_get () == &nn_kernels_avx512) {
    fill_arrays (&other, LONGEST);
    run_kernel (&nn_kernels_avx2, type, &other, 0, LONGEST);
    g_assert_cmpmem (&best, sizeof best, &other, sizeof other);
    check_kernels (&nn_kernels_avx2, type);
  }
#endif
}

/* A large network's step is shared out; gradients so small that their squares are
 * subnormal show whether each thread counts those as zero when the caller does. */
static void
step_large (guint n_threads, float *values)
{
  const NnLayerSpec layer = { "fc1", 257, NN_ACTIVATION_IDENTITY };
  const gboolean present[] = { TRUE, TRUE };
  const NnOptimizerSettings settings = nn_optimizer_get_default (NN_OPTIMIZER_ADAM);
  g_autoptr (NnArchitecture) architecture = nn_architecture_new (300, &layer, 1);
  g_autoptr (NnNetwork) network = nn_network_new (architecture);
  g_autoptr (NnOptimizer) optimizer = nn_optimizer_new (network, &settings);
  g_autofree float *grads = g_new (float, architecture->n_values);

  for (gsize i = 0; i < architecture->n_values; i++)
    grads[i] = i % 3 ? 1e-21f : (float) (i % 17) - 8;
  nn_network_set_grads (network, grads, present);
  nn_threads_set (n_threads);
  g_assert_true (nn_kernels_all_finite (grads, architecture->n_values)); /* in no mode */
  for (gsize step = 0; step < 3; step++) {
    NN_FLUSH_SUBNORMALS_FUNCTION ();
    nn_optimizer_step (optimizer);
  }
  nn_threads_set (0);
  memcpy (values, nn_network_get_values (network),
          architecture->n_values * sizeof *values);
  memcpy (values + architecture->n_values, nn_optimizer_get_moment (optimizer, 1),
          architecture->n_values * sizeof *values);
}

static void
test_threads_show_in_no_bit (void)
{
  enum { N = 2 * 257 * 301 };
  g_autofree float *one = g_new (float, N);
  g_autofree float *more = g_new (float, N);

  step_large (1, one);
  for (guint n_threads = 2; n_threads <= 3; n_threads++) {
    step_large (n_threads, more);
    g_assert_cmpmem (more, N * sizeof *more, one, N * sizeof *one);
  }
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/nn/optimizer-loops/threads-show-in-no-bit",
                   test_threads_show_in_no_bit);
  for (guint type = 0; type < NN_N_OPTIMIZERS; type++) {
    const char *name = nn_optimizer_get_name (type);
    g_autofree char *length =
        g_strdup_printf ("/nn/optimizer-loops/%s/take-any-length", name);
    g_autofree char *agree = g_strdup_printf ("/nn/optimizer-loops/%s/sets-agree", name);

    g_test_add_data_func (length, GUINT_TO_POINTER (type), test_loops_take_any_length);
    g_test_add_data_func (agree, GUINT_TO_POINTER (type), test_sets_agree);
  }
  return g_test_run ();
}
