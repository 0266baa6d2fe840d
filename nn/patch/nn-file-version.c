/* nn-file-version.c - the arrays of a file after some nudges, copy-on-write, for undo
 *
 * SPDX-License-Identifier: MIT
 */

#include "nn/patch/nn-file-version.h"

#include <glib/gi18n.h>
#include <sys/stat.h>

#include "nn/base/nn-error.h"
#include "nn/files/nn-path.h"
#include "nn/patch/nn-patch-private.h"

struct _NnFileVersion {
  NnFileVersion *before; /* (owned) (nullable) NULL for the file as it is, the first */
  NnArrayStore *store;   /* owned by the first; all versions have the same */
  NnPatch *patch;        /* (owned) (nullable) a layer on top of before's */
  NnNudge *nudge;        /* (owned) (nullable) the one applied to before */
  char *folder;          /* owned by the first */
  guint32 seed;
  struct timespec written; /* the file's modification time when it was opened */
};

/* ---- opening and freeing ----------------------------------------------------------- */

/**
 * nn_file_version_open:
 * @path: of a file; or FILE:MEMBER, unless a file has that name
 * @folder: for temporary files, with space for the arrays that will be changed
 * @seed: for `noise` and other random functions, see nn-noise.h
 *
 * Returns: (transfer full) (nullable): the file as it is; NULL if it cannot be read: the
 *   message begins with its name
 */
NnFileVersion *
nn_file_version_open (const char *path, const char *folder, guint32 seed, GError **error)
{
  NnArrayStore *store = nn_array_store_open (path, folder, error);
  NnFileVersion *self;
  struct stat found;

  if (store == NULL)
    return NULL;
  self = g_atomic_rc_box_new0 (NnFileVersion);
  self->store = store;
  self->folder = g_strdup (folder);
  self->seed = seed;
  if (fstat (store->file->fd, &found) == 0)
    self->written = found.st_mtim;
  return self;
}

NnFileVersion *
nn_file_version_ref (NnFileVersion *self)
{
  return g_atomic_rc_box_acquire (self);
}

static void
clear (gpointer data)
{
  NnFileVersion *self = data;

  g_clear_pointer (&self->patch, nn_patch_free);
  g_clear_pointer (&self->nudge, nn_nudge_unref);
  if (self->before == NULL)
    nn_array_store_free (self->store);
  g_free (self->folder);
  g_clear_pointer (&self->before, nn_file_version_unref);
}

void
nn_file_version_unref (NnFileVersion *self)
{
  g_atomic_rc_box_release_full (self, clear);
}

/* ---- reading ----------------------------------------------------------------------- */

/**
 * nn_file_version_get_first:
 *
 * Returns: (transfer none): the version without nudges: the file as it is
 */
NnFileVersion *
nn_file_version_get_first (NnFileVersion *self)
{
  while (self->before != NULL)
    self = self->before;
  return self;
}

const NnArrayStore *
nn_file_version_get_store (const NnFileVersion *self)
{
  return self->store;
}

/**
 * nn_file_version_get_arrays:
 *
 * Returns: (transfer none) (element-type NnArray): for names, types and shapes only:
 *   their values are those of the file, without nudges
 */
const GPtrArray *
nn_file_version_get_arrays (const NnFileVersion *self)
{
  return self->store->arrays->arrays;
}

/**
 * nn_file_version_get_receipt:
 *
 * Returns: (transfer none) (nullable): what its nudge changed; NULL for the first version
 *   and for a preview
 */
const NnReceipt *
nn_file_version_get_receipt (const NnFileVersion *self)
{
  return self->patch != NULL ? self->patch->receipt : NULL;
}

/**
 * nn_file_version_has_changed:
 *
 * Returns: FALSE if array @index is certainly the same as in the version before
 */
gboolean
nn_file_version_has_changed (const NnFileVersion *self, guint index)
{
  const NnPatchRegion *region =
      self->patch != NULL ? nn_patch_get_region (self->patch, index) : NULL;

  return region != NULL && region->done;
}

