/* nn-golden.h - reading the values recorded from PyTorch
 *
 * SPDX-License-Identifier: MIT
 */

#pragma once

#include <glib.h>
#include <jansson.h>

json_t *golden_load (const char *name);
float *golden_array (const json_t *array, gsize *n);
float *golden_floats (const json_t *object, const char *key, gsize *n);
