/* nn-data-iris.c - Fisher's measurements of iris flowers
 *
 * SPDX-License-Identifier: MIT
 */

#include "nn/data/nn-data-kind.h"

#include <glib/gi18n.h>

#include "nn/data/nn-shipped.h"

#include "nn/data/iris.h" /* iris_data, which the build makes */

static const NnSetting settings[] = { NN_DATA_STANDARDISE, NN_DATA_VALIDATION };

static NnTable *
load (const NnDataSpec *spec, const NnProgress *progress, GError **error)
{
  return nn_shipped_make_table (&iris_data);
}

const NnDataKind nn_data_iris = {
  .sentence = N_ ("150 iris flowers of three species: four lengths in cm"),
  .settings = NN_SETTINGS (settings),
  .is_table = TRUE,
  .load = load,
};
