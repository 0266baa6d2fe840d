/* nn-script-nudge.h - one application of a nudge, as lines of PyTorch
 *
 * SPDX-License-Identifier: MIT
 *
 * The lines are for a block under torch.no_grad. An update function that gives finite
 * values for any weights changes the parameters in place. One that may be refused
 * becomes a function of the program, which nudge () of helpers.py applies as a whole or
 * not at all.
 */

#pragma once

#include "nn/experiment/nn-experiment.h"

G_BEGIN_DECLS

/* Where in the program the lines are. */
typedef struct {
  const NnArchitecture *architecture;
  const NnInit *init;
  double rate;       /* the learning rate */
  gboolean at_start; /* before the first step: there is no step and no gradient */
  /* the program's `previous` has the weights from before it … */
  gboolean after_optimizer;
  gboolean keeps_before; /* … if it keeps them; else a nudge that reads them is refused */
  gboolean unseen;       /* by autograd: parameters are changed through .data */
  gboolean may_lack_grads; /* a layer may be new: .grad may be None */
} NnScriptSection;

/* Functions that the lines call. Nudges with the same body share one. */
typedef struct {
  GHashTable *names; /* (owned) (element-type utf8 utf8) from a body to the name */
  GString *text;     /* (owned) their definitions */
} NnScriptFunctions;

void nn_script_functions_init (NnScriptFunctions *self);
void nn_script_functions_clear (NnScriptFunctions *self);

char *nn_script_write_nudge (const NnNudge *nudge,
                             const NnScriptSection *section,
                             NnScriptFunctions *functions) G_GNUC_WARN_UNUSED_RESULT;

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (NnScriptFunctions, nn_script_functions_clear)

G_END_DECLS
