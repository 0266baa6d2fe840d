/* nudge-document.c - what a window shows: an experiment, and the run that is made of it
 *
 * SPDX-License-Identifier: MIT
 */

#include "app/document/nudge-document.h"

#include <glib/gi18n.h>

#include "app/document/nudge-news.h"
#include "app/document/nudge-pace.h"
#include "app/document/nudge-saved.h"
#include "nn/base/nn-text.h"
#include "ui/text/nudge-words.h"

/* "pending" is for a wait of at least this. */
#define PENDING_MS 200

struct _NudgeDocument {
  GObject parent_instance;

  NnExperiment *experiment;  /* (owned) */
  NudgeJob *job;             /* (owned) (nullable) that the session is attached to */
  NudgeSession *session;     /* (owned) */
  NudgeWalk *walk;           /* (owned) */
  NudgeCards *cards;         /* (owned) */
  NudgeSelection *selection; /* (owned) */
  NudgeLists *lists;         /* (owned) */
  NudgeEdits *edits;         /* (owned) */
  NudgeLearner *learner;     /* (owned) (nullable) of the experiment's lesson */
  NudgeNews news;
  NudgePace pace; /* of "words" */
  NudgeSaved saved;

  NnGuard guard; /* as asked for, until a frame shows it */
  char *failure; /* (owned) (nullable) */
  char *notice;  /* (owned) (nullable) */

  gboolean pending;
  guint pending_timer;   /* until it is so */
  guint64 pending_until; /* commands done when the newest nudge will have landed */

  gboolean expecting;
};

enum {
  PROP_GUARD = 1,
  PROP_PENDING,
  PROP_FAILURE,
  PROP_FILE,
  PROP_UNSAVED,
  PROP_NOTICE,
  PROP_EXPECTING,
  N_PROPS,
};

enum {
  FRAME,
  WORDS,
  LANDED,
  MESSAGE,
  WHY,
  N_SIGNALS,
};

static GParamSpec *props[N_PROPS];
static guint signals[N_SIGNALS];

static const char *const guards[] = {
  [NN_GUARD_SHIELD] = "shield",
  [NN_GUARD_CHECK] = "check",
  [NN_GUARD_OFF] = "off",
};

G_DEFINE_FINAL_TYPE (NudgeDocument, nudge_document, G_TYPE_OBJECT)

static void
notify (NudgeDocument *self, guint prop)
{
  g_object_notify_by_pspec (G_OBJECT (self), props[prop]);
}

static void
set_flag (NudgeDocument *self, gboolean *flag, gboolean value, guint prop)
{
  if (*flag == value)
    return;
  *flag = value;
  notify (self, prop);
}

/* --- What a user asks -------------------------------------------------------------- */

static void
set_guard (NudgeDocument *self, const char *name)
{
  for (gsize i = 0; name && i < G_N_ELEMENTS (guards); i++) {
    if (!g_str_equal (guards[i], name) || self->guard == (NnGuard) i)
      continue;
    self->guard = (NnGuard) i;
    nudge_session_do (self->session,
                      &(NnEvent){ .kind = NN_EVENT_GUARD, .guard = (NnGuard) i });
    notify (self, PROP_GUARD);
  }
}

/**
 * nudge_document_say:
 *
 * Emits "message": every window that shows the document says @text once.
 */
void
nudge_document_say (NudgeDocument *self, const char *text)
{
  g_return_if_fail (NUDGE_IS_DOCUMENT (self));

  g_signal_emit (self, signals[MESSAGE], 0, text);
}

/**
 * nudge_document_ask_why:
 *
 * Emits "why": the windows that show the document explain why the loss jumped at @step. A
 * job's run cannot be repeated for that, which is said instead.
 */
void
nudge_document_ask_why (NudgeDocument *self, guint64 step)
{
  g_return_if_fail (NUDGE_IS_DOCUMENT (self));

  if (nudge_session_can (self->session, NN_CAN_REPEAT))
    g_signal_emit (self, signals[WHY], 0, step);
  else
    nudge_document_say (self, _ ("Only Nudge’s own engine can say why the loss jumped"));
}

