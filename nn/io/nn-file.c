/* nn-file.c - replacing a file whole or not at all
 *
 * SPDX-License-Identifier: MIT
 */

#include "nn/io/nn-file.h"

#include "nn/io/nn-draft.h"

/**
 * nn_file_replace:
 * @bytes: (nullable) (array length=n_bytes): may be NULL if there are none
 *
 * Makes @bytes the contents of @path. On failure (NN_ERROR_FILE) a file that was
 * there is as it was, and nothing lies beside it.
 */
gboolean
nn_file_replace (const char *path, const void *bytes, gsize n_bytes, GError **error)
{
  g_return_val_if_fail (path != NULL && (bytes != NULL || n_bytes == 0), FALSE);

  g_autoptr (NnDraft) draft = nn_draft_new (path, error);

  return draft != NULL &&
         (n_bytes == 0 || nn_draft_write (draft, bytes, n_bytes, error)) &&
         nn_draft_finish (draft, error);
}
