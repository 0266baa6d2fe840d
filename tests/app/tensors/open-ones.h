/* open-ones.h - a file with one tensor, for tests that need no certain one
 *
 * SPDX-License-Identifier: MIT
 */

#pragma once

#include <glib/gstdio.h>

#include "nn/arrays/nn-array-file.h"
#include "nn/patch/nn-file-version.h"

/* Returns: (transfer full): "w", of @n ones; nothing stays in @folder */
static inline NnFileVersion *
open_ones (const char *folder, gsize n)
{
  const guint64 shape[] = { n };
  g_autofree float *ones = g_new (float, n);
  g_autofree char *path = g_build_filename (folder, "ones.npz", NULL);
  g_autoptr (GError) error = NULL;
  g_autoptr (NnArrayFile) file =
      nn_array_file_new (nn_array_kind_find (path, TRUE, &error));
  NnFileVersion *version;

  for (gsize i = 0; i < n; i++)
    ones[i] = 1;
  g_ptr_array_add (file->arrays, nn_array_new_floats ("w", 1, shape, ones));
  g_assert_true (nn_array_file_save (file, path, &error));
  version = nn_file_version_open (path, folder, 1, &error);
  g_assert_no_error (error);
  g_unlink (path); /* it is open */
  return version;
}
