/* nn-script-course.c - what a script does from its first line to its last
 *
 * SPDX-License-Identifier: MIT
 */

#include "nn/script/nn-script-course.h"

#include <string.h>

#include "nn/experiment/nn-nudge-ids.h"
#include "nn/script/nn-script-edit.h"
#include "nn/script/nn-script-text.h"

/* The run after some events of its log. */
typedef struct {
  NnScriptCourse *course;
  NnExperiment *now;  /* (owned) edited; without log and repeating nudges */
  NnNudgeIds *ids;    /* (owned) the repeating nudges, in their order */
  GHashTable *paused; /* (owned) (element-type guint64) the ids of paused ones */
  NnGuard guard;
  guint64 since; /* the present stretch begins after this step */
  guint n_networks;
  gboolean grew;         /* an edit may have added layers */
  gboolean keeps_before; /* the newest step has kept the weights before its optimizer */
} State;

static gboolean
is_paused (const State *self, guint64 id)
{
  return g_hash_table_contains (self->paused, &id);
}

static NnScriptSection
make_section (const State *self)
{
  return (NnScriptSection){ .architecture = self->now->architecture,
                            .init = &self->now->init,
                            .rate = self->now->optimizer.lr,
                            .may_lack_grads = self->grew };
}

static gboolean
holds_out (const NnExperiment *experiment)
{
  return nn_script_count_training (experiment) <
         nn_data_spec_get_n_examples (&experiment->data);
}

/* ---- repeating nudges -------------------------------------------------------------- */

/* Adds a repeating nudge of the stretch @span. */
static void
add_repeating (State *self, const NnNudge *nudge, NnScriptSpan span)
{
  const NnTime *time = &nudge->time;
  NnScriptSection section = make_section (self);
  g_autofree char *lines = NULL;

  section.after_optimizer = !time->before_backward && time->when != NN_WHEN_EVERY_EXAMPLE;
  section.keeps_before = TRUE;
  section.may_lack_grads |= !section.after_optimizer;
  section.unseen = time->before_backward && self->guard == NN_GUARD_OFF;
  lines = nn_script_write_nudge (nudge, &section, &self->course->functions);
  nn_script_timetable_add (&self->course->timetable, lines, time, span);
}

/* Ends the stretch at step @last: adds its repeating nudges to the timetable. */
static void
end_stretch (State *self, guint64 last)
{
  NnScriptCourse *course = self->course;
  const NnScriptSpan span = { self->since + 1, last };
  gboolean walks = FALSE, before = FALSE;

  if (last <= self->since)
    return;
  self->keeps_before = FALSE;
  nn_script_timetable_begin (&course->timetable);
  for (gsize i = 0; i < nn_nudge_ids_get_n (self->ids); i++) {
    const NnNudge *nudge = nn_nudge_ids_get_nudge (self->ids, i);

    if (is_paused (self, nn_nudge_ids_get (self->ids, i)))
      continue;
    add_repeating (self, nudge, span);
    walks |= nudge->time.when == NN_WHEN_EVERY_EXAMPLE;
    before |= nudge->time.before_backward;
    self->keeps_before |=
        (nn_expression_get_needs (nudge->expression) & NN_NEED_BEFORE) != 0;
  }
  if (walks)
    nn_script_steps_add (&course->walked, span);
  if (before)
    nn_script_steps_add (
        self->guard == NN_GUARD_SHIELD ? &course->shielded : &course->bare, span);
  course->may_lack_held_out |= !holds_out (self->now);
  self->since = last;
}

/* ---- the log ----------------------------------------------------------------------- */

static char *
write_once (State *self, const NnNudge *nudge, guint64 step)
{
  NnScriptSection section = make_section (self);

  section.at_start = step == 0;
  section.after_optimizer = step > 0;
  section.keeps_before = self->keeps_before;
  return nn_script_write_nudge (nudge, &section, &self->course->functions);
}

/* Renames the layers in the repeating nudges' targets. */
static void
follow (State *self, const NnChange *change)
{
  for (gsize i = 0; i < nn_nudge_ids_get_n (self->ids); i++) {
    NnNudge *followed =
        nn_change_follow (change, nn_nudge_ids_get_nudge (self->ids, i), NULL);

    if (followed)
      nn_nudge_ids_take_nudge (self->ids, i, followed);
  }
}

