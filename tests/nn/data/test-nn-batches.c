/* test-nn-batches.c - which example is trained on when
 *
 * SPDX-License-Identifier: MIT
 */

#include "nn/data/nn-batches.h"

#include <string.h>

#include "nn/kernels/nn-kernels.h"
#include "tests/nn/counting-malloc.h"
#include "tests/nn/tables.h"

#define MOST 40 /* examples */
#define SEED 9

/* Example i is (i, −i) → 10 i, so that every number says which example it is of. Held-out
 * ones are at the end of the table, as they are numbered by their rows there. */
static NnDataset *
new_dataset (gsize n, double validation)
{
  float inputs[MOST * 2], targets[MOST];
  g_auto (NnDataSpec) spec = { .source = NN_DATA_INLINE, .validation = validation };
  g_autoptr (NnRandom) random = nn_random_new (1);
  NnDataset *data;

  for (gsize i = 0; i < n; i++) {
    inputs[2 * i] = (float) i;
    inputs[2 * i + 1] = -(float) i;
    targets[i] = 10 * (float) i;
  }
  spec.table = table_new (n, 2, inputs, 1, targets, NN_TARGETS_NUMBERS);
  data = nn_dataset_new (&spec, random);
  g_assert_nonnull (data);
  return data;
}

/* The rows of @data in @batch, in order. All that belongs to an example has to be its
 * own, and the columns that are left repeat the last one. */
static void
read_batch (const NnBatch *batch, const NnDataset *data, gsize *rows)
{
  const gsize n_columns = nn_kernels_get_columns (batch->n_examples);
  const float *inputs = nn_tensor_get_values (batch->inputs);
  const float *targets = nn_tensor_get_values (batch->targets);

  g_assert_cmpuint (nn_tensor_get_shape (batch->inputs)[0], ==, 2);
  g_assert_cmpuint (nn_tensor_get_shape (batch->inputs)[1], ==, n_columns);
  g_assert_cmpuint (nn_tensor_get_shape (batch->targets)[0], ==, 1);
  g_assert_cmpuint (nn_tensor_get_shape (batch->targets)[1], ==, n_columns);
  for (gsize c = 0; c < n_columns; c++) {
    const float number = inputs[MIN (c, batch->n_examples - 1)];

    g_assert_cmpfloat (inputs[c], ==, number);
    g_assert_cmpfloat (inputs[n_columns + c], ==, -number);
    g_assert_cmpfloat (targets[c], ==, 10 * number);
  }
  for (gsize c = 0; c < batch->n_examples; c++) {
    float example[2];

    for (rows[c] = 0;; rows[c]++) {
      g_assert_cmpuint (rows[c], <, data->n_examples);
      nn_dataset_read_inputs (data, rows[c], example);
      if (example[0] == inputs[c])
        break;
    }
  }
}

/* The rows of one epoch in the order they come; checks the batches' sizes. */
static void
read_epoch (NnBatches *batches,
            NnRandom *random,
            const NnDataset *data,
            gsize size,
            gsize *rows)
{
  const gsize n = data->n_training;

  for (gsize first = 0; first < n; first += size) {
    const NnBatch *batch = nn_batches_begin (batches, random);

    g_assert_cmpuint (batch->n_examples, ==, MIN (size, n - first));
    g_assert_cmpint (batch->smaller, ==, n - first < size);
    g_assert_cmpint (batch->ends_epoch, ==, first + size >= n);
    g_assert_true (nn_batches_begin (batches, random) == batch);
    read_batch (batch, data, rows + first);
    nn_batches_advance (batches);
  }
}

/* For all sizes: in order, or in the order that PyTorch draws. */
static void
test_every_example_once_an_epoch (gconstpointer data)
{
  const NnShuffle shuffle = (NnShuffle) GPOINTER_TO_INT (data);
  g_autoptr (NnRandom) sampler = nn_random_new (0);

  for (gsize n = 1; n <= MOST; n += 3)
    for (gsize size = 1; size <= n; size++) {
      g_autoptr (NnDataset) dataset = new_dataset (n, 0);
      g_autoptr (NnBatches) batches = nn_batches_new (dataset, size, shuffle);
      g_autoptr (NnRandom) random = nn_random_new (SEED);
      g_autoptr (NnRandom) again = nn_random_new (SEED);

      for (int epoch = 0; epoch < 3; epoch++) {
        gsize rows[MOST], expected[MOST];

        for (gsize i = 0; i < n; i++)
          expected[i] = i;
        nn_shuffle_draw (shuffle, again, sampler, expected, n);
        read_epoch (batches, random, dataset, size, rows);
        g_assert_cmpmem (rows, n * sizeof *rows, expected, n * sizeof *expected);
      }
    }
}

