/* nn-parameters.h - initial parameters from a file
 *
 * SPDX-License-Identifier: MIT
 *
 * Arrays named like the parameters of a network, for some or all of them; the others are
 * drawn by the initialisation. Immutable and shared: ref and unref from any thread.
 */

#pragma once

#include "nn/arrays/nn-array.h"
#include "nn/model/nn-architecture.h"

G_BEGIN_DECLS

typedef struct {
  GPtrArray *arrays; /* (owned) (element-type NnArray) */
  char *file;        /* (owned) (nullable) the path they are from, or PATH:MEMBER */
  GPtrArray *notes;  /* (owned) (element-type utf8) conversions, for the user */
} NnParameters;

NnParameters *
nn_parameters_new (GPtrArray *arrays, const char *file) G_GNUC_WARN_UNUSED_RESULT;
NnParameters *nn_parameters_ref (NnParameters *self);
void nn_parameters_unref (NnParameters *self);

gboolean nn_parameters_check (const NnParameters *self,
                              const NnArchitecture *architecture,
                              GError **error);
char *nn_parameters_dup_digest (const NnParameters *self);
char *
nn_parameters_dup_missing (const NnParameters *self, const NnArchitecture *architecture);
void nn_parameters_put (const NnParameters *self,
                        const NnArchitecture *architecture,
                        float *values);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (NnParameters, nn_parameters_unref)

G_END_DECLS