/**
 * nudge_document_set_saved:
 * @file: (transfer none): has just been written, or read
 * @revision: of the document when it was taken for @file, which may be older than now
 */
void
nudge_document_set_saved (NudgeDocument *self, GFile *file, guint64 revision)
{
  g_return_if_fail (NUDGE_IS_DOCUMENT (self));

  if (nudge_saved_set_file (&self->saved, file, revision))
    notify (self, PROP_FILE);
  notify (self, PROP_UNSAVED);
}

/**
 * nudge_document_set_recovered:
 * @file: (nullable): which it was opened from, or saved to, before the crash
 * @unsaved: whether it has changes that @file has not
 *
 * For a document that was made of a run that Nudge kept.
 */
void
nudge_document_set_recovered (NudgeDocument *self, GFile *file, gboolean unsaved)
{
  g_return_if_fail (NUDGE_IS_DOCUMENT (self));

  self->saved.revision++;
  if (file != NULL)
    nudge_document_set_saved (self, file, unsaved ? 0 : self->saved.revision);
  else if (!unsaved)
    self->saved.in_file_to = self->saved.revision;
  notify (self, PROP_UNSAVED);
}

/**
 * nudge_document_set_notice:
 * @notice: (nullable): copied
 */
void
nudge_document_set_notice (NudgeDocument *self, const char *notice)
{
  g_return_if_fail (NUDGE_IS_DOCUMENT (self));

  g_free (self->notice);
  self->notice = g_strdup (notice);
  notify (self, PROP_NOTICE);
}

/* --- What came of it --------------------------------------------------------------- */

static void
commanded_cb (NudgeDocument *self)
{
  set_flag (self, &self->expecting, TRUE, PROP_EXPECTING);
}

static gboolean
pending_cb (gpointer data)
{
  NudgeDocument *self = data;

  self->pending_timer = 0;
  set_flag (self, &self->pending, TRUE, PROP_PENDING);
  return G_SOURCE_REMOVE;
}

static void
did_cb (NudgeDocument *self, int kind)
{
  if (kind < 0 && self->saved.revision == 0)
    return; /* going back along a run that was only trained is nothing to be saved */
  self->saved.revision++;
  if (!nudge_session_can (self->session, NN_CAN_SAVE))
    self->saved.in_file_to =
        self->saved.revision; /* the job's state is not ours to save */
  notify (self, PROP_UNSAVED);
  if (kind != NN_EVENT_NUDGE)
    return;
  self->pending_until = nudge_session_get_n_commands (self->session);
  g_clear_handle_id (&self->pending_timer, g_source_remove);
  self->pending_timer = g_timeout_add (PENDING_MS, pending_cb, self);
}

static void
follow_frame (NudgeDocument *self, const NnFrame *frame, const NnFrame *previous)
{
  if (frame->n_commands >= self->pending_until) {
    g_clear_handle_id (&self->pending_timer, g_source_remove);
    set_flag (self, &self->pending, FALSE, PROP_PENDING);
  }
  if (nudge_session_is_up_to_date (self->session) && self->guard != frame->guard) {
    self->guard = frame->guard;
    notify (self, PROP_GUARD);
  }
  if (!previous || g_strcmp0 (previous->failure, frame->failure) != 0) {
    g_free (self->failure);
    self->failure =
        frame->failure && !frame->ended ? nudge_words_for_failure (frame) : NULL;
    notify (self, PROP_FAILURE);
  }
}

/* An edit that does not fit is refused; one that could not keep all weights has a note. */
static void
say_of_edit (NudgeDocument *self, const NnFrame *frame, const NnFrame *previous)
{
  if (frame->refusal && g_strcmp0 (frame->refusal, previous ? previous->refusal : NULL)) {
    g_autofree char *text = g_strdup_printf (_ ("Refused: %s"), frame->refusal);

    nudge_document_say (self, text);
  }
  if (frame->note && g_strcmp0 (frame->note, previous ? previous->note : NULL))
    nudge_document_say (self, frame->note);
}

