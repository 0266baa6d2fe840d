/* nn-data-digits.c - handwritten digits of 8 x 8 pixels
 *
 * SPDX-License-Identifier: MIT
 */

#include "nn/data/nn-data-kind.h"

#include <glib/gi18n.h>

#include "nn/data/nn-shipped.h"

#include "nn/data/digits.h" /* digits_data, which the build makes */

static const NnSetting settings[] = { NN_DATA_STANDARDISE, NN_DATA_VALIDATION };

static NnTable *
load (const NnDataSpec *spec, const NnProgress *progress, GError **error)
{
  return nn_shipped_make_table (&digits_data);
}

const NnDataKind nn_data_digits = {
  .sentence = N_ ("1797 handwritten digits: 8 x 8 pixels from 0 to 16"),
  .settings = NN_SETTINGS (settings),
  .is_table = TRUE,
  .load = load,
};
