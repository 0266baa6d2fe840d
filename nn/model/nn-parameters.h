/* nn-parameters.h - first values of a network that are given, not drawn
 *
 * SPDX-License-Identifier: MIT
 *
 * Arrays with the names of a network's parameters, of some or of all. An immutable,
 * shared value (ref and unref from any thread): experiments share one.
 */

#pragma once

#include "nn/files/nn-array.h"
#include "nn/model/nn-architecture.h"

G_BEGIN_DECLS

typedef struct {
  GPtrArray *arrays; /* (owned) (element-type NnArray) */
  char *file; /* (owned) (nullable) where they are from: a path, perhaps with :MEMBER */
  GPtrArray *notes; /* (owned) (element-type utf8) what was read otherwise than it is */
} NnParameters;

NnParameters *
nn_parameters_new (GPtrArray *arrays, const char *file) G_GNUC_WARN_UNUSED_RESULT;
NnParameters *nn_parameters_ref (NnParameters *self);
void nn_parameters_unref (NnParameters *self);

gboolean nn_parameters_check (const NnParameters *self,
                              const NnArchitecture *architecture,
                              GError **error);
char *nn_parameters_dup_digest (const NnParameters *self);
void nn_parameters_put (const NnParameters *self,
                        const NnArchitecture *architecture,
                        float *values);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (NnParameters, nn_parameters_unref)

G_END_DECLS
