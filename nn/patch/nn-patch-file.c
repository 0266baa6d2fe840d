/* nn-patch-file.c - a copy of a file in which some regions change, copy-on-write
 *
 * SPDX-License-Identifier: MIT
 */

#define _GNU_SOURCE /* SEEK_DATA */

#include "nn/patch/nn-patch-file.h"

#include <errno.h>
#include <glib/gi18n.h>
#include <string.h>
#include <unistd.h>

#include "nn/base/nn-error.h"
#include "nn/files/nn-path.h"

#define N_REPORTS 256 /* of progress, approximately */

static gboolean
refuse (const NnPatchFile *self, int failure, GError **error)
{
  g_autofree char *name = nn_path_dup_display_name (self->out.path);

  g_set_error (error, NN_ERROR, NN_ERROR_FILE, _ ("cannot write %s: %s"), name,
               nn_error_describe (failure));
  return FALSE;
}

/**
 * nn_patch_meter_add:
 * @n_bytes: read or written since the last call
 *
 * Returns: FALSE with NN_ERROR_CANCELLED if the work is to stop
 */
gboolean
nn_patch_meter_add (NnPatchMeter *self, guint64 n_bytes, GError **error)
{
  self->n_done += n_bytes;
  if (self->progress == NULL ||
      self->n_done - self->n_reported < self->n_expected / N_REPORTS)
    return TRUE;
  self->n_reported = self->n_done;
  return nn_progress_report (
      self->progress, MIN (1, (double) self->n_done / (double) self->n_expected), error);
}

/**
 * nn_patch_file_new:
 * @in: borrowed
 * @path: for messages; copied
 * @fd: of an empty file, for reading and writing; closed by the caller
 * @meter: borrowed
 *
 * Returns: (transfer full) (nullable): a copy without regions; NULL if the file cannot be
 *   made as large as @in
 */
NnPatchFile *
nn_patch_file_new (const NnMappedFile *in,
                   const char *path,
                   int fd,
                   NnPatchMeter *meter,
                   GError **error)
{
  NnPatchFile *self = g_new0 (NnPatchFile, 1);

  self->in = in;
  self->meter = meter;
  self->out.path = g_strdup (path);
  self->out.fd = fd;
  self->out.size = in->size;
  self->regions = g_array_new (FALSE, FALSE, sizeof (NnPatchRegion));
  if (ftruncate (fd, (off_t) in->size) == 0)
    return self;
  refuse (self, errno, error);
  nn_patch_file_free (self);
  return NULL;
}

void
nn_patch_file_free (NnPatchFile *self)
{
  g_array_unref (self->regions);
  g_free (self->out.path);
  g_free (self);
}

/* ---- regions ----------------------------------------------------------------------- */

/**
 * nn_patch_file_add_region:
 *
 * To be called for every array, in any order, before nn_patch_file_join_regions ().
 */
void
nn_patch_file_add_region (NnPatchFile *self, guint64 begin, guint64 n_bytes)
{
  const NnPatchRegion region = { begin, begin + n_bytes, FALSE };

  if (n_bytes > 0)
    g_array_append_val (self->regions, region);
}

static int
compare_regions (gconstpointer a, gconstpointer b)
{
  const NnPatchRegion *x = a, *y = b;

  return x->begin < y->begin ? -1 : x->begin > y->begin;
}

/**
 * nn_patch_file_join_regions:
 *
 * Sorts the regions, and joins those that overlap.
 */
void
nn_patch_file_join_regions (NnPatchFile *self)
{
  guint n = 0;

  g_array_sort (self->regions, compare_regions);
  for (guint i = 0; i < self->regions->len; i++) {
    const NnPatchRegion region = g_array_index (self->regions, NnPatchRegion, i);
    NnPatchRegion *last =
        n > 0 ? &g_array_index (self->regions, NnPatchRegion, n - 1) : NULL;

    if (last != NULL && region.begin < last->end)
      last->end = MAX (last->end, region.end);
    else
      g_array_index (self->regions, NnPatchRegion, n++) = region;
  }
  g_array_set_size (self->regions, n);
}

/**
 * nn_patch_file_find_region:
 *
 * Returns: (transfer none) (nullable): the region with the byte at @offset
 */
NnPatchRegion *
nn_patch_file_find_region (const NnPatchFile *self, guint64 offset)
{
  guint low = 0, high = self->regions->len;

  while (low < high) {
    const guint middle = (low + high) / 2;
    NnPatchRegion *region = &g_array_index (self->regions, NnPatchRegion, middle);

    if (offset < region->begin)
      high = middle;
    else if (offset >= region->end)
      low = middle + 1;
    else
      return region;
  }
  return NULL;
}

/**
 * nn_patch_file_get_source:
 *
 * Returns: (transfer none): the file to read the region at @offset from, in its present
 *   state: out, that of a base, or in
 */
