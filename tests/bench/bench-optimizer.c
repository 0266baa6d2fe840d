/* bench-optimizer.c - how long the optimizer's part of a step takes
 *
 * SPDX-License-Identifier: MIT
 *
 *   bench-optimizer [--seconds 1]
 *
 * Prints one JSON object for each optimizer and network: the seed experiment's of 17
 * parameters, in nanoseconds a step, and one of five million, whose memory traffic stands
 * beside memcpy's. Traffic is counted as what must be read and written: each array once,
 * each way. Gradients are such that weights stay normal numbers.
 */

#include <stdio.h>
#include <string.h>

#include "nn/model/nn-init.h"
#include "nn/optim/nn-optimizer.h"
#include "nn/tensor/nn-grad.h"

/* The time for one call, from as many as fit into some seconds. */
#define TIME_EACH(seconds, batch, ns, call)                                              \
  G_STMT_START                                                                           \
  {                                                                                      \
    const gint64 start = g_get_monotonic_time ();                                        \
    guint64 n_calls = 0;                                                                 \
    gint64 elapsed;                                                                      \
    do {                                                                                 \
      for (guint call_ = 0; call_ < (batch); call_++)                                    \
        call;                                                                            \
      n_calls += (batch);                                                                \
      elapsed = g_get_monotonic_time () - start;                                         \
    } while ((double) elapsed < (seconds) *1e6);                                         \
    (ns) = (double) elapsed * 1e3 / (double) n_calls;                                    \
  }                                                                                      \
  G_STMT_END

static NnNetwork *
make_network (const NnLayerSpec *layers, gsize n_layers, gsize n_features)
{
  g_autoptr (NnArchitecture) architecture =
      nn_architecture_new (n_features, layers, n_layers);
  g_autoptr (NnRandom) random = nn_random_new (1);
  NnNetwork *network = nn_network_new (architecture);

  nn_init_network (&(NnInit){ NN_INIT_TORCH, 0 }, network, random);
  for (gsize i = 0; i < architecture->n_parameters; i++) {
    NnTensor *parameter = nn_network_get_parameter (network, i);

    nn_random_fill_uniform (random, -1, 1, nn_tensor_accumulate_grad (parameter),
                            nn_tensor_get_size (parameter));
  }
  return network;
}

static void
bench_small (NnOptimizerType type, double seconds)
{
  const NnLayerSpec layers[] = {
    { "fc1", 2, NN_ACTIVATION_RELU },
    { "fc2", 3, NN_ACTIVATION_RELU },
    { "fc3", 1, NN_ACTIVATION_IDENTITY },
  };
  const NnOptimizerSettings settings = nn_optimizer_get_default (type);
  g_autoptr (NnNetwork) network = make_network (layers, G_N_ELEMENTS (layers), 1);
  g_autoptr (NnOptimizer) optimizer = nn_optimizer_new (network, &settings);
  double ns;

  TIME_EACH (seconds, 1000, ns, nn_optimizer_step (optimizer));
  printf ("{\"optimizer\":\"%s\",\"values\":17,\"ns_per_step\":%.1f}\n",
          nn_optimizer_get_name (type), ns);
}

/* How often a step reads or writes an array as long as the weights, by default. */
static guint
count_passes (NnOptimizerType type)
{
  switch (type) {
  case NN_OPTIMIZER_SGD:
    return 3; /* w both ways, g */
  case NN_OPTIMIZER_RMSPROP:
  case NN_OPTIMIZER_ADAGRAD:
    return 5; /* and one moment both ways */
  default:
    return 7; /* and two */
  }
}

static void
bench_large (NnOptimizerType type, double seconds)
{
  const NnLayerSpec layers[] = { { "fc1", 5000, NN_ACTIVATION_IDENTITY } };
  const NnOptimizerSettings settings = nn_optimizer_get_default (type);
  g_autoptr (NnNetwork) network = make_network (layers, 1, 999);
  g_autoptr (NnOptimizer) optimizer = nn_optimizer_new (network, &settings);
  const gsize n_values = nn_network_get_architecture (network)->n_values;
  g_autofree float *from = g_new0 (float, 2 * n_values);
  g_autofree float *to = g_new0 (float, 2 * n_values);
  double ns, memcpy_ns;

  nn_optimizer_step (optimizer);
  memset (from, 1, 2 * n_values * sizeof (float));
  memset (to, 1, 2 * n_values * sizeof (float));
  TIME_EACH (seconds / 2, 1, memcpy_ns, memcpy (to, from, 2 * n_values * sizeof (float)));
  TIME_EACH (seconds, 1, ns, nn_optimizer_step (optimizer));
  printf ("{\"optimizer\":\"%s\",\"values\":%" G_GSIZE_FORMAT
          ",\"ms_per_step\":%.2f,\"gb_per_second\":%.1f,\"memcpy_gb_per_second\":%.1f}\n",
          nn_optimizer_get_name (type), n_values, ns / 1e6,
          (double) (count_passes (type) * n_values * sizeof (float)) / ns,
          (double) (4 * n_values * sizeof (float)) / memcpy_ns);
}

int
main (int argc, char *argv[])
{
  double seconds = 1;
  const GOptionEntry entries[] = {
    { "seconds", 0, 0, G_OPTION_ARG_DOUBLE, &seconds, "How long each (1)", "S" },
    { NULL },
  };
  g_autoptr (GOptionContext) context = g_option_context_new (NULL);
  g_autoptr (GError) error = NULL;

  g_option_context_add_main_entries (context, entries, NULL);
  if (!g_option_context_parse (context, &argc, &argv, &error)) {
    fprintf (stderr, "bench-optimizer: %s\n", error->message);
    return 2;
  }
  for (guint type = 0; type < NN_N_OPTIMIZERS; type++)
    bench_small (type, seconds);
  for (guint type = 0; type < NN_N_OPTIMIZERS; type++)
    bench_large (type, seconds);
  return 0;
}
