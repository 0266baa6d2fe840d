/* nn-script-nudge.h - one application of a nudge, as lines of PyTorch
 *
 * SPDX-License-Identifier: MIT
 *
 * The lines are for a block without gradients. A function that gives finite values for any
 * weights is carried out in place; one that may be refused becomes a function of the
 * program, which nudge () of helpers.py applies wholly or not at all.
 */

#pragma once

#include "nn/experiment/nn-experiment.h"

G_BEGIN_DECLS

/* Where in the program it is. */
typedef struct {
  const NnArchitecture *architecture;
  const NnInit *init;
  double rate;
  gboolean at_start;        /* before the first step: there is no step and no gradient */
  gboolean after_optimizer; /* of a step: what was before is in previous … */
  gboolean keeps_before; /* … if it was kept; else a nudge that asks for it is refused */
  gboolean unseen;       /* autograd must not notice */
  gboolean may_lack_grads; /* a layer may be new */
} NnScriptSection;

/* Functions that the lines call, by their text without the name. */
typedef struct {
  GHashTable *names; /* (owned) of utf8, utf8 */
  GString *text;     /* (owned) */
} NnScriptFunctions;

void nn_script_functions_init (NnScriptFunctions *self);
void nn_script_functions_clear (NnScriptFunctions *self);

char *nn_script_write_nudge (const NnNudge *nudge,
                             const NnScriptSection *section,
                             NnScriptFunctions *functions) G_GNUC_WARN_UNUSED_RESULT;

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (NnScriptFunctions, nn_script_functions_clear)

G_END_DECLS
