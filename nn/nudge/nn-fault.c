/* nn-fault.c - what is wrong with a text, where, and what could stand there instead
 *
 * SPDX-License-Identifier: MIT
 */

#include "nn/nudge/nn-fault.h"

#include <glib/gi18n.h>

#include "nn/base/nn-text.h"

/**
 * nn_fault_set:
 * @at: in the text
 *
 * Only the first one counts, for what follows comes of it.
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
 * Says what was found at @at, and what was @expected.
 *
 * Returns: FALSE
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
 * Says what could stand in place of @start … @end, unless something was said before.
 *
 * Returns: FALSE
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
 * Says where else what can be replaced, from @start on, may end.
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
