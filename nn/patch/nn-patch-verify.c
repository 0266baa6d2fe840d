/* nn-patch-verify.c - verifies the output of a patch by reading it back
 *
 * SPDX-License-Identifier: MIT
 *
 * Opens the output like any file: it must have the same arrays; arrays that were not
 * touched must have the same bits, and so must all bytes outside the touched ones.
 */

#include <fcntl.h>
#include <glib/gi18n.h>
#include <string.h>
#include <unistd.h>

#include "nn/base/nn-error.h"
#include "nn/patch/nn-patch-private.h"

#define PIECE (1024 * 1024) /* bytes at a time */

/* Bytes of a local header, and of a directory entry, before the name. */
#define LOCAL_NAME 30

typedef struct {
  NnPatch *patch;
  NnArrayStore *out; /* (owned) */
} Check;

static gboolean
fail (const char *what, GError **error)
{
  g_set_error (error, NN_ERROR, NN_ERROR_FILE,
               _ ("what was written, read again, differs where nothing was changed: %s; "
                  "the disk or the memory may be bad, and nothing was replaced"),
               what);
  return FALSE;
}

/* ---- arrays ------------------------------------------------------------------------ */

static gboolean
is_alike (const NnArray *a, const NnArray *b)
{
  return strcmp (a->name, b->name) == 0 && a->dtype == b->dtype &&
         a->big_endian == b->big_endian && a->rank == b->rank &&
         memcmp (a->shape, b->shape, a->rank * sizeof *a->shape) == 0 &&
         memcmp (a->strides, b->strides, a->rank * sizeof *a->strides) == 0;
}

static gboolean
compare_array (Check *self, guint i, gboolean touched, GError **error)
{
  NnReceipt *receipt = self->patch->receipt;
  const NnArray *written = self->out->arrays->arrays->pdata[i];
  const NnArrayPlace place = nn_array_store_locate (self->out, written->bytes);
  NnArrayArea before, after;
  NnArrayValues a = { NULL }, b = { NULL };
  NnArrayDifference difference = { 0 };
  gboolean good;

  nn_array_area_init_whole (&before, self->patch->in->arrays->arrays->pdata[i], i);
  nn_array_area_init_whole (&after, written, i);
  good = nn_array_values_init (&a, &before, &self->patch->places[i], error) &&
         nn_array_values_init (&b, &after, &place, error) &&
         nn_array_difference_find (&difference, &a, &b, touched, error);
  nn_array_values_clear (&a);
  nn_array_values_clear (&b);
  if (good && touched && (self->patch->aimed[i] || difference.n_changed > 0)) {
    nn_receipt_add (receipt, &before, self->patch->aimed[i], &difference);
    return TRUE;
  }
  receipt->n_same += good;
  if (good && difference.n_changed > 0)
    good = fail (nn_array_area_get_name (before.array), error);
  nn_array_difference_clear (&difference);
  return good;
}

static gboolean
is_touched (const NnPatch *patch, guint i)
{
  const NnPatchRegion *region = nn_patch_get_region (patch, i);

  return patch->aimed[i] || (region != NULL && region->done);
}

/* Arrays that were not touched are covered by the comparison of bytes below, except those
 * in compressed members. */
static gboolean
compare_arrays (Check *self, GError **error)
{
  const NnPatch *patch = self->patch;
  const GPtrArray *arrays = patch->in->arrays->arrays;
  const GPtrArray *written = self->out->arrays->arrays;

  if (written->len != arrays->len)
    return fail (_ ("the number of arrays"), error);
  for (guint i = 0; i < arrays->len; i++) {
    const NnArray *array = arrays->pdata[i];

    if (!is_alike (array, written->pdata[i]))
      return fail (nn_array_area_get_name (array), error);
    if (!is_touched (patch, i) && !patch->repacks)
      patch->receipt->n_same++;
    else if (!compare_array (self, i, is_touched (patch, i), error))
      return FALSE;
  }
  patch->receipt->n_same += patch->in->arrays->in_place->others->len;
  return TRUE;
}

/* ---- all other bytes --------------------------------------------------------------- */

static gboolean
compare_bytes (Check *self, guint64 at, guint64 other, guint64 n, GError **error)
{
  g_autofree guint8 *a = g_malloc (PIECE);
  g_autofree guint8 *b = g_malloc (PIECE);

  self->patch->receipt->n_bytes_same += n;
  while (n > 0) {
    const gsize piece = (gsize) MIN (n, PIECE);

    if (!nn_mapped_file_read (self->patch->in->file, at, a, piece, error) ||
        !nn_mapped_file_read (self->out->file, other, b, piece, error) ||
        !nn_patch_meter_add (&self->patch->meter, 2 * piece, error))
      return FALSE;
    if (memcmp (a, b, piece) != 0)
      return fail (_ ("the bytes around the arrays"), error);
    at += piece;
    other += piece;
    n -= piece;
  }
  return TRUE;
}

