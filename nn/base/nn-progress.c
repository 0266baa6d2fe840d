/* nn-progress.c - a progress callback that can cancel
 *
 * SPDX-License-Identifier: MIT
 */

#include "nn/base/nn-progress.h"

#include <glib/gi18n.h>

#include "nn/base/nn-error.h"

/**
 * nn_progress_report:
 * @self: (nullable): NULL reports nothing and never cancels
 *
 * Returns: FALSE with NN_ERROR_CANCELLED if the work is to stop
 */
gboolean
nn_progress_report (const NnProgress *self, double fraction, GError **error)
{
  if (self == NULL || self->report (fraction, self->data))
    return TRUE;
  g_set_error_literal (error, NN_ERROR, NN_ERROR_CANCELLED, _ ("cancelled"));
  return FALSE;
}
