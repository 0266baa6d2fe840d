/* nudge-attach-options.c - what `nudge attach` is asked to do
 *
 * SPDX-License-Identifier: MIT
 */

#include "app/command/nudge-attach-options.h"

#include <glib/gi18n.h>
#include <string.h>

#include "app/command/nudge-whole.h"
#include "nn/base/nn-error.h"

#define WAIT_S      60
#define MOST_WAIT_S 1000000

/* What has an argument, and what has none. */
static const struct {
  const char *name;
  NudgeAttachDo what;
  gboolean has_text;
} actions[] = {
  { "--nudge", NUDGE_ATTACH_NUDGE, TRUE },
  { "--take-back", NUDGE_ATTACH_TAKE_BACK, FALSE },
  { "--remove", NUDGE_ATTACH_REMOVE, TRUE },
  { "--pause", NUDGE_ATTACH_PAUSE, FALSE },
  { "--step", NUDGE_ATTACH_STEP, FALSE },
  { "--steps", NUDGE_ATTACH_STEP, TRUE },
  { "--continue", NUDGE_ATTACH_CONTINUE, FALSE },
  { "--snapshot", NUDGE_ATTACH_SNAPSHOT, TRUE },
};

static gboolean
fail (GError **error, const char *what, const char *why)
{
  g_set_error (error, NN_ERROR, NN_ERROR_SYNTAX, "%s: %s", what, why);
  return FALSE;
}

/* Whether @typed is the option @name; its text is behind a "=", or the next argument.
 * @text: (out) (nullable) */
static gboolean
is_option (const char *name, char ***typed, gboolean has_text, const char **text)
{
  const char *argument = **typed;
  const gsize n = strlen (name);

  *text = NULL;
  if (has_text && strncmp (argument, name, n) == 0 && argument[n] == '=') {
    *text = argument + n + 1;
    return TRUE;
  }
  if (strcmp (argument, name) != 0)
    return FALSE;
  if (has_text && (*typed)[1] != NULL)
    *text = *++*typed;
  return TRUE;
}

/* For the newest action. */
static gboolean
read_steps (NudgeAttachOptions *self, const char *name, const char *text, GError **error)
{
  NudgeAttachAction *action =
      &g_array_index (self->actions, NudgeAttachAction, self->actions->len - 1);

  if (!nudge_whole_parse (name, text, NUDGE_MOST_STEPS, &action->n_steps, error))
    return FALSE;
  return action->n_steps > 0 || fail (error, name, _ ("at least 1"));
}

/* @found: (out): whether it is one of these */
static gboolean
read_action (NudgeAttachOptions *self, char ***argument, gboolean *found, GError **error)
{
  *found = TRUE;
  for (gsize i = 0; i < G_N_ELEMENTS (actions); i++) {
    NudgeAttachAction action = { .what = actions[i].what, .n_steps = 1 };

    if (!is_option (actions[i].name, argument, actions[i].has_text, &action.text))
      continue;
    if (actions[i].has_text && action.text == NULL)
      return fail (error, actions[i].name, _ ("its value is missing"));
    g_array_append_val (self->actions, action);
    return action.what != NUDGE_ATTACH_STEP || !actions[i].has_text ||
           read_steps (self, actions[i].name, action.text, error);
  }
  *found = FALSE;
  return TRUE;
}

static gboolean
read_setting (NudgeAttachOptions *self, char ***argument, GError **error)
{
  const char *typed = **argument;
  const char *text;

  if (is_option ("--wait", argument, TRUE, &text))
    return text != NULL
               ? nudge_whole_parse ("--wait", text, MOST_WAIT_S, &self->wait_s, error)
               : fail (error, typed, _ ("a number of seconds is missing"));
  if (is_option ("--seed", argument, TRUE, &text)) {
    self->has_seed = TRUE;
    return text != NULL
               ? nudge_whole_parse ("--seed", text, G_MAXUINT32, &self->seed, error)
               : fail (error, typed, _ ("a number is missing"));
  }
  if (is_option ("--client", argument, TRUE, &self->client))
    return self->client != NULL || fail (error, typed, _ ("a file's name is missing"));
  if (strcmp (typed, "--headless") == 0)
    return self->headless = TRUE;
  if (strcmp (typed, "--receipt") == 0)
    return self->receipt = TRUE;
  if (strcmp (typed, "--help") == 0 || strcmp (typed, "-h") == 0)
    return self->help = TRUE;
  if (typed[0] == '-')
    return fail (error, typed, _ ("not understood; see nudge attach --help"));
  if (self->job != NULL)
    return fail (error, typed, _ ("only one job can be attached to at a time"));
  self->job = typed;
  return TRUE;
}

/**
 * nudge_attach_options_read:
 * @self: (out): cleared by the caller, whether this succeeds or not; it borrows from @argv
 * @argv: (array zero-terminated=1): what follows "attach"
 */
gboolean
nudge_attach_options_read (NudgeAttachOptions *self, char *argv[], GError **error)
{
  *self = (NudgeAttachOptions){
    .wait_s = WAIT_S,
    .actions = g_array_new (FALSE, FALSE, sizeof (NudgeAttachAction)),
  };
  for (char **argument = argv; *argument != NULL; argument++) {
    gboolean found;

    if (!read_action (self, &argument, &found, error) ||
        (!found && !read_setting (self, &argument, error)))
      return FALSE;
  }
  if (self->headless || self->help || (self->actions->len == 0 && !self->receipt))
    return TRUE;
  return fail (error, self->receipt ? "--receipt" : _ ("what is to be done"),
               _ ("a job is attached to without a window: add --headless"));
}

void
nudge_attach_options_clear (NudgeAttachOptions *self)
{
  g_clear_pointer (&self->actions, g_array_unref);
}