static void
say_news (NudgeDocument *self)
{
  for (guint i = 0; i < self->news.refused->len; i++) {
    g_autofree char *text =
        g_strdup_printf (_ ("Refused: %s"), (char *) self->news.refused->pdata[i]);

    nudge_document_say (self, text);
  }
  for (guint i = 0; i < self->news.landed->len; i++)
    g_signal_emit (self, signals[LANDED], 0, self->news.landed->pdata[i]);
}

static void
frame_cb (NudgeDocument *self, const NnFrame *previous)
{
  const NnFrame *frame = nudge_session_get_frame (self->session);

  nudge_news_follow (&self->news, frame, previous,
                     nudge_session_has_travelled (self->session));
  nudge_walk_follow (self->walk, nudge_session_get_frame (self->session));
  nudge_cards_set_frame (self->cards, frame);
  follow_frame (self, frame, previous);
  nudge_pace_make_stale (&self->pace, self->news.is_manual || !frame->running);
  g_signal_emit (self, signals[FRAME], 0);
  say_of_edit (self, frame, previous);
  say_news (self);
}

/* The sentence that is shown is the phase's. */
static void
phase_cb (NudgeDocument *self)
{
  nudge_pace_make_stale (&self->pace, TRUE);
  set_flag (self, &self->expecting, TRUE, PROP_EXPECTING);
}

/* --- For those who show it --------------------------------------------------------- */

/**
 * nudge_document_take_frame:
 *
 * Takes the newest frame from the session, if one has come since, and emits "frame". Not
 * while a step is walked: the frame that is shown has to stay then.
 *
 * Returns: whether there was a newer frame
 */
gboolean
nudge_document_take_frame (NudgeDocument *self)
{
  g_return_val_if_fail (NUDGE_IS_DOCUMENT (self), FALSE);

  return !nudge_walk_holds (self->walk) && nudge_session_take_frame (self->session);
}

/**
 * nudge_document_update_words:
 *
 * Emits "words" if they are due, and ends "expecting" once nothing more is to come.
 */
void
nudge_document_update_words (NudgeDocument *self)
{
  const NnFrame *frame;

  g_return_if_fail (NUDGE_IS_DOCUMENT (self));

  frame = nudge_session_get_frame (self->session);
  if (nudge_pace_take (&self->pace, g_get_monotonic_time ())) {
    nudge_lists_follow (self->lists);
    g_signal_emit (self, signals[WORDS], 0);
  }
  if (!self->pace.stale && nudge_session_is_up_to_date (self->session) &&
      !frame->running && !frame->unfinished)
    set_flag (self, &self->expecting, FALSE, PROP_EXPECTING);
}

/**
 * nudge_document_hold_words:
 * @until_us: of g_get_monotonic_time ()
 *
 * "words" is not emitted before that: what is said now is to be read first.
 */
void
nudge_document_hold_words (NudgeDocument *self, gint64 until_us)
{
  g_return_if_fail (NUDGE_IS_DOCUMENT (self));

  self->pace.hold_until_us = until_us;
}

/* Returns: (transfer full): a sentence for a status line: of the phase that is walked, else
 *   of what the user has just done, else of what repeats; "" if there is none of these */
char *
nudge_document_dup_sentence (NudgeDocument *self)
{
  const NnFrame *frame = nudge_document_get_frame (self);
  char *phase = nudge_walk_dup_sentence (self->walk);

  if (phase)
    return phase;
  return frame ? nudge_news_dup_sentence (&self->news, frame) : g_strdup ("");
}

/* Returns: (transfer none) (nullable): the newest; %NULL until the first one has come */
NnFrame *
nudge_document_get_frame (NudgeDocument *self)
{
  g_return_val_if_fail (NUDGE_IS_DOCUMENT (self), NULL);

  return nudge_session_get_frame (self->session);
}

