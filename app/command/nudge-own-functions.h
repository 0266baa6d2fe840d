/* nudge-own-functions.h - the file of the user's own update functions
 *
 * SPDX-License-Identifier: MIT
 *
 * In the user's folder for data, nudge/functions.json, for the window and the command
 * line alike.
 */

#pragma once

#include "nn/expression/nn-functions.h"

G_BEGIN_DECLS

NnFunctions *nudge_own_functions_load (GError **error) G_GNUC_WARN_UNUSED_RESULT;
NnFunctions *nudge_own_functions_set (const NnFunction *function,
                                      GError **error) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
