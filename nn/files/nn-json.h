/* nn-json.h - typed access to JSON values, with errors that name the location
 *
 * SPDX-License-Identifier: MIT
 *
 * An NnJson is a value with the path to it, so that an error can begin with
 * "network.layers[1].units: ". It is a plain value on the reader's stack and borrows
 * everything: the value from the document, the path from the NnJson that contains it.
 *
 * "get" functions convert the value itself; "read" functions convert the member of an
 * object called @key, and leave the variable as it is, with its default, if there is
 * none. All return FALSE with an error (NN_ERROR_SYNTAX) if the value is of another type.
 * See nn-json-parse.h for parsing.
 */

#pragma once

#include <glib.h>
#include <jansson.h>

#include "nn/base/nn-error.h"
#include "nn/files/nn-json-parse.h"

G_BEGIN_DECLS

typedef struct _NnJson NnJson;

struct _NnJson {
  json_t *value;
  const NnJson *parent; /* (nullable) NULL for the document */
  const char *key;      /* (nullable) in an object; NULL in an array */
  gsize index;          /* in an array */
};

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
