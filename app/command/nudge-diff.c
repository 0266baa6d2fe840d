/* nudge-diff.c - the command `nudge diff`: the differences of two files
 *
 * SPDX-License-Identifier: MIT
 */

#include "app/command/nudge-diff.h"

#include <glib/gi18n.h>
#include <inttypes.h>
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "app/command/nudge-columns.h"
#include "app/command/nudge-complain.h"
#include "app/command/nudge-progress.h"
#include "app/command/nudge-run.h"
#include "app/command/nudge-signals.h"
#include "nn/base/nn-error.h"
#include "nn/files/nn-path.h"
#include "nn/patch/nn-file-difference.h"

enum {
  COLUMN_NAME,
  COLUMN_TYPE,
  COLUMN_SHAPE,
  COLUMN_CHANGED,
  COLUMN_NORM,
  COLUMN_LARGEST,
  COLUMN_WHERE,
  COLUMN_COSINE,
  COLUMN_HASH_A,
  COLUMN_HASH_B,
  N_COLUMNS,
};

static const char *const usage = N_ (
    "Usage:\n"
    "  nudge diff A B [--json]\n"
    "\n"
    "What differs between the arrays of two files: snapshots and checkpoints of any\n"
    "architecture and size, in any two of the formats safetensors, pt, npz, npy, json "
    "and\n"
    "csv. Arrays are compared by their names, bit by bit: -0 is not 0, and a NaN equals\n"
    "only a NaN with the same bits. FILE:NAME is a part of a file: the arrays whose "
    "names\n"
    "begin with NAME.\n"
    "\n"
    "Each array that differs: how many values do, the norm of the difference B - A, the\n"
    "largest difference and where it is, the cosine of the angle between A and B, and "
    "the\n"
    "first 16 digits of both SHA-256 (of the values row after row, as\n"
    "hashlib.sha256 (x.tobytes ()) has it). Differences to or from NaN and infinity are\n"
    "counted and are not in the norms. The metadata of a file (only safetensors has it)\n"
    "are compared, too.\n"
    "\n"
    "  --json      all numbers, of every array\n"
    "\n"
    "Files stay on disk and may be larger than memory; packed arrays are unpacked to\n"
    "/var/tmp. Exit status: 0 the same, 1 something differs, 2 one could not be read.\n"
    "\n"
    "For example:\n"
    "  nudge diff before.safetensors after.safetensors\n"
    "  nudge diff model.pt model.safetensors       did the conversion keep every bit?\n"
    "  nudge diff epoch-1.pt:model epoch-2.pt:model     of checkpoints, one part\n");

/* ---- printing ---------------------------------------------------------------------- */

/* "float32 / float16" if a and b differ. */
static char *
join (char *const texts[2])
{
  if (texts[0] == NULL || texts[1] == NULL || strcmp (texts[0], texts[1]) == 0)
    return g_strdup (texts[0] != NULL ? texts[0] : texts[1] != NULL ? texts[1] : "");
  return g_strconcat (texts[0], " / ", texts[1], NULL);
}

static void
add_difference (NudgeColumns *columns, const NnArrayPair *pair)
{
  const NnArrayDifference *d = &pair->difference;

  nudge_columns_take (
      columns, g_strdup_printf (_ ("%" PRIu64 " of %" PRIu64), d->n_changed, d->n));
  nudge_columns_add_number (columns, d->norm);
  nudge_columns_add_number (columns, d->largest);
  nudge_columns_add (columns, pair->largest_at != NULL ? pair->largest_at : "-");
  /* With this many digits a cosine differs from 1 where it does in float32. */
  if (isnan (d->cosine))
    nudge_columns_add (columns, "-");
  else
    nudge_columns_take (columns, g_strdup_printf ("%.9f", d->cosine));
  nudge_columns_add_hash (columns, d->hash_a);
  nudge_columns_add_hash (columns, d->hash_b);
}

static const char *
get_sentence (NnPairKind kind)
{
  return kind == NN_PAIR_ONLY_A   ? N_ ("only in A")
         : kind == NN_PAIR_ONLY_B ? N_ ("only in B")
         : kind == NN_PAIR_SHAPE  ? N_ ("another shape")
                                  : N_ ("other bytes");
}

static void
add_pair (NudgeColumns *columns, const NnArrayPair *pair)
{
  nudge_columns_add (columns, pair->name);
  nudge_columns_take (columns, join (pair->types));
  nudge_columns_take (columns, join (pair->shapes));
  if (pair->kind == NN_PAIR_CHANGED || pair->kind == NN_PAIR_TYPE) {
    add_difference (columns, pair);
    return;
  }
  nudge_columns_add (columns, _ (get_sentence (pair->kind)));
  for (guint i = COLUMN_NORM; i < N_COLUMNS; i++)
    nudge_columns_add (columns, "");
}

