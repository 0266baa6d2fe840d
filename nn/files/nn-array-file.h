/* nn-array-file.h - the named arrays that a file holds, whatever its format
 *
 * SPDX-License-Identifier: MIT
 *
 * A network's parameters, or data. Formats are rows of array-files.inc with one file
 * each. Which one a file has is known by its first bytes, not by its name.
 */

#pragma once

#include "nn/base/nn-progress.h"
#include "nn/files/nn-array.h"

G_BEGIN_DECLS

typedef struct _NnArrayFileKind NnArrayFileKind;

typedef struct {
  const NnArrayFileKind *kind;
  GPtrArray *arrays;   /* (owned) (element-type NnArray) in the file's order */
  GPtrArray *metadata; /* (owned) (element-type utf8) key, value, key, value, … */
  GPtrArray *notes; /* (owned) (element-type utf8) what was read otherwise than it is */
} NnArrayFile;

/* What there is to know of a format, all in one row. */
struct _NnArrayFileKind {
  const char *name;    /* "safetensors" */
  const char *label;   /* "NumPy archive": for a person who chooses */
  const char *endings; /* ".pt .pth": of a file's name, the first is what is written */

  /* @start: the file's first bytes, at most NN_ARRAY_FILE_START of them */
  gboolean (*recognise) (const guint8 *start, gsize n_bytes);

  /* Fills @file's arrays, metadata and notes. Errors name the place in the file; the
   * caller puts the file's name before them. @member: (nullable): what the user wrote
   * behind the path to choose among several */
  gboolean (*read) (NnArrayFile *file,
                    GBytes *bytes,
                    const char *member,
                    const NnProgress *progress,
                    GError **error);

  /* (nullable) Returns: (transfer full): a file's bytes, which depend on the arrays and
   * metadata alone */
  GBytes *(*encode) (const NnArrayFile *file, GError **error);
};

#define NN_ARRAY_FILE_START 4096

NnArrayFile *nn_array_file_new (const NnArrayFileKind *kind) G_GNUC_WARN_UNUSED_RESULT;
void nn_array_file_free (NnArrayFile *self);

/* @path: a file's, or FILE:MEMBER where no file is called so */
NnArrayFile *nn_array_file_open (const char *path,
                                 const NnProgress *progress,
                                 GError **error) G_GNUC_WARN_UNUSED_RESULT;
NnArray *nn_array_file_find (const NnArrayFile *self, const char *name);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (NnArrayFile, nn_array_file_free)

G_END_DECLS
