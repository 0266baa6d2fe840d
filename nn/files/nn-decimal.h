/* nn-decimal.h - parses decimal numbers to the nearest double, quickly
 *
 * SPDX-License-Identifier: MIT
 *
 * Independent of the locale; the same bits as Python's float ().
 */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

const char *nn_decimal_scan (const char *at, const char *end, char sign, double *number);
gboolean nn_decimal_parse_grouped (const char *text,
                                   gsize n_bytes,
                                   double *number,
                                   gboolean *sure);
gboolean nn_decimal_parse (const char *text, gsize n_bytes, char sign, double *number);

G_END_DECLS