static char *
write_edit (State *self, const NnEdit *edit)
{
  g_autoptr (NnChange) change = nn_change_new (edit, self->now, NULL);
  g_autofree char *kind = NULL;
  char *lines;

  if (change == NULL)
    return g_strdup ("");
  if (change->growth) {
    g_autofree char *network = NULL;

    kind = g_strdup_printf ("Net%u", ++self->n_networks);
    network = nn_script_write_network (change->after->architecture, kind);
    g_string_append_printf (self->course->networks, "%s\n\n", network);
    self->grew = TRUE;
  }
  lines = nn_script_write_edit (&self->course->parts, change, kind);
  follow (self, change);
  if (edit->parts & NN_EDIT_HAS_GUARD)
    self->guard = edit->guard;
  nn_experiment_free (self->now);
  self->now = nn_experiment_ref (change->after);
  return lines;
}

static void
pause_or_resume (State *self, const NnEvent *event)
{
  if (event->kind == NN_EVENT_PAUSE)
    g_hash_table_add (self->paused, g_memdup2 (&event->id, sizeof event->id));
  else if (event->kind == NN_EVENT_RESUME)
    g_hash_table_remove (self->paused, &event->id);
  else if (event->kind == NN_EVENT_GUARD)
    self->guard = event->guard;
}

/* @text: gets the lines of an event; one-off nudges that follow each other share
 * a block */
static void
do_event (State *self, const NnEvent *event, GString *text, gboolean *in_block)
{
  g_autofree char *lines = NULL;

  pause_or_resume (self, event);
  nn_nudge_ids_follow (self->ids, event);
  if (event->kind == NN_EVENT_NUDGE) {
    lines = write_once (self, event->nudge, event->step);
    if (!*in_block)
      g_string_append (text, "with torch.no_grad():\n");
    nn_script_append_indented (text, lines, 1);
    *in_block = TRUE;
  } else if (event->kind == NN_EVENT_EDIT) {
    lines = write_edit (self, event->edit);
    g_string_append (text, lines);
    *in_block = FALSE;
  }
}

/* Does the events of one step. Returns: the index of the first event of a later step */
static guint
do_events_of (State *self, const GArray *events, guint i)
{
  const guint64 step = g_array_index (events, NnEvent, i).step;
  g_autoptr (GString) text = g_string_new (NULL);
  gboolean in_block = FALSE;

  end_stretch (self, step);
  for (; i < events->len && g_array_index (events, NnEvent, i).step == step; i++)
    do_event (self, &g_array_index (events, NnEvent, i), text, &in_block);
  if (text->len > 0 && step == 0) {
    g_string_append (self->course->start, text->str);
  } else if (text->len > 0) {
    g_string_append_printf (self->course->log, "if step == %" G_GUINT64_FORMAT ":\n",
                            step);
    nn_script_append_indented (self->course->log, text->str, 1);
  }
  return i;
}

static void
follow_log (State *self, const GArray *events, guint64 n_steps)
{
  for (guint i = 0;
       i < events->len && g_array_index (events, NnEvent, i).step <= n_steps;)
    i = do_events_of (self, events, i);
  end_stretch (self, n_steps);
}

/* ---- before the loop --------------------------------------------------------------- */

static gboolean
is_at_start (const NnNudge *nudge)
{
  return nudge->time.when == NN_WHEN_AT_STEP && nudge->time.interval == 0;
}

/* Nudges with the time `start`: they are a part of the initialisation. */
static void
nudge_at_start (State *self)
{
  gboolean any = FALSE;
  GString *text = self->course->start;

  for (gsize i = 0; i < nn_nudge_ids_get_n (self->ids); i++) {
    const NnNudge *nudge = nn_nudge_ids_get_nudge (self->ids, i);
    g_autofree char *lines = NULL;

    if (!is_at_start (nudge))
      continue;
    lines = write_once (self, nudge, 0);
    g_string_append (
        text, any ? "" : "with torch.no_grad():  # what makes the first weights\n");
    nn_script_append_indented (text, lines, 1);
    any = TRUE;
  }
  if (any)
    g_string_append (text, "first = copies()\n");
}

