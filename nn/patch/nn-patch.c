/* nn-patch.c - applies nudges to arrays in a file, and copies every other byte
 *
 * SPDX-License-Identifier: MIT
 */

#include "nn/patch/nn-patch.h"

#include <errno.h>
#include <glib/gi18n.h>
#include <inttypes.h>
#include <unistd.h>

#include "nn/base/nn-error.h"
#include "nn/expression/nn-derived.h"
#include "nn/nudge/nn-noise.h"
#include "nn/nudge/nn-stream.h"
#include "nn/patch/nn-patch-private.h"

/* For progress: about how often each byte is read or written if all arrays change. */
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

/* Returns: (transfer full) (nullable): a copy of @in in a temporary file without a name,
 *   in the output's folder or a layer's */
static NnPatchFile *
new_nameless (NnPatch *self, const NnMappedFile *in, GError **error)
{
  g_autofree char *folder =
      self->out != NULL ? g_path_get_dirname (self->path) : g_strdup (self->path);
  const int fd = nn_in_place_create_file (folder, error);
  NnPatchFile *file =
      fd >= 0 ? nn_patch_file_new (in, self->path, fd, &self->meter, error) : NULL;

  if (file == NULL && fd >= 0)
    close (fd);
  return file;
}

static gboolean
open_unpacked (NnPatch *self, GError **error)
{
  const GPtrArray *unpacked = self->in->arrays->in_place->unpacked;

  self->unpacked = g_new0 (NnPatchFile *, unpacked->len);
  for (; self->n_unpacked < unpacked->len; self->n_unpacked++) {
    const NnUnpackedMember *member = unpacked->pdata[self->n_unpacked];

    self->unpacked[self->n_unpacked] = new_nameless (self, member->file, error);
    if (self->unpacked[self->n_unpacked] == NULL)
      return FALSE;
  }
  return TRUE;
}

static gboolean
open_output (NnPatch *self, const char *path, GError **error)
{
  self->out = nn_atomic_file_new (path, error);
  if (self->out == NULL)
    return FALSE;
  self->output = nn_patch_file_new (
      self->in->file, path, nn_atomic_file_get_fd (self->out), &self->meter, error);
  return self->output != NULL;
}

