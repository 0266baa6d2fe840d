/* bench-idx.c - how fast data of MNIST's size are opened, and in how much memory
 *
 * SPDX-License-Identifier: MIT
 */

#include <glib/gstdio.h>
#include <stdio.h>
#include <string.h>
#include <sys/resource.h>

#include "nn/io/nn-experiment-for-file.h"
#include "nn/run/nn-trainer.h"

#define N_EXAMPLES 60000
#define N_PIXELS   784

/* A file with @head before @n random bytes up to @most. */
static void
write_file (const char *path, const char *head, gsize n_head, gsize n, guint most)
{
  g_autoptr (GRand) random = g_rand_new_with_seed (1);
  FILE *file = g_fopen (path, "wb");

  if (file == NULL)
    g_error ("cannot write %s", path);
  fwrite (head, 1, n_head, file);
  for (gsize i = 0; i < n; i++)
    fputc (g_rand_int_range (random, 0, (gint32) most + 1), file);
  if (fclose (file) != 0)
    g_error ("cannot write %s", path);
}

static double
get_peak_mib (void)
{
  struct rusage usage;

  getrusage (RUSAGE_SELF, &usage);
  return (double) usage.ru_maxrss / 1024;
}

/* One epoch, with a fifth of the examples held out. */
static void
measure (const char *path)
{
  g_autoptr (GError) error = NULL;
  gint64 start = g_get_monotonic_time ();
  g_autoptr (NnExperiment) experiment = nn_experiment_open (path, NULL, &error);
  g_autoptr (NnTrainer) trainer = NULL;

  if (experiment == NULL)
    g_error ("%s", error->message);
  printf ("opened in %.2f s, %.0f MiB at most\n",
          1e-6 * (double) (g_get_monotonic_time () - start), get_peak_mib ());
  start = g_get_monotonic_time ();
  trainer = nn_trainer_new (experiment, &error);
  for (gsize i = 0; trainer != NULL && i < N_EXAMPLES / experiment->batch_size; i++)
    if (!nn_trainer_step (trainer, &error))
      break;
  if (error != NULL)
    g_error ("%s", error->message);
  printf ("trained one epoch in %.2f s, validation loss %.3g, %.0f MiB at most\n",
          1e-6 * (double) (g_get_monotonic_time () - start),
          (double) nn_trainer_evaluate_held_out (trainer), get_peak_mib ());
}

int
main (void)
{
  static const char images[] = "\0\0\x08\x03\0\0\xea\x60\0\0\0\x1c\0\0\0\x1c";
  static const char labels[] = "\0\0\x08\x01\0\0\xea\x60";
  g_autoptr (GError) error = NULL;
  g_autofree char *folder = g_dir_make_tmp ("nudge-bench-XXXXXX", &error);
  g_autofree char *pictures = NULL;
  g_autofree char *classes = NULL;

  if (folder == NULL)
    g_error ("%s", error->message);
  pictures = g_build_filename (folder, "train-images-idx3-ubyte", NULL);
  classes = g_build_filename (folder, "train-labels-idx1-ubyte", NULL);
  write_file (pictures, images, sizeof images - 1, (gsize) N_EXAMPLES * N_PIXELS, 255);
  write_file (classes, labels, sizeof labels - 1, N_EXAMPLES, 9);
  measure (pictures);
  g_remove (pictures);
  g_remove (classes);
  g_rmdir (folder);
  return 0;
}
