/* bench-train.c - how many training steps a second
 *
 * SPDX-License-Identifier: MIT
 *
 *   bench-train [--workload W1] [--threads 1] [--seconds 2]
 *
 * Prints one JSON object per workload. W1 is the seed experiment (1-2-3-1, ReLU,
 * three examples, Adam), started over every 1,000 steps: it converges to nothing,
 * and then the optimizer's moments are subnormal numbers, which are slow.
 */

#include <stdio.h>
#include <string.h>

#include "nn/train/nn-trainer.h"

#define STEPS_PER_RUN 1000

static double
bench_seed (double seconds)
{
  g_autoptr (NnExperiment) experiment = nn_experiment_new_demo ("seed", NULL);
  g_autoptr (NnTrainer) trainer = nn_trainer_new (experiment, NULL);
  const gint64 start = g_get_monotonic_time ();
  gint64 now = start;
  guint64 n_steps = 0;

  while ((double) (now - start) < seconds * 1e6) {
    nn_trainer_reset (trainer);
    for (int i = 0; i < STEPS_PER_RUN; i++)
      if (!nn_trainer_step (trainer, NULL))
        g_error ("the run diverged");
    n_steps += STEPS_PER_RUN;
    now = g_get_monotonic_time ();
  }
  return (double) n_steps * 1e6 / (double) (now - start);
}

int
main (int argc, char *argv[])
{
  g_autofree char *workload = NULL;
  int threads = 1;
  double seconds = 2;
  const GOptionEntry entries[] = {
    { "workload", 0, 0, G_OPTION_ARG_STRING, &workload, "Only this one", "W1" },
    { "threads", 0, 0, G_OPTION_ARG_INT, &threads, "Training threads (1)", "1" },
    { "seconds", 0, 0, G_OPTION_ARG_DOUBLE, &seconds, "How long each (2)", "S" },
    { NULL },
  };
  g_autoptr (GOptionContext) context = g_option_context_new (NULL);
  g_autoptr (GError) error = NULL;

  g_option_context_add_main_entries (context, entries, NULL);
  if (!g_option_context_parse (context, &argc, &argv, &error)) {
    fprintf (stderr, "bench-train: %s\n", error->message);
    return 2;
  }
  if ((workload && strcmp (workload, "W1") != 0) || threads != 1) {
    fprintf (stderr, "bench-train: there is W1 only, on one thread\n");
    return 2;
  }
  printf ("{\"workload\":\"W1\",\"threads\":1,\"steps_per_second\":%.0f}\n",
          bench_seed (seconds));
  return 0;
}
