/* nn-array-file.c - reads and writes files of named arrays, in any format
 *
 * SPDX-License-Identifier: MIT
 */

#include "nn/arrays/nn-array-file.h"

#include <glib/gi18n.h>
#include <string.h>

#include "nn/arrays/nn-file-type.h"
#include "nn/base/nn-error.h"
#include "nn/base/nn-text.h"
#include "nn/files/nn-file.h"
#include "nn/files/nn-gzip.h"
#include "nn/files/nn-path.h"

#define SHOWN 60 /* bytes of a name in a message */

static void
unref_array (gpointer data)
{
  nn_array_unref (data);
}

/**
 * nn_array_file_new:
 * @kind: the format in which it will be saved
 *
 * Returns: (transfer full): without arrays, for the caller to add to its fields
 */
NnArrayFile *
nn_array_file_new (const NnArrayFileKind *kind)
{
  NnArrayFile *self = g_new0 (NnArrayFile, 1);

  self->kind = kind;
  self->arrays = g_ptr_array_new_with_free_func (unref_array);
  self->metadata = g_ptr_array_new_with_free_func (g_free);
  self->notes = g_ptr_array_new_with_free_func (g_free);
  return self;
}

void
nn_array_file_free (NnArrayFile *self)
{
  g_ptr_array_unref (self->arrays);
  g_ptr_array_unref (self->metadata);
  g_ptr_array_unref (self->notes);
  g_clear_pointer (&self->in_place, nn_in_place_free);
  g_free (self);
}

/* ---- reading ----------------------------------------------------------------------- */

static gboolean
check_names (const NnArrayFile *self, GError **error)
{
  g_autoptr (GHashTable) names = g_hash_table_new (g_str_hash, g_str_equal);

  for (guint i = 0; i < self->arrays->len; i++) {
    const NnArray *array = self->arrays->pdata[i];

    if (!g_hash_table_add (names, array->name)) {
      g_set_error (error, NN_ERROR, NN_ERROR_SYNTAX, _ ("two arrays are called '%.*s'"),
                   SHOWN, array->name);
      return FALSE;
    }
  }
  return TRUE;
}

/* Returns: (transfer none) (nullable): what follows "MEMBER." in @name; "" if @name is
 *   MEMBER; NULL for any other */
static const char *
skip_member (const char *name, const char *member)
{
  const gsize length = strlen (member);

  if (strncmp (name, member, length) != 0)
    return NULL;
  return name[length] == '.' ? &name[length + 1] : name[length] == '\0' ? name : NULL;
}

/* Keeps only those of @member, renamed to what follows it. */
static void
choose_others (NnInPlace *in_place, const char *member)
{
  for (guint i = in_place->others->len; i-- > 0;) {
    NnOtherArray *other = in_place->others->pdata[i];
    char *name = g_strdup (skip_member (other->name, member));

    if (name == NULL) {
      g_ptr_array_remove_index (in_place->others, i);
      continue;
    }
    g_free (other->name);
    other->name = name;
  }
}

/* Keeps only the arrays of @member, renamed to what follows it. */
static gboolean
choose_member (NnArrayFile *self, const char *member, GError **error)
{
  g_autoptr (GPtrArray) kept = g_ptr_array_new_with_free_func (unref_array);

  for (guint i = 0; i < self->arrays->len; i++) {
    const NnArray *array = self->arrays->pdata[i];
    const char *name = skip_member (array->name, member);

    if (name != NULL)
      g_ptr_array_add (kept, nn_array_copy_renamed (array, name));
  }
  if (self->in_place != NULL)
    choose_others (self->in_place, member);
  if (kept->len == 0 && (self->in_place == NULL || self->in_place->others->len == 0)) {
    g_set_error (error, NN_ERROR, NN_ERROR_UNKNOWN,
                 _ ("there is no array whose name is or begins with '%.*s'"), SHOWN,
                 member);
    return FALSE;
  }
  g_ptr_array_unref (self->arrays);
  self->arrays = g_steal_pointer (&kept);
  return TRUE;
}

static NnArrayFile *
refuse_type (const NnFileDescription *found, GError **error)
{
  g_set_error (error, NN_ERROR, NN_ERROR_UNKNOWN,
               _ ("it is %s, which holds no arrays that are read here%s%s"),
               _ (found->what), found->remedy != NULL ? ": " : "",
               found->remedy != NULL ? _ (found->remedy) : "");
  return NULL;
}

static NnArrayFile *
refuse_packed (GError **error)
{
  g_set_error_literal (error, NN_ERROR, NN_ERROR_FILE,
                       _ ("it is packed twice by gzip: unpack it first"));
  return NULL;
}

/* Makes a message valid UTF-8 and printable: it may quote bytes of the file,
 * cut anywhere. */
static void
clean_message (GError *error)
{
  char *valid = g_utf8_make_valid (error->message, -1);

  nn_text_replace_controls (valid, '?');
  g_free (error->message);
  error->message = valid;
}

static gboolean
read_arrays (NnArrayFile *self,
             GBytes *bytes,
             const char *member,
             const NnProgress *progress,
             GError **error)
{
  const NnArrayFileKind *kind = self->kind;

  if (!kind->read (self, bytes, member, progress, error) || !check_names (self, error))
    return FALSE;
  return member == NULL || kind->chooses_member || choose_member (self, member, error);
}

