/* nn-deviation.h - a run that differs from its experiment in one thing
 *
 * SPDX-License-Identifier: MIT
 *
 * To measure what something did to a run, the run is repeated without it. All else is the
 * same, to the bit: a nudge that is left out is still computed and still draws its random
 * numbers, but its result is not stored.
 *
 * As text, for the options of `nudge run`:
 *
 *   log:3              event 3 of the experiment's log, counted from 1
 *   log:3:fc1.weight   its effect on one parameter, or on one layer (fc1); of a nudge
 *   nudge:2            repeating nudge 2, whenever it is due. The experiment's own are 1, 2,
 *                      … in their order; those that the log adds follow
 *   nudge:2@120        its effect after step 120, or within it; perhaps :fc1.weight
 *   step:120           the change of the weights by the optimizer in step 120; perhaps
 *                      :fc1.weight. The optimizer's moments are updated as usual
 *
 * A plain value: copy and clear. A list of them is shared: g_array_ref () and unref from
 * any thread.
 */

#pragma once

#include "nn/experiment/nn-experiment.h"
#include "nn/nudge/nn-apply.h"

G_BEGIN_DECLS

typedef enum {
  NN_DEVIATION_WITHOUT,     /* what is named is left out */
  NN_DEVIATION_ZERO_MEMORY, /* the nudge also zeroes the optimizer's moments of its target */
  NN_DEVIATION_NEXT_BATCH, /* the step trains on the mini-batch of the next one */
  NN_DEVIATION_TENTH_RATE, /* the step has a tenth of the learning rate */
  NN_N_DEVIATIONS
} NnDeviationKind;

typedef enum {
  NN_SUBJECT_EVENT,
  NN_SUBJECT_NUDGE,
  NN_SUBJECT_STEP,
} NnSubject;

typedef struct {
  NnDeviationKind kind;
  NnSubject subject; /* STEP for the last two kinds */
  guint64 number;    /* EVENT: in the log, from 1; NUDGE: its id; STEP: which, from 1 */
  gboolean once;     /* NUDGE: only at @step */
  guint64 step;
  char *part; /* (owned) (nullable) WITHOUT: a parameter or a layer; NULL: all */
} NnDeviation;

gboolean nn_deviation_parse (NnDeviation *self,
                             NnDeviationKind kind,
                             const char *text,
                             GError **error);
gboolean nn_deviation_check (const NnDeviation *self,
                             const NnExperiment *experiment,
                             GError **error);
char *nn_deviation_dup_text (const NnDeviation *self);
const char *nn_deviation_get_option (NnDeviationKind kind);
char *nn_deviation_dup_option (const NnDeviation *self);
void nn_deviation_copy (NnDeviation *self, const NnDeviation *from);
void nn_deviation_clear (NnDeviation *self);

GArray *nn_deviations_new (void) G_GNUC_WARN_UNUSED_RESULT;
void nn_deviations_append (GArray *deviations, const NnDeviation *deviation);
gboolean nn_deviations_find_nudge (const GArray *deviations,
                                   NnSubject subject,
                                   guint64 number,
                                   guint64 step,
                                   NnNudgeException *exception);
const NnDeviation *
nn_deviations_find_step (const GArray *deviations, NnDeviationKind kind, guint64 step);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (NnDeviation, nn_deviation_clear)

G_END_DECLS