const NnExperiment *
nudge_document_get_experiment (NudgeDocument *self)
{
  g_return_val_if_fail (NUDGE_IS_DOCUMENT (self), NULL);

  return self->experiment;
}

/* Returns: (nullable): the PyTorch job; %NULL if Nudge's own engine runs the experiment */
const NudgeJob *
nudge_document_get_job (NudgeDocument *self)
{
  g_return_val_if_fail (NUDGE_IS_DOCUMENT (self), NULL);

  return self->job;
}

NudgeSession *
nudge_document_get_session (NudgeDocument *self)
{
  g_return_val_if_fail (NUDGE_IS_DOCUMENT (self), NULL);

  return self->session;
}

NudgeWalk *
nudge_document_get_walk (NudgeDocument *self)
{
  g_return_val_if_fail (NUDGE_IS_DOCUMENT (self), NULL);

  return self->walk;
}

NudgeCards *
nudge_document_get_cards (NudgeDocument *self)
{
  g_return_val_if_fail (NUDGE_IS_DOCUMENT (self), NULL);

  return self->cards;
}

NudgeSelection *
nudge_document_get_selection (NudgeDocument *self)
{
  g_return_val_if_fail (NUDGE_IS_DOCUMENT (self), NULL);

  return self->selection;
}

/* Returns: (transfer none) (nullable): %NULL if it has no lesson */
NudgeLearner *
nudge_document_get_learner (NudgeDocument *self)
{
  g_return_val_if_fail (NUDGE_IS_DOCUMENT (self), NULL);

  return self->learner;
}

NudgeLists *
nudge_document_get_lists (NudgeDocument *self)
{
  g_return_val_if_fail (NUDGE_IS_DOCUMENT (self), NULL);

  return self->lists;
}

NudgeEdits *
nudge_document_get_edits (NudgeDocument *self)
{
  g_return_val_if_fail (NUDGE_IS_DOCUMENT (self), NULL);

  return self->edits;
}

/* Returns: counts the changes; what is saved now goes to nudge_document_set_saved () with
 *   this revision, as more may be done before the file is written */
guint64
nudge_document_get_revision (NudgeDocument *self)
{
  g_return_val_if_fail (NUDGE_IS_DOCUMENT (self), 0);

  return self->saved.revision;
}

/* --- The file ---------------------------------------------------------------------- */

/**
 * nudge_document_dup_name:
 *
 * Returns: (transfer full): of the file, or else the experiment's title
 */
char *
nudge_document_dup_name (NudgeDocument *self)
{
  char *name;

  g_return_val_if_fail (NUDGE_IS_DOCUMENT (self), NULL);

  name = nudge_saved_dup_file_name (&self->saved);
  return name ? name : g_strdup (nn_text_get_translated (self->experiment->title));
}

/**
 * nudge_document_dup_title:
 *
 * Returns: (transfer full): for a title bar: its name, after a "•" if it is unsaved
 */
char *
nudge_document_dup_title (NudgeDocument *self)
{
  g_autofree char *name = nudge_document_dup_name (self);

  return nudge_saved_is_unsaved (&self->saved) ? g_strconcat ("• ", name, NULL)
                                               : g_steal_pointer (&name);
}

/**
 * nudge_document_is_untouched:
 *
 * Returns: whether nothing was done to it and no step was trained, so that another
 *   document
 *   can take its window
 */
gboolean
nudge_document_is_untouched (NudgeDocument *self)
{
  const NnFrame *frame = nudge_document_get_frame (self);
  gboolean running;

  g_object_get (self->session, "running", &running, NULL);
  return self->saved.revision == 0 && !running && (frame == NULL || frame->step == 0);
}

/**
 * nudge_document_has_file_changed:
 *
 * Returns: whether the file was written elsewhere since it was read or saved here
 */
