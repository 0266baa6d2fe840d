/* nn-dataset.h - a table of examples, given or generated
 *
 * SPDX-License-Identifier: MIT
 *
 * Immutable and shared once made (ref and unref from any thread). Of the
 * n_examples rows the first n_training are trained on; the rest are held out.
 */

#pragma once

#include "nn/data/nn-data-kind.h"

G_BEGIN_DECLS

typedef struct {
  gsize n_examples;
  gsize n_training;
  gsize n_features;
  gsize n_targets; /* columns of targets; 0 for none */
  gsize n_classes; /* 0 if the targets are numbers, not class numbers */
  float *inputs;   /* (owned) [n_examples][n_features] */
  float *targets;  /* (owned) (nullable) [n_examples][n_targets] */
} NnDataset;

const NnDataKind *nn_data_source_get_kind (NnDataSource source);
const char *nn_data_source_get_name (NnDataSource source);
gboolean nn_data_source_find (const char *name, NnDataSource *source, GError **error);

void nn_data_spec_init (NnDataSpec *self, NnDataSource source);
void nn_data_spec_copy (NnDataSpec *self, const NnDataSpec *from);
void nn_data_spec_clear (NnDataSpec *self);
gboolean nn_data_spec_check (const NnDataSpec *self, GError **error);
gboolean nn_data_spec_is_equal (const NnDataSpec *self, const NnDataSpec *other);
gsize nn_data_spec_get_n_features (const NnDataSpec *self);
gsize nn_data_spec_get_n_targets (const NnDataSpec *self);
gsize nn_data_spec_get_n_classes (const NnDataSpec *self);

NnDataset *
nn_dataset_new (const NnDataSpec *spec, NnRandom *random) G_GNUC_WARN_UNUSED_RESULT;
NnDataset *nn_dataset_ref (NnDataset *self);
void nn_dataset_unref (NnDataset *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (NnDataset, nn_dataset_unref)
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (NnDataSpec, nn_data_spec_clear)

G_END_DECLS
