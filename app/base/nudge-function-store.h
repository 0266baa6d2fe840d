/* nudge-function-store.h - the functions that the user has given a name
 *
 * SPDX-License-Identifier: MIT
 *
 * One object for all documents of the process, which lives as long as it is used: what is
 * saved in one window is offered in all.
 *
 *   "changed"  there are other functions
 */

#pragma once

#include <glib-object.h>

#include "nn/expression/nn-functions.h"

G_BEGIN_DECLS

#define NUDGE_TYPE_FUNCTION_STORE (nudge_function_store_get_type ())
G_DECLARE_FINAL_TYPE (NudgeFunctionStore,
                      nudge_function_store,
                      NUDGE,
                      FUNCTION_STORE,
                      GObject)

NudgeFunctionStore *nudge_function_store_ref_default (void) G_GNUC_WARN_UNUSED_RESULT;
const NnFunctions *nudge_function_store_get (NudgeFunctionStore *self);
const char *nudge_function_store_get_failure (NudgeFunctionStore *self);
gboolean nudge_function_store_save (NudgeFunctionStore *self,
                                    const NnFunction *function,
                                    GError **error);

G_END_DECLS
