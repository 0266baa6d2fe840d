/* nn-trainer.h - one run: a network, its data, its optimizer and its nudges
 *
 * SPDX-License-Identifier: MIT
 *
 * A step goes through phases, which can also be walked one by one:
 *
 *   forward → nudges "before backward" → backward → optimizer → section
 *
 * If a nudge asks for every example, the step walks the batch: forward, nudges, backward
 * and a section for each example on its own, then the optimizer with the gradients'
 * average. Between steps the trainer is in the section: manual nudges land there.
 *
 * Nudges draw their random numbers (noise, rand) from a stream of their own, seeded from
 * the experiment's seed as nn/nudge/nn-noise.h says. So whatever nudges there are, and
 * whatever they draw, parameters, data and shuffles stay the same. A refused nudge and a
 * failed step leave the stream where it was.
 *
 * Whatever the user changes during the run comes in through nn_trainer_do (),
 * between steps.
 *
 * An edit changes what is being trained: what depends on the change is created again, and
 * the rest keeps its bits. The experiment, the network, the optimizer, the data and their
 * batches may be other objects after it.
 *
 * A run may deviate from its experiment, so that the effect of one part can be
 * measured: nn-deviation.h.
 *
 * The same experiment and the same calls give the same bits. One owner, one thread,
 * no clock. After the first steps a step allocates nothing.
 */

#pragma once

#include "nn/data/nn-batches.h"
#include "nn/experiment/nn-event.h"
#include "nn/experiment/nn-experiment.h"
#include "nn/files/nn-chunks.h"
#include "nn/model/nn-network.h"
#include "nn/run/nn-last-change.h"
#include "nn/run/nn-nudge-schedule.h"
#include "nn/run/nn-probes.h"
#include "nn/run/nn-scores.h"

G_BEGIN_DECLS

typedef struct _NnTrainer NnTrainer;
typedef struct _NnTrainerState NnTrainerState;

typedef enum {
  NN_PHASE_FORWARD,
  NN_PHASE_BEFORE_BACKWARD,
  NN_PHASE_BACKWARD,
  NN_PHASE_OPTIMIZER,
  NN_PHASE_SECTION,
} NnPhase;

/* Called within a step, right after @phase. It may only read. */
typedef void (*NnPhaseWatch) (NnTrainer *trainer, NnPhase phase, gpointer data);

NnTrainer *
nn_trainer_new (const NnExperiment *experiment, GError **error) G_GNUC_WARN_UNUSED_RESULT;
NnTrainer *nn_trainer_new_deviating (const NnExperiment *experiment,
                                     GArray *deviations,
                                     GError **error) G_GNUC_WARN_UNUSED_RESULT;
void nn_trainer_set_deviations (NnTrainer *self, GArray *deviations);
void nn_trainer_free (NnTrainer *self);

gboolean nn_trainer_step (NnTrainer *self, GError **error);
gboolean nn_trainer_step_watched (NnTrainer *self,
                                  NnPhaseWatch watch,
                                  gpointer data,
                                  GError **error);
NnPhase nn_trainer_get_phase (const NnTrainer *self);
gboolean nn_trainer_advance (NnTrainer *self, GError **error);
void nn_trainer_reset (NnTrainer *self);

gboolean nn_trainer_do (NnTrainer *self, const NnEvent *event, GError **error);
gboolean nn_trainer_do_logged (NnTrainer *self,
                               const NnEvent *event,
                               guint64 number,
                               GError **error);
void nn_trainer_measure_next_landings (NnTrainer *self);
void nn_trainer_set_plane (NnTrainer *self, const NnPlaneChoice *plane);
void nn_trainer_keep_change (NnTrainer *self, gboolean keep);

float nn_trainer_evaluate (NnTrainer *self);
float nn_trainer_evaluate_held_out (NnTrainer *self);
float nn_trainer_evaluate_training (NnTrainer *self);
gboolean nn_trainer_score (NnTrainer *self, NnScoreKind kind, NnScore *score);
double nn_trainer_evaluate_batch (NnTrainer *self,
                                  const NnBatch *batch,
                                  gboolean has_targets,
                                  NnTensor **layers);
const NnBatch *nn_trainer_get_next_batch (NnTrainer *self, gboolean *fixed);
gsize nn_trainer_get_number_in_next_batch (const NnTrainer *self, gsize index);
const NnBatch *nn_trainer_get_batch (const NnTrainer *self);
gboolean nn_trainer_walks_examples (const NnTrainer *self);
gboolean nn_trainer_ended_epoch (const NnTrainer *self);
NnNudgeContext
nn_trainer_get_nudge_context (const NnTrainer *self, NnSectionKind kind, guint64 step);
const NnProbes *nn_trainer_get_probes (const NnTrainer *self);
void nn_trainer_compute_activations (NnTrainer *self, float *activations);
void nn_trainer_compute_example (NnTrainer *self, float *units);

NnTrainerState *nn_trainer_save (const NnTrainer *self) G_GNUC_WARN_UNUSED_RESULT;
void nn_trainer_restore (NnTrainer *self, const NnTrainerState *state);
NnTrainerState *nn_trainer_state_ref (NnTrainerState *state);
guint64 nn_trainer_state_get_n_steps (const NnTrainerState *state);
gsize nn_trainer_state_get_size (const NnTrainerState *state);
gsize nn_trainer_state_get_unshared_size (const NnTrainerState *state,
                                          const NnTrainerState *other);
void nn_trainer_state_free (NnTrainerState *state);

/* In a file. */
void nn_trainer_state_write (const NnTrainerState *state, NnChunks *chunks);
gboolean nn_trainer_read (NnTrainer *self,
                          const NnChunks *chunks,
                          guint64 most_landed,
                          GError **error);

guint64 nn_trainer_get_n_steps (const NnTrainer *self);
NnClock nn_trainer_get_clock (const NnTrainer *self);
float nn_trainer_get_loss (const NnTrainer *self);
float nn_trainer_get_step_loss (const NnTrainer *self);
NnExperiment *nn_trainer_get_experiment (const NnTrainer *self);
NnExperiment *nn_trainer_dup_experiment (const NnTrainer *self) G_GNUC_WARN_UNUSED_RESULT;
const char *nn_trainer_get_note (const NnTrainer *self);
GBytes *nn_trainer_get_initial (const NnTrainer *self);
const NnSlowCopies *nn_trainer_get_slow (const NnTrainer *self);
const NnLastChange *nn_trainer_get_change (const NnTrainer *self);
NnNetwork *nn_trainer_get_network (const NnTrainer *self);
NnOptimizer *nn_trainer_get_optimizer (const NnTrainer *self);
NnDataset *nn_trainer_get_dataset (const NnTrainer *self);
NnGuard nn_trainer_get_guard (const NnTrainer *self);
gsize nn_trainer_get_n_standing (const NnTrainer *self);
const NnStanding *nn_trainer_get_standing (const NnTrainer *self, gsize index);
gssize nn_trainer_find_standing (const NnTrainer *self, guint64 id);
guint64 nn_trainer_get_next_id (const NnTrainer *self);
guint64 nn_trainer_get_n_news (const NnTrainer *self);
const NnLanding *nn_trainer_get_landings (const NnTrainer *self, gsize *n_landings);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (NnTrainer, nn_trainer_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (NnTrainerState, nn_trainer_state_free)

G_END_DECLS
