/* nn-pickle-calls.h - what a pickle would have Python call
 *
 * SPDX-License-Identifier: MIT
 *
 * The instructions with names of classes and functions in them. Private to the reader of
 * pickles.
 */

#pragma once

#include "nn/files/nn-pickle-machine.h"

G_BEGIN_DECLS

gboolean nn_pickle_push_global (NnPickleMachine *self, guint from_stack);
gboolean nn_pickle_call (NnPickleMachine *self, guint unused);
gboolean nn_pickle_set_state (NnPickleMachine *self, guint unused);
gboolean nn_pickle_push_persistent (NnPickleMachine *self, guint from_stack);

G_END_DECLS
