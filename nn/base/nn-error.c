/* nn-error.c - the one error domain of the engine
 *
 * SPDX-License-Identifier: MIT
 */

#define _GNU_SOURCE /* strerrordesc_np () */

#include "nn/base/nn-error.h"

#include <glib/gi18n.h>
#include <string.h>

G_DEFINE_QUARK (nn - error - quark, nn_error)

/**
 * nn_error_describe:
 * @number: an errno
 *
 * Returns: (transfer none): why the system refused, in English as the rest of a message
 *   is; g_strerror () speaks the language of the locale
 */
const char *
nn_error_describe (int number)
{
  const char *reason = strerrordesc_np (number);

  return reason ? reason : _ ("unknown error of the system");
}
