/* nn-table.h - examples as rows of numbers, with names and notes
 *
 * SPDX-License-Identifier: MIT
 *
 * Filled by its maker, from then on immutable and shared (ref and unref from any thread),
 * so that a large data set is in memory once, however many runs use it.
 */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

#define NN_TABLE_MAX_CLASS 65535 /* from 0: as many classes as a layer may have units */

typedef enum {
  NN_TARGETS_NUMBERS,
  NN_TARGETS_CLASSES, /* one column of class numbers, 0, 1, … */
  NN_TARGETS_EITHER,  /* one column of such numbers; the loss decides which of the two */
} NnTargetsKind;

typedef struct {
  gsize n_examples;
  gsize n_features;
  gsize n_targets; /* columns of targets; 0 for none */
  NnTargetsKind targets_are;
  float *inputs;  /* (owned) [n_examples][n_features]; NaN where a value is missing */
  float *targets; /* (owned) (nullable) [n_examples][n_targets] */

  /* NULL if unknown. */
  char **feature_names; /* (owned) (nullable) */
  char **target_names;  /* (owned) (nullable) */
  char **class_names;   /* (owned) (nullable) by class number */
  GPtrArray *notes;     /* (owned) (element-type utf8) what was guessed, for the user */

  /* Private to nn_table_get_digest (). */
  gsize has_digest; /* atomic */
  char *digest;     /* (owned) (nullable) */
} NnTable;

NnTable *nn_table_new (gsize n_examples,
                       gsize n_features,
                       gsize n_targets) G_GNUC_WARN_UNUSED_RESULT;
NnTable *nn_table_splice (const NnTable *self,
                          gsize row,
                          gsize n_removed,
                          const float *inputs,
                          const float *targets) G_GNUC_WARN_UNUSED_RESULT;
NnTable *nn_table_ref (NnTable *self);
void nn_table_unref (NnTable *self);

gboolean nn_table_is_equal (const NnTable *self, const NnTable *other);
gsize nn_table_get_n_classes (const NnTable *self);
gboolean nn_table_is_class (float number);
const char *nn_table_get_digest (NnTable *self);
void nn_table_add_note (NnTable *self, const char *format, ...) G_GNUC_PRINTF (2, 3);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (NnTable, nn_table_unref)

G_END_DECLS