static void
write_setup (State *self, const NnExperiment *experiment)
{
  NnScriptCourse *course = self->course;
  GString *text = course->setup;
  g_autofree char *network = nn_script_write_network (experiment->architecture, "Net");
  g_autofree char *init = nn_script_write_init (&experiment->init);
  g_autofree char *data = nn_script_write_data (&course->parts, experiment);
  g_autofree char *parameters = nn_script_write_parameters (&course->parts, experiment);
  g_autofree char *criterion = nn_script_write_criterion (&experiment->loss);
  g_autofree char *optimizer = nn_script_write_optimizer (&experiment->optimizer);

  g_string_append_printf (course->networks, "%s\n\n", network);
  g_string_append_printf (text, "torch.manual_seed(%u)\nmodel = Net()\n%s\n",
                          experiment->seed, init);
  if (experiment->data.seed.given)
    g_string_append_printf (text, "torch.manual_seed(%u)\n", experiment->data.seed.value);
  g_string_append_printf (text, "%s%s\ncriterion = %s\noptimizer = %s\n", data,
                          parameters, criterion, optimizer);
}

/* Finds out in advance what all pieces need to know. */
static void
look_ahead (NnScriptCourse *self, const NnExperiment *experiment, guint64 n_steps)
{
  self->parts.holds_out = holds_out (experiment);
  self->parts.has_targets = nn_loss_takes_targets (experiment->loss.type);
  for (guint i = 0; i < experiment->events->len; i++) {
    const NnEvent *event = &g_array_index (experiment->events, NnEvent, i);
    const NnEdit *edit = event->edit;

    if (event->kind != NN_EVENT_EDIT || event->step > n_steps)
      continue;
    /* Nothing is trained before an edit at step 0. */
    if (edit->parts & NN_EDIT_HAS_DATA)
      self->parts.holds_out =
          edit->data.validation > 0 || (self->parts.holds_out && event->step > 0);
    if (edit->parts & NN_EDIT_HAS_LOSS && nn_loss_takes_targets (edit->loss.type))
      self->parts.has_targets = TRUE;
    if (edit->parts & (NN_EDIT_HAS_DATA | NN_EDIT_HAS_BATCH))
      self->edits_batch = TRUE;
  }
  self->one_batch = !self->edits_batch && experiment->shuffle == NN_SHUFFLE_NONE &&
                    (experiment->batch_size == 0 ||
                     experiment->batch_size >= nn_script_count_training (experiment));
}

static NnScriptSteps
make_steps (void)
{
  return (NnScriptSteps){ g_array_new (FALSE, FALSE, sizeof (NnScriptSpan)) };
}

/**
 * nn_script_course_init:
 * @experiment: passes nn_experiment_check (); its data are loaded
 */
void
nn_script_course_init (NnScriptCourse *self,
                       const NnExperiment *experiment,
                       guint64 n_steps)
{
  State state = { .course = self, .guard = experiment->guard, .n_networks = 1 };

  *self = (NnScriptCourse){ .all = { 1, n_steps },
                            .networks = g_string_new (NULL),
                            .setup = g_string_new (NULL),
                            .start = g_string_new (NULL),
                            .log = g_string_new (NULL),
                            .walked = make_steps (),
                            .shielded = make_steps (),
                            .bare = make_steps () };
  self->parts.stored = nn_array_file_new (nn_array_kind_get (NN_ARRAYS_NPZ));
  nn_script_functions_init (&self->functions);
  nn_script_timetable_init (&self->timetable);
  look_ahead (self, experiment, n_steps);
  state.now = nn_experiment_copy_plain (experiment);
  state.ids = nn_nudge_ids_new (experiment->nudges);
  state.paused = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, NULL);
  write_setup (&state, experiment);
  nudge_at_start (&state);
  follow_log (&state, experiment->events, n_steps);
  nn_experiment_free (state.now);
  nn_nudge_ids_free (state.ids);
  g_hash_table_unref (state.paused);
}

void
nn_script_course_clear (NnScriptCourse *self)
{
  g_clear_pointer (&self->parts.stored, nn_array_file_free);
  nn_script_functions_clear (&self->functions);
  nn_script_timetable_clear (&self->timetable);
  g_string_free (self->networks, TRUE);
  g_string_free (self->setup, TRUE);
  g_string_free (self->start, TRUE);
  g_string_free (self->log, TRUE);
  g_array_unref (self->walked.spans);
  g_array_unref (self->shielded.spans);
  g_array_unref (self->bare.spans);
}
