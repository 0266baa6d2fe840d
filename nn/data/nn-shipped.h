/* nn-shipped.h - data sets that are compiled into the program
 *
 * SPDX-License-Identifier: MIT
 *
 * The build makes them of the files in resources/data/ (embed.py).
 */

#pragma once

#include "nn/data/nn-table.h"

G_BEGIN_DECLS

typedef struct {
  gsize n_examples;
  gsize n_features;
  guint scale;           /* what an input is divided by */
  const guint8 *inputs;  /* [n_examples][n_features] */
  const guint8 *classes; /* [n_examples] */
  const char *const *feature_names;
  const char *target_name;
  const char *const *class_names;
} NnShipped;

NnTable *nn_shipped_make_table (const NnShipped *self) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
