/* nn-pack.h - serialises small records, little-endian on any machine
 *
 * SPDX-License-Identifier: MIT
 *
 * Pack functions append to a GByteArray; unpack functions read the same values in the
 * same order. If bytes are missing or not valid, the NnUnpack has failed and gives zeros
 * from then on, so that one nn_unpack_is_done () at the end suffices. Bits are kept, even
 * those of NaNs.
 */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

void nn_pack_u64 (GByteArray *bytes, guint64 number);
void nn_pack_i64 (GByteArray *bytes, gint64 number);
void nn_pack_flag (GByteArray *bytes, gboolean flag);
void nn_pack_float (GByteArray *bytes, float number);
void nn_pack_double (GByteArray *bytes, double number);
void nn_pack_text (GByteArray *bytes, const char *text);

typedef struct {
  const guint8 *at; /* (not owned) */
  gsize n_left;
  gboolean failed;
} NnUnpack;

void nn_unpack_init (NnUnpack *self, GBytes *bytes);
guint64 nn_unpack_u64 (NnUnpack *self);
guint64 nn_unpack_u64_up_to (NnUnpack *self, guint64 most);
gint64 nn_unpack_i64 (NnUnpack *self);
gboolean nn_unpack_flag (NnUnpack *self);
float nn_unpack_float (NnUnpack *self);
double nn_unpack_double (NnUnpack *self);
char *nn_unpack_text (NnUnpack *self) G_GNUC_WARN_UNUSED_RESULT;
gboolean nn_unpack_is_done (const NnUnpack *self);

/* Arrays, which may be large, have bytes of their own. */
GBytes *nn_pack_floats (const float *values, gsize n_values) G_GNUC_WARN_UNUSED_RESULT;
gboolean nn_unpack_floats (GBytes *bytes, float *values, gsize n_values);

G_END_DECLS
