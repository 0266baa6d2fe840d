/* nudge-attach-actions.c - what is done to a job without a window
 *
 * SPDX-License-Identifier: MIT
 *
 * One after the other, each when the one before is done, and each said in a line.
 */

#include "app/command/nudge-attach-actions.h"

#include <glib/gi18n.h>
#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "app/command/nudge-attach-receipt.h"
#include "app/command/nudge-attach-state.h"
#include "app/command/nudge-columns.h"
#include "app/command/nudge-own-functions.h"
#include "nn/attach/nn-job-nudge.h"
#include "nn/attach/nn-job-snapshot.h"
#include "nn/base/nn-text.h"
#include "nn/files/nn-json.h"

typedef struct {
  NnJob *job;
  const NudgeAttachOptions *options;
  gboolean has_noted; /* what the job has to say of itself is said once */
} Doing;

/* For so many of the job's steps. */
static gint64
get_deadline_of (const Doing *self, guint64 n_steps)
{
  const double wait_s = (double) self->options->wait_s * (double) n_steps;

  return g_get_monotonic_time () +
         (gint64) MIN (wait_s * G_USEC_PER_SEC, (double) (G_MAXINT64 / 4));
}

static gint64
get_deadline (const Doing *self)
{
  return get_deadline_of (self, 1);
}

/* @request: (transfer full) */
static gboolean
ask (Doing *self, json_t *request, NnMessage *reply, GError **error)
{
  return nn_job_ask (self->job, request, get_deadline (self), reply, error);
}

/* Returns: @buffer */
static const char *
format_step (const NnMessage *reply, char buffer[32])
{
  const json_int_t step = json_integer_value (json_object_get (reply->head, "step"));

  g_snprintf (buffer, 32, "%" JSON_INTEGER_FORMAT, step);
  return buffer;
}

/* "paused after step 12", and the loss, if there is one. */
static void
print_where (const char *done, const NnMessage *reply)
{
  const json_t *loss = json_object_get (reply->head, "loss");
  g_autofree char *word = nudge_columns_dup_clean (json_string_value (loss) ?: "");
  char step[32];

  printf (_ ("%s after step %s"), done, format_step (reply, step));
  if (json_is_number (loss))
    printf (_ (", loss %.9g"), json_number_value (loss));
  else if (json_is_string (loss))
    printf (_ (", loss %s"), word);
  putchar ('\n');
}

/* ---- nudges ------------------------------------------------------------------------ */

static NnNudge *
parse (const char *text, GError **error)
{
  g_autoptr (GError) missing = NULL;
  g_autoptr (NnFunctions) own = nudge_own_functions_load (&missing);
  NnNudge *nudge =
      own ? nn_nudge_parse_with (text, own, error) : nn_nudge_parse (text, error);

  if (nudge == NULL && missing != NULL)
    g_prefix_error (error, _ ("%s; besides, "), missing->message);
  return nudge;
}

/* Whether the text says when: what does not is done once. */
static gboolean
says_when (const char *text)
{
  char quote = '\0';

  for (const char *at = text; *at != '\0'; at++)
    if (quote != '\0')
      quote = *at == quote ? '\0' : quote;
    else if (*at == '"' || *at == '\'')
      quote = *at;
    else if (*at == '@')
      return TRUE;
  return FALSE;
}

static void
print_notes (Doing *self, const NnMessage *reply)
{
  const json_t *notes = json_object_get (reply->head, "notes");

  for (gsize i = 0; !self->has_noted && i < json_array_size (notes); i++) {
    g_autofree char *note =
        nudge_columns_dup_clean (json_string_value (json_array_get (notes, i)) ?: "");

    printf (_ ("note     %s\n"), note);
  }
  self->has_noted = TRUE;
}

static json_t *
make_request (Doing *self, const NnNudge *nudge, const char *text, GError **error)
{
  g_auto (NnMessage) reply = { NULL };
  g_autoptr (GArray) tensors =
      nn_job_describe (self->job, get_deadline (self), &reply, error);
  const guint32 seed =
      self->options->has_seed ? (guint32) self->options->seed : g_random_int ();

  if (tensors == NULL)
    return NULL;
  print_notes (self, &reply);
  return nn_job_nudge_new (nudge, tensors, says_when (text), seed, error);
}

static gboolean
do_nudge (Doing *self, const NudgeAttachAction *action, GError **error)
{
  g_autoptr (NnNudge) nudge = parse (action->text, error);
  json_t *request = nudge ? make_request (self, nudge, action->text, error) : NULL;
  g_auto (NnMessage) reply = { NULL };
  g_autofree char *text = nudge ? nn_nudge_dup_text (nudge) : NULL;
  g_autofree char *standing = NULL;
  char step[32];

  if (request == NULL || !ask (self, request, &reply, error))
    return FALSE;
  if (json_is_string (json_object_get (reply.head, "standing"))) {
    standing = nudge_columns_dup_clean (
        json_string_value (json_object_get (reply.head, "standing")));
    printf (_ ("repeats from step %s on, as %s: %s\n"), format_step (&reply, step),
            standing, text);
    return TRUE;
  }
  print_where (_ ("applied"), &reply);
  nudge_attach_print_receipt (text, &reply, nn_expression_uses_random (nudge->expression),
                              self->options->receipt);
  return TRUE;
}