/* Returns: (transfer none) (nullable): the version that stores array @index; NULL for
 *   the file */
static const NnFileVersion *
find_owner (const NnFileVersion *self, guint index)
{
  while (self != NULL && !nn_file_version_has_changed (self, index))
    self = self->before;
  return self;
}

/**
 * nn_file_version_differ:
 * @b: another version of the same file
 *
 * Returns: FALSE if array @index is certainly the same in @a and @b; fast, reads nothing
 */
gboolean
nn_file_version_differ (const NnFileVersion *a, const NnFileVersion *b, guint index)
{
  return find_owner (a, index) != find_owner (b, index);
}

/**
 * nn_file_version_open_values:
 * @area: of an array of this file
 * @values: (out): to be cleared by the caller, even after a failure; borrows @self and
 *   @area
 *
 * Opens the elements of @area for reading, as they are in this version.
 *
 * Returns: FALSE as nn_array_values_init ()
 */
gboolean
nn_file_version_open_values (const NnFileVersion *self,
                             const NnArrayArea *area,
                             NnArrayValues *values,
                             GError **error)
{
  NnArrayPlace place;

  if (self->patch != NULL)
    return nn_patch_open_values (self->patch, area, values, error);
  place = nn_array_store_locate (self->store, area->array->bytes);
  return nn_array_values_init (values, area, &place, error);
}

/**
 * nn_file_version_check:
 *
 * Returns: FALSE if another program has written to the file since it was opened, so that
 *   its values are not those that were shown (NN_ERROR_FILE). A program that replaced it
 *   by renaming does no harm: the old file is still open
 */
gboolean
nn_file_version_check (const NnFileVersion *self, GError **error)
{
  const NnMappedFile *file = self->store->file;
  g_autofree char *name = NULL;
  struct stat found;

  if (fstat (file->fd, &found) == 0 && (guint64) found.st_size == file->size &&
      found.st_mtim.tv_sec == self->written.tv_sec &&
      found.st_mtim.tv_nsec == self->written.tv_nsec)
    return TRUE;
  name = nn_path_dup_display_name (file->path);
  g_set_error (error, NN_ERROR, NN_ERROR_FILE,
               _ ("another program has written to %s since it was opened: open it again"),
               name);
  return FALSE;
}

/* ---- nudges ------------------------------------------------------------------------ */

/* @patch: (transfer full) */
static NnFileVersion *
make_next (NnFileVersion *self, NnPatch *patch, const NnNudge *nudge)
{
  NnFileVersion *next = g_atomic_rc_box_new0 (NnFileVersion);

  next->before = nn_file_version_ref (self);
  next->store = self->store;
  next->patch = patch;
  next->nudge = nn_nudge_ref ((NnNudge *) (guintptr) nudge);
  next->folder = g_strdup (self->folder);
  next->seed = self->seed;
  next->written = self->written;
  patch->meter.progress = NULL; /* borrowed for the call only */
  return next;
}

static NnPatch *
new_layer (NnFileVersion *self, const NnProgress *progress, GError **error)
{
  if (!nn_file_version_check (self, error))
    return NULL;
  return nn_patch_new_layer (self->store, self->patch, self->folder, self->seed, progress,
                             error);
}

static gboolean
compare_one (const NnFileVersion *before, NnPatch *patch, guint i, GError **error)
{
  NnArrayArea area;
  NnArrayValues a = { NULL }, b = { NULL };
  NnArrayDifference difference = { 0 };
  gboolean good;

  nn_array_area_init_whole (&area, patch->in->arrays->arrays->pdata[i], i);
  good = nn_file_version_open_values (before, &area, &a, error) &&
         nn_patch_open_values (patch, &area, &b, error) &&
         nn_array_difference_find (&difference, &a, &b, TRUE, error);
  nn_array_values_clear (&a);
  nn_array_values_clear (&b);
  if (good)
    nn_receipt_add (patch->receipt, &area, patch->aimed[i], &difference);
  return good && nn_patch_meter_add (&patch->meter,
                                     2 * nn_array_values_count_span (area.array), error);
}

