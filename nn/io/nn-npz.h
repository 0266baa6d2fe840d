/* nn-npz.h - parameters as a .npz file's bytes
 *
 * SPDX-License-Identifier: MIT
 *
 * A zip with one NAME.npy per parameter, stored as numpy.savez () does it
 * (numpy.lib.format, version 1.0). The same parameters give the same bytes.
 */

#pragma once

#include <glib.h>

#include "nn/model/nn-architecture.h"

G_BEGIN_DECLS

GBytes *nn_npz_encode (const NnArchitecture *architecture,
                       const float *values,
                       GError **error) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