static void
print_table (const NnFileDifference *difference)
{
  static const char *const heads[] = { N_ ("name"),   N_ ("type"),   N_ ("shape"),
                                       N_ ("differ"), N_ ("norm"),   N_ ("largest"),
                                       N_ ("where"),  N_ ("cosine"), "SHA-256 A",
                                       "SHA-256 B" };
  g_autoptr (NudgeColumns) columns = nudge_columns_new (N_COLUMNS, COLUMN_CHANGED);

  for (guint i = 0; i < N_COLUMNS; i++)
    nudge_columns_add (columns, _ (heads[i]));
  for (guint i = 0; i < difference->pairs->len; i++) {
    const NnArrayPair *pair = difference->pairs->pdata[i];

    if (pair->kind != NN_PAIR_SAME)
      add_pair (columns, pair);
  }
  nudge_columns_print (columns);
}

static void
print_special (const NnFileDifference *difference)
{
  for (guint i = 0; i < difference->pairs->len; i++) {
    const NnArrayPair *pair = difference->pairs->pdata[i];
    g_autofree char *name = nudge_columns_dup_clean (pair->name);

    if (pair->difference.n_special > 0)
      printf (_ ("note      %s: %" PRIu64
                 " of them to or from NaN or infinity, which are not in the norms\n"),
              name, pair->difference.n_special);
  }
}

static void
print (const char *a, const char *b, const NnFileDifference *difference)
{
  const guint n_different = difference->pairs->len - difference->n_same;
  g_autofree char *name_a = nn_path_dup_display_name (a);
  g_autofree char *name_b = nn_path_dup_display_name (b);

  printf ("A         %s\nB         %s\n", name_a, name_b);
  printf (
      ngettext ("same      %u array%s\n", "same      %u arrays%s\n", difference->n_same),
      difference->n_same,
      difference->identical ? _ (", and the files byte for byte")
      : difference->same    ? _ (", and all that the files say of themselves")
                            : "");
  printf (ngettext ("different %u array\n", "different %u arrays\n", n_different),
          n_different);
  for (guint i = 0; i < difference->metadata->len; i++) {
    g_autofree char *line = nudge_columns_dup_clean (difference->metadata->pdata[i]);

    printf (_ ("metadata  %s\n"), line);
  }
  print_special (difference);
  if (n_different == 0)
    return;
  putchar ('\n');
  print_table (difference);
}

/* ---- the command ------------------------------------------------------------------- */

/* Returns: (nullable) */
static NnFileDifference *
compare (const char *a, const char *b, gboolean quiet, GError **error)
{
  const char *folder =
      g_file_test ("/var/tmp", G_FILE_TEST_IS_DIR) ? "/var/tmp" : g_get_tmp_dir ();
  g_autoptr (NnFileVersion) one = nn_file_version_open (a, folder, 0, error);
  g_autoptr (NnFileVersion) other =
      one != NULL ? nn_file_version_open (b, folder, 0, error) : NULL;
  NudgeProgress bar;
  const NnProgress progress = { nudge_progress_report, &bar };
  NnFileDifference *difference;

  if (other == NULL)
    return NULL;
  nudge_progress_init_reading (&bar, quiet);
  difference = nn_file_difference_new (one, other, &progress, error);
  nudge_progress_clear (&bar);
  return difference;
}

static int
run (char *paths[2], gboolean json, GError **error)
{
  g_autoptr (NnFileDifference) difference = compare (paths[0], paths[1], json, error);

  if (difference == NULL)
    return nudge_signals_get () != 0 ? NUDGE_EXIT_SIGNALLED + nudge_signals_get ()
                                     : NUDGE_EXIT_USAGE;
  if (json) {
    g_autofree char *text = nn_file_difference_dup_json (difference);

    fputs (text, stdout);
  } else {
    print (paths[0], paths[1], difference);
  }
  return difference->same ? NUDGE_EXIT_DONE : NUDGE_EXIT_FAILED;
}

static gboolean
read_arguments (char *argv[], char *paths[2], gboolean *json, GError **error)
{
  guint n = 0;

  for (; *argv != NULL; argv++) {
    if (strcmp (*argv, "--json") == 0) {
      *json = TRUE;
    } else if ((*argv)[0] == '-' || n == 2) {
      g_set_error (error, NN_ERROR, NN_ERROR_SYNTAX,
                   n == 2 ? _ ("%s: only two files can be compared at a time")
                          : _ ("%s: not understood; see nudge diff --help"),
                   *argv);
      return FALSE;
    } else {
      paths[n++] = *argv;
    }
  }
  if (n == 2)
    return TRUE;
  g_set_error_literal (error, NN_ERROR, NN_ERROR_SYNTAX,
                       _ ("two files are needed; for example: nudge diff a.pt b.pt"));
  return FALSE;
}

/**
 * nudge_diff:
 * @argv: (array zero-terminated=1): "diff" and what follows it
 *
 * Returns: the program's exit status, which says whether something differs
 */
int
nudge_diff (char *argv[])
{
  g_autoptr (GError) error = NULL;
  char *paths[2] = { NULL };
  gboolean json = FALSE;
  int status = NUDGE_EXIT_USAGE;

  if (argv[1] && (strcmp (argv[1], "--help") == 0 || strcmp (argv[1], "-h") == 0)) {
    fputs (_ (usage), stdout);
    return NUDGE_EXIT_DONE;
  }
  nudge_signals_watch_reading ();
  if (read_arguments (argv + 1, paths, &json, &error))
    status = run (paths, json, &error);
  if (error != NULL)
    nudge_complain ("diff", error->message);
  return status;
}
