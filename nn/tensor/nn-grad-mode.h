/* nn-grad-mode.h - the gradient-free section
 *
 * SPDX-License-Identifier: MIT
 *
 * A stretch of execution in which no operation is recorded for differentiation
 * and parameters may be changed in place (PyTorch: torch.no_grad). The mode is
 * per thread, sections nest, and leaving one restores what was before, however
 * it is left: by its end, return, break or goto. It locks nothing.
 *
 *   NN_NO_GRAD () {
 *     …                         // a block
 *   }
 *
 *   static void
 *   shrink (NnTensor *weight)
 *   {
 *     NN_NO_GRAD_FUNCTION ();   // the whole function, whatever its caller's mode
 *     …
 *   }
 *
 * The third form is nn_tensor_data (), an untracked view.
 */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef struct {
  gboolean previous; /* the mode to go back to */
  gboolean inside;   /* lets the block of NN_NO_GRAD () run once */
} NnGradScope;

gboolean nn_grad_mode_is_enabled (void);
NnGradScope nn_grad_scope_enter (gboolean enabled);
void nn_grad_scope_leave (NnGradScope *scope);

#define NN_GRAD_BLOCK_(scope, enabled)                                                   \
  for (__attribute__ ((cleanup (nn_grad_scope_leave)))                                   \
       NnGradScope scope = nn_grad_scope_enter (enabled);                                \
       scope.inside; scope.inside = FALSE)

#define NN_NO_GRAD()     NN_GRAD_BLOCK_ (G_PASTE (nn_no_grad_, __COUNTER__), FALSE)
#define NN_ENABLE_GRAD() NN_GRAD_BLOCK_ (G_PASTE (nn_enable_grad_, __COUNTER__), TRUE)
#define NN_NO_GRAD_FUNCTION()                                                            \
  __attribute__ ((cleanup (nn_grad_scope_leave), unused)) NnGradScope G_PASTE (          \
      nn_no_grad_, __COUNTER__) = nn_grad_scope_enter (FALSE)

G_END_DECLS
