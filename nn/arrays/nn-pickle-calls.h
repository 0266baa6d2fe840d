/* nn-pickle-calls.h - the instructions of a pickle that name classes and functions
 *
 * SPDX-License-Identifier: MIT
 *
 * Nothing is called: see nn-pickle.h. Private to the reader of pickles.
 */

#pragma once

#include "nn/arrays/nn-pickle-machine.h"

G_BEGIN_DECLS

gboolean nn_pickle_push_global (NnPickleMachine *self, guint from_stack);
gboolean nn_pickle_call (NnPickleMachine *self, guint unused);
gboolean nn_pickle_set_state (NnPickleMachine *self, guint unused);
gboolean nn_pickle_push_persistent (NnPickleMachine *self, guint from_stack);

G_END_DECLS
