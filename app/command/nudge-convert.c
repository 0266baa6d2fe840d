/* nudge-convert.c - the command `nudge convert`: arrays from one format to another
 *
 * SPDX-License-Identifier: MIT
 *
 * Names, shapes and types stay as they are where the format has them. What is to be
 * written is read once more before it is, so that what the format changes can be said,
 * and what would be another array is refused.
 */

#include "app/command/nudge-convert.h"

#include <glib/gi18n.h>
#include <stdio.h>
#include <string.h>

#include "app/command/nudge-columns.h"
#include "app/command/nudge-complain.h"
#include "app/command/nudge-run.h"
#include "app/command/nudge-signals.h"
#include "app/command/nudge-stream.h"
#include "nn/arrays/nn-array-file.h"
#include "nn/base/nn-error.h"
#include "nn/files/nn-path.h"

#define NAMELESS "arr_0"   /* what numpy.savez () calls it */
#define SHOWN    60        /* bytes of a name in a message */
#define PIECE    (1 << 20) /* bytes written before a signal is looked for */

static void
print_usage (void)
{
  g_autofree char *pattern = nn_array_kind_dup_pattern (FALSE);

  printf (_ ("Usage:\n"
             "  nudge convert IN OUT\n"
             "\n"
             "Reads the arrays in IN, whatever its format, and writes them in the one "
             "that OUT's\n"
             "name says: %s. FILE:NAME is a part of IN: the\n"
             "arrays whose names begin with NAME. - is standard input or output, -.npz "
             "in a format.\n"
             "\n"
             "For example:\n"
             "  nudge convert x.safetensors x.npz\n"
             "  nudge convert x.npz:fc1 fc1.json\n"
             "  nudge convert x.npz -.csv | head\n"),
          pattern);
}

/* The arrays of @in, in the format @kind. */
static NnArrayFile *
copy_file (const NnArrayFile *in, const NnArrayFileKind *kind)
{
  NnArrayFile *out = nn_array_file_new (kind);

  for (guint i = 0; i < in->arrays->len; i++) {
    NnArray *array = in->arrays->pdata[i];

    g_ptr_array_add (out->arrays, *array->name == '\0' && !kind->holds_one
                                      ? nn_array_copy_renamed (array, NAMELESS)
                                      : nn_array_ref (array));
  }
  for (guint i = 0; i < in->metadata->len; i++)
    g_ptr_array_add (out->metadata, g_strdup (in->metadata->pdata[i]));
  return out;
}

/* ---- what the format changes ------------------------------------------------------- */

static void
take_note (GPtrArray *notes, char *note)
{
  if (g_ptr_array_find_with_equal_func (notes, note, g_str_equal, NULL))
    g_free (note);
  else
    g_ptr_array_add (notes, note);
}

/* Whether @written is the array @array, but for its type and name, which are noted. */
static gboolean
compare_arrays (const NnArray *array,
                const NnArray *written,
                GPtrArray *notes,
                GError **error)
{
  g_autofree char *shape = nn_array_dup_shape (array);
  g_autofree char *other = nn_array_dup_shape (written);

  if (strcmp (shape, other) != 0) {
    g_set_error (error, NN_ERROR, NN_ERROR_SHAPE,
                 _ ("'%.*s' of shape %s would become one of shape %s; name a file that "
                    "ends in .safetensors or .npz"),
                 SHOWN, *array->name != '\0' ? array->name : written->name, shape, other);
    return FALSE;
  }
  if (strcmp (array->name, written->name) != 0)
    take_note (notes, *written->name == '\0'
                          ? g_strdup_printf (_ ("the name %s is left out"), array->name)
                          : g_strdup_printf (_ ("the array has the name %s now"),
                                             written->name));
  if (array->dtype != written->dtype)
    take_note (notes,
               g_strdup_printf (_ ("%s became %s"), nn_dtype_get_name (array->dtype),
                                nn_dtype_get_name (written->dtype)));
  return TRUE;
}

/* Reads @bytes again. */
static gboolean
compare_files (const NnArrayFile *in, GBytes *bytes, GPtrArray *notes, GError **error)
{
  g_autoptr (NnArrayFile) written = nn_array_file_parse (bytes, NULL, NULL, error);

  if (written == NULL) {
    g_prefix_error (error, _ ("what would be written could not be read again: "));
    return FALSE;
  }
  g_return_val_if_fail (written->arrays->len == in->arrays->len, FALSE);
  for (guint i = 0; i < in->arrays->len; i++)
    if (!compare_arrays (in->arrays->pdata[i], written->arrays->pdata[i], notes, error))
      return FALSE;
  if (written->metadata->len < in->metadata->len)
    take_note (notes, g_strdup (_ ("the metadata is left out")));
  return TRUE;
}

