/* nn-pickle-scalars.h - the instructions of a pickle that push numbers and strings
 *
 * SPDX-License-Identifier: MIT
 *
 * The argument is a size: of the number, or of the length that precedes the bytes; for
 * others it is unused. Private to the reader of pickles.
 */

#pragma once

#include "nn/arrays/nn-pickle-machine.h"

G_BEGIN_DECLS

gboolean nn_pickle_do_none (NnPickleMachine *self, guint unused);
gboolean nn_pickle_do_boolean (NnPickleMachine *self, guint truth);
gboolean nn_pickle_do_number (NnPickleMachine *self, guint n_bytes);
gboolean nn_pickle_do_long (NnPickleMachine *self, guint n_length);
gboolean nn_pickle_do_digits (NnPickleMachine *self, guint unused);
gboolean nn_pickle_do_decimal (NnPickleMachine *self, guint unused);
gboolean nn_pickle_do_double (NnPickleMachine *self, guint unused);
gboolean nn_pickle_do_string (NnPickleMachine *self, guint n_length);
gboolean nn_pickle_do_bytes (NnPickleMachine *self, guint n_length);
gboolean nn_pickle_do_line (NnPickleMachine *self, guint unused);

G_END_DECLS
