/* nn-little-endian.h - stores and loads little-endian numbers, on any machine
 *
 * SPDX-License-Identifier: MIT
 */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

void nn_little_endian_put_u16 (guint8 *bytes, guint16 number);
void nn_little_endian_put_u64 (guint8 *bytes, guint64 number);
void nn_little_endian_put_floats (guint8 *bytes, const float *values, gsize n_values);

guint16 nn_little_endian_get_u16 (const guint8 *bytes);
guint32 nn_little_endian_get_u32 (const guint8 *bytes);
guint64 nn_little_endian_get_u64 (const guint8 *bytes);

G_END_DECLS
