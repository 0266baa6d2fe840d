/* nn-error.c - the one error domain of the engine
 *
 * SPDX-License-Identifier: MIT
 */

#include "nn/base/nn-error.h"

G_DEFINE_QUARK (nn - error - quark, nn_error)
