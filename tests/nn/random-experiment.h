/* random-experiment.h - experiments and nudges that a seed makes up
 *
 * SPDX-License-Identifier: MIT
 *
 * The same seed makes up the same. What is made up is valid, edits included; an update function may
 * still be refused where it is applied, when it comes to a value that is not finite.
 */

#pragma once

#include "nn/experiment/nn-experiment.h"
#include "nn/run/nn-trainer.h"

#define RANDOM_LAYERS 4

typedef struct {
  GRand *random;            /* (owned) */
  NnExperiment *experiment; /* (owned) without nudges */
  guint n_names;            /* of layers that edits have added or renamed */
} RandomExperiment;

/* What a nudge may be, besides its target and its function. */
typedef enum {
  RANDOM_ANYTHING = 0,
  RANDOM_KEEPS_MEMORY = 1 << 0,  /* of the optimizer */
  RANDOM_IN_SECTION = 1 << 1,    /* of a step: nothing before backward or at examples */
  RANDOM_NO_EXAMPLES = 1 << 2,   /* not at every example */
  RANDOM_WITHOUT_DRAWS = 1 << 3, /* random numbers */
} RandomLimits;

void random_experiment_init (RandomExperiment *self, guint32 seed);
void random_experiment_clear (RandomExperiment *self);
gboolean random_chance (RandomExperiment *self, double chance);
guint random_below (RandomExperiment *self, guint n);
char *random_target (RandomExperiment *self);
char *random_function (RandomExperiment *self, RandomLimits limits);
NnNudge *random_nudge (RandomExperiment *self, RandomLimits limits);
NnNudge *random_nudge_of (RandomExperiment *self,
                          const char *target,
                          const char *function,
                          RandomLimits limits);
void random_event (RandomExperiment *self, const NnTrainer *trainer, NnEvent *event);
gboolean random_target_has (const NnTarget *target,
                            const NnArchitecture *architecture,
                            gsize parameter,
                            gsize element);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (RandomExperiment, random_experiment_clear)
