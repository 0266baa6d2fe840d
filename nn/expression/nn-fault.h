/* nn-fault.h - a parse error with its position and a suggested replacement
 *
 * SPDX-License-Identifier: MIT
 *
 * A parser sets it and gives up; the first error wins, as later ones are consequences.
 * nn-repair.h then tries the suggestion. Private to nn/expression and nn/nudge. A plain
 * value: set text, and clear.
 */

#pragma once

#include "nn/base/nn-error.h"

G_BEGIN_DECLS

typedef struct {
  const char *text;  /* (not owned) (nullable) NULL: errors have no column */
  const char *at;    /* where parsing stopped */
  GError *error;     /* (owned) (nullable) */
  gboolean expected; /* the error is "found …, expected …", which may be repaired */

  /* The suggestion: replace the text from start to before end with fix. */
  const char *start;
  const char *end;
  const char *further[2]; /* (nullable) other ends to try */
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
