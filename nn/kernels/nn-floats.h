/* nn-floats.h - memory for many floats
 *
 * SPDX-License-Identifier: MIT
 */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

float *nn_floats_new0 (gsize n) G_GNUC_WARN_UNUSED_RESULT;
void nn_floats_free (float *self);

G_END_DECLS
