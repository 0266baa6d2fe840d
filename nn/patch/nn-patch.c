/* nn-patch.c - nudges of the arrays in a file, and all else byte for byte as it was
 *
 * SPDX-License-Identifier: MIT
 */

#include "nn/patch/nn-patch.h"

#include <errno.h>
#include <glib/gi18n.h>
#include <inttypes.h>
#include <unistd.h>

#include "nn/base/nn-error.h"
#include "nn/nudge/nn-derived.h"
#include "nn/nudge/nn-noise.h"
#include "nn/nudge/nn-stream.h"
#include "nn/patch/nn-patch-private.h"

/* How often each byte is read or written, about, if all arrays are changed. */
#define TIMES_READ 4

/* ---- making one -------------------------------------------------------------------- */

static gboolean
check_is_stored (const NnArrayStore *in, GError **error)
{
  for (guint i = 0; i < in->arrays->arrays->len; i++) {
    const NnArray *array = in->arrays->arrays->pdata[i];

    if (nn_array_store_locate (in, array->bytes).file != NULL)
      continue;
    g_set_error (error, NN_ERROR, NN_ERROR_FILE,
                 _ ("%s has its numbers as text, which cannot be changed where it is; "
                    "make another of it first: nudge convert"),
                 _ (in->arrays->kind->what));
    return FALSE;
  }
  return TRUE;
}

static void
add_regions (NnPatch *self)
{
  const GPtrArray *arrays = self->in->arrays->arrays;

  for (guint i = 0; i < arrays->len; i++)
    nn_patch_file_add_region (nn_patch_get_file (self, i), self->places[i].offset,
                              nn_array_values_count_span (arrays->pdata[i]));
  nn_patch_file_join_regions (self->file);
  for (guint i = 0; i < self->n_unpacked; i++)
    nn_patch_file_join_regions (self->unpacked[i]);
}

/* A copy of @in without a name, beside the output. */
static NnPatchFile *
new_nameless (NnPatch *self, const NnMappedFile *in, GError **error)
{
  g_autofree char *folder = g_path_get_dirname (self->path);
  const int fd = nn_in_place_create_file (folder, error);
  NnPatchFile *file =
      fd >= 0 ? nn_patch_file_new (in, self->path, fd, &self->meter, error) : NULL;

  if (file == NULL && fd >= 0)
    close (fd);
  return file;
}

static gboolean
open_files (NnPatch *self, GError **error)
{
  const GPtrArray *unpacked = self->in->arrays->in_place->unpacked;

  self->repacks = unpacked->len > 0;
  self->output = nn_patch_file_new (
      self->in->file, self->path, nn_atomic_file_get_fd (self->out), &self->meter, error);
  if (self->output == NULL)
    return FALSE;
  self->file = self->repacks ? new_nameless (self, self->in->file, error) : self->output;
  if (self->file == NULL)
    return FALSE;
  self->unpacked = g_new0 (NnPatchFile *, unpacked->len);
  for (; self->n_unpacked < unpacked->len; self->n_unpacked++) {
    const NnUnpackedMember *member = unpacked->pdata[self->n_unpacked];

    self->unpacked[self->n_unpacked] = new_nameless (self, member->file, error);
    if (self->unpacked[self->n_unpacked] == NULL)
      return FALSE;
  }
  return TRUE;
}

static void
find_places (NnPatch *self)
{
  const GPtrArray *arrays = self->in->arrays->arrays;

  self->places = g_new0 (NnArrayPlace, arrays->len);
  self->aimed = g_new0 (gboolean, arrays->len);
  for (guint i = 0; i < arrays->len; i++)
    self->places[i] =
        nn_array_store_locate (self->in, ((NnArray *) arrays->pdata[i])->bytes);
}

/**
 * nn_patch_new:
 * @in: stays as it is as long as this is used
 * @initial: (nullable): its arrays of the same names are `w0`
 * @out: the output's path, which is none of the inputs'
 * @seed: of `noise` and its like, as nn-noise.h says
 * @progress: (nullable): which can stop it, too
 *
 * Returns: (nullable): NULL if the numbers of @in are text, or @out cannot be written
 */
NnPatch *
nn_patch_new (const NnArrayStore *in,
              const NnArrayStore *initial,
              const char *out,
              guint32 seed,
              const NnProgress *progress,
              GError **error)
{
  g_autoptr (NnPatch) self = g_new0 (NnPatch, 1);

  self->in = in;
  self->initial = initial;
  self->path = g_strdup (out);
  self->meter = (NnPatchMeter){ .progress = progress,
                                .n_expected = TIMES_READ * in->file->size + 1 };
  self->random = nn_random_new (seed ^ NN_NOISE_SEED);
  self->receipt = nn_receipt_new ();
  if (!check_is_stored (in, error))
    return NULL;
  self->out = nn_atomic_file_new (out, error);
  if (self->out == NULL || !open_files (self, error))
    return NULL;
  find_places (self);
  add_regions (self);
  return g_steal_pointer (&self);
}

static void
free_nameless (NnPatchFile *file)
{
  const int fd = file->out.fd;

  nn_patch_file_free (file);
  close (fd);
}

