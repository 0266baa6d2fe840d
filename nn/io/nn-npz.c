/* nn-npz.c - parameters as a .npz file's bytes
 *
 * SPDX-License-Identifier: MIT
 *
 * A zip with one NAME.npy per parameter, stored as numpy.savez () does it
 * (numpy.lib.format, version 1.0). The same parameters give the same bytes.
 */

#include "nn/io/nn-snapshot-kind.h"

#include <string.h>
#include <zip.h>

#include "nn/base/nn-error.h"
#include "nn/files/nn-little-endian.h"

/* Magic and version, then the length of the header's text in two bytes. */
static const guint8 npy_magic[] = { 0x93, 'N', 'U', 'M', 'P', 'Y', 1, 0 };
#define NPY_PREFIX    (sizeof npy_magic + sizeof (guint16))
#define NPY_ALIGNMENT 64 /* of the data, within the .npy */

/* The first day that a zip can name: equal values give equal files at any time. */
#define FIRST_DOS_DATE (0 << 9 | 1 << 5 | 1)
#define FIRST_DOS_TIME 0

static GString *
npy_header_new (const NnParameterShape *parameter)
{
  GString *text = g_string_new ("{'descr': '<f4', 'fortran_order': False, 'shape': (");

  for (gsize i = 0; i < parameter->rank; i++)
    g_string_append_printf (text, "%s%" G_GSIZE_FORMAT, i > 0 ? ", " : "",
                            parameter->shape[i]);
  g_string_append (text, parameter->rank == 1 ? ",), }" : "), }");
  while ((NPY_PREFIX + text->len + 1) % NPY_ALIGNMENT != 0)
    g_string_append_c (text, ' ');
  g_string_append_c (text, '\n');
  return text;
}

static guint8 *
npy_encode (const NnParameterShape *parameter, const float *values, gsize *n_bytes)
{
  GString *header = npy_header_new (parameter);
  gsize data = NPY_PREFIX + header->len;
  guint8 *bytes;

  *n_bytes = data + parameter->n_values * sizeof (float);
  bytes = g_malloc (*n_bytes);
  memcpy (bytes, npy_magic, sizeof npy_magic);
  nn_little_endian_put_u16 (&bytes[sizeof npy_magic], (guint16) header->len);
  memcpy (&bytes[NPY_PREFIX], header->str, header->len);
  nn_little_endian_put_floats (&bytes[data], &values[parameter->offset],
                               parameter->n_values);
  g_string_free (header, TRUE);
  return bytes;
}

/* @bytes stay the caller's, who keeps them until @zip is closed. */
static gboolean
add_file (zip_t *zip, const char *name, const guint8 *bytes, gsize n_bytes)
{
  zip_source_t *source = zip_source_buffer (zip, bytes, n_bytes, 0);
  zip_int64_t added;
  zip_uint64_t i;

  if (source == NULL)
    return FALSE;
  added = zip_file_add (zip, name, source, ZIP_FL_ENC_UTF_8);
  if (added < 0) {
    zip_source_free (source);
    return FALSE;
  }
  i = (zip_uint64_t) added;
  /* Not zip_file_set_mtime (): what that stores depends on the time zone. */
  return zip_set_file_compression (zip, i, ZIP_CM_STORE, 0) == 0 &&
         zip_file_set_dostime (zip, i, FIRST_DOS_TIME, FIRST_DOS_DATE, 0) == 0;
}

/* Fills @zip and closes it, which writes it out. */
static gboolean
write_zip (zip_t *zip, const NnArchitecture *architecture, const float *values)
{
  g_autoptr (GPtrArray) kept = g_ptr_array_new_with_free_func (g_free);

  for (gsize i = 0; i < architecture->n_parameters; i++) {
    const NnParameterShape *parameter = &architecture->parameters[i];
    g_autofree char *name = g_strconcat (parameter->name, ".npy", NULL);
    gsize n_bytes;
    guint8 *bytes = npy_encode (parameter, values, &n_bytes);

    g_ptr_array_add (kept, bytes);
    if (!add_file (zip, name, bytes, n_bytes))
      return FALSE;
  }
  return zip_close (zip) == 0;
}

/* What has been written to @source, or NULL. */
static GBytes *
read_back (zip_source_t *source)
{
  g_autofree guint8 *bytes = NULL;
  zip_stat_t info;
  zip_int64_t n_read;

  if (zip_source_stat (source, &info) != 0 || !(info.valid & ZIP_STAT_SIZE) ||
      zip_source_open (source) != 0)
    return NULL;
  bytes = g_malloc (info.size);
  n_read = zip_source_read (source, bytes, info.size);
  zip_source_close (source);
  if (n_read < 0 || (zip_uint64_t) n_read != info.size)
    return NULL;
  return g_bytes_new_take (g_steal_pointer (&bytes), info.size);
}

static void
set_error (GError **error, zip_error_t *failure)
{
  g_set_error (error, NN_ERROR, NN_ERROR_FILE, "cannot pack the parameters as npz: %s",
               zip_error_strerror (failure));
}

static GBytes *
encode (const NnArchitecture *architecture, const float *values, GError **error)
{
  zip_error_t failure;
  zip_source_t *source;
  zip_t *zip = NULL;
  GBytes *bytes = NULL;

  zip_error_init (&failure);
  source = zip_source_buffer_create (NULL, 0, 0, &failure);
  if (source != NULL)
    zip = zip_open_from_source (source, ZIP_TRUNCATE, &failure);
  if (zip == NULL) {
    set_error (error, &failure);
    zip_source_free (source);
    zip_error_fini (&failure);
    return NULL;
  }
  zip_error_fini (&failure);

  /* The zip lets go of its source when closed; what was written is there. */
  zip_source_keep (source);
  if (!write_zip (zip, architecture, values)) {
    set_error (error, zip_get_error (zip));
    zip_discard (zip);
  } else {
    bytes = read_back (source);
    if (bytes == NULL)
      set_error (error, zip_source_error (source));
  }
  zip_source_free (source);
  return bytes;
}

const NnSnapshotKind nn_snapshot_npz = {
  .label = "NumPy archive",
  .ending = ".npz",
  .encode = encode,
};