static gboolean
open_files (NnPatch *self, GError **error)
{
  self->repacks = self->output == NULL || self->in->arrays->in_place->unpacked->len > 0;
  self->file = self->repacks ? new_nameless (self, self->in->file, error) : self->output;
  return self->file != NULL && open_unpacked (self, error);
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

static NnPatch *
new_unopened (const NnArrayStore *in,
              const NnArrayStore *initial,
              const char *path,
              const NnProgress *progress)
{
  NnPatch *self = g_new0 (NnPatch, 1);

  self->in = in;
  self->initial = initial;
  self->path = g_strdup (path);
  self->meter = (NnPatchMeter){ .progress = progress,
                                .n_expected = TIMES_READ * in->file->size + 1 };
  self->receipt = nn_receipt_new ();
  return self;
}

/**
 * nn_patch_new:
 * @in: borrowed
 * @initial: (nullable): borrowed; its arrays of the same names are `w0`
 * @out: the output's path, different from both inputs'
 * @seed: for `noise` and other random functions, see nn-noise.h
 * @progress: (nullable): borrowed until the patch is freed
 *
 * Returns: (transfer full) (nullable): NULL if @in stores numbers as text or @out cannot
 *   be written (NN_ERROR_FILE)
 */
NnPatch *
nn_patch_new (const NnArrayStore *in,
              const NnArrayStore *initial,
              const char *out,
              guint32 seed,
              const NnProgress *progress,
              GError **error)
{
  g_autoptr (NnPatch) self = new_unopened (in, initial, out, progress);

  self->random = nn_random_new (seed ^ NN_NOISE_SEED);
  if (!check_is_stored (in, error) || !open_output (self, out, error) ||
      !open_files (self, error))
    return NULL;
  find_places (self);
  add_regions (self);
  return g_steal_pointer (&self);
}

static void
lay_on (NnPatch *self, const NnPatch *base)
{
  self->base = base;
  if (base == NULL)
    return;
  self->file->base = base->file;
  for (guint i = 0; i < self->n_unpacked; i++)
    self->unpacked[i]->base = base->unpacked[i];
}

/**
 * nn_patch_new_layer:
 * @in: borrowed; its values are `w0`
 * @base: (nullable): borrowed: the layer below, whose values and random state this one
 *   continues from
 * @folder: for its temporary files
 * @seed: as in nn_patch_new (); unused with a @base
 * @progress: (nullable): borrowed
 *
 * A layer stores only the arrays that change, in temporary files without a name. It is
 * never finished or committed; once nudges are applied it may be read from any thread.
 *
 * Returns: (transfer full) (nullable): NULL as nn_patch_new ()
 */
NnPatch *
nn_patch_new_layer (const NnArrayStore *in,
                    const NnPatch *base,
                    const char *folder,
                    guint32 seed,
                    const NnProgress *progress,
                    GError **error)
{
  g_autoptr (NnPatch) self = new_unopened (in, in, folder, progress);

  self->random =
      base != NULL ? nn_random_copy (base->random) : nn_random_new (seed ^ NN_NOISE_SEED);
  if (!check_is_stored (in, error) || !open_files (self, error))
    return NULL;
  lay_on (self, base);
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

/* Returns: (transfer full) (nullable): the ranks of all values of @areas together, in
 *   their present state; NULL with an error */
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

/* Passes over an array that a preview does not need, but advances the random numbers as
 * if it had been changed. With else=skip the array may consume none, which only applying
 * the nudge shows: then it is not passed over. */
static gboolean
pass_by (NnPatch *self, const NnNudge *nudge, const NnArrayArea *area)
{
  if (!nn_stream_draws (nudge))
    return TRUE;
  if (nudge->skips)
    return FALSE;
  nn_stream_skip (nudge, area->n, area->array->dtype == NN_DTYPE_FLOAT64, self->random);
  return TRUE;
}

/* @only: (nullable): the only region to change; NULL for all */
static gboolean
change_areas (NnPatch *self,
              const NnNudge *nudge,
              const GArray *areas,
              const NnPatchRegion *only,
              GError **error)
{
  const gboolean ranked =
      (nn_expression_get_needs (nudge->expression) & NN_NEED_GLOBAL_RANK) != 0;
  g_autofree float *ranks = ranked ? rank_all (self, areas, error) : NULL;
  guint64 done = 0;

  if (ranked && ranks == NULL)
    return FALSE;
  for (guint i = 0; i < areas->len; i++) {
    const NnArrayArea *area = &g_array_index (areas, NnArrayArea, i);

    if ((only == NULL || nn_patch_get_region (self, area->index) == only ||
         !pass_by (self, nudge, area)) &&
        !nn_patch_change (self, nudge, area, ranked ? ranks + done : NULL, error))
      return FALSE;
    done += area->n;
  }
  return TRUE;
}

/* Sets the expected work of a layer: only @areas are changed and compared. */
static void
expect (NnPatch *self, const GArray *areas)
{
  guint64 n_bytes = 0;

  for (guint i = 0; self->output == NULL && i < areas->len; i++)
    n_bytes += nn_array_values_count_span (g_array_index (areas, NnArrayArea, i).array);
  if (n_bytes > 0)
    self->meter.n_expected = TIMES_READ * n_bytes;
}

/* A file that cannot be read or written is no fault of the nudge: its message begins with
 * the file. */
static void
prefix_nudge (GError **error, const NnNudge *nudge)
{
  g_autofree char *written = nn_nudge_dup_written (nudge);

  if (error != NULL && !g_error_matches (*error, NN_ERROR, NN_ERROR_FILE))
    g_prefix_error (error, "%s: ", written);
}

static gboolean
apply (NnPatch *self, const NnNudge *nudge, const NnPatchRegion *only, GError **error)
{
  g_autoptr (GArray) areas = NULL;

  if (nn_stream_check (nudge, self->initial != NULL, error))
    areas = nn_patch_find_areas (self, nudge, error);
  if (areas != NULL)
    expect (self, areas);
  if (areas == NULL || !change_areas (self, nudge, areas, only, error)) {
    prefix_nudge (error, nudge);
    return FALSE;
  }
  g_ptr_array_add (self->receipt->nudges, nn_nudge_dup_text (nudge));
  return TRUE;
}

/**
 * nn_patch_apply:
 * @nudge: applied once; its time is ignored
 *
 * Each nudge sees the effect of those before it. After a failure the patch can only
 * be freed.
 *
 * Returns: FALSE if the nudge does not fit the file, a value would not be finite, a file
 *   cannot be read or written, or the progress was cancelled
 */
gboolean
nn_patch_apply (NnPatch *self, const NnNudge *nudge, GError **error)
{
  return apply (self, nudge, NULL, error);
}

/**
 * nn_patch_apply_to:
 * @index: of an array
 *
 * nn_patch_apply (), limited to that array and those that share its bytes. It gets the
 * same values, random ones too, as from nn_patch_apply ().
 *
 * Returns: FALSE as nn_patch_apply ()
 */
gboolean
nn_patch_apply_to (NnPatch *self, const NnNudge *nudge, guint index, GError **error)
{
  const NnPatchRegion *region = nn_patch_get_region (self, index);

  return region == NULL || apply (self, nudge, region, error);
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
 * Copies everything else, and reads the output back to verify it.
 *
 * Returns: (transfer none) (nullable): what has changed, as found in the output; NULL if
 *   something else differs, or a file cannot be read or written (NN_ERROR_FILE)
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
 * @self: finished
 *
 * Renames the output to its path. On failure the previous file stays.
 *
 * Returns: FALSE if it cannot be renamed (NN_ERROR_FILE)
 */
gboolean
nn_patch_commit (NnPatch *self, GError **error)
{
  return nn_atomic_file_commit (self->out, error);
}
