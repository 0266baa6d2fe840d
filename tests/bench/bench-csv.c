/* bench-csv.c - how fast a table of text is read, and in how much memory
 *
 * SPDX-License-Identifier: MIT
 */

#include <glib/gstdio.h>
#include <stdio.h>
#include <sys/resource.h>

#include "nn/tables/nn-csv.h"

static int n_rows = 1000000;
static int n_columns = 30;
static char *format = NULL;

static const GOptionEntry options[] = {
  { "rows", 'r', 0, G_OPTION_ARG_INT, &n_rows, "Rows of the table", "N" },
  { "columns", 'c', 0, G_OPTION_ARG_INT, &n_columns, "Numbers in each", "N" },
  { "format", 'f', 0, G_OPTION_ARG_STRING, &format, "How printf () writes them (%.6f)",
    "%F" },
  { NULL },
};

/* Normal numbers, as far as a sum of twelve uniform ones is normal. */
static double
draw (GRand *random)
{
  double sum = -6;

  for (int i = 0; i < 12; i++)
    sum += g_rand_double (random);
  return sum;
}

/* Returns: (transfer full): the path of a table that is written piece by piece: what it
 *   takes of memory is not what is measured */
static char *
write_table (void)
{
  g_autoptr (GRand) random = g_rand_new_with_seed (1);
  g_autoptr (GError) error = NULL;
  char *path = NULL;
  const int fd = g_file_open_tmp ("nudge-bench-XXXXXX.csv", &path, &error);
  FILE *file = fd >= 0 ? fdopen (fd, "w") : NULL;

  if (file == NULL)
    g_error ("cannot make a file: %s", error->message);
  for (int k = 0; k < n_columns; k++)
    fprintf (file, "%sx%d", k > 0 ? "," : "", k);
  for (int i = 0; i < n_rows; i++)
    for (int k = 0; k < n_columns; k++) {
      char number[G_ASCII_DTOSTR_BUF_SIZE];

      fputc (k > 0 ? ',' : '\n', file);
      fputs (g_ascii_formatd (number, sizeof number, format != NULL ? format : "%.6f",
                              draw (random)),
             file);
    }
  fputc ('\n', file);
  if (fclose (file) != 0)
    g_error ("cannot write %s", path);
  return path;
}

static double
get_peak_mib (void)
{
  struct rusage usage;

  getrusage (RUSAGE_SELF, &usage);
  return (double) usage.ru_maxrss / 1024;
}

int
main (int argc, char *argv[])
{
  g_autoptr (GOptionContext) context = g_option_context_new (NULL);
  g_autoptr (GError) error = NULL;
  g_autoptr (NnCsv) table = NULL;
  g_autofree char *path = NULL;
  double before, seconds;
  gint64 start;
  GStatBuf info;

  g_option_context_add_main_entries (context, options, NULL);
  if (!g_option_context_parse (context, &argc, &argv, &error) || n_rows < 1 ||
      n_columns < 1) {
    g_printerr ("bench-csv: %s\n", error != NULL ? error->message : "too small");
    return 2;
  }
  path = write_table ();
  g_stat (path, &info);
  before = get_peak_mib ();
  start = g_get_monotonic_time ();
  table = nn_csv_open (path, NULL, NULL, &error);
  seconds = (double) (g_get_monotonic_time () - start) / G_USEC_PER_SEC;
  g_unlink (path);
  if (table == NULL) {
    g_printerr ("bench-csv: %s\n", error->message);
    return 1;
  }
  g_print (
      "%zu x %zu in %.0f MiB of text: %.2f s, %.1f million fields a second, peak %.0f "
      "MiB (%.0f before)\n",
      table->n_rows, table->n_columns, (double) info.st_size / (1 << 20), seconds,
      (double) n_rows * n_columns / seconds / 1e6, get_peak_mib (), before);
  return 0;
}
