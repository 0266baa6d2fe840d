/* nn-script-course.h - what a script does from its first line to its last
 *
 * SPDX-License-Identifier: MIT
 *
 * An experiment's log is gone through, step by step, as a run goes through it: each edit
 * gives the experiment from there on, and names, rates and guards are those of the
 * moment. What comes of it are the pieces that a program is put together from.
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
  NnScriptSpan all; /* steps of the run */

  GString *networks; /* (owned) classes */
  GString *setup;    /* (owned) before the loop */
  GString *start;    /* (owned) then: what the user did before the first step */
  GString *log;      /* (owned) in the loop, what the user did after which step */

  /* Whatever the pieces say, the loop has to have these. */
  gboolean one_batch;   /* all examples, in their order, in every step */
  gboolean edits_batch; /* or the data: the batches' size and order are variables */
  gboolean may_lack_held_out;

  NnScriptSteps walked;   /* (owned) steps that go example by example */
  NnScriptSteps shielded; /* (owned) those in which forward's values must be kept */
  NnScriptSteps bare;     /* (owned) and those in which they must not */
} NnScriptCourse;

void nn_script_course_init (NnScriptCourse *self,
                            const NnExperiment *experiment,
                            guint64 n_steps);
void nn_script_course_clear (NnScriptCourse *self);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (NnScriptCourse, nn_script_course_clear)

G_END_DECLS