void
nn_patch_free (NnPatch *self)
{
  for (guint i = 0; i < self->n_unpacked; i++)
    free_nameless (self->unpacked[i]);
  g_free (self->unpacked);
  if (self->repacks)
    g_clear_pointer (&self->file, free_nameless);
  g_clear_pointer (&self->output, nn_patch_file_free);
  g_clear_pointer (&self->out, nn_atomic_file_free);
  g_clear_pointer (&self->receipt, nn_receipt_free);
  nn_random_free (self->random);
  g_free (self->members);
  g_free (self->places);
  g_free (self->aimed);
  g_free (self->path);
  g_free (self);
}

/* ---- nudges ------------------------------------------------------------------------ */

/* The ranks among all values of @areas, as they are now, in float32. */
static float *
rank_all (NnPatch *self, const GArray *areas, GError **error)
{
  guint64 n = 0, done = 0;
  float *ranks;
  g_autofree float *work = NULL;

  for (guint i = 0; i < areas->len; i++)
    n += g_array_index (areas, NnArrayArea, i).n;
  ranks = g_try_new (float, n);
  work = g_try_new (float, n *(NN_RANK_WORK + 1));
  if (n > G_MAXUINT32 || ranks == NULL || work == NULL) {
    g_free (ranks);
    g_set_error (error, NN_ERROR, NN_ERROR_MEMORY,
                 _ ("global_rank orders %" PRIu64
                    " values in memory, more than is free: use rank, or fewer targets"),
                 n);
    return NULL;
  }
  for (guint i = 0; i < areas->len; i++) {
    const NnArrayArea *area = &g_array_index (areas, NnArrayArea, i);
    NnArrayValues values;
    gboolean good =
        nn_patch_open_values (self, area, &values, error) &&
        nn_array_values_read (&values, 0, (gsize) area->n, FALSE, work + done, error);

    nn_array_values_clear (&values);
    if (!good) {
      g_free (ranks);
      return NULL;
    }
    done += area->n;
  }
  nn_rank (work, (gsize) n, work + n, ranks);
  return ranks;
}

static gboolean
change_areas (NnPatch *self, const NnNudge *nudge, const GArray *areas, GError **error)
{
  const gboolean ranked =
      (nn_expression_get_needs (nudge->expression) & NN_NEED_GLOBAL_RANK) != 0;
  g_autofree float *ranks = ranked ? rank_all (self, areas, error) : NULL;
  guint64 done = 0;

  if (ranked && ranks == NULL)
    return FALSE;
  for (guint i = 0; i < areas->len; i++) {
    const NnArrayArea *area = &g_array_index (areas, NnArrayArea, i);

    if (!nn_patch_change (self, nudge, area, ranked ? ranks + done : NULL, error))
      return FALSE;
    done += area->n;
  }
  return TRUE;
}

/**
 * nn_patch_apply:
 * @nudge: applied once, whenever it says
 *
 * Each sees what those before it did. After a failure the patch is of no more use.
 */
gboolean
nn_patch_apply (NnPatch *self, const NnNudge *nudge, GError **error)
{
  g_autoptr (GArray) areas = NULL;
  g_autofree char *written = nn_nudge_dup_written (nudge);

  if (nn_stream_check (nudge, self->initial != NULL, error))
    areas = nn_patch_find_areas (self, nudge, error);
  if (areas == NULL || !change_areas (self, nudge, areas, error)) {
    g_prefix_error (error, "%s: ", written);
    return FALSE;
  }
  g_ptr_array_add (self->receipt->nudges, nn_nudge_dup_text (nudge));
  return TRUE;
}

/* ---- the end ----------------------------------------------------------------------- */

static gboolean
write_zip (NnPatch *self, GError **error)
{
  self->members = g_new0 (NnPatchMember, self->in->zip->members->len + 1);
  if (!self->repacks)
    return nn_patch_zip_renew_checksums (self->in, self->file, self->members, error);
  if (ftruncate (self->output->out.fd, 0) == 0)
    return nn_patch_zip_assemble (self->in, self->file, self->unpacked, self->output,
                                  self->members, error);
  g_set_error_literal (error, NN_ERROR, NN_ERROR_FILE, nn_error_describe (errno));
  return FALSE;
}

/**
 * nn_patch_finish:
 *
 * Writes all else, and reads the output again.
 *
 * Returns: (transfer none): what was found there; NULL if something differs that should
 *   not, or something could not be written
 */
const NnReceipt *
nn_patch_finish (NnPatch *self, GError **error)
{
  if (!nn_patch_file_copy_rest (self->file, error))
    return NULL;
  for (guint i = 0; i < self->n_unpacked; i++)
    if (!nn_patch_file_copy_rest (self->unpacked[i], error))
      return NULL;
  if (self->in->zip != NULL && !write_zip (self, error))
    return NULL;
  return nn_patch_verify (self, error) ? self->receipt : NULL;
}

/**
 * nn_patch_commit:
 *
 * The output takes its place. On failure what was there stays.
 */
gboolean
nn_patch_commit (NnPatch *self, GError **error)
{
  return nn_atomic_file_commit (self->out, error);
}
