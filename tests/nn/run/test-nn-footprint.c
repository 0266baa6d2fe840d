/* test-nn-footprint.c - what a run takes beside what was computed before
 *
 * SPDX-License-Identifier: MIT
 */

#include "nn/run/nn-footprint.h"

#include <string.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include "nn/base/nn-error.h"
#include "nn/io/nn-experiment-demo.h"
#include "nn/io/nn-snapshot.h"
#include "nn/run/nn-trainer.h"
#include "nn/session/nn-session.h"

#define MB 1000000

typedef struct {
  const char *name;
  gsize n_examples;
  gsize n_units; /* of two hidden layers each */
  gsize batch_size;
  NnActivation activation;
  NnOptimizerType optimizer;
  double validation;
} Case;

static const Case cases[] = {
  { "network", 4, 2000, 0, NN_ACTIVATION_RELU, NN_OPTIMIZER_ADAM, 0 },
  { "batch", 100000, 100, 0, NN_ACTIVATION_RELU, NN_OPTIMIZER_SGD, 0 },
  { "sums", 100000, 100, 0, NN_ACTIVATION_GELU, NN_OPTIMIZER_SGD, 0 },
  { "held-out", 100000, 100, 100, NN_ACTIVATION_RELU, NN_OPTIMIZER_SGD, 0.5 },
  { "data", 4000000, 2, 100, NN_ACTIVATION_RELU, NN_OPTIMIZER_SGD, 0 },
};

static NnExperiment *
make_experiment (const Case *c)
{
  g_autoptr (GError) error = NULL;
  NnExperiment *e = nn_experiment_new_demo ("seed", &error);
  const NnLayerSpec layers[] = { { "a", c->n_units, c->activation },
                                 { "b", c->n_units, c->activation },
                                 { "c", 1, NN_ACTIVATION_IDENTITY } };

  g_assert_no_error (error);
  g_ptr_array_set_size (e->nudges, 0);
  nn_architecture_unref (e->architecture);
  e->architecture = nn_architecture_new (1, layers, G_N_ELEMENTS (layers));
  e->data.n_examples = c->n_examples;
  e->data.validation = c->validation;
  e->batch_size = c->batch_size;
  e->optimizer.type = c->optimizer;
  nn_settings_set_usual (&nn_optimizer_get_kind (c->optimizer)->settings, &e->optimizer);
  return e;
}

/* The most memory that a process of its own had, in bytes.
 *
 * @snapshot: (nullable): a file's name, in whose format the parameters are made a file
 * @n_states: copies of the state that there are at a time */
static guint64
measure (const NnExperiment *experiment, const char *snapshot, guint n_states)
{
  const pid_t child = fork ();
  struct rusage usage;
  int status;

  if (child == 0) {
    NnTrainer *trainer = experiment ? nn_trainer_new (experiment, NULL) : NULL;
    const NnNetwork *network = trainer ? nn_trainer_get_network (trainer) : NULL;

    for (int i = 0; trainer && i < 2; i++)
      nn_trainer_step (trainer, NULL);
    if (trainer)
      nn_trainer_evaluate_held_out (trainer);
    if (snapshot &&
        !nn_snapshot_encode (nn_network_get_architecture (network),
                             nn_network_get_values (network), NULL, snapshot, NULL))
      _exit (1);
    for (guint i = 0; i < n_states; i++)
      if (nn_trainer_save (trainer) == NULL)
        _exit (1);
    _exit (0);
  }
  g_assert_cmpint (wait4 (child, &status, 0, &usage), ==, child);
  g_assert_cmpint (status, ==, 0);
  return (guint64) usage.ru_maxrss * 1024;
}

/* Not less than it takes, nor so much more that what fits is refused. */
static void
test_run_takes_what_was_computed (gconstpointer data)
{
  g_autoptr (NnExperiment) experiment = make_experiment (data);
  const NnFootprint footprint = nn_footprint_of_run (experiment);
  const guint64 computed = footprint.network + footprint.batch + footprint.data;
  const guint64 idle = measure (NULL, NULL, 0);
  const guint64 taken = measure (experiment, NULL, 0) - idle;

  if (g_getenv ("ASAN_OPTIONS") || g_getenv ("TSAN_OPTIONS")) {
    g_test_skip ("sanitizers take memory of their own");
    return;
  }
  g_test_message ("computed %.1f MB, taken %.1f MB", (double) computed / MB,
                  (double) taken / MB);
  g_assert_cmpuint (taken, >, 20 * MB);
  g_assert_cmpuint (computed + 8 * MB, >, taken);
  g_assert_cmpuint (computed, <, 5 * taken / 2);
}

/* The same of a file that is made of the parameters, by the run that has them. */
static void
test_snapshot_takes_what_was_computed (gconstpointer data)
{
  const char *const name = data;
  g_autoptr (NnExperiment) experiment = make_experiment (&cases[0]);
  const guint64 computed = nn_snapshot_count_memory (experiment->architecture, name);
  const guint64 without = measure (experiment, NULL, 0);
  const guint64 taken = measure (experiment, name, 0) - without;

  if (g_getenv ("ASAN_OPTIONS") || g_getenv ("TSAN_OPTIONS")) {
    g_test_skip ("sanitizers take memory of their own");
    return;
  }
  g_test_message ("computed %.1f MB, taken %.1f MB", (double) computed / MB,
                  (double) taken / MB);
  g_assert_cmpuint (taken, >, 20 * MB);
  g_assert_cmpuint (computed + 8 * MB, >, taken);
  g_assert_cmpuint (computed, <, 3 * taken / 2);
}

