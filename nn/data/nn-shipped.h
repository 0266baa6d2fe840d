/* nn-shipped.h - data sets that are compiled into the program
 *
 * SPDX-License-Identifier: MIT
 *
 * iris and digits: embed.py makes a header with an NnShipped from each CSV file
 * in resources/data/.
 */

#pragma once

#include "nn/data/nn-table.h"

G_BEGIN_DECLS

typedef struct {
  gsize n_examples;
  gsize n_features;
  guint scale;           /* inputs are divided by it */
  const guint8 *inputs;  /* [n_examples][n_features] */
  const guint8 *classes; /* [n_examples] */
  const char *const *feature_names;
  const char *target_name;
  const char *const *class_names;
} NnShipped;

NnTable *nn_shipped_make_table (const NnShipped *self) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
