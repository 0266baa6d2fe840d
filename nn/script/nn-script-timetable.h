/* nn-script-timetable.h - nudges that repeat, and in which steps each does
 *
 * SPDX-License-Identifier: MIT
 *
 * A run is a series of stretches, between which the user changes what repeats. Of all
 * stretches this makes one list, in which the nudges of each keep their order: one that goes
 * on is there once, with the steps in which it is awake.
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

/* Steps, as spans that rise and do not touch. */
typedef struct {
  GArray *spans; /* (owned) (element-type NnScriptSpan) */
} NnScriptSteps;

typedef struct {
  char *lines; /* (owned) what is done */
  NnTime time;
  NnScriptSteps steps; /* (owned) */
} NnScriptEntry;

typedef struct {
  GPtrArray *entries; /* (owned) (element-type NnScriptEntry) */
  guint next;         /* behind the last one of the present stretch */
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