/* The same of two states, of which one is written while the other waits. */
static void
test_states_take_what_was_computed (gconstpointer data)
{
  g_autoptr (NnExperiment) experiment = make_experiment (data);
  const guint64 computed = nn_footprint_count_states (experiment);
  guint64 without, taken;

  experiment->shuffle = NN_SHUFFLE_RANDPERM;
  without = measure (experiment, NULL, 0);
  taken = measure (experiment, NULL, 2) - without;
  if (g_getenv ("ASAN_OPTIONS") || g_getenv ("TSAN_OPTIONS")) {
    g_test_skip ("sanitizers take memory of their own");
    return;
  }
  g_test_message ("computed %.1f MB, taken %.1f MB", (double) computed / MB,
                  (double) taken / MB);
  g_assert_cmpuint (taken, >, 20 * MB);
  g_assert_cmpuint (computed + 8 * MB, >, taken);
  g_assert_cmpuint (computed, <, 3 * taken / 2);
}

static void
test_what_is_too_much_is_named (void)
{
  const NnFootprint network = { 3000 * (guint64) MB, 20 * MB, 30 * MB };
  const NnFootprint batch = { 10 * MB, 20 * MB, 15 * MB };
  const NnFootprint data = { 10 * MB, 20 * MB, 30 * MB };
  const NnFootprint output = { 10 * MB, 20 * MB, 30 * MB, 40 * MB, 35 * MB };
  const NnFootprint states = { 10 * MB, 20 * MB, 30 * MB, 40 * MB, 45 * MB };
  g_autoptr (GError) first = NULL;
  g_autoptr (GError) second = NULL;
  g_autoptr (GError) third = NULL;
  g_autoptr (GError) fourth = NULL;
  g_autoptr (GError) fifth = NULL;

  g_assert_true (nn_footprint_compare (&batch, 60 * MB, NULL));
  g_assert_false (nn_footprint_compare (&network, 60 * MB, &first));
  g_assert_error (first, NN_ERROR, NN_ERROR_MEMORY);
  g_assert_true (g_str_has_prefix (
      first->message, "this needs about 3.1 GB of memory, but there is 60.0 MB; "));
  g_assert_nonnull (strstr (first->message, "remove layers or units"));
  g_assert_false (nn_footprint_compare (&batch, 45 * MB, &second));
  g_assert_nonnull (strstr (second->message, "a smaller batch.size"));
  g_assert_false (nn_footprint_compare (&data, 45 * MB, &third));
  g_assert_nonnull (strstr (third->message, "fewer examples"));
  g_assert_true (nn_footprint_compare (&output, 145 * MB, NULL));
  g_assert_false (nn_footprint_compare (&output, 140 * MB, &fourth));
  g_assert_nonnull (strstr (fourth->message, "one that ends in .safetensors"));
  g_assert_false (nn_footprint_compare (&states, 145 * MB, &fifth));
  g_assert_nonnull (strstr (fifth->message, "for checkpoints: do without them"));
}

/* Ten million examples in layers of 10,000 units at once: no machine has that. */
static void
test_too_large_a_run_is_refused (void)
{
  const Case large = { "", 10000000, 10000, 0, NN_ACTIVATION_RELU, NN_OPTIMIZER_SGD, 0 };
  g_autoptr (NnExperiment) experiment = make_experiment (&large);
  g_autoptr (GError) of_trainer = NULL;
  g_autoptr (GError) of_session = NULL;

  g_assert_null (nn_trainer_new (experiment, &of_trainer));
  g_assert_error (of_trainer, NN_ERROR, NN_ERROR_MEMORY);
  g_assert_null (nn_session_new (experiment, &of_session));
  g_assert_error (of_session, NN_ERROR, NN_ERROR_MEMORY);
}

/* Those that no nudge mentions take nothing. */
static void
test_slow_copies_count (void)
{
  g_autoptr (NnExperiment) plain = make_experiment (&cases[0]);
  g_autoptr (NnExperiment) slow = make_experiment (&cases[0]);
  const NnFootprint without = nn_footprint_of_run (plain);
  NnFootprint with;

  g_assert_true (nn_experiment_add_nudge (slow, "a.weight: ema", NULL, NULL));
  with = nn_footprint_of_run (slow);
  g_assert_cmpuint (with.network - without.network, ==,
                    2 * slow->architecture->n_values * sizeof (float));
}

int
main (int argc, char *argv[])
{
  const NnArrayFileKind *kind;

  g_test_init (&argc, &argv, NULL);
  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++) {
    g_autofree char *path = g_strconcat ("/nn/footprint/", cases[i].name, NULL);

    g_test_add_data_func (path, &cases[i], test_run_takes_what_was_computed);
  }
  for (guint i = 0; (kind = nn_snapshot_get_kind (i)) != NULL; i++) {
    g_autofree char *path = g_strconcat ("/nn/footprint/snapshot-", kind->name, NULL);

    g_test_add_data_func_full (path, g_strconcat ("x", kind->endings, NULL),
                               test_snapshot_takes_what_was_computed, g_free);
  }
  g_test_add_data_func ("/nn/footprint/states-of-a-network", &cases[0],
                        test_states_take_what_was_computed);
  g_test_add_data_func ("/nn/footprint/states-of-data", &cases[4],
                        test_states_take_what_was_computed);
  g_test_add_func ("/nn/footprint/what-is-too-much-is-named",
                   test_what_is_too_much_is_named);
  g_test_add_func ("/nn/footprint/too-large-a-run-is-refused",
                   test_too_large_a_run_is_refused);
  g_test_add_func ("/nn/footprint/slow-copies-count", test_slow_copies_count);
  return g_test_run ();
}
