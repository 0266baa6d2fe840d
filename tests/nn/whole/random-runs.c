/* random-runs.c - runs of experiments that a seed makes up, and what holds of all of them
 *
 * SPDX-License-Identifier: MIT
 */

#include "random-runs.h"

#include "tests/nn/small-trainer.h"

#define N_SEEDS      300
#define N_SLOW_SEEDS 20000

NnTrainer *
random_trainer (const RandomExperiment *random)
{
  g_autoptr (GError) error = NULL;
  NnTrainer *trainer = nn_trainer_new (random->experiment, &error);

  g_assert_no_error (error);
  return trainer;
}

/* Returns: whether they went, which both did or neither */
gboolean
random_step_both (NnTrainer *one, NnTrainer *other)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GError) other_error = NULL;
  const gboolean went = nn_trainer_step (one, &error);

  g_assert_cmpint (went, ==, nn_trainer_step (other, &other_error));
  if (!went) /* messages tell how often a weight was changed */
    g_assert_error (other_error, error->domain, error->code);
  return went;
}

/* Weights, gradients, the optimizer's memory, the count of steps and the loss. */
GBytes *
random_copy_state (NnTrainer *trainer)
{
  g_autoptr (GBytes) run = small_trainer_copy_run (trainer);
  g_autoptr (GArray) grads = small_trainer_copy_grads (trainer);
  const float loss = nn_trainer_get_loss (trainer);
  GByteArray *all = g_byte_array_new ();

  g_byte_array_append (all, g_bytes_get_data (run, NULL), (guint) g_bytes_get_size (run));
  g_byte_array_append (all, (const guint8 *) grads->data, grads->len * sizeof (float));
  g_byte_array_append (all, (const guint8 *) &loss, sizeof loss);
  return g_byte_array_free_to_bytes (all);
}

void
random_assert_same_bytes (GBytes *a, GBytes *b)
{
  g_assert_cmpmem (g_bytes_get_data (a, NULL), g_bytes_get_size (a),
                   g_bytes_get_data (b, NULL), g_bytes_get_size (b));
}

/* ---- seeds ------------------------------------------------------------------------- */

static guint
count_seeds (void)
{
  const char *more = g_getenv ("NUDGE_SEEDS");

  if (more)
    return N_SEEDS + (guint) g_ascii_strtoull (more, NULL, 10);
  return g_test_slow () ? N_SLOW_SEEDS : N_SEEDS;
}

static void
try_seeds (gconstpointer data)
{
  const RandomProperty *property = data;
  const guint n_seeds = count_seeds ();

  for (guint seed = 0; seed < n_seeds; seed++) {
    g_auto (RandomExperiment) random;

    random_experiment_init (&random, seed);
    property->holds (&random);
  }
}

/**
 * random_try:
 * @suite: of the tests' paths: "/nn/random-experiments"
 *
 * Returns: what main () is to return
 */
int
random_try (const char *suite, const RandomProperty *properties, gsize n_properties)
{
  for (gsize i = 0; i < n_properties; i++) {
    g_autofree char *path = g_strdup_printf ("%s/%s", suite, properties[i].name);

    g_test_add_data_func (path, &properties[i], try_seeds);
  }
  return g_test_run ();
}