gboolean
nudge_document_has_file_changed (NudgeDocument *self)
{
  g_return_val_if_fail (NUDGE_IS_DOCUMENT (self), FALSE);

  return nudge_saved_has_file_changed (&self->saved);
}

/* --- Life -------------------------------------------------------------------------- */

static void
nudge_document_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  NudgeDocument *self = NUDGE_DOCUMENT (object);

  if (id == PROP_GUARD)
    g_value_set_static_string (value, guards[self->guard]);
  else if (id == PROP_PENDING)
    g_value_set_boolean (value, self->pending);
  else if (id == PROP_FAILURE)
    g_value_set_string (value, self->failure);
  else if (id == PROP_FILE)
    g_value_set_object (value, self->saved.file);
  else if (id == PROP_UNSAVED)
    g_value_set_boolean (value, nudge_saved_is_unsaved (&self->saved));
  else if (id == PROP_NOTICE)
    g_value_set_string (value, self->notice);
  else if (id == PROP_EXPECTING)
    g_value_set_boolean (value, self->expecting);
  else
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
}

static void
nudge_document_set_property (GObject *object,
                             guint id,
                             const GValue *value,
                             GParamSpec *pspec)
{
  NudgeDocument *self = NUDGE_DOCUMENT (object);

  if (id == PROP_GUARD)
    set_guard (self, g_value_get_string (value));
  else
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
}

static void
nudge_document_dispose (GObject *object)
{
  NudgeDocument *self = NUDGE_DOCUMENT (object);

  g_clear_handle_id (&self->pending_timer, g_source_remove);
  g_clear_object (&self->edits);
  g_clear_object (&self->learner);
  g_clear_object (&self->lists);
  g_clear_object (&self->selection);
  g_clear_object (&self->cards);
  g_clear_object (&self->walk);
  g_clear_object (&self->session);
  G_OBJECT_CLASS (nudge_document_parent_class)->dispose (object);
}

static void
nudge_document_finalize (GObject *object)
{
  NudgeDocument *self = NUDGE_DOCUMENT (object);

  nn_experiment_free (self->experiment);
  g_clear_pointer (&self->job, nudge_job_free);
  nudge_news_clear (&self->news);
  nudge_saved_clear (&self->saved);
  g_free (self->failure);
  g_free (self->notice);
  G_OBJECT_CLASS (nudge_document_parent_class)->finalize (object);
}

static guint
new_signal (const char *name, GType type)
{
  return g_signal_new (name, NUDGE_TYPE_DOCUMENT, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                       G_TYPE_NONE, type != G_TYPE_NONE, type);
}

static void
nudge_document_class_init (NudgeDocumentClass *klass)
{
  const GParamFlags reads = G_PARAM_READABLE | G_PARAM_STATIC_STRINGS;
  const GParamFlags writes =
      G_PARAM_READWRITE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS;
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->get_property = nudge_document_get_property;
  object_class->set_property = nudge_document_set_property;
  object_class->dispose = nudge_document_dispose;
  object_class->finalize = nudge_document_finalize;
  props[PROP_GUARD] = g_param_spec_string ("guard", NULL, NULL, "shield", writes);
  props[PROP_PENDING] = g_param_spec_boolean ("pending", NULL, NULL, FALSE, reads);
  props[PROP_FAILURE] = g_param_spec_string ("failure", NULL, NULL, NULL, reads);
  props[PROP_FILE] = g_param_spec_object ("file", NULL, NULL, G_TYPE_FILE, reads);
  props[PROP_UNSAVED] = g_param_spec_boolean ("unsaved", NULL, NULL, FALSE, reads);
  props[PROP_NOTICE] = g_param_spec_string ("notice", NULL, NULL, NULL, reads);
  props[PROP_EXPECTING] = g_param_spec_boolean ("expecting", NULL, NULL, FALSE, reads);
  g_object_class_install_properties (object_class, N_PROPS, props);
  signals[FRAME] = new_signal ("frame", G_TYPE_NONE);
  signals[WORDS] = new_signal ("words", G_TYPE_NONE);
  signals[LANDED] = new_signal ("landed", G_TYPE_POINTER);
  signals[MESSAGE] = new_signal ("message", G_TYPE_STRING);
  signals[WHY] = g_signal_new ("why", NUDGE_TYPE_DOCUMENT, G_SIGNAL_RUN_LAST, 0, NULL,
                               NULL, NULL, G_TYPE_NONE, 1, G_TYPE_UINT64);
}

