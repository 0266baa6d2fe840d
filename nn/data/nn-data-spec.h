/* nn-data-spec.h - the description of an experiment's data
 *
 * SPDX-License-Identifier: MIT
 *
 * A source with its settings, and the table of a source that has one (NnDataSpec, in
 * nn-data-kind.h). In order: init, set fields, load (reads the file), check; then
 * nn-dataset.h makes the examples. A plain value with one owner; its table is shared.
 */

#pragma once

#include "nn/data/nn-data-kind.h"

G_BEGIN_DECLS

const NnDataKind *nn_data_source_get_kind (NnDataSource source);
const char *nn_data_source_get_name (NnDataSource source);
gboolean nn_data_source_find (const char *name, NnDataSource *source, GError **error);

void nn_data_spec_init (NnDataSpec *self, NnDataSource source);
void nn_data_spec_copy (NnDataSpec *self, const NnDataSpec *from);
void nn_data_spec_clear (NnDataSpec *self);
gboolean nn_data_spec_load (NnDataSpec *self, const NnProgress *progress, GError **error);
gboolean nn_data_spec_parse (NnDataSpec *self,
                             char *bytes,
                             gsize n_bytes,
                             const NnProgress *progress,
                             GError **error);
NnSheet *nn_data_spec_load_sheet (const NnDataSpec *self,
                                  const NnProgress *progress,
                                  GError **error) G_GNUC_WARN_UNUSED_RESULT;
gboolean nn_data_spec_is_equal (const NnDataSpec *self, const NnDataSpec *other);
gboolean nn_data_spec_check (const NnDataSpec *self, GError **error);
gsize nn_data_spec_get_n_examples (const NnDataSpec *self);
gsize nn_data_spec_get_n_features (const NnDataSpec *self);
gsize nn_data_spec_get_n_targets (const NnDataSpec *self);
gsize nn_data_spec_get_n_classes (const NnDataSpec *self);
gboolean nn_data_spec_has_numbers (const NnDataSpec *self);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (NnDataSpec, nn_data_spec_clear)

G_END_DECLS