/* Two epochs that were the same would be a shuffle that is drawn once. */
static void
test_shuffled_epochs_have_their_own_order (gconstpointer number)
{
  const NnShuffle shuffle = (NnShuffle) GPOINTER_TO_INT (number);
  g_autoptr (NnDataset) data = new_dataset (MOST, 0);
  g_autoptr (NnBatches) batches = nn_batches_new (data, 7, shuffle);
  g_autoptr (NnRandom) random = nn_random_new (SEED);
  gsize rows[2][MOST];

  read_epoch (batches, random, data, 7, rows[0]);
  read_epoch (batches, random, data, 7, rows[1]);
  g_assert_cmpint (memcmp (rows[0], rows[1], sizeof rows[0]) == 0, ==,
                   shuffle == NN_SHUFFLE_NONE);
}

static void
test_no_size_means_all (void)
{
  g_autoptr (NnDataset) data = new_dataset (5, 0);

  for (gsize i = 0; i < 3; i++) {
    const gsize size = (const gsize[]){ 0, 5, 1000 }[i];
    g_autoptr (NnBatches) batches = nn_batches_new (data, size, NN_SHUFFLE_NONE);
    gsize rows[5];

    read_epoch (batches, NULL, data, 5, rows);
    read_epoch (batches, NULL, data, 5, rows);
  }
}

/* In order nothing is drawn: the stream is the caller's for other things. */
static void
test_random_numbers_are_drawn_for_shuffles_only (void)
{
  g_autoptr (NnDataset) data = new_dataset (10, 0);
  g_autoptr (NnBatches) batches = nn_batches_new (data, 3, NN_SHUFFLE_NONE);
  g_autoptr (NnRandom) random = nn_random_new (SEED);
  g_autoptr (NnRandom) again = nn_random_new (SEED);
  gsize rows[10];
  float a, b;

  read_epoch (batches, random, data, 3, rows);
  read_epoch (batches, random, data, 3, rows);
  nn_random_fill_uniform (random, 0, 1, &a, 1);
  nn_random_fill_uniform (again, 0, 1, &b, 1);
  g_assert_cmpfloat (a, ==, b);
}

/* One example of a batch after the other is the batch. */
static void
test_examples_are_those_of_the_batch (gconstpointer data)
{
  g_autoptr (NnDataset) dataset = new_dataset (11, 0);
  g_autoptr (NnBatches) batches =
      nn_batches_new (dataset, 4, (NnShuffle) GPOINTER_TO_INT (data));
  g_autoptr (NnRandom) random = nn_random_new (SEED);

  for (int step = 0; step < 6; step++) {
    const NnBatch *batch = nn_batches_begin (batches, random);
    gsize rows[4], row;

    read_batch (batch, dataset, rows);
    for (gsize i = 0; i < batch->n_examples; i++) {
      const NnBatch *example = nn_batches_get_example (batches, i);

      g_assert_cmpuint (example->n_examples, ==, 1);
      read_batch (example, dataset, &row);
      g_assert_cmpuint (row, ==, rows[i]);
    }
    nn_batches_advance (batches);
  }
}

/* Saved after every number of batches, begun or not, and restored into other batches of
 * the same data with a stream in the same state, the rest is the same. */
