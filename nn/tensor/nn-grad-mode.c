/* nn-grad-mode.c - the gradient-free section
 *
 * SPDX-License-Identifier: MIT
 */

#include "nn/tensor/nn-grad-mode.h"

static _Thread_local gboolean disabled;

gboolean
nn_grad_mode_is_enabled (void)
{
  return !disabled;
}

/**
 * nn_grad_scope_enter:
 * @enabled: whether operations are recorded until the scope is left
 *
 * For the macros; call it by hand only with nn_grad_scope_leave () on every path.
 */
NnGradScope
nn_grad_scope_enter (gboolean enabled)
{
  NnGradScope scope = { .previous = !disabled, .inside = TRUE };

  disabled = !enabled;
  return scope;
}

void
nn_grad_scope_leave (NnGradScope *scope)
{
  disabled = !scope->previous;
}