/* Fills the receipt of the patch by comparing the arrays that it touched. */
static gboolean
compare (const NnFileVersion *before, NnPatch *patch, GError **error)
{
  const GPtrArray *arrays = patch->in->arrays->arrays;

  patch->receipt->n_bytes = patch->in->file->size;
  for (guint i = 0; i < arrays->len; i++) {
    const NnPatchRegion *region = nn_patch_get_region (patch, i);

    if (region == NULL || !region->done)
      patch->receipt->n_same++;
    else if (!compare_one (before, patch, i, error))
      return FALSE;
  }
  return TRUE;
}

/**
 * nn_file_version_apply:
 * @nudge: parsed by nn_nudge_parse_of_arrays ()
 * @progress: (nullable)
 *
 * Returns: (transfer full) (nullable): the next version; NULL if the nudge does not fit
 *   the file, would make a value infinite or NaN, or @progress cancelled
 */
NnFileVersion *
nn_file_version_apply (NnFileVersion *self,
                       const NnNudge *nudge,
                       const NnProgress *progress,
                       GError **error)
{
  g_autoptr (NnPatch) patch = new_layer (self, progress, error);

  if (patch == NULL || !nn_patch_apply (patch, nudge, error) ||
      !compare (self, patch, error))
    return NULL;
  return make_next (self, g_steal_pointer (&patch), nudge);
}

/**
 * nn_file_version_preview:
 * @index: of the array that will be shown
 *
 * nn_file_version_apply (), limited to that array and those that share its storage:
 * others are as in @self. There is no receipt.
 *
 * Returns: (transfer full) (nullable)
 */
NnFileVersion *
nn_file_version_preview (NnFileVersion *self,
                         const NnNudge *nudge,
                         guint index,
                         const NnProgress *progress,
                         GError **error)
{
  g_autoptr (NnPatch) patch = new_layer (self, progress, error);

  if (patch == NULL || !nn_patch_apply_to (patch, nudge, index, error))
    return NULL;
  return make_next (self, g_steal_pointer (&patch), nudge);
}

/* ---- saving ------------------------------------------------------------------------ */

static gboolean
apply_all (const NnFileVersion *self, NnPatch *patch, GError **error)
{
  if (self->before == NULL)
    return TRUE;
  return apply_all (self->before, patch, error) &&
         nn_patch_apply (patch, self->nudge, error);
}

/**
 * nn_file_version_save:
 * @path: of another file than the one that was opened, and no other format's ending
 * @progress: (nullable)
 *
 * Writes the file with all nudges, and reads it back to verify it. The bytes are those
 * that `nudge edit` writes: nudges are applied again to the original, not copied from
 * versions. All or nothing: on failure @path is as it was.
 *
 * Returns: (transfer full) (nullable): what changed, as found in the new file
 */
NnReceipt *
nn_file_version_save (const NnFileVersion *self,
                      const char *path,
                      const NnProgress *progress,
                      GError **error)
{
  g_autoptr (NnPatch) patch = NULL;

  if (nn_path_is_same_file (path, self->store->file->path)) {
    g_set_error_literal (
        error, NN_ERROR, NN_ERROR_FILE,
        _ ("the edits are of this file, which stays as it is: save under "
           "another name"));
    return NULL;
  }
  if (!nn_array_kind_check_kept (self->store->arrays->kind, path, error) ||
      !nn_file_version_check (self, error))
    return NULL;
  patch = nn_patch_new (self->store, self->store, path, self->seed, progress, error);
  if (patch == NULL || !apply_all (self, patch, error) ||
      nn_patch_finish (patch, error) == NULL || !nn_patch_commit (patch, error))
    return NULL;
  return g_steal_pointer (&patch->receipt);
}
