/* nn-functions.h - the user's own named update functions
 *
 * SPDX-License-Identifier: MIT
 *
 * A list like the catalogue, with one owner. A name is a letter followed by
 * letters, digits and '_', and must not be in the catalogue or the language, so
 * that adding a function never changes the meaning of an existing nudge. Stored in
 * a file by nn/io/nn-functions-file.h.
 */

#pragma once

#include "nn/expression/nn-catalogue.h"

G_BEGIN_DECLS

#define NN_FUNCTIONS_MAX      256 /* functions */
#define NN_FUNCTIONS_MAX_NAME 32  /* bytes of a name */

typedef struct _NnFunctions NnFunctions;

NnFunctions *nn_functions_new (void) G_GNUC_WARN_UNUSED_RESULT;
void nn_functions_free (NnFunctions *self);

gboolean nn_functions_set (NnFunctions *self, const NnFunction *function, GError **error);

gsize nn_functions_get_length (const NnFunctions *self);
const NnFunction *nn_functions_get (const NnFunctions *self, gsize index);
const NnFunction *nn_functions_find (const NnFunctions *self, const char *name);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (NnFunctions, nn_functions_free)

G_END_DECLS