/* Where nothing is asked for: what could be. */
static gboolean
print_state (Doing *self, GError **error)
{
  const NnJobFacts *facts = nn_job_get_facts (self->job);
  g_auto (NnMessage) reply = { NULL };
  g_autoptr (GArray) tensors =
      nn_job_describe (self->job, get_deadline (self), &reply, error);
  g_autofree char *script = nudge_columns_dup_clean (facts->script);

  if (tensors == NULL)
    return FALSE;
  printf (ngettext ("job        %s, process %" PRId64 ", %" PRId64 " rank\n",
                    "job        %s, process %" PRId64 ", %" PRId64 " ranks\n",
                    (gulong) facts->n_ranks),
          script, facts->pid, facts->n_ranks);
  print_where (json_is_true (json_object_get (reply.head, "paused")) ? _ ("paused    ")
                                                                     : _ ("trains    "),
               &reply);
  nudge_attach_print_state (&reply, tensors);
  putchar ('\n');
  print_notes (self, &reply);
  return TRUE;
}

static gboolean
do_take_back (Doing *self, const NudgeAttachAction *action, GError **error)
{
  g_auto (NnMessage) reply = { NULL };
  g_autofree char *text = NULL;
  char step[32];

  if (!ask (self, json_pack ("{ss}", "do", "take back"), &reply, error))
    return FALSE;
  text = nudge_columns_dup_clean (json_string_value (json_object_get (reply.head, "text"))
                                      ?: "");
  printf (_ ("taken back after step %s: %s\n"), format_step (&reply, step), text);
  if (!json_is_true (json_object_get (reply.head, "exact")))
    printf (_ ("note: what the job has trained of these parameters since then is lost, "
               "too: they have their values from just before the nudge\n"));
  return TRUE;
}

static gboolean
do_remove (Doing *self, const NudgeAttachAction *action, GError **error)
{
  g_auto (NnMessage) reply = { NULL };

  if (!ask (self, json_pack ("{ssss}", "do", "remove", "standing", action->text), &reply,
            error))
    return FALSE;
  print_where (_ ("removed"), &reply);
  return TRUE;
}

/* ---- the run ----------------------------------------------------------------------- */

static gboolean
do_pause (Doing *self, const NudgeAttachAction *action, GError **error)
{
  g_auto (NnMessage) reply = { NULL };

  if (!ask (self, json_pack ("{sssb}", "do", "pause", "hold", TRUE), &reply, error))
    return FALSE;
  print_where (_ ("paused"), &reply);
  return TRUE;
}

static gboolean
do_step (Doing *self, const NudgeAttachAction *action, GError **error)
{
  g_auto (NnMessage) reply = { NULL };

  if (!nn_job_ask (
          self->job,
          json_pack ("{sssI}", "do", "step", "steps", (json_int_t) action->n_steps),
          get_deadline_of (self, action->n_steps), &reply, error))
    return FALSE;
  print_where (_ ("paused"), &reply);
  return TRUE;
}

static gboolean
do_continue (Doing *self, const NudgeAttachAction *action, GError **error)
{
  g_auto (NnMessage) reply = { NULL };

  if (!ask (self, json_pack ("{ss}", "do", "continue"), &reply, error))
    return FALSE;
  print_where (_ ("continues"), &reply);
  return TRUE;
}

static gboolean
do_snapshot (Doing *self, const NudgeAttachAction *action, GError **error)
{
  g_autofree char *name = nudge_columns_dup_clean (action->text);
  guint n_tensors;
  gint64 step;
  char after[32];

  if (!nn_job_snapshot_write (self->job, action->text, get_deadline (self), &n_tensors,
                              &step, error))
    return FALSE;
  g_snprintf (after, sizeof after, "%" G_GINT64_FORMAT, step);
  printf (_ ("written  %s, %u tensors as after step %s\n"), name, n_tensors, after);
  return TRUE;
}

/**
 * nudge_attach_check:
 *
 * Returns: FALSE if something is asked for that could not be done to any job
 */
gboolean
nudge_attach_check (const NudgeAttachOptions *options, GError **error)
{
  for (guint i = 0; i < options->actions->len; i++) {
    const NudgeAttachAction *action =
        &g_array_index (options->actions, NudgeAttachAction, i);
    g_autoptr (NnNudge) nudge = NULL;

    if (action->what == NUDGE_ATTACH_SNAPSHOT &&
        nn_array_kind_find (action->text, TRUE, error) == NULL)
      return FALSE;
    if (action->what == NUDGE_ATTACH_REMOVE && !nn_text_check (action->text, error)) {
      g_prefix_error (error, "--remove: ");
      return FALSE;
    }
    if (action->what != NUDGE_ATTACH_NUDGE)
      continue;
    nudge = parse (action->text, error);
    if (nudge == NULL)
      return FALSE;
  }
  return TRUE;
}

/**
 * nudge_attach_do:
 *
 * Returns: FALSE at the first that fails; those after it are left out
 */
gboolean
nudge_attach_do (NnJob *job, const NudgeAttachOptions *options, GError **error)
{
  static gboolean (*const functions[]) (Doing * self, const NudgeAttachAction *action,
                                        GError **error) = {
    [NUDGE_ATTACH_NUDGE] = do_nudge,       [NUDGE_ATTACH_TAKE_BACK] = do_take_back,
    [NUDGE_ATTACH_REMOVE] = do_remove,     [NUDGE_ATTACH_PAUSE] = do_pause,
    [NUDGE_ATTACH_STEP] = do_step,         [NUDGE_ATTACH_CONTINUE] = do_continue,
    [NUDGE_ATTACH_SNAPSHOT] = do_snapshot,
  };
  Doing self = { job, options, FALSE };

  if (options->actions->len == 0)
    return print_state (&self, error);
  for (guint i = 0; i < options->actions->len; i++) {
    const NudgeAttachAction *action =
        &g_array_index (options->actions, NudgeAttachAction, i);

    if (!functions[action->what](&self, action, error))
      return FALSE;
    fflush (stdout);
  }
  return TRUE;
}
