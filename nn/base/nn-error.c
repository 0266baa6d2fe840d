/* nn-error.c - the one error domain of the engine
 *
 * SPDX-License-Identifier: MIT
 */

#define _GNU_SOURCE /* strerrordesc_np () */

#include "nn/base/nn-error.h"

#include <glib/gi18n.h>
#include <string.h>

G_DEFINE_QUARK (nn - error - quark, nn_error)

/* Descriptions of errno that files and sockets cause, listed so that xgettext finds them;
 * any other stays in English. */
static const char *const reasons[] G_GNUC_UNUSED = {
  N_ ("Broken pipe"),
  N_ ("Cannot allocate memory"),
  N_ ("Connection refused"),
  N_ ("Connection reset by peer"),
  N_ ("Connection timed out"),
  N_ ("Device or resource busy"),
  N_ ("Disk quota exceeded"),
  N_ ("File exists"),
  N_ ("File name too long"),
  N_ ("File too large"),
  N_ ("Input/output error"),
  N_ ("Invalid argument"),
  N_ ("Is a directory"),
  N_ ("No space left on device"),
  N_ ("No such device or address"),
  N_ ("No such file or directory"),
  N_ ("Not a directory"),
  N_ ("Operation not permitted"),
  N_ ("Permission denied"),
  N_ ("Read-only file system"),
  N_ ("Text file busy"),
  N_ ("Too many levels of symbolic links"),
  N_ ("Too many open files"),
};

/**
 * nn_error_describe:
 * @number: an errno
 *
 * Like g_strerror (), but in the language of our own messages: g_strerror () follows the
 * locale even where Nudge has no translation for it.
 *
 * Returns: (transfer none): why the system refused
 */
const char *
nn_error_describe (int number)
{
  const char *reason = strerrordesc_np (number);

  return reason ? _ (reason) : _ ("unknown system error");
}