static void
nudge_document_init (NudgeDocument *self)
{
  nudge_news_init (&self->news);
}

/* So that the experiment is saved with the learner's answers and progress. */
static void
learner_changed_cb (NudgeDocument *self)
{
  const NnLesson *lesson = nudge_learner_get_lesson (self->learner);

  nn_lesson_unref (self->experiment->lesson);
  self->experiment->lesson = nn_lesson_copy (lesson);
}

static void
answered_cb (NudgeDocument *self)
{
  self->saved.revision++;
  notify (self, PROP_UNSAVED);
}

static void
take_lesson (NudgeDocument *self)
{
  if (self->experiment->lesson == NULL)
    return;
  self->learner = nudge_learner_new (self->session, self->experiment->lesson);
  g_signal_connect_object (self->learner, "changed", G_CALLBACK (learner_changed_cb),
                           self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->learner, "answered", G_CALLBACK (answered_cb), self,
                           G_CONNECT_SWAPPED);
}

/* @session: (transfer full): of @experiment */
static NudgeDocument *
take_session (NudgeSession *session, const NnExperiment *experiment)
{
  NudgeDocument *self = g_object_new (NUDGE_TYPE_DOCUMENT, NULL);

  self->experiment = nn_experiment_copy (experiment);
  self->guard = experiment->guard;
  self->session = session;
  self->expecting = TRUE;
  g_signal_connect_object (session, "commanded", G_CALLBACK (commanded_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (session, "did", G_CALLBACK (did_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (session, "frame", G_CALLBACK (frame_cb), self,
                           G_CONNECT_SWAPPED);
  self->walk = nudge_walk_new (session);
  g_signal_connect_object (self->walk, "notify::phase", G_CALLBACK (phase_cb), self,
                           G_CONNECT_SWAPPED);
  self->cards = nudge_cards_new (session, experiment);
  self->selection = nudge_selection_new (self->cards);
  self->lists = nudge_lists_new (session);
  self->edits = nudge_edits_new (session, experiment);
  take_lesson (self);
  g_signal_connect_object (self->edits, "message", G_CALLBACK (nudge_document_say), self,
                           G_CONNECT_SWAPPED);
  return self;
}

/**
 * nudge_document_new:
 * @experiment: copied
 *
 * A run that is paused before its first step; the first frame comes by itself.
 *
 * Returns: (transfer full) (nullable): %NULL with @error set, as nn_session_new ()
 */
NudgeDocument *
nudge_document_new (const NnExperiment *experiment, GError **error)
{
  NudgeSession *session = nudge_session_new (experiment, error);

  return session ? take_session (session, experiment) : NULL;
}

/**
 * nudge_document_new_resumed:
 * @experiment: copied
 * @timeline: (transfer full): of a run of @experiment
 *
 * That run, paused where it was.
 */
NudgeDocument *
nudge_document_new_resumed (const NnExperiment *experiment, NnTimeline *timeline)
{
  return take_session (nudge_session_new_resumed (experiment, timeline), experiment);
}

/**
 * nudge_document_new_attached:
 * @experiment: copied: as much as is known of what the job trains
 * @session: (transfer full): is attached to the job
 * @job: (transfer full)
 *
 * The job goes on as it is, running or paused.
 */
NudgeDocument *
nudge_document_new_attached (const NnExperiment *experiment,
                             NnSession *session,
                             NudgeJob *job)
{
  NudgeDocument *self = take_session (nudge_session_new_of (session), experiment);

  self->job = job;
  return self;
}
