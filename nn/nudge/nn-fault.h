/* nn-fault.h - what is wrong with a text, where, and what could stand there instead
 *
 * SPDX-License-Identifier: MIT
 *
 * A parser sets it once and gives up. Private to this folder. One owner: clear.
 */

#pragma once

#include "nn/base/nn-error.h"

G_BEGIN_DECLS

typedef struct {
  const char *text;  /* borrowed; NULL: errors name no column */
  const char *at;    /* where reading stopped */
  GError *error;     /* (owned) (nullable) */
  gboolean expected; /* something else was expected there: it may be repaired */

  /* What may be right: @fix in place of @start … @end. */
  const char *start;
  const char *end;
  const char *further[2]; /* (nullable) in place of more, if that does not read */
  char *fix;              /* (owned) (nullable) */
} NnFault;

gboolean
nn_fault_set (NnFault *self, NnError code, const char *at, const char *format, ...)
    G_GNUC_PRINTF (4, 5);
gboolean nn_fault_found (NnFault *self, const char *at, const char *expected);
gboolean
nn_fault_fix (NnFault *self, const char *start, const char *end, const char *format, ...)
    G_GNUC_PRINTF (4, 5);
void nn_fault_fix_up_to (NnFault *self, const char *start, const char *end);
void nn_fault_clear (NnFault *self);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (NnFault, nn_fault_clear)

G_END_DECLS
