/* nudge-whole.c - whole numbers that are typed behind an option
 *
 * SPDX-License-Identifier: MIT
 */

#include "app/command/nudge-whole.h"

#include <glib/gi18n.h>
#include <inttypes.h>

#include "nn/base/nn-error.h"

/**
 * nudge_whole_parse:
 * @option: that it is typed behind
 * @text: (nullable): NULL if the option is not given
 * @number: (inout): from 0 to @most; stays as it is without @text
 *
 * Returns: FALSE (NN_ERROR_SYNTAX) if @text is no such number
 */
gboolean
nudge_whole_parse (const char *option,
                   const char *text,
                   guint64 most,
                   guint64 *number,
                   GError **error)
{
  if (text == NULL || g_ascii_string_to_unsigned (text, 10, 0, most, number, NULL))
    return TRUE;
  g_set_error (error, NN_ERROR, NN_ERROR_SYNTAX,
               _ ("%s: '%s' is not a whole number from 0 to %" PRIu64), option, text,
               most);
  return FALSE;
}
