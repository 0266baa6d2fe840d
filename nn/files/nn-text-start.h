/* nn-text-start.h - how a file of text begins, whatever its encoding
 *
 * SPDX-License-Identifier: MIT
 *
 * Enough to recognise a format by its first words, which are ASCII in all of them.
 */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

char *nn_text_start_dup (const guint8 *bytes, gsize n_bytes, gsize most);

G_END_DECLS
