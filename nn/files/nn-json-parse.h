/* nn-json-parse.h - parses JSON text strictly, with line and column in errors
 *
 * SPDX-License-Identifier: MIT
 *
 * Refuses duplicate keys and bounds the memory of a document. For reading its values see
 * nn-json.h, which includes this.
 */

#pragma once

#include <glib.h>
#include <jansson.h>

G_BEGIN_DECLS

#define NN_JSON_MAX_BYTES  (64 * 1024 * 1024)
#define NN_JSON_MAX_VALUES (8 * 1024 * 1024) /* each takes up to 150 bytes of memory */

gboolean nn_json_check_text (const char *text, gsize n_bytes, GError **error);
json_t *
nn_json_parse (const char *text, gsize n_bytes, GError **error) G_GNUC_WARN_UNUSED_RESULT;
char *nn_json_dup_shown (const char *text, gsize n_characters);

G_END_DECLS
