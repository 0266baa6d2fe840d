/* nn-script-timetable.h - in which steps each repeating nudge of a script is due
 *
 * SPDX-License-Identifier: MIT
 *
 * Between two events the list of repeating nudges is the same. This merges the lists of
 * all such stretches of a run into one, in which the nudges of each keep their order: a
 * nudge that is in several has one entry, with all its steps.
 *
 * A plain value with one owner: init and clear.
 */

#pragma once

#include "nn/nudge/nn-time.h"

G_BEGIN_DECLS

typedef struct {
  guint64 first;
  guint64 last;
} NnScriptSpan;

/* A set of steps: spans that rise, with others between them. */
typedef struct {
  GArray *spans; /* (owned) (element-type NnScriptSpan) */
} NnScriptSteps;

typedef struct {
  char *lines; /* (owned) that apply the nudge */
  NnTime time;
  NnScriptSteps steps; /* (owned) */
} NnScriptEntry;

typedef struct {
  GPtrArray *entries; /* (owned) (element-type NnScriptEntry) */
  guint next;         /* index after the last entry of the present stretch */
} NnScriptTimetable;

void nn_script_steps_add (NnScriptSteps *self, NnScriptSpan span);
char *nn_script_steps_dup_condition (const NnScriptSteps *self,
                                     NnScriptSpan all) G_GNUC_WARN_UNUSED_RESULT;

GArray *nn_script_steps_dup_others (const NnScriptSteps *self,
                                    NnScriptSpan all) G_GNUC_WARN_UNUSED_RESULT;

void nn_script_timetable_init (NnScriptTimetable *self);
void nn_script_timetable_clear (NnScriptTimetable *self);
void nn_script_timetable_begin (NnScriptTimetable *self);
void nn_script_timetable_add (NnScriptTimetable *self,
                              const char *lines,
                              const NnTime *time,
                              NnScriptSpan span);
gboolean nn_script_entry_dup_condition (const NnScriptEntry *self,
                                        const NnScriptSteps *within,
                                        NnScriptSpan all,
                                        gboolean one_batch,
                                        char **condition);

G_END_DECLS
