/* nn-grad-mode.c - the gradient-free section
 *
 * SPDX-License-Identifier: MIT
 */

#include "nn/tensor/nn-grad-mode.h"

#include "nn/tensor/nn-grad-state.h"

_Thread_local NnGradState nn_grad_state;

gboolean
nn_grad_mode_is_enabled (void)
{
  return !nn_grad_state.disabled;
}

/**
 * nn_grad_scope_enter:
 * @enabled: whether operations are recorded until the scope is left
 *
 * For the macros in the header; a direct caller must nn_grad_scope_leave () on
 * every path.
 *
 * Returns: the scope, with the mode to restore
 */
NnGradScope
nn_grad_scope_enter (gboolean enabled)
{
  NnGradScope scope = { .previous = !nn_grad_state.disabled, .inside = TRUE };

  nn_grad_state.disabled = !enabled;
  return scope;
}

void
nn_grad_scope_leave (NnGradScope *scope)
{
  nn_grad_state.disabled = !scope->previous;
}
