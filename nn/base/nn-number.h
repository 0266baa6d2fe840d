/* nn-number.h - numbers as text that reads back as the same number
 *
 * SPDX-License-Identifier: MIT
 *
 * With a point in every locale, and with no more digits than the number needs: 0.001
 * and not 0.00100000005.
 */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

void nn_number_append (GString *text, double number);
void nn_number_append_float (GString *text, float number);
double nn_number_widen (float number);

G_END_DECLS
