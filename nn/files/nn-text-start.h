/* nn-text-start.h - the start of a text file as ASCII, in any encoding
 *
 * SPDX-License-Identifier: MIT
 *
 * For recognising a format by its first words.
 */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

char *nn_text_start_dup (const guint8 *bytes, gsize n_bytes, gsize most);

G_END_DECLS
