/* nn-edit.h - new values for some of an experiment's top-level keys
 *
 * SPDX-License-Identifier: MIT
 *
 * Each key is replaced as a whole; keys that the edit does not have stay. What that does
 * to a run depends on the experiment that it is applied to: nn-change.h.
 *
 * A layer keeps the weights of the layer with its name, or with the name that it `was`.
 *
 * The creator fills in the fields; after that an edit is immutable and shared: ref and
 * unref from any thread.
 */

#pragma once

#include "nn/data/nn-dataset.h"
#include "nn/data/nn-shuffle.h"
#include "nn/model/nn-architecture.h"
#include "nn/model/nn-init.h"
#include "nn/model/nn-loss.h"
#include "nn/optim/nn-optimizer.h"
#include "nn/tensor/nn-tape.h"

G_BEGIN_DECLS

/* Which keys an edit has. */
typedef enum {
  NN_EDIT_HAS_SEED = 1 << 0,
  NN_EDIT_HAS_DATA = 1 << 1,
  NN_EDIT_HAS_NETWORK = 1 << 2,
  NN_EDIT_HAS_LOSS = 1 << 3,
  NN_EDIT_HAS_OPTIMIZER = 1 << 4,
  NN_EDIT_HAS_BATCH = 1 << 5,
  NN_EDIT_HAS_GUARD = 1 << 6,
} NnEditParts;

typedef struct {
  char *name; /* (owned) */
  char *was;  /* (owned) (nullable) its name before the edit, if that was another */
  gsize n_units;
  NnActivation activation;
  gboolean without_bias;
} NnEditLayer;

typedef struct {
  NnEditParts parts;
  guint32 seed;        /* SEED */
  NnDataSpec data;     /* (owned) DATA */
  NnEditLayer *layers; /* (owned) (n_layers) NETWORK */
  gsize n_layers;
  NnInit init;
  gboolean fresh; /* NETWORK: new units are drawn by init, not made to keep the outputs */
  NnLoss loss;    /* LOSS */
  NnOptimizerSettings optimizer; /* OPTIMIZER */
  gsize batch_size;              /* BATCH */
  NnShuffle shuffle;
  NnGuard guard; /* GUARD */
} NnEdit;

NnEdit *nn_edit_new (void) G_GNUC_WARN_UNUSED_RESULT;
void nn_edit_set_network (NnEdit *self,
                          const NnArchitecture *architecture,
                          const NnInit *init);
NnEditLayer *nn_edit_insert_layer (NnEdit *self,
                                   gsize index,
                                   const NnLayerSpec *spec,
                                   const char *was);
void nn_edit_remove_layer (NnEdit *self, gsize index);
void nn_edit_take (NnEdit *self, const NnEdit *other);
NnEdit *nn_edit_ref (NnEdit *self);
void nn_edit_unref (NnEdit *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (NnEdit, nn_edit_unref)

G_END_DECLS
