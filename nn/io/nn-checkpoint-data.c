/* nn-checkpoint-data.c - digests of the data that a run was trained on
 *
 * SPDX-License-Identifier: MIT
 */

#include "nn/io/nn-checkpoint-data.h"

#include <glib/gi18n.h>

#include "nn/base/nn-error.h"
#include "nn/files/nn-pack.h"
#include "nn/files/nn-path.h"

/* Data or parameters that were read from a file. */
typedef struct {
  const char *file; /* (not owned) */
  char *digest;     /* (owned) */
} Source;

static void
source_clear (gpointer data)
{
  g_free (((Source *) data)->digest);
}

static void
add_data (GArray *sources, const NnDataSpec *data)
{
  Source source = { .file = data->file };

  if (data->file == NULL || data->table == NULL)
    return;
  source.digest = g_strdup (nn_table_get_digest (data->table));
  g_array_append_val (sources, source);
}

static void
add_parameters (GArray *sources, const NnParameters *parameters)
{
  Source source;

  if (parameters == NULL || parameters->file == NULL)
    return;
  source.file = parameters->file;
  source.digest = nn_parameters_dup_digest (parameters);
  g_array_append_val (sources, source);
}

/* Returns: (transfer full) (element-type Source): the files that @experiment names
 * outside its log */
static GArray *
list_own (const NnExperiment *experiment)
{
  GArray *sources = g_array_new (FALSE, TRUE, sizeof (Source));

  g_array_set_clear_func (sources, source_clear);
  add_data (sources, &experiment->data);
  add_parameters (sources, experiment->parameters);
  return sources;
}

static void
add_edits (GArray *sources, const GArray *events)
{
  for (guint i = 0; i < events->len; i++) {
    const NnEvent *event = &g_array_index (events, NnEvent, i);

    if (event->kind == NN_EVENT_EDIT && event->edit->parts & NN_EDIT_HAS_DATA)
      add_data (sources, &event->edit->data);
  }
}

/**
 * nn_checkpoint_pack_data:
 * @log: of the run
 *
 * Returns: (transfer full): the digests of all files that the experiment and its
 *   edits name
 */
GByteArray *
nn_checkpoint_pack_data (const NnLog *log)
{
  GByteArray *bytes = g_byte_array_new ();
  g_autoptr (GArray) sources = list_own (nn_log_get_base (log));
  g_autoptr (GArray) edits = nn_log_dup_edits (log);

  add_edits (sources, edits);
  nn_pack_u64 (bytes, sources->len);
  for (guint i = 0; i < sources->len; i++)
    nn_pack_text (bytes, g_array_index (sources, Source, i).digest);
  return bytes;
}

/**
 * nn_checkpoint_check_data:
 * @experiment: with its files just read
 *
 * Returns: FALSE with NN_ERROR_FILE, and the file's name, if its data have changed
 */
gboolean
nn_checkpoint_check_data (const NnChunks *chunks,
                          const NnExperiment *experiment,
                          GError **error)
{
  g_autoptr (GArray) sources = list_own (experiment);
  NnUnpack bytes;

  add_edits (sources, experiment->events);
  nn_unpack_init (&bytes, nn_chunks_get (chunks, "data"));
  if (nn_unpack_u64 (&bytes) != sources->len)
    bytes.failed = TRUE;
  for (guint i = 0; i < sources->len && !bytes.failed; i++) {
    const Source *source = &g_array_index (sources, Source, i);
    g_autofree char *digest = nn_unpack_text (&bytes);

    if (!bytes.failed && g_strcmp0 (digest, source->digest) != 0) {
      g_autofree char *name = nn_path_dup_display_name (source->file);

      g_set_error (error, NN_ERROR, NN_ERROR_FILE,
                   _ ("the numbers in %s are not those that the run was trained on: put "
                      "the file back as it was, or start the run over"),
                   name);
      return FALSE;
    }
  }
  if (nn_unpack_is_done (&bytes))
    return TRUE;
  g_set_error_literal (
      error, NN_ERROR, NN_ERROR_FILE,
      _ ("it is a checkpoint that is damaged: its list of data cannot be read"));
  return FALSE;
}
