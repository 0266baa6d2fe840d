/* nudge-info.c - the command `nudge info`: what is in a file
 *
 * SPDX-License-Identifier: MIT
 */

#include "app/command/nudge-info.h"

#include <glib/gi18n.h>
#include <stdio.h>
#include <string.h>

#include "app/command/nudge-complain.h"
#include "app/command/nudge-info-arrays.h"
#include "app/command/nudge-info-experiment.h"
#include "app/command/nudge-info-table.h"
#include "app/command/nudge-run.h"
#include "app/command/nudge-stream.h"
#include "nn/arrays/nn-file-type.h"
#include "nn/base/nn-error.h"
#include "nn/files/nn-gzip.h"
#include "nn/io/nn-checkpoint-file.h"
#include "nn/io/nn-experiment-file.h"
#include "nn/tables/nn-csv.h"

static const char *const usage = N_ (
    "Usage:\n"
    "  nudge info FILE\n"
    "\n"
    "Names, types, shapes and statistics of the arrays in a snapshot or data set; the\n"
    "columns of a table of text; the data, network and nudges of an experiment; where "
    "the\n"
    "run in a checkpoint is. The first bytes of a file tell what it is. FILE:NAME shows\n"
    "only the arrays whose names begin with NAME. - is standard input.\n"
    "\n"
    "For example:\n"
    "  nudge info x.npz\n"
    "  nudge info x.safetensors:fc1\n"
    "  nudge info data.csv\n"
    "  nudge info mine.nudge\n"
    "  nudge run seed --quiet --snapshot - | nudge info -\n");

/* What was read from a file, and its type. */
typedef struct {
  const char *member; /* (nullable) */
  GBytes *bytes;
  NnFileDescription type;
} Input;

static void
print_heading (const char *path, const char *what)
{
  g_autofree char *name = nudge_stream_dup_input_name (path);

  printf (_ ("%s is %s\n"), name, _ (what));
}

/* Arrays of types that are not read do not hide the others.
 *
 * Returns: (transfer full) (nullable) */
static NnArrayFile *
parse_arrays (const Input *input, GError **error)
{
  GError *failure = NULL;
  g_autoptr (NnArrayFile) file =
      nn_array_file_parse (input->bytes, input->member, NULL, &failure);

  if (g_error_matches (failure, NN_ERROR, NN_ERROR_UNKNOWN))
    file = nn_array_file_parse_in_place (input->bytes, input->member,
                                         nn_in_place_new (g_get_tmp_dir ()), NULL);
  if (file != NULL) {
    g_clear_error (&failure);
    return g_steal_pointer (&file);
  }
  g_propagate_error (error, failure);
  return NULL;
}

static gboolean
show_arrays (const char *path, const Input *input, GError **error)
{
  g_autoptr (NnArrayFile) file = parse_arrays (input, error);

  if (file == NULL)
    return FALSE;
  print_heading (path, file->kind->what);
  nudge_info_print_arrays (file);
  return TRUE;
}

static gboolean
show_table (const char *path, const Input *input, GError **error)
{
  const NnCsvDialect found = { NULL };
  gsize n_bytes;
  const char *text = g_bytes_get_data (input->bytes, &n_bytes);
  g_autoptr (NnCsv) table = nn_csv_parse (text, n_bytes, &found, NULL, error);

  if (table == NULL) {
    g_prefix_error (error, _ ("read as %s: "), _ (input->type.what));
    return FALSE;
  }
  print_heading (path, input->type.what);
  nudge_info_print_table (table);
  return TRUE;
}

static gboolean
show_experiment (const char *path, const Input *input, GError **error)
{
  gsize n_bytes;
  const char *text = g_bytes_get_data (input->bytes, &n_bytes);
  g_autofree char *folder = g_path_get_dirname (path);
  g_autoptr (NnExperiment) experiment =
      nn_experiment_file_parse_full (text, n_bytes, "", folder, NULL, error);

  if (experiment == NULL)
    return FALSE;
  print_heading (path, input->type.what);
  nudge_info_print_experiment (experiment);
  return TRUE;
}

static gboolean
show_checkpoint (const char *path, const Input *input, GError **error)
{
  g_autoptr (NnCheckpointFile) file =
      nn_checkpoint_file_parse (input->bytes, path, NULL, error);
  g_autoptr (NnTimeline) timeline = NULL;

  if (file == NULL)
    return FALSE;
  timeline = nn_checkpoint_file_resume (file, 0, error);
  if (timeline == NULL)
    return FALSE;
  print_heading (path, input->type.what);
  nudge_info_print_checkpoint (file, timeline);
  return TRUE;
}

static gboolean
refuse (const char *path, const Input *input, GError **error)
{
  g_set_error (error, NN_ERROR, NN_ERROR_UNKNOWN, _ ("it is %s%s%s"),
               _ (input->type.what), input->type.remedy != NULL ? ": " : "",
               input->type.remedy != NULL ? _ (input->type.remedy) : "");
  return FALSE;
}

/* Whether more of it may be of use. The key that makes JSON an experiment may come late. */
static gboolean
may_be_shown (const guint8 *start, gsize n_bytes)
{
  return *start == '{' || nn_gzip_recognise (start, n_bytes) ||
         nn_file_type_recognise (start, n_bytes).type != NN_FILE_TYPE_OTHER;
}

static gboolean
show (const char *path, GError **error)
{
  static gboolean (*const functions[]) (const char *, const Input *, GError **) = {
    [NN_FILE_TYPE_EXPERIMENT] = show_experiment,
    [NN_FILE_TYPE_ARRAYS] = show_arrays,
    [NN_FILE_TYPE_TABLE] = show_table,
    [NN_FILE_TYPE_CHECKPOINT] = show_checkpoint,
    [NN_FILE_TYPE_OTHER] = refuse,
  };
  Input input;
  g_autofree char *file = nn_array_file_split_path (path, &input.member);
  gsize n_bytes;
  g_autofree char *opened = nudge_stream_dup_input (file);
  char *contents = nn_gzip_read_file (opened, may_be_shown, &n_bytes, error);
  g_autoptr (GBytes) bytes = NULL;

  if (contents == NULL)
    return FALSE;
  bytes = g_bytes_new_take (contents, n_bytes);
  input.bytes = bytes;
  input.type = nn_file_type_recognise_unpacked ((const guint8 *) contents, n_bytes);
  if (!functions[input.type.type](path, &input, error)) {
    g_autofree char *name = nudge_stream_dup_input_name (file);

    g_prefix_error (error, "%s: ", name);
    return FALSE;
  }
  return TRUE;
}

/**
 * nudge_info:
 * @argv: (array length=argc): "info" and what follows it
 *
 * Returns: the program's exit status
 */
int
nudge_info (int argc, char *argv[])
{
  g_autoptr (GError) error = NULL;

  if (argc > 1 && (strcmp (argv[1], "--help") == 0 || strcmp (argv[1], "-h") == 0)) {
    fputs (_ (usage), stdout);
    return NUDGE_EXIT_DONE;
  }
  if (argc != 2) {
    nudge_complain ("info", argc < 2
                                ? _ ("no file is given; for example: nudge info x.npz")
                                : _ ("only one file can be shown at a time"));
    return NUDGE_EXIT_USAGE;
  }
  if (show (argv[1], &error))
    return NUDGE_EXIT_DONE;
  nudge_complain ("info", error->message);
  return NUDGE_EXIT_USAGE;
}
