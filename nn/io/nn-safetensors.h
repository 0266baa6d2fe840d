/* nn-safetensors.h - parameters as a .safetensors file's bytes
 *
 * SPDX-License-Identifier: MIT
 *
 * The length of a JSON header, that header (name -> type, shape, place), and all
 * values after one another (github.com/huggingface/safetensors, "Format").
 */

#pragma once

#include <glib.h>

#include "nn/model/nn-architecture.h"

G_BEGIN_DECLS

GBytes *nn_safetensors_encode (const NnArchitecture *architecture,
                               const float *values,
                               GError **error) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
