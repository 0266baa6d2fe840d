/* nn-grad-mode.h - the gradient-free section
 *
 * SPDX-License-Identifier: MIT
 *
 * PyTorch's torch.no_grad: a scope in which no operation is recorded for differentiation
 * and parameters may be changed in place. The mode is per thread and sections nest;
 * leaving one restores the previous mode, whether by its end, return, break or goto. It
 * is no lock.
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
 * NN_ENABLE_GRAD () is torch.enable_grad, for a block inside a section. PyTorch's third
 * form, .data, is nn_tensor_data ().
 */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef struct {
  gboolean previous; /* restored on leaving */
  gboolean inside;   /* the loop condition: the block of NN_NO_GRAD () runs once */
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
