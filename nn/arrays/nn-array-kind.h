/* nn-array-kind.h - the table of formats of named arrays, one row for each
 *
 * SPDX-License-Identifier: MIT
 *
 * To add a format, add a row to array-files.inc and write nn-arrays-NAME.c beside it;
 * nothing else knows the formats. See nn-array-file.h for reading and writing files.
 */

#pragma once

#include "nn/arrays/nn-array.h"
#include "nn/base/nn-progress.h"
#include "nn/files/nn-in-place.h"

G_BEGIN_DECLS

typedef enum {
#define ROW(format, name) format,
#include "nn/arrays/array-files.inc"
#undef ROW
  NN_N_ARRAY_KINDS,
} NnArrayFormat;

typedef struct _NnArrayFileKind NnArrayFileKind;

typedef struct {
  const NnArrayFileKind *kind;
  GPtrArray *arrays;   /* (owned) (element-type NnArray) in the file's order */
  GPtrArray *metadata; /* (owned) (element-type utf8) key, value, key, value, … */
  /* (owned) (element-type utf8) what was left out or changed, for the user */
  GPtrArray *notes;
  NnInPlace *in_place; /* (owned) (nullable) if arrays stay on disk: nn-in-place.h */
} NnArrayFile;

struct _NnArrayFileKind {
  const char *name;    /* "safetensors" */
  const char *label;   /* "NumPy archive": for a list to choose from */
  const char *what;    /* "a NumPy archive of arrays (npz)": a file, in a sentence */
  const char *endings; /* ".pt .pth": of file names; only one if the format is written */

  /* @start: the file's first NN_ARRAY_FILE_START bytes, or the whole file if it
   *   is smaller */
  gboolean (*recognise) (const guint8 *start, gsize n_bytes);

  /* Adds to @file's arrays, metadata and notes. Errors say where in the file; the caller
   * prefixes the file's name, and refuses duplicate names.
   * @member: (nullable): see chooses_member */
  gboolean (*read) (NnArrayFile *file,
                    GBytes *bytes,
                    const char *member,
                    const NnProgress *progress,
                    GError **error);

  /* (nullable) NULL if the format is only read. Equal arrays and metadata give
   * equal bytes.
   * Returns: (transfer full) (nullable): the bytes of a file */
  GBytes *(*encode) (const NnArrayFile *file, GError **error);

  /* read () interprets @member, the MEMBER of FILE:MEMBER. Otherwise the caller keeps the
   * arrays whose names begin with it. */
  gboolean chooses_member;

  gboolean holds_one; /* a file has a single array, without a name */

  /* Of a format that is written: how many bytes of memory encode () and the arrays take for
   * each float32, at most; and whether its name as well. */
  guint value_memory;
  gboolean repeats_name;
};

#define NN_ARRAY_FILE_START 4096

#define ROW(format, name) extern const NnArrayFileKind nn_arrays_##name;
#include "nn/arrays/array-files.inc"
#undef ROW

const NnArrayFileKind *nn_array_kind_get (NnArrayFormat format);
const NnArrayFileKind *nn_array_kind_recognise (const guint8 *start, gsize n_bytes);
const NnArrayFileKind *
nn_array_kind_find (const char *path, gboolean several, GError **error);
gboolean nn_array_kind_has_ending (const NnArrayFileKind *kind, const char *path);
gboolean
nn_array_kind_check_kept (const NnArrayFileKind *kind, const char *path, GError **error);
gboolean nn_array_kind_is_written (const NnArrayFileKind *kind, gboolean several);
char *nn_array_kind_dup_pattern (gboolean several);

G_END_DECLS
