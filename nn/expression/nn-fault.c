/* nn-fault.c - a parse error with its position and a suggested replacement
 *
 * SPDX-License-Identifier: MIT
 */

#include "nn/expression/nn-fault.h"

#include <glib/gi18n.h>

#include "nn/base/nn-text.h"

/**
 * nn_fault_set:
 * @at: in the text
 * @format: translated
 *
 * Sets the error, unless one is set already.
 *
 * Returns: FALSE, for a parser to return
 */
gboolean
nn_fault_set (NnFault *self, NnError code, const char *at, const char *format, ...)
{
  g_autofree char *message = NULL;
  va_list arguments;

  if (self->error != NULL)
    return FALSE;
  va_start (arguments, format);
  message = g_strdup_vprintf (format, arguments);
  va_end (arguments);
  self->at = at;
  nn_text_set_error (&self->error, code, self->text, at, "%s", message);
  return FALSE;
}

/**
 * nn_fault_found:
 *
 * @expected: translated: "a number"
 *
 * Sets the error "found …, expected …".
 *
 * Returns: FALSE, for a parser to return
 */
gboolean
nn_fault_found (NnFault *self, const char *at, const char *expected)
{
  g_autofree char *found = nn_text_dup_found (at);

  self->expected |= self->error == NULL;
  return nn_fault_set (self, NN_ERROR_SYNTAX, at, _ ("found %s, expected %s"), found,
                       expected);
}

/**
 * nn_fault_fix:
 *
 * Suggests a replacement for the text from @start to before @end, unless one is
 * set already.
 *
 * Returns: FALSE, for a parser to return
 */
gboolean
nn_fault_fix (NnFault *self, const char *start, const char *end, const char *format, ...)
{
  va_list arguments;

  if (self->fix != NULL)
    return FALSE;
  va_start (arguments, format);
  self->fix = g_strdup_vprintf (format, arguments);
  va_end (arguments);
  self->start = start;
  self->end = end;
  return FALSE;
}

/**
 * nn_fault_fix_up_to:
 *
 * Adds an alternative @end to the suggestion that begins at @start.
 */
void
nn_fault_fix_up_to (NnFault *self, const char *start, const char *end)
{
  for (gsize i = 0; i < G_N_ELEMENTS (self->further); i++)
    if (self->start == start && self->further[i] == NULL) {
      self->further[i] = end;
      return;
    }
}

void
nn_fault_clear (NnFault *self)
{
  g_clear_error (&self->error);
  g_clear_pointer (&self->fix, g_free);
  self->at = NULL;
  self->expected = FALSE;
  self->further[0] = self->further[1] = NULL;
}