static void
check_going_on (NnShuffle shuffle, gsize n_before, gboolean begun)
{
  g_autoptr (NnDataset) data = new_dataset (17, 0);
  g_autoptr (NnBatches) one = nn_batches_new (data, 5, shuffle);
  g_autoptr (NnBatches) other = nn_batches_new (data, 5, shuffle);
  g_autoptr (NnRandom) random = nn_random_new (SEED);
  g_autoptr (NnRandom) copy = NULL;
  g_autofree void *state = g_malloc (nn_batches_get_state_size (one));

  for (gsize i = 0; i < n_before; i++) {
    nn_batches_begin (one, random);
    nn_batches_advance (one);
  }
  if (begun)
    nn_batches_begin (one, random);
  nn_batches_save_state (one, state);
  copy = nn_random_copy (random);
  nn_batches_begin (other, random); /* that it was somewhere else does not matter */
  nn_batches_advance (other);
  nn_random_assign (random, copy);

  nn_batches_restore_state (other, state);
  for (int i = 0; i < 10; i++) {
    const NnBatch *a = nn_batches_begin (one, random);
    const NnBatch *b = nn_batches_begin (other, copy);
    gsize a_rows[5], b_rows[5];

    g_assert_cmpuint (a->n_examples, ==, b->n_examples);
    g_assert_cmpint (a->ends_epoch, ==, b->ends_epoch);
    read_batch (a, data, a_rows);
    read_batch (b, data, b_rows);
    g_assert_cmpmem (a_rows, a->n_examples * sizeof *a_rows, b_rows,
                     b->n_examples * sizeof *b_rows);
    nn_batches_advance (one);
    nn_batches_advance (other);
  }
}

static void
test_goes_on_from_a_saved_state (gconstpointer data)
{
  const NnShuffle shuffle = (NnShuffle) GPOINTER_TO_INT (data);

  for (gsize n_before = 0; n_before < 9; n_before++) {
    check_going_on (shuffle, n_before, FALSE);
    check_going_on (shuffle, n_before, TRUE);
  }
}

static void
test_restart_begins_anew (gconstpointer data)
{
  g_autoptr (NnDataset) dataset = new_dataset (13, 0);
  g_autoptr (NnBatches) batches =
      nn_batches_new (dataset, 4, (NnShuffle) GPOINTER_TO_INT (data));
  g_autofree gsize *start = g_malloc (nn_batches_get_state_size (batches));
  gsize rows[2][13];

  nn_batches_save_state (batches, start);
  for (int i = 0; i < 2; i++) {
    g_autoptr (NnRandom) random = nn_random_new (SEED);

    read_epoch (batches, random, dataset, 4, rows[i]);
    nn_batches_begin (batches, random);
    nn_batches_advance (batches);
    nn_batches_begin (batches, random);
    nn_batches_restore_state (batches, start);
  }
  g_assert_cmpmem (rows[0], sizeof rows[0], rows[1], sizeof rows[1]);
}

/* What is held out comes in no batch, and all of it in the held-out one. */
static void
test_held_out_examples_are_never_trained_on (gconstpointer data)
{
  g_autoptr (NnDataset) dataset = new_dataset (20, 0.3);
  g_autoptr (NnBatches) batches =
      nn_batches_new (dataset, 4, (NnShuffle) GPOINTER_TO_INT (data));
  g_autoptr (NnBatch) held_out = nn_batch_new_held_out (dataset);
  g_autoptr (NnRandom) random = nn_random_new (SEED);
  gsize rows[20];
  guint seen[20] = { 0 };

  g_assert_cmpuint (dataset->n_training, ==, 14);
  for (int epoch = 0; epoch < 5; epoch++) {
    read_epoch (batches, random, dataset, 4, rows);
    for (gsize i = 0; i < 14; i++)
      seen[rows[i]]++;
  }
  for (gsize row = 0; row < 20; row++)
    g_assert_cmpuint (seen[row], ==, row < 14 ? 5 : 0);

  g_assert_cmpuint (held_out->n_examples, ==, 6);
  read_batch (held_out, dataset, rows);
  for (gsize i = 0; i < 6; i++)
    g_assert_cmpuint (rows[i], ==, 14 + i);
}

