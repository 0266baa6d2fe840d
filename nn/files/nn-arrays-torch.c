/* nn-arrays-torch.c - PyTorch's files as named arrays
 *
 * SPDX-License-Identifier: MIT
 *
 * What torch.save () writes of a state_dict, a checkpoint with one in it, or tensors.
 * Reading runs nothing: a file that would have Python build anything else is refused.
 */

#include <glib/gi18n.h>

#include "nn/files/nn-torch-legacy.h"
#include "nn/files/nn-torch-zip.h"

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
