/* nn-safetensors.c - parameters as a .safetensors file's bytes
 *
 * SPDX-License-Identifier: MIT
 *
 * The length of a JSON header, that header (name -> type, shape, offsets), and all
 * values after one another (github.com/huggingface/safetensors, "Format").
 */

#include "nn/io/nn-snapshot-kind.h"

#include <jansson.h>
#include <string.h>

#include "nn/base/nn-error.h"
#include "nn/files/nn-little-endian.h"

/* Of the header: a 64 bit number, first of all. The data begins at a multiple of it. */
#define LENGTH_SIZE sizeof (guint64)

static json_t *
describe_parameter (const NnParameterShape *parameter)
{
  gsize begin = parameter->offset * sizeof (float);
  gsize end = begin + parameter->n_values * sizeof (float);
  json_t *shape = json_array ();

  for (gsize i = 0; i < parameter->rank; i++)
    json_array_append_new (shape, json_integer ((json_int_t) parameter->shape[i]));
  return json_pack ("{s:s, s:o, s:[I, I]}", "dtype", "F32", "shape", shape,
                    "data_offsets", (json_int_t) begin, (json_int_t) end);
}

/* The objects keep the order in which they are filled: PyTorch's. */
static json_t *
describe (const NnArchitecture *architecture, GError **error)
{
  json_auto_t *header = json_pack ("{s:{s:s}}", "__metadata__", "format", "pt");

  for (gsize i = 0; i < architecture->n_parameters; i++) {
    const NnParameterShape *parameter = &architecture->parameters[i];
    const char *name = parameter->name;

    /* A name that replaced another would leave a hole in the data. */
    if (json_object_get (header, name) != NULL ||
        json_object_set_new (header, name, describe_parameter (parameter)) != 0) {
      g_set_error (error, NN_ERROR, NN_ERROR_FILE,
                   "cannot store parameter %" G_GSIZE_FORMAT
                   " by its name: it is taken or not UTF-8, rename its layer",
                   i + 1);
      return NULL;
    }
  }
  return g_steal_pointer (&header);
}

/* The flat vector has no holes, so it is the file's data as it is. */
static GBytes *
encode (const NnArchitecture *architecture, const float *values, GError **error)
{
  json_auto_t *header = describe (architecture, error);
  gsize n_text;
  gsize n_header;
  gsize n_bytes;
  guint8 *bytes;

  if (header == NULL)
    return NULL;
  n_text = json_dumpb (header, NULL, 0, JSON_COMPACT);
  n_header = (n_text + LENGTH_SIZE - 1) / LENGTH_SIZE * LENGTH_SIZE;
  n_bytes = LENGTH_SIZE + n_header + architecture->n_values * sizeof (float);
  bytes = g_malloc (n_bytes);
  nn_little_endian_put_u64 (bytes, n_header);
  json_dumpb (header, (char *) &bytes[LENGTH_SIZE], n_text, JSON_COMPACT);
  memset (&bytes[LENGTH_SIZE + n_text], ' ', n_header - n_text);
  nn_little_endian_put_floats (&bytes[LENGTH_SIZE + n_header], values,
                               architecture->n_values);
  return g_bytes_new_take (bytes, n_bytes);
}

const NnSnapshotKind nn_snapshot_safetensors = {
  .label = "safetensors (PyTorch)",
  .ending = ".safetensors",
  .encode = encode,
};