/* ---- the command ------------------------------------------------------------------- */

static gboolean
check_paths (const char *in, const char *out, GError **error)
{
  const char *member;
  g_autofree char *file = nn_array_file_split_path (in, &member);

  if (!nn_path_is_same_file (file, out))
    return TRUE;
  g_set_error_literal (error, NN_ERROR, NN_ERROR_FILE,
                       _ ("input and output are the same file; name another output"));
  return FALSE;
}

/* Returns: (nullable): the bytes to be written */
static GBytes *
convert (const char *in, const char *out, GPtrArray *notes, GError **error)
{
  const NnArrayFileKind *kind = nn_array_kind_find (out, FALSE, error);
  g_autofree char *opened = nudge_stream_dup_input (in);
  g_autoptr (NnArrayFile) file = NULL;
  g_autoptr (NnArrayFile) copy = NULL;
  g_autoptr (GBytes) bytes = NULL;

  if (kind == NULL || !check_paths (in, out, error))
    return NULL;
  file = nn_array_file_open (opened, NULL, error);
  if (file == NULL)
    return NULL;
  for (guint i = 0; i < file->notes->len; i++)
    take_note (notes, g_strdup (file->notes->pdata[i]));
  copy = copy_file (file, kind);
  bytes = kind->encode (copy, error);
  if (bytes == NULL || !compare_files (file, bytes, notes, error))
    return NULL;
  return g_steal_pointer (&bytes);
}

/* Until a signal asks to end. Reading and encoding leave nothing behind, so that a signal
 * may end the program there, but a temporary file has to be removed. */
static gboolean
write_file (const char *out, GBytes *bytes, GError **error)
{
  g_autoptr (NnAtomicFile) file = NULL;
  gsize n_bytes;
  const guint8 *data = g_bytes_get_data (bytes, &n_bytes);

  nudge_signals_watch ();
  file = nn_atomic_file_new (out, error);
  if (file == NULL)
    return FALSE;
  for (gsize i = 0; i < n_bytes; i += PIECE) {
    if (nudge_signals_get () != 0) {
      g_set_error_literal (error, NN_ERROR, NN_ERROR_CANCELLED, _ ("cancelled"));
      return FALSE;
    }
    if (!nn_atomic_file_write (file, data + i, MIN (PIECE, n_bytes - i), error))
      return FALSE;
  }
  return nn_atomic_file_commit (file, error);
}

static gboolean
write_stream (const char *out, GBytes *bytes, GError **error)
{
  g_autoptr (NnAtomicFile) file = NULL;

  nudge_stream_divert ();
  file = nudge_stream_open (out, error);
  return file &&
         nn_atomic_file_write (file, g_bytes_get_data (bytes, NULL),
                               g_bytes_get_size (bytes), error) &&
         nn_atomic_file_commit (file, error);
}

static gboolean
write_bytes (const char *out, GBytes *bytes, GError **error)
{
  return nudge_stream_is (out) ? write_stream (out, bytes, error)
                               : write_file (out, bytes, error);
}

static void
print_notes (const char *out, const GPtrArray *notes)
{
  g_autofree char *name = nn_path_dup_display_name (out);

  if (!nudge_stream_is (out))
    printf (_ ("written  %s\n"), name);
  for (guint i = 0; i < notes->len; i++) {
    g_autofree char *note = nudge_columns_dup_clean (notes->pdata[i]);

    printf (_ ("note     %s\n"), note);
  }
}

/**
 * nudge_convert:
 * @argv: (array length=argc): "convert" and what follows it
 *
 * Returns: the program's exit status
 */
int
nudge_convert (int argc, char *argv[])
{
  g_autoptr (GPtrArray) notes = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) bytes = NULL;
  g_autofree char *out = NULL;

  if (argc > 1 && (strcmp (argv[1], "--help") == 0 || strcmp (argv[1], "-h") == 0)) {
    print_usage ();
    return NUDGE_EXIT_DONE;
  }
  if (argc != 3) {
    nudge_complain (
        "convert",
        _ ("an input and an output are needed; for example: nudge convert x.pt x.npz"));
    return NUDGE_EXIT_USAGE;
  }
  out = nudge_stream_dup_name (argv[2], ".safetensors");
  bytes = convert (argv[1], out, notes, &error);
  if (bytes == NULL) {
    nudge_complain ("convert", error->message);
    return NUDGE_EXIT_USAGE;
  }
  if (!write_bytes (out, bytes, &error)) {
    nudge_complain ("convert", error->message);
    return g_error_matches (error, NN_ERROR, NN_ERROR_CANCELLED)
               ? NUDGE_EXIT_SIGNALLED + nudge_signals_get ()
               : NUDGE_EXIT_FAILED;
  }
  print_notes (out, notes);
  return NUDGE_EXIT_DONE;
}
