/* nn-file-type.h - recognises what a file is by its first bytes
 *
 * SPDX-License-Identifier: MIT
 *
 * So that opening a file does not depend on its name, and a message can say what an
 * unsuitable file is and how to convert it.
 */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef enum {
  NN_FILE_TYPE_EXPERIMENT, /* JSON: an object with the key "nudge" */
  NN_FILE_TYPE_ARRAYS,     /* a format of array-files.inc: named arrays */
  NN_FILE_TYPE_TABLE,      /* text with rows and columns: csv and similar */
  NN_FILE_TYPE_CHECKPOINT, /* the state of a run, to resume it */
  NN_FILE_TYPE_OTHER,      /* a file that Nudge cannot use; what names it */
} NnFileType;

typedef struct {
  NnFileType type;
  const char *what;   /* "a NumPy array", "a PNG picture", "an HDF5 file (Keras)" */
  const char *remedy; /* (nullable) how to make it usable: "save it as csv first" */
} NnFileDescription;

NnFileDescription nn_file_type_recognise (const guint8 *start, gsize n_bytes);
NnFileDescription nn_file_type_recognise_unpacked (const guint8 *start, gsize n_bytes);
gboolean nn_file_type_find (const char *path, NnFileDescription *found, GError **error);

G_END_DECLS
