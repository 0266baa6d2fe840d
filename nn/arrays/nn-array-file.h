/* nn-array-file.h - reads and writes files of named arrays, in any format
 *
 * SPDX-License-Identifier: MIT
 *
 * For a network's parameters (safetensors, PyTorch) and for data (npz, npy, idx …): see
 * nn-array-kind.h for the formats. A file's format is recognised by its first bytes, not
 * by its name; the format to write is chosen by the name. All arrays are read into
 * memory; for files that may not fit, see nn-array-store.h. One owner.
 */

#pragma once

#include "nn/arrays/nn-array-kind.h"

G_BEGIN_DECLS

NnArrayFile *nn_array_file_new (const NnArrayFileKind *kind) G_GNUC_WARN_UNUSED_RESULT;
void nn_array_file_free (NnArrayFile *self);

NnArrayFile *nn_array_file_open (const char *path,
                                 const NnProgress *progress,
                                 GError **error) G_GNUC_WARN_UNUSED_RESULT;
NnArrayFile *nn_array_file_parse (GBytes *bytes,
                                  const char *member,
                                  const NnProgress *progress,
                                  GError **error) G_GNUC_WARN_UNUSED_RESULT;
NnArrayFile *nn_array_file_parse_in_place (GBytes *bytes,
                                           const char *member,
                                           NnInPlace *in_place,
                                           GError **error) G_GNUC_WARN_UNUSED_RESULT;
char *nn_array_file_split_path (const char *path, const char **member);

NnArray *nn_array_file_find (const NnArrayFile *self, const char *name);
const char *nn_array_file_get_metadata (const NnArrayFile *self, const char *key);

gboolean nn_array_file_save (const NnArrayFile *self, const char *path, GError **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (NnArrayFile, nn_array_file_free)

G_END_DECLS
