/* nn-torch-zip.c - reads files of PyTorch since version 1.6, which are zip archives
 *
 * SPDX-License-Identifier: MIT
 *
 * All members are in one folder, NAME/: data.pkl is the pickle, data/KEY is a storage,
 * byteorder (since 2.1) says "little" or "big".
 */

#include "nn/arrays/nn-torch-zip.h"

#include <glib/gi18n.h>
#include <string.h>

#include "nn/arrays/nn-torch-calls.h"
#include "nn/arrays/nn-torch-tensors.h"
#include "nn/base/nn-error.h"
#include "nn/files/nn-zip.h"

#define NAME_LENGTH 26 /* offset of the length of the first member's name */
#define NAME        30
#define SHOWN       60 /* bytes of a name in a message */

typedef struct {
  NnZip *zip;   /* (owned) */
  char *folder; /* (owned) "NAME/" */
} Archive;

/* Patterns of the first member's name in its folder, from torch.save () and
 * torch.jit.save (). */
static const char *const first_members[] = {
  "data.pkl",    "data/*",
  "data.pkl.*",  "version",
  "byteorder",   ".format_version",
  ".data/*",     "constants.pkl",
  "code/*",      "extra/*",
  "constants/*", "model.json",
  "tensors/*",   ".storage_alignment",
};

/**
 * nn_torch_recognise_zip:
 *
 * Returns: whether it is such a file, by the name of the first member
 */
gboolean
nn_torch_recognise_zip (const guint8 *start, gsize n_bytes)
{
  g_autofree char *name = NULL;
  const char *slash;
  gsize length;

  if (n_bytes < NAME || memcmp (start, "PK\3\4", 4) != 0)
    return FALSE;
  length = start[NAME_LENGTH] + 256u * start[NAME_LENGTH + 1];
  name = g_strndup ((const char *) &start[NAME], MIN (length, n_bytes - NAME));
  slash = strchr (name, '/');
  for (gsize i = 0; slash != NULL && i < G_N_ELEMENTS (first_members); i++)
    if (g_utf8_validate (slash + 1, -1, NULL) &&
        g_pattern_match_simple (first_members[i], slash + 1))
      return TRUE;
  return FALSE;
}

static gboolean
open_archive (Archive *self, const NnArrayFile *file, GBytes *bytes, GError **error)
{
  const char *name;
  const char *slash;

  self->zip = nn_zip_open_in_place (bytes, file->in_place, error);
  if (self->zip == NULL)
    return FALSE;
  name = nn_zip_get_name (self->zip, 0);
  slash = strchr (name, '/');
  if (slash == NULL) {
    g_set_error (error, NN_ERROR, NN_ERROR_FILE,
                 _ ("the zip archive has no folder, as PyTorch's have"));
    return FALSE;
  }
  self->folder = g_strndup (name, (gsize) (slash + 1 - name));
  return TRUE;
}

static void
close_archive (Archive *self)
{
  g_clear_pointer (&self->zip, nn_zip_free);
  g_clear_pointer (&self->folder, g_free);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Archive, close_archive)

static gssize
find_member (const Archive *self, const char *name)
{
  g_autofree char *path = g_strconcat (self->folder, name, NULL);

  return nn_zip_find (self->zip, path);
}

/* Returns: (transfer full) (nullable) */
static GBytes *
read_member (const Archive *self, const char *name, GError **error)
{
  const gssize index = find_member (self, name);
  g_autofree char *shown = NULL;

  if (index >= 0)
    return nn_zip_read (self->zip, (gsize) index, error);
  shown = g_utf8_make_valid (name, (gssize) MIN (strlen (name), SHOWN));
  g_set_error (error, NN_ERROR, NN_ERROR_FILE, _ ("there is no %s in the zip archive"),
               shown);
  return NULL;
}

static GBytes *
get_storage (gpointer data, const char *key, gsize n_key, GError **error)
{
  g_autofree char *copy = g_strndup (key, n_key);
  g_autofree char *name = g_strconcat ("data/", copy, NULL);

  return read_member (data, name, error);
}

static gboolean
read_byte_order (const Archive *archive, gboolean *big_endian, GError **error)
{
  g_autoptr (GBytes) bytes = NULL;

  *big_endian = FALSE; /* the default: there is no byteorder before 2.1 */
  if (find_member (archive, "byteorder") < 0)
    return TRUE;
  bytes = read_member (archive, "byteorder", error);
  if (bytes == NULL)
    return FALSE;
  *big_endian = g_bytes_get_size (bytes) == 3 &&
                memcmp (g_bytes_get_data (bytes, NULL), "big", 3) == 0;
  return TRUE;
}

/* Refuses TorchScript: torch.jit.save () writes a program with the tensors. */
static gboolean
check_is_no_program (const Archive *archive, GError **error)
{
  if (find_member (archive, "constants.pkl") < 0 &&
      find_member (archive, "model.json") < 0)
    return TRUE;
  g_set_error (error, NN_ERROR, NN_ERROR_UNKNOWN,
               _ ("it is a TorchScript program, which would have to be run: in Python, "
                  "torch.save (torch.jit.load (FILE).state_dict (), \"parameters.pt\")"));
  return FALSE;
}

gboolean
nn_torch_read_zip (NnArrayFile *file,
                   GBytes *bytes,
                   const NnProgress *progress,
                   GError **error)
{
  g_auto (Archive) archive = { 0 };
  NnTorchStorages storages = { .get = get_storage, .data = &archive };
  g_autoptr (GBytes) data = NULL;
  g_autoptr (NnPickle) pickle = NULL;

  if (!open_archive (&archive, file, bytes, error) ||
      !check_is_no_program (&archive, error) ||
      !read_byte_order (&archive, &storages.big_endian, error))
    return FALSE;
  data = read_member (&archive, "data.pkl", error);
  if (data == NULL)
    return FALSE;
  pickle =
      nn_torch_pickle_new (g_bytes_get_data (data, NULL), g_bytes_get_size (data), error);
  return pickle != NULL &&
         nn_torch_read_tensors (file, pickle, &storages, progress, error);
}
