/* nn-functions-file.h - the user's own update functions as a file
 *
 * SPDX-License-Identifier: MIT
 *
 *   { "nudge": 1, "functions": [
 *     { "name": "soften", "expression": "w - a*w^3",
 *       "least": 0, "most": 1, "usual": 0.1, "logarithmic": false } ] }
 *
 * If the expression has no amount, the last four keys are left out. Several processes may
 * add to a file at once.
 */

#pragma once

#include "nn/expression/nn-functions.h"

G_BEGIN_DECLS

NnFunctions *
nn_functions_file_load (const char *path, GError **error) G_GNUC_WARN_UNUSED_RESULT;
NnFunctions *nn_functions_file_set (const char *path,
                                    const NnFunction *function,
                                    GError **error) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
