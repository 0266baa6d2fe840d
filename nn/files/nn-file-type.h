/* nn-file-type.h - what a file is, by its first bytes
 *
 * SPDX-License-Identifier: MIT
 *
 * So that a file is read as what it is, whatever it is called, and a message can say what
 * it is and what can be done with it.
 */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef enum {
  NN_FILE_TYPE_EXPERIMENT, /* JSON: an object with the key "nudge" */
  NN_FILE_TYPE_ARRAYS,     /* a format of array-files.inc: names and numbers */
  NN_FILE_TYPE_TABLE,      /* text with rows and columns: csv and its like */
  NN_FILE_TYPE_CHECKPOINT, /* a run to go on from */
  NN_FILE_TYPE_OTHER,      /* something that is not for Nudge; @what names it */
} NnFileType;

typedef struct {
  NnFileType type;
  const char *what; /* "a NumPy array", "a PNG picture", "an HDF5 file (Keras)" */
  const char
      *remedy; /* (nullable) of what is no data nor experiment: "save it as csv first" */
} NnFileDescription;

NnFileDescription nn_file_type_recognise (const guint8 *start, gsize n_bytes);
gboolean nn_file_type_find (const char *path, NnFileDescription *found, GError **error);

G_END_DECLS