/* In order, batches of data too large for a second copy are the same, without one. */
static void
test_large_data_are_not_copied (void)
{
  enum { N = 50001, N_FEATURES = 96, SIZE = 1000 };
  g_auto (NnDataSpec)
      spec = { .source = NN_DATA_INLINE, .table = nn_table_new (N, N_FEATURES, 0) };
  float *inputs = spec.table->inputs;
  g_autoptr (NnRandom) random = nn_random_new (1);
  g_autoptr (NnDataset) dataset = NULL;
  g_autoptr (NnBatches) batches = NULL;

  for (gsize i = 0; i < N * N_FEATURES; i++)
    inputs[i] = (float) i;
  dataset = nn_dataset_new (&spec, random);
  batches = nn_batches_new (dataset, SIZE, NN_SHUFFLE_NONE);
  g_assert_false (nn_batches_are_packed (batches));
  for (gsize k = 0; k < 2 * 51; k++) {
    const gsize first = k % 51 * SIZE;
    const NnBatch *batch = nn_batches_begin (batches, random);
    const gsize n_columns = nn_tensor_get_shape (batch->inputs)[1];
    const float *values = nn_tensor_get_values (batch->inputs);

    g_assert_cmpuint (batch->n_examples, ==, MIN (SIZE, N - first));
    g_assert_cmpint (batch->ends_epoch, ==, first + SIZE > N);
    for (gsize r = 0; r < N_FEATURES; r += 5)
      for (gsize c = 0; c < batch->n_examples; c++)
        g_assert_cmpfloat (values[r * n_columns + c], ==,
                           inputs[(first + c) * N_FEATURES + r]);
    nn_batches_advance (batches);
  }
}

static void
test_small_data_in_order_are_packed (void)
{
  g_autoptr (NnDataset) dataset = new_dataset (MOST, 0);
  g_autoptr (NnBatches) small = nn_batches_new (dataset, 3, NN_SHUFFLE_NONE);
  g_autoptr (NnBatches) shuffled = nn_batches_new (dataset, 0, NN_SHUFFLE_RANDPERM);

  g_assert_true (nn_batches_are_packed (small));
  g_assert_false (nn_batches_are_packed (shuffled));
}

static void
test_nothing_held_out_is_no_batch (void)
{
  g_autoptr (NnDataset) data = new_dataset (3, 0);

  g_assert_null (nn_batch_new_held_out (data));
}

static void
test_epochs_allocate_nothing (gconstpointer data)
{
#ifdef COUNTING_MALLOC
  g_autoptr (NnDataset) dataset = new_dataset (23, 0);
  g_autoptr (NnBatches) batches =
      nn_batches_new (dataset, 4, (NnShuffle) GPOINTER_TO_INT (data));
  g_autoptr (NnRandom) random = nn_random_new (SEED);
  const guint before = n_allocations;

  for (int i = 0; i < 100; i++) {
    nn_batches_begin (batches, random);
    nn_batches_get_example (batches, 1);
    nn_batches_advance (batches);
  }
  g_assert_cmpuint (n_allocations, ==, before);
#else
  g_test_skip ("the sanitizer has its own allocator");
#endif
}

static void
add_for_each_order (const char *property, GTestDataFunc test)
{
  static const char *const orders[NN_N_SHUFFLES] = { "in-order", "shuffled",
                                                     "dataloader" };

  for (NnShuffle shuffle = 0; shuffle < NN_N_SHUFFLES; shuffle++) {
    g_autofree char *path =
        g_strdup_printf ("/nn/batches/%s/%s", orders[shuffle], property);

    g_test_add_data_func (path, GINT_TO_POINTER ((int) shuffle), test);
  }
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  add_for_each_order ("every-example-once-an-epoch", test_every_example_once_an_epoch);
  add_for_each_order ("examples-are-those-of-the-batch",
                      test_examples_are_those_of_the_batch);
  add_for_each_order ("goes-on-from-a-saved-state", test_goes_on_from_a_saved_state);
  add_for_each_order ("restart-begins-anew", test_restart_begins_anew);
  add_for_each_order ("shuffled-epochs-have-their-own-order",
                      test_shuffled_epochs_have_their_own_order);
  add_for_each_order ("held-out-examples-are-never-trained-on",
                      test_held_out_examples_are_never_trained_on);
  add_for_each_order ("epochs-allocate-nothing", test_epochs_allocate_nothing);
  g_test_add_func ("/nn/batches/no-size-means-all", test_no_size_means_all);
  g_test_add_func ("/nn/batches/random-numbers-are-drawn-for-shuffles-only",
                   test_random_numbers_are_drawn_for_shuffles_only);
  g_test_add_func ("/nn/batches/nothing-held-out-is-no-batch",
                   test_nothing_held_out_is_no_batch);
  g_test_add_func ("/nn/batches/small-data-in-order-are-packed",
                   test_small_data_in_order_are_packed);
  g_test_add_func ("/nn/batches/large-data-are-not-copied",
                   test_large_data_are_not_copied);
  return g_test_run ();
}