const NnMappedFile *
nn_patch_file_get_source (const NnPatchFile *self, guint64 offset)
{
  const NnMappedFile *in = self->in;

  for (; self != NULL; self = self->base) {
    const NnPatchRegion *region = nn_patch_file_find_region (self, offset);

    if (region != NULL && region->done)
      return &self->out;
  }
  return in;
}

/**
 * nn_patch_file_is_touched:
 *
 * Returns: whether a region that is done overlaps the bytes from @begin to before @end
 */
gboolean
nn_patch_file_is_touched (const NnPatchFile *self, guint64 begin, guint64 end)
{
  for (guint i = 0; i < self->regions->len; i++) {
    const NnPatchRegion *region = &g_array_index (self->regions, NnPatchRegion, i);

    if (region->done && region->begin < end && region->end > begin)
      return TRUE;
  }
  return FALSE;
}

/* ---- bytes ------------------------------------------------------------------------- */

gboolean
nn_patch_file_write (const NnPatchFile *self,
                     guint64 offset,
                     gconstpointer bytes,
                     gsize n_bytes,
                     GError **error)
{
  for (gsize done = 0; done < n_bytes;) {
    const ssize_t n = pwrite (self->out.fd, (const guint8 *) bytes + done, n_bytes - done,
                              (off_t) (offset + done));

    if (n < 0 && errno == EINTR)
      continue;
    if (n < 0)
      return refuse (self, errno, error);
    done += (gsize) n;
  }
  return TRUE;
}

static gboolean
is_zero (const guint8 *bytes, gsize n)
{
  return n > 0 && bytes[0] == 0 && memcmp (bytes, bytes + 1, n - 1) == 0;
}

/**
 * nn_patch_file_write_fresh:
 *
 * nn_patch_file_write () to bytes that were not written before: zeros are left a hole if
 * the input is sparse.
 */
gboolean
nn_patch_file_write_fresh (const NnPatchFile *self,
                           guint64 offset,
                           gconstpointer bytes,
                           gsize n_bytes,
                           GError **error)
{
  return (self->in->is_sparse && is_zero (bytes, n_bytes)) ||
         nn_patch_file_write (self, offset, bytes, n_bytes, error);
}

/* Where the next piece is to be written. */
typedef struct {
  NnPatchFile *file;
  guint64 at;
} Copy;

static gboolean
copy_piece (gpointer data, const guint8 *bytes, gsize n_bytes, GError **error)
{
  Copy *self = data;

  if (!nn_patch_file_write_fresh (self->file, self->at, bytes, n_bytes, error))
    return FALSE;
  self->at += n_bytes;
  return nn_patch_meter_add (self->file->meter, n_bytes, error);
}

static gboolean
copy_data (NnPatchFile *self,
           const NnMappedFile *from,
           guint64 begin,
           guint64 end,
           GError **error)
{
  Copy copy = { self, begin };

  return nn_mapped_file_read_pieces (from, begin, end, copy_piece, &copy, error);
}

/* Copies bytes, skipping holes. */
static gboolean
copy_bytes (NnPatchFile *self,
            const NnMappedFile *from,
            guint64 begin,
            guint64 end,
            GError **error)
{
  while (begin < end) {
    const off_t data = lseek (from->fd, (off_t) begin, SEEK_DATA);
    off_t hole;

    if (data < 0 && errno == ENXIO) /* a hole up to the end */
      return TRUE;
    if (data < 0)
      return copy_data (self, from, begin, end, error);
    begin = MAX (begin, (guint64) data);
    hole = lseek (from->fd, data, SEEK_HOLE);
    if (begin < end &&
        !copy_data (self, from, begin, hole < 0 ? end : MIN (end, (guint64) hole), error))
      return FALSE;
    begin = hole < 0 ? end : MAX (begin, (guint64) hole);
  }
  return TRUE;
}

/**
 * nn_patch_file_copy_region:
 *
 * Copies the region from its present source and marks it done.
 */
gboolean
nn_patch_file_copy_region (NnPatchFile *self, NnPatchRegion *region, GError **error)
{
  const NnMappedFile *from = nn_patch_file_get_source (self, region->begin);

  if (region->done)
    return TRUE;
  region->done = TRUE;
  return copy_bytes (self, from, region->begin, region->end, error);
}

/**
 * nn_patch_file_copy_rest:
 * @self: without a base
 *
 * Copies all bytes outside regions, and regions that are not done.
 */
gboolean
nn_patch_file_copy_rest (NnPatchFile *self, GError **error)
{
  guint64 begin = 0;

  for (guint i = 0; i < self->regions->len; i++) {
    const NnPatchRegion *region = &g_array_index (self->regions, NnPatchRegion, i);

    if (!region->done)
      continue;
    if (!copy_bytes (self, self->in, begin, region->begin, error))
      return FALSE;
    begin = region->end;
  }
  return copy_bytes (self, self->in, begin, self->in->size, error);
}
