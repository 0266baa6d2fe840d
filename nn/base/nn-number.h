/* nn-number.h - numbers as text that reads back as the same number
 *
 * SPDX-License-Identifier: MIT
 *
 * The decimal sign is a point in every locale. Two families: append gives the fewest
 * digits that read back as the number (0.001, not 0.00100000005), for files and messages;
 * write gives "%.9g" in a tenth of its time, for long columns of numbers.
 */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

void nn_number_append (GString *text, double number);
void nn_number_append_float (GString *text, float number);
double nn_number_widen (float number);

/* Bytes that the write functions need. */
#define NN_NUMBER_FLOAT_SIZE 24
#define NN_NUMBER_COUNT_SIZE 20

gsize nn_number_write_float (char *text, float number);
gsize nn_number_write_count (char *text, guint64 number);

G_END_DECLS
