/* nn-golden.c - reading the values recorded from PyTorch
 *
 * SPDX-License-Identifier: MIT
 */

#include "nn-golden.h"

#include <string.h>

/* Loads tests/golden/NAME; the caller drops the reference. */
json_t *
golden_load (const char *name)
{
  g_autofree char *path = g_test_build_filename (G_TEST_DIST, "golden", name, NULL);
  json_error_t error;
  json_t *root = json_load_file (path, 0, &error);

  if (root == NULL)
    g_error ("%s:%d: %s", path, error.line, error.text);
  return root;
}

/* An array of float32 written as their bits. */
float *
golden_array (const json_t *array, gsize *n)
{
  float *floats;

  g_assert_true (json_is_array (array));
  *n = json_array_size (array);
  floats = g_new (float, *n);
  for (gsize i = 0; i < *n; i++) {
    guint32 bits = (guint32) json_integer_value (json_array_get (array, i));

    memcpy (&floats[i], &bits, sizeof bits);
  }
  return floats;
}

/* Such an array in an object. */
float *
golden_floats (const json_t *object, const char *key, gsize *n)
{
  return golden_array (json_object_get (object, key), n);
}
