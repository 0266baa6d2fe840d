/* test-nudge-window-soak.c - the window at full speed for a long time, with much done to it
 *
 * SPDX-License-Identifier: MIT
 *
 *   tests/with-display --wm build/tests/app/test-nudge-window-soak [MINUTES [ACTIONS]]
 *
 * A few seconds unless it is given MINUTES, or -m slow: five of them. A run with a ghost, a
 * full log and a repeating nudge trains as fast as it can; twice a second, or as often as
 * ACTIONS says, something is done to it: a nudge, an undo, an edit, the past, the reason of
 * a jump. Every few seconds it prints
 *
 *   steps     trained in all, and those for a second of processor time of all threads but
 *             the main one, whose time for a newly drawn frame is the last number
 *   resident  memory of the process; heap: what is allocated of it; losses: what of that is
 *             the newest frame's, of the run, its branches and its ghost
 *   files     open, and threads
 */

#include "soak-sample.h"
#include "tests/app/window-fixture.h"

#define SHORT_S        6
#define SLOW_S         300
#define STEPS_BACK     1000
#define STANDING_NUDGE "fc1.weight: w - a*w @ every 100 steps a=0.001"

static double seconds_asked;
static double actions_asked = 2; /* in a second */

typedef struct {
  Fixture f;
  guint64 n_steps; /* trained so far, also those that were left */
  guint n_frames;  /* taken so far */
  guint n_actions; /* done so far */
} Soak;

/* --- What is done -------------------------------------------------------------------- */

static NudgeDocument *
document_of (Soak *self)
{
  return nudge_window_get_document (self->f.window);
}

static NudgeSession *
session_of (Soak *self)
{
  return nudge_document_get_session (document_of (self));
}

static void
do_nudge (Soak *self, NnEventKind kind, const char *text)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (NnNudge) nudge = nn_nudge_parse (text, &error);

  g_assert_no_error (error);
  nudge_session_do (session_of (self), &(NnEvent){ .kind = kind, .nudge = nudge });
}

static void
nudge_all (Soak *self)
{
  do_nudge (self, NN_EVENT_NUDGE, "*.weight: noise a=0.01");
}

static void
apply_card (Soak *self)
{
  g_signal_emit_by_name (find (&self->f, "Apply to fc1", GTK_ACCESSIBLE_ROLE_BUTTON),
                         "clicked");
}

static void
undo (Soak *self)
{
  gtk_widget_activate_action (GTK_WIDGET (self->f.window), "win.undo", NULL);
}

static void
redo (Soak *self)
{
  gtk_widget_activate_action (GTK_WIDGET (self->f.window), "win.redo", NULL);
}

/* So that the run is left for another way. */
static void
go_back (Soak *self)
{
  const guint64 step = frame_of (&self->f)->step;

  nudge_session_go_to (session_of (self), step > STEPS_BACK ? step - STEPS_BACK : 0);
}

static void
ask_why (Soak *self)
{
  nudge_document_ask_why (document_of (self), frame_of (&self->f)->step);
}

static void
edit (Soak *self, NnEdit *edit)
{
  g_autoptr (GError) error = NULL;

  nudge_edits_do (nudge_document_get_edits (document_of (self)), edit, &error);
  g_assert_no_error (error);
}

static const NnExperiment *
experiment_of (Soak *self)
{
  return nudge_edits_get_experiment (nudge_document_get_edits (document_of (self)));
}

static void
change_rate (Soak *self)
{
  g_autoptr (NnEdit) change = nn_edit_new ();

  change->parts = NN_EDIT_HAS_OPTIMIZER;
  change->optimizer = experiment_of (self)->optimizer;
  change->optimizer.lr = change->optimizer.lr > 0.007 ? 0.005 : 0.01;
  edit (self, change);
}

static void
change_layer (Soak *self)
{
  const NnExperiment *experiment = experiment_of (self);
  g_autoptr (NnEdit) change = nn_edit_new ();

  nn_edit_set_network (change, experiment->architecture, &experiment->init);
  change->layers[1].n_units = change->layers[1].n_units == 3 ? 4 : 3;
  edit (self, change);
}

/* Each round leaves three entries in the log, and one way. */
static void (*const actions[]) (Soak *self) = {
  nudge_all,    apply_card, undo,    redo,    change_rate, undo,
  change_layer, undo,       ask_why, go_back, nudge_all,   change_rate,
};

static void
act (Soak *self)
{
  actions[self->n_actions++ % G_N_ELEMENTS (actions)](self);
  g_object_set (session_of (self), "running", TRUE, NULL);
}

/* --- The test ------------------------------------------------------------------------ */

static void
frame_cb (Soak *self, NnFrame *previous)
{
  const NnFrame *frame = frame_of (&self->f);

  self->n_frames++;
  if (previous != NULL && previous->running && frame->step > previous->step)
    self->n_steps += frame->step - previous->step;
}

static gboolean
act_cb (gpointer data)
{
  act (data);
  return G_SOURCE_CONTINUE;
}

static gboolean
wake_cb (gpointer data)
{
  *(gboolean *) data = TRUE;
  return G_SOURCE_REMOVE;
}

static void
wait_for (double seconds)
{
  gboolean over = FALSE;

  g_timeout_add ((guint) (seconds * 1000), wake_cb, &over);
  while (!over)
    g_main_context_iteration (NULL, TRUE);
}

/* As many landings as are remembered, and more rows than a list has widgets. */
static void
fill_log (Soak *self)
{
  for (guint i = 0; i < NN_LANDING_MOST; i++)
    nudge_all (self);
}

static Sample
take_sample (Soak *self)
{
  Sample sample = measure (frame_of (&self->f));

  sample.n_steps = (double) self->n_steps;
  sample.n_frames = self->n_frames;
  sample.n_actions = self->n_actions;
  return sample;
}

static void
test_nothing_grows (Soak *self, gconstpointer data)
{
  Sample samples[N_SAMPLES + 1];
  guint source;

  do_nudge (self, NN_EVENT_STAND, STANDING_NUDGE);
  g_signal_connect_swapped (session_of (self), "frame", G_CALLBACK (frame_cb), self);
  g_object_set (session_of (self), "speed", 0.0, "ghost", TRUE, "running", TRUE, NULL);
  samples[0] = take_sample (self);
  if (seconds_asked > SHORT_S)
    fill_log (self);
  source = g_timeout_add ((guint) (1000 / actions_asked), act_cb, self);
  g_test_message ("at the start: resident %zu KiB, heap %zu KiB", samples[0].resident_kib,
                  samples[0].heap_kib);
  for (guint i = 1; i <= N_SAMPLES; i++) {
    wait_for (seconds_asked / N_SAMPLES);
    samples[i] = take_sample (self);
    print (&samples[0], &samples[i - 1], &samples[i]);
  }
  g_source_remove (source);
  assert_flat (samples, seconds_asked > SHORT_S);
}

static void
set_up_soak (Soak *self, gconstpointer data)
{
  set_up (&self->f, data);
}

static void
tear_down_soak (Soak *self, gconstpointer data)
{
  tear_down (&self->f, data);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  seconds_asked = g_test_slow () ? SLOW_S : SHORT_S;
  if (argc > 1)
    seconds_asked = 60 * g_ascii_strtod (argv[1], NULL);
  if (argc > 2)
    actions_asked = g_ascii_strtod (argv[2], NULL);
  g_test_add ("/app/window-soak/nothing-grows", Soak, "seed", set_up_soak,
              test_nothing_grows, tear_down_soak);
  return fixture_run ();
}
