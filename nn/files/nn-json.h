/* nn-json.h - reading JSON strictly, with errors that name the location
 *
 * SPDX-License-Identifier: MIT
 *
 * An NnJson is a value and the path to it, so that an error can begin with
 * network.layers[1].units. It lives on the stack of its reader and borrows everything:
 * the value from the document, the path from the NnJson that it was found in.
 *
 * "get" reads the value itself; "read" reads what an object has under a key, and leaves
 * the variable, which then holds the default, alone if it has no such key.
 */

#pragma once

#include <glib.h>
#include <jansson.h>

#include "nn/base/nn-error.h"

G_BEGIN_DECLS

#define NN_JSON_MAX_BYTES  (64 * 1024 * 1024)
#define NN_JSON_MAX_VALUES (8 * 1024 * 1024) /* in memory each takes up to 150 bytes */

typedef struct _NnJson NnJson;

struct _NnJson {
  json_t *value;
  const NnJson *parent; /* (nullable) what contains it; NULL for the whole document */
  const char *key;      /* (nullable) in an object */
  gsize index;          /* in an array */
};

gboolean nn_json_check_text (const char *text, gsize n_bytes, GError **error);
json_t *
nn_json_parse (const char *text, gsize n_bytes, GError **error) G_GNUC_WARN_UNUSED_RESULT;

gboolean nn_json_check_object (const NnJson *self, GError **error);
gboolean nn_json_check_array (const NnJson *self, GError **error);
gboolean
nn_json_check_keys (const NnJson *object, const char *const *known, GError **error);
gboolean nn_json_check_version (const NnJson *top, gint64 version, GError **error);

gboolean nn_json_find (const NnJson *object, const char *key, NnJson *member);
gboolean
nn_json_require (const NnJson *object, const char *key, NnJson *member, GError **error);
NnJson nn_json_get_element (const NnJson *array, gsize index);

gboolean nn_json_get_integer (const NnJson *self,
                              gint64 least,
                              gint64 most,
                              gint64 *value,
                              GError **error);
gboolean nn_json_get_double (const NnJson *self, double *value, GError **error);
gboolean nn_json_get_float (const NnJson *self, float *value, GError **error);
gboolean nn_json_get_boolean (const NnJson *self, gboolean *value, GError **error);
gboolean nn_json_get_name (const NnJson *self, const char **value, GError **error);
gboolean nn_json_get_string (const NnJson *self, const char **value, GError **error);

gboolean nn_json_read_double (const NnJson *object,
                              const char *key,
                              double *value,
                              GError **error);
gboolean
nn_json_read_float (const NnJson *object, const char *key, float *value, GError **error);
gboolean nn_json_read_boolean (const NnJson *object,
                               const char *key,
                               gboolean *value,
                               GError **error);
gboolean nn_json_read_string (const NnJson *object,
                              const char *key,
                              const char **value,
                              GError **error);

/* All return FALSE. */
gboolean
nn_json_refuse (const NnJson *self, GError **error, NnError code, const char *format, ...)
    G_GNUC_PRINTF (4, 5);
gboolean nn_json_refuse_value (const NnJson *self, GError **error, const char *expected);
gboolean nn_json_prefix_error (const NnJson *self, GError **error);

G_END_DECLS
