/* nudge-number.h - numbers as people read and type them
 *
 * SPDX-License-Identifier: MIT
 *
 * Written with a true minus sign and a point; read with comma or point, as a
 * fraction ("3/4"), or as a change of the present value ("*1.1", "+0.2").
 */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

char *nudge_number_format (double value, int digits);
char *nudge_number_format_steady (double value, int digits);
char *nudge_number_format_narrow (double value, int digits);
char *nudge_number_format_tick (double value, int digits, double low, double high);
char *nudge_number_format_count (guint64 count);
char *nudge_number_format_percent (double part);
char *nudge_number_format_exact (float value);
int nudge_number_choose_digits (double one, double other, int least);
gboolean
nudge_number_parse (const char *text, double present, double *value, GError **error);
gboolean nudge_number_parse_whole (const char *text,
                                   double present,
                                   double *value,
                                   GError **error);

G_END_DECLS
