/* nn-decimal.h - a number written in decimal, as the nearest double
 *
 * SPDX-License-Identifier: MIT
 *
 * The same in every locale, and as Python's float () has it to the last bit.
 */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

const char *nn_decimal_scan (const char *at, const char *end, char sign, double *number);
gboolean nn_decimal_parse (const char *text, gsize n_bytes, char sign, double *number);

G_END_DECLS
