/* try-torch.c - what any bytes must do when they are read as a PyTorch file
 *
 * SPDX-License-Identifier: MIT
 */

#include "tests/fuzz/try-torch.h"

#include "nn/arrays/nn-array-file.h"
#include "nn/model/nn-chain.h"
#include "tests/fuzz/said.h"

/* What a stride of 0 makes of few bytes is bounded (nn-array.c). */
#define MOST_REPEATED (1 << 20)

static void
convert (const NnArray *array, gsize size)
{
  g_autofree float *values = NULL;

  g_assert_cmpuint (array->n_values, <=, MAX (size, MOST_REPEATED));
  values = g_new (float, array->n_values);
  nn_array_get_floats (array, values);
}

/**
 * try_torch:
 * @bytes: (array length=size): anything
 *
 * Aborts unless @bytes either are refused with an error that can be shown, or hold arrays
 * that can be converted, and are a network or not.
 *
 * Returns: whether they hold arrays
 */
gboolean
try_torch (const void *bytes, gsize size)
{
  g_autoptr (GBytes) whole = g_bytes_new_static (bytes, size);
  g_autoptr (GError) error = NULL;
  g_autoptr (GError) no_network = NULL;
  g_autoptr (NnArrayFile) file = nn_array_file_parse (whole, NULL, NULL, &error);
  g_autoptr (NnChain) chain = NULL;

  g_assert_true ((file == NULL) == (error != NULL));
  if (file == NULL) {
    assert_can_be_said (error);
    return FALSE;
  }
  for (guint i = 0; i < file->arrays->len; i++)
    convert (file->arrays->pdata[i], size);
  chain = nn_chain_find (file->arrays, &no_network);
  if (chain == NULL)
    assert_can_be_said (no_network);
  return TRUE;
}