/* @in_place: (transfer full) (nullable) */
static NnArrayFile *
parse (GBytes *bytes,
       const char *member,
       NnInPlace *in_place,
       const NnProgress *progress,
       GError **error)
{
  gsize n_bytes;
  const guint8 *start = g_bytes_get_data (bytes, &n_bytes);
  const NnFileDescription found = nn_file_type_recognise (start, n_bytes);
  g_autoptr (NnArrayFile) self = nn_array_file_new (NULL);
  GError *failure = NULL;

  self->in_place = in_place;
  /* Once it was unpacked by who read it. */
  if (nn_gzip_recognise (start, n_bytes))
    return refuse_packed (error);
  if (found.type != NN_FILE_TYPE_ARRAYS)
    return refuse_type (&found, error);
  self->kind = nn_array_kind_recognise (start, n_bytes);
  if (read_arrays (self, bytes, member, progress, &failure))
    return g_steal_pointer (&self);
  clean_message (failure);
  g_propagate_error (error, failure);
  return NULL;
}

/**
 * nn_array_file_parse:
 * @bytes: a whole file; the arrays keep references to it
 * @member: (nullable): a part of the file, if the format has parts; otherwise the prefix
 *   of the names of the arrays to keep, without the dot
 * @progress: (nullable)
 *
 * Returns: (transfer full) (nullable): NULL with an error that says what is wrong, and
 *   where in the file; the caller prefixes the file's name
 */
NnArrayFile *
nn_array_file_parse (GBytes *bytes,
                     const char *member,
                     const NnProgress *progress,
                     GError **error)
{
  g_return_val_if_fail (bytes != NULL, NULL);

  return parse (bytes, member, NULL, progress, error);
}

/**
 * nn_array_file_parse_in_place:
 * @bytes: a whole file, which may be mapped: only headers are read
 * @member: (nullable): as in nn_array_file_parse ()
 * @in_place: (transfer full)
 *
 * nn_array_file_parse () for a file that stays on disk: if the format stores arrays as
 * bytes, theirs are parts of @bytes or of a temporary file that a compressed member was
 * unpacked to.
 *
 * Returns: (transfer full) (nullable)
 */
NnArrayFile *
nn_array_file_parse_in_place (GBytes *bytes,
                              const char *member,
                              NnInPlace *in_place,
                              GError **error)
{
  g_return_val_if_fail (bytes != NULL && in_place != NULL, NULL);

  return parse (bytes, member, in_place, NULL, error);
}

/**
 * nn_array_file_split_path:
 * @path: of a file; or FILE:MEMBER, unless a file has that name
 * @member: (out) (transfer none) (nullable): points into @path; NULL if there is none
 *
 * Returns: (transfer full): the path of the file
 */
char *
nn_array_file_split_path (const char *path, const char **member)
{
  const char *colon = strrchr (path, ':');

  *member = NULL;
  if (colon == NULL || colon == path || g_file_test (path, G_FILE_TEST_EXISTS))
    return g_strdup (path);
  *member = colon + 1;
  return g_strndup (path, (gsize) (colon - path));
}

static gboolean
may_be_arrays (const guint8 *start, gsize n_bytes)
{
  return nn_gzip_recognise (start, n_bytes) ||
         nn_array_kind_recognise (start, n_bytes) != NULL;
}

/**
 * nn_array_file_open:
 * @path: of a file or pipe, perhaps compressed by gzip; or FILE:MEMBER, unless a file has
 *   that name
 * @progress: (nullable)
 *
 * Returns: (transfer full) (nullable): NULL if it cannot be read or is not valid: the
 *   message begins with the file's name
 */
NnArrayFile *
nn_array_file_open (const char *path, const NnProgress *progress, GError **error)
{
  g_return_val_if_fail (path != NULL, NULL);

  const char *member;
  g_autofree char *file = nn_array_file_split_path (path, &member);
  gsize n_bytes;
  char *contents = nn_gzip_read_file (file, may_be_arrays, &n_bytes, error);
  g_autoptr (GBytes) bytes = NULL;
  NnArrayFile *self;

  if (contents == NULL)
    return NULL;
  bytes = g_bytes_new_take (contents, n_bytes);
  self = nn_array_file_parse (bytes, member, progress, error);
  if (self == NULL && error && !g_error_matches (*error, NN_ERROR, NN_ERROR_CANCELLED)) {
    g_autofree char *name = nn_path_dup_display_name (file);

    g_prefix_error (error, "%s: ", name);
  }
  return self;
}

/* ---- contents ---------------------------------------------------------------------- */

/**
 * nn_array_file_find:
 *
 * Returns: (transfer none) (nullable): the array called @name
 */
NnArray *
nn_array_file_find (const NnArrayFile *self, const char *name)
{
  for (guint i = 0; i < self->arrays->len; i++) {
    NnArray *array = self->arrays->pdata[i];

    if (strcmp (array->name, name) == 0)
      return array;
  }
  return NULL;
}

/**
 * nn_array_file_get_metadata:
 *
 * Returns: (transfer none) (nullable): the value of @key in the file's metadata
 */
const char *
nn_array_file_get_metadata (const NnArrayFile *self, const char *key)
{
  for (guint i = 0; i + 1 < self->metadata->len; i += 2)
    if (strcmp (self->metadata->pdata[i], key) == 0)
      return self->metadata->pdata[i + 1];
  return NULL;
}

/**
 * nn_array_file_save:
 *
 * @self: of a kind with encode
 *
 * Writes all arrays and metadata in @self's format. On failure an existing file at @path
 * is unchanged.
 *
 * Returns: FALSE if the format cannot store an array, or @path cannot be
 *   written (NN_ERROR_FILE)
 */
gboolean
nn_array_file_save (const NnArrayFile *self, const char *path, GError **error)
{
  g_return_val_if_fail (self->kind->encode != NULL && path != NULL, FALSE);

  g_autoptr (GBytes) bytes = self->kind->encode (self, error);

  return bytes != NULL && nn_file_replace (path, g_bytes_get_data (bytes, NULL),
                                           g_bytes_get_size (bytes), error);
}
