/* nn-arrays-torch.c - the format of torch.save ()
 *
 * SPDX-License-Identifier: MIT
 *
 * Reads a state_dict, a checkpoint that contains one, or tensors. No code of the file is
 * run: one that would make Python build any other object is refused.
 */

#include <glib/gi18n.h>

#include "nn/arrays/nn-torch-legacy.h"
#include "nn/arrays/nn-torch-zip.h"

static gboolean
recognise (const guint8 *start, gsize n_bytes)
{
  return nn_torch_recognise_zip (start, n_bytes) ||
         nn_torch_recognise_legacy (start, n_bytes);
}

static gboolean
read (NnArrayFile *file,
      GBytes *bytes,
      const char *member,
      const NnProgress *progress,
      GError **error)
{
  gsize n_bytes;
  const guint8 *start = g_bytes_get_data (bytes, &n_bytes);

  if (nn_torch_recognise_zip (start, n_bytes))
    return nn_torch_read_zip (file, bytes, progress, error);
  return nn_torch_read_legacy (file, bytes, progress, error);
}

const NnArrayFileKind nn_arrays_torch = {
  .name = "torch",
  .label = "PyTorch",
  .what = N_ ("a PyTorch file"),
  .endings = ".pt .pth",
  .recognise = recognise,
  .read = read,
};
