/* nn-torch-zip.c - PyTorch's files since 1.6, which are zips
 *
 * SPDX-License-Identifier: MIT
 *
 * All members are in one folder, NAME/: data.pkl is the pickle, data/KEY is a storage,
 * byteorder (since 2.1) says "little" or "big". They are stored, not compressed, so that
 * a file holds no more than its own size.
 */

#include "nn/files/nn-torch-zip.h"

#include <string.h>
#include <zip.h>

#include "nn/base/nn-error.h"
#include "nn/files/nn-torch-calls.h"
#include "nn/files/nn-torch-tensors.h"

#define NAME_LENGTH 26 /* where a zip's first member has the length of its name */
#define NAME        30

typedef struct {
  zip_t *zip;
  char *folder;    /* (owned) "NAME/" */
  gsize n_allowed; /* bytes of members that are still read: no more than the file has */
} Archive;

/* What torch.save () and torch.jit.save () may put first, in the folder. */
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
 * By the name of the first member.
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

static gboolean refuse (GError **error, const char *format, ...) G_GNUC_PRINTF (2, 3);

/* Returns: FALSE, for the caller to return */
static gboolean
refuse (GError **error, const char *format, ...)
{
  g_autofree char *message = NULL;
  va_list arguments;

  va_start (arguments, format);
  message = g_strdup_vprintf (format, arguments);
  va_end (arguments);
  g_set_error_literal (error, NN_ERROR, NN_ERROR_FILE, message);
  return FALSE;
}

/* @bytes: as long as the archive is open */
static gboolean
open_archive (Archive *self, GBytes *bytes, GError **error)
{
  zip_error_t failure;
  zip_source_t *source;
  const char *name;
  const char *slash;

  zip_error_init (&failure);
  source = zip_source_buffer_create (g_bytes_get_data (bytes, NULL),
                                     g_bytes_get_size (bytes), 0, &failure);
  self->zip = source != NULL ? zip_open_from_source (source, ZIP_RDONLY, &failure) : NULL;
  if (self->zip == NULL) {
    if (source != NULL)
      zip_source_free (source);
    refuse (error, "the zip that it is cannot be read: %s; is it cut off?",
            zip_error_strerror (&failure));
    zip_error_fini (&failure);
    return FALSE;
  }
  self->n_allowed = g_bytes_get_size (bytes);
  name = zip_get_name (self->zip, 0, ZIP_FL_ENC_RAW);
  slash = name != NULL ? strchr (name, '/') : NULL;
  if (slash == NULL)
    return refuse (error, "the zip that it is has no folder, as PyTorch's have");
  self->folder = g_strndup (name, (gsize) (slash + 1 - name));
  return TRUE;
}

static void
close_archive (Archive *self)
{
  if (self->zip != NULL)
    zip_discard (self->zip);
  g_free (self->folder);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Archive, close_archive)

static gint64
find_member (const Archive *self, const char *name)
{
  g_autofree char *path = g_strconcat (self->folder, name, NULL);

  return zip_name_locate (self->zip, path, ZIP_FL_ENC_RAW);
}

/* Finds out what is said of a member, before any of it is read. */
static gboolean
check_member (Archive *self, const char *name, gint64 index, gsize *n, GError **error)
{
  const zip_uint64_t known =
      ZIP_STAT_SIZE | ZIP_STAT_COMP_METHOD | ZIP_STAT_ENCRYPTION_METHOD;
  zip_stat_t found;

  if (index < 0)
    return refuse (error, "there is no %s in the zip that it is", name);
  if (zip_stat_index (self->zip, (zip_uint64_t) index, 0, &found) != 0 ||
      (found.valid & known) != known)
    return refuse (error, "%s: the zip does not say what it is", name);
  if (found.encryption_method != ZIP_EM_NONE)
    return refuse (error, "%s: it is encrypted", name);
  if (found.comp_method != ZIP_CM_STORE)
    return refuse (error,
                   "%s: it is compressed, which torch.save () does not do: load "
                   "and save it in Python",
                   name);
  if (found.size > self->n_allowed)
    return refuse (error, "%s: the zip says more bytes than the file has", name);
  *n = (gsize) found.size;
  return TRUE;
}

/* Returns: (transfer full) (nullable) */
static GBytes *
read_member (Archive *self, const char *name, gint64 index, GError **error)
{
  g_autofree guint8 *bytes = NULL;
  zip_file_t *member;
  zip_int64_t n_read;
  gboolean at_end;
  gsize n = 0;
  char more;

  if (!check_member (self, name, index, &n, error))
    return NULL;
  member = zip_fopen_index (self->zip, (zip_uint64_t) index, 0);
  if (member == NULL) {
    refuse (error, "%s: %s", name, zip_strerror (self->zip));
    return NULL;
  }
  bytes = g_malloc (MAX (n, 1));
  n_read = zip_fread (member, bytes, n);
  /* The checksum is compared where the end is met. */
  at_end = zip_fread (member, &more, 1) == 0;
  if (n_read < 0 || (gsize) n_read != n || !at_end) {
    refuse (error, "%s: it is damaged: %s", name, zip_file_strerror (member));
    zip_fclose (member);
    return NULL;
  }
  zip_fclose (member);
  self->n_allowed -= n;
  return g_bytes_new_take (g_steal_pointer (&bytes), n);
}

static GBytes *
get_storage (gpointer data, const char *key, gsize n_key, GError **error)
{
  g_autofree char *copy = g_strndup (key, n_key);
  g_autofree char *name = g_strconcat ("data/", copy, NULL);
  g_autofree char *shown = g_utf8_make_valid (name, -1);

  return read_member (data, shown, find_member (data, name), error);
}

static gboolean
read_byte_order (Archive *archive, gboolean *big_endian, GError **error)
{
  const gint64 index = find_member (archive, "byteorder");
  g_autoptr (GBytes) bytes = NULL;

  *big_endian = FALSE; /* before 2.1 it was not said */
  if (index < 0)
    return TRUE;
  bytes = read_member (archive, "byteorder", index, error);
  if (bytes == NULL)
    return FALSE;
  *big_endian = g_bytes_get_size (bytes) == 3 &&
                memcmp (g_bytes_get_data (bytes, NULL), "big", 3) == 0;
  return TRUE;
}

/* torch.jit.save () writes a program beside the tensors. */
static gboolean
check_is_no_program (const Archive *archive, GError **error)
{
  if (find_member (archive, "constants.pkl") < 0 &&
      find_member (archive, "model.json") < 0)
    return TRUE;
  return refuse (error, "it is a TorchScript program, which would have to be run: in "
                        "Python, torch.save (torch.jit.load (FILE).state_dict (), "
                        "\"parameters.pt\")");
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

  if (!open_archive (&archive, bytes, error) || !check_is_no_program (&archive, error) ||
      !read_byte_order (&archive, &storages.big_endian, error))
    return FALSE;
  data = read_member (&archive, "data.pkl", find_member (&archive, "data.pkl"), error);
  if (data == NULL)
    return FALSE;
  pickle =
      nn_torch_pickle_new (g_bytes_get_data (data, NULL), g_bytes_get_size (data), error);
  return pickle != NULL &&
         nn_torch_read_tensors (file, pickle, &storages, progress, error);
}
