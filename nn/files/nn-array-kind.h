/* nn-array-kind.h - what there is to know of a format of named arrays, all in one row
 *
 * SPDX-License-Identifier: MIT
 *
 * One file, nn-arrays-NAME.c, holds all of a format; array-files.inc lists them. Which
 * format a file has is known by its first bytes, not by its name.
 */

#pragma once

#include "nn/base/nn-progress.h"
#include "nn/files/nn-array.h"
#include "nn/files/nn-in-place.h"

G_BEGIN_DECLS

typedef enum {
#define ROW(format, name) format,
#include "nn/files/array-files.inc"
#undef ROW
  NN_N_ARRAY_KINDS,
} NnArrayFormat;

typedef struct _NnArrayFileKind NnArrayFileKind;

typedef struct {
  const NnArrayFileKind *kind;
  GPtrArray *arrays;   /* (owned) (element-type NnArray) in the file's order */
  GPtrArray *metadata; /* (owned) (element-type utf8) key, value, key, value, … */
  GPtrArray *notes; /* (owned) (element-type utf8) what was read otherwise than it is */
  NnInPlace *in_place; /* (owned) (nullable) arrays are left where they are */
} NnArrayFile;

/* What there is to know of a format, all in one row. */
struct _NnArrayFileKind {
  const char *name;    /* "safetensors" */
  const char *label;   /* "NumPy archive": for a person who chooses */
  const char *what;    /* "a NumPy archive of arrays (npz)": of a file, in a sentence */
  const char *endings; /* ".pt .pth": of a file's name; one, if it is written */

  /* @start: the file's first bytes, NN_ARRAY_FILE_START of them or all */
  gboolean (*recognise) (const guint8 *start, gsize n_bytes);

  /* Adds to @file's arrays, metadata and notes. Errors name the place in the file; the
   * caller puts the file's name before them, and refuses names that occur twice.
   * @member: (nullable): see chooses_member */
  gboolean (*read) (NnArrayFile *file,
                    GBytes *bytes,
                    const char *member,
                    const NnProgress *progress,
                    GError **error);

  /* (nullable) Returns: (transfer full): a file's bytes, which depend on the arrays and
   * metadata alone */
  GBytes *(*encode) (const NnArrayFile *file, GError **error);

  /* read () itself takes what @member, which the user wrote behind the path, names. Else
   * the caller keeps the arrays whose names begin so, without that. */
  gboolean chooses_member;

  gboolean holds_one; /* array, which has no name */
};

#define NN_ARRAY_FILE_START 4096

#define ROW(format, name) extern const NnArrayFileKind nn_arrays_##name;
#include "nn/files/array-files.inc"
#undef ROW

const NnArrayFileKind *nn_array_kind_get (NnArrayFormat format);
const NnArrayFileKind *nn_array_kind_recognise (const guint8 *start, gsize n_bytes);
const NnArrayFileKind *
nn_array_kind_find (const char *path, gboolean several, GError **error);
gboolean nn_array_kind_has_ending (const NnArrayFileKind *kind, const char *path);
gboolean nn_array_kind_is_written (const NnArrayFileKind *kind, gboolean several);
char *nn_array_kind_dup_pattern (gboolean several);

G_END_DECLS
