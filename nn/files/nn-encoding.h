/* nn-encoding.h - converts the text of a file to UTF-8
 *
 * SPDX-License-Identifier: MIT
 */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Rows of table encodings in nn-encoding.c. */
typedef enum {
  NN_ENCODING_UTF_8,
  NN_ENCODING_UTF_16_LE,
  NN_ENCODING_UTF_16_BE,
  NN_ENCODING_LATIN_1, /* with Windows-1252's characters in place of control codes */
} NnEncoding;

typedef struct {
  const char *text; /* valid UTF-8 without a byte order mark or NUL; not terminated */
  gsize n_bytes;
  char *converted; /* (owned) (nullable) holds text, if it is not part of the input */
  NnEncoding encoding;
} NnText;

const char *nn_encoding_get_name (NnEncoding encoding);

gboolean nn_encoding_read (NnText *text,
                           const char *bytes,
                           gsize n_bytes,
                           const char *encoding,
                           GError **error);
void nn_encoding_clear (NnText *text);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (NnText, nn_encoding_clear)

G_END_DECLS
