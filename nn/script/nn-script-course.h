/* nn-script-course.h - what a script does from its first line to its last
 *
 * SPDX-License-Identifier: MIT
 *
 * It follows an experiment's log as a run does: after each edit, the experiment is the
 * edited one, and nudges are written with the names, learning rate and guard of that
 * time. The result are the pieces of the program.
 *
 * A plain value with one owner: init and clear.
 */

#pragma once

#include "nn/script/nn-script-nudge.h"
#include "nn/script/nn-script-parts.h"
#include "nn/script/nn-script-timetable.h"

G_BEGIN_DECLS

typedef struct {
  NnScriptParts parts;
  NnScriptFunctions functions;
  NnScriptTimetable timetable;
  NnScriptSpan all; /* the steps of the run */

  GString *networks; /* (owned) classes of the networks */
  GString *setup;    /* (owned) lines before the loop */
  GString *start;    /* (owned) lines after those: events before the first step */
  GString *log;      /* (owned) lines in the loop: events, by their steps */

  /* What the loop has to do. */
  gboolean one_batch;   /* every step has all examples, in their order */
  gboolean edits_batch; /* the mini-batches' size and order change: they are variables */
  gboolean may_lack_held_out; /* some data of the run have no held-out examples */

  NnScriptSteps walked;   /* (owned) steps that process one example at a time */
  NnScriptSteps shielded; /* (owned) steps with the guard `shield`, which keeps values */
  NnScriptSteps bare;     /* (owned) steps with the guard `off`, which must not */
} NnScriptCourse;

void nn_script_course_init (NnScriptCourse *self,
                            const NnExperiment *experiment,
                            guint64 n_steps);
void nn_script_course_clear (NnScriptCourse *self);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (NnScriptCourse, nn_script_course_clear)

G_END_DECLS
