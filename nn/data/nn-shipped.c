/* nn-shipped.c - data sets that are compiled into the program
 *
 * SPDX-License-Identifier: MIT
 */

#include "nn/data/nn-shipped.h"

static char **
dup_names (const char *const *names)
{
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();

  for (gsize i = 0; names[i] != NULL; i++)
    g_strv_builder_add (builder, names[i]);
  return g_strv_builder_end (builder);
}

/**
 * nn_shipped_make_table:
 *
 * Each input is the float32 nearest to the decimal number in the CSV file.
 *
 * Returns: (transfer full)
 */
NnTable *
nn_shipped_make_table (const NnShipped *self)
{
  NnTable *table = nn_table_new (self->n_examples, self->n_features, 1);

  for (gsize i = 0; i < self->n_examples * self->n_features; i++)
    table->inputs[i] = (float) ((double) self->inputs[i] / self->scale);
  for (gsize i = 0; i < self->n_examples; i++)
    table->targets[i] = self->classes[i];
  table->targets_are = NN_TARGETS_CLASSES;
  table->feature_names = dup_names (self->feature_names);
  table->target_names = dup_names ((const char *const[]){ self->target_name, NULL });
  table->class_names = dup_names (self->class_names);
  return table;
}