/* Adds the positions of a zip member's checksums to the spans that may differ. */
static void
add_checksums (GArray *spans, const NnArrayStore *in, guint i)
{
  const NnZipMember *member = nn_zip_directory_get (in->zip, i);
  const guint64 descriptor =
      member->data + member->n_packed + (member->descriptor_is_marked ? 4 : 0);
  const guint64 places[] = { member->local + 14, member->entry + 16, descriptor };

  for (guint k = 0; k < (member->has_descriptor ? 3 : 2); k++) {
    const NnPatchRegion span = { places[k], places[k] + 4, TRUE };

    g_array_append_val (spans, span);
  }
}

static int
compare_spans (gconstpointer a, gconstpointer b)
{
  const NnPatchRegion *x = a, *y = b;

  return x->begin < y->begin ? -1 : x->begin > y->begin;
}

/* Without repacking, every byte has the same offset in input and output. */
static gboolean
compare_in_place (Check *self, GError **error)
{
  const NnPatch *patch = self->patch;
  g_autoptr (GArray) spans = g_array_new (FALSE, FALSE, sizeof (NnPatchRegion));
  guint64 at = 0;

  if (self->out->file->size != patch->in->file->size)
    return fail (_ ("the size"), error);
  for (guint i = 0; i < patch->file->regions->len; i++)
    if (g_array_index (patch->file->regions, NnPatchRegion, i).done)
      g_array_append_vals (spans, &g_array_index (patch->file->regions, NnPatchRegion, i),
                           1);
  for (guint i = 0; patch->members != NULL && i < patch->in->zip->members->len; i++)
    if (patch->members[i].changed)
      add_checksums (spans, patch->in, i);
  g_array_sort (spans, compare_spans);
  for (guint i = 0; i < spans->len; i++) {
    const NnPatchRegion *span = &g_array_index (spans, NnPatchRegion, i);

    if (!compare_bytes (self, at, at, span->begin - at, error))
      return FALSE;
    at = span->end;
  }
  return compare_bytes (self, at, at, patch->in->file->size - at, error);
}

/* After repacking, members have moved: compares their names, and the bytes of members
 * that were not touched. */
static gboolean
compare_members (Check *self, GError **error)
{
  const NnArrayStore *in = self->patch->in;

  for (guint i = 0; i < in->zip->members->len; i++) {
    const NnZipMember *member = nn_zip_directory_get (in->zip, i);
    const NnPatchMember *now = &self->patch->members[i];
    const guint64 at = member->local + LOCAL_NAME;
    const guint64 end = member->local_sizes ? member->local_sizes - 4 : member->data;

    if (!compare_bytes (self, at, now->local + LOCAL_NAME, end - at, error) ||
        (!now->changed &&
         !compare_bytes (self, member->data, now->local + member->data - member->local,
                         member->n_packed, error)))
      return FALSE;
  }
  return TRUE;
}

/* ---- the output -------------------------------------------------------------------- */

/* The page cache is dropped first, if the system allows it, to read what is on
 * the disk. */
static NnArrayStore *
open_output (const NnPatch *patch, GError **error)
{
  const int fd = patch->output->out.fd;
  g_autofree char *path = g_strdup_printf ("/proc/self/fd/%d", fd);
  g_autofree char *folder = g_path_get_dirname (patch->path);
  NnMappedFile *file;
  NnArrayStore *store;

  if (fdatasync (fd) == 0)
    posix_fadvise (fd, 0, 0, POSIX_FADV_DONTNEED);
  file = nn_mapped_file_open (path, error);
  store = file != NULL ? nn_array_store_new (file, NULL, folder, error) : NULL;
  if (store == NULL)
    g_prefix_error (error, _ ("what was written cannot be read again: "));
  return store;
}

/**
 * nn_patch_verify:
 *
 * Fills the receipt from the comparison.
 *
 * Returns: FALSE if something differs that was not to change, or the output cannot be
 *   read (NN_ERROR_FILE)
 */
gboolean
nn_patch_verify (NnPatch *self, GError **error)
{
  Check check = { self, open_output (self, error) };
  gboolean good;

  if (check.out == NULL)
    return FALSE;
  self->receipt->n_bytes = check.out->file->size;
  good = compare_arrays (&check, error) &&
         (self->repacks ? compare_members (&check, error)
                        : compare_in_place (&check, error));
  nn_array_store_free (check.out);
  return good;
}
