/* nn-experiment.h - everything needed to repeat a run
 *
 * SPDX-License-Identifier: MIT
 *
 * A plain value: its owner may change the fields until a trainer or session is
 * made of it, which copies what it needs.
 */

#pragma once

#include <glib.h>

#include "nn/model/nn-architecture.h"
#include "nn/nudge/nn-nudge.h"

G_BEGIN_DECLS

typedef struct {
  char *name;  /* (owned) "seed": what `nudge run` calls it */
  char *title; /* (owned) "Change weights, keep gradients" */
  guint32 seed;
  gsize n_examples; /* uniform features in [0, 1), drawn after the parameters */
  NnArchitecture *architecture; /* (owned) */
  float loss_target;            /* loss = mean ((loss_target - sum (out))²) */
  double learning_rate;         /* Adam's; the rest are PyTorch's defaults */
  GPtrArray *nudges;            /* (owned) (element-type NnNudge) in the order they run */
} NnExperiment;

NnExperiment *
nn_experiment_new_demo (const char *name, GError **error) G_GNUC_WARN_UNUSED_RESULT;
NnExperiment *nn_experiment_copy (const NnExperiment *self) G_GNUC_WARN_UNUSED_RESULT;
void nn_experiment_free (NnExperiment *self);

gboolean nn_experiment_add_nudge (NnExperiment *self, const char *text, GError **error);
const char *const *nn_experiment_get_demo_names (void);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (NnExperiment, nn_experiment_free)

G_END_DECLS
