/* nn-number.h - numbers as text that reads back as the same number
 *
 * SPDX-License-Identifier: MIT
 *
 * With a point in every locale. Appended, a number has no more digits than it needs: 0.001
 * and not 0.00100000005; written, it is what "%.9g" makes of it, in a tenth of the time.
 */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

void nn_number_append (GString *text, double number);
void nn_number_append_float (GString *text, float number);
double nn_number_widen (float number);

#define NN_NUMBER_FLOAT_SIZE 24
#define NN_NUMBER_COUNT_SIZE 20

gsize nn_number_write_float (char *text, float number);
gsize nn_number_write_count (char *text, guint64 number);

G_END_DECLS
