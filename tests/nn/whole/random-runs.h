/* random-runs.h - runs of experiments that a seed makes up, and what holds of all of them
 *
 * SPDX-License-Identifier: MIT
 *
 * Networks, data, optimizers, guards, nudges and what the user does are all made up. Each
 * property is tried with 300 seeds; with as many more as the environment variable
 * NUDGE_SEEDS says, or 20,000 where slow tests are asked for (-m slow).
 */

#pragma once

#include "tests/nn/random-experiment.h"

/* How long a run is, as a rule. */
#define RANDOM_STEPS 14

typedef struct {
  const char *name;
  void (*holds) (RandomExperiment *random);
} RandomProperty;

int random_try (const char *suite, const RandomProperty *properties, gsize n_properties);

NnTrainer *random_trainer (const RandomExperiment *random);
gboolean random_step_both (NnTrainer *one, NnTrainer *other);
GBytes *random_copy_state (NnTrainer *trainer);
void random_assert_same_bytes (GBytes *a, GBytes *b);
