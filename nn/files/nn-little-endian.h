/* nn-little-endian.h - numbers as a file's bytes, the lowest first on every machine
 *
 * SPDX-License-Identifier: MIT
 */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

void nn_little_endian_put_u16 (guint8 *bytes, guint16 number);
void nn_little_endian_put_u64 (guint8 *bytes, guint64 number);
void nn_little_endian_put_floats (guint8 *bytes, const float *values, gsize n_values);

G_END_DECLS
