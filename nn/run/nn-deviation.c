/* nn-deviation.c - a run that differs from its experiment in one thing
 *
 * SPDX-License-Identifier: MIT
 */

#include "nn/run/nn-deviation.h"

#include <glib/gi18n.h>
#include <inttypes.h>
#include <string.h>

#include "nn/base/nn-error.h"
#include "nn/nudge/nn-area.h"

static const char *const subjects[] = {
  [NN_SUBJECT_EVENT] = "log",
  [NN_SUBJECT_NUDGE] = "nudge",
  [NN_SUBJECT_STEP] = "step",
};

/* ---- text -------------------------------------------------------------------------- */

/* @at: (inout): advanced past the number, if there is one */
static gboolean
take_number (const char **at, guint64 least, guint64 *number)
{
  const char *end = *at;
  g_autofree char *digits = NULL;

  while (g_ascii_isdigit (*end))
    end++;
  digits = g_strndup (*at, (gsize) (end - *at));
  if (!g_ascii_string_to_unsigned (digits, 10, least, G_MAXINT64, number, NULL))
    return FALSE;
  *at = end;
  return TRUE;
}

static gboolean
take_subject (const char **at, NnSubject *subject)
{
  for (gsize i = 0; i < G_N_ELEMENTS (subjects); i++) {
    const gsize n = strlen (subjects[i]);

    if (strncmp (*at, subjects[i], n) == 0 && (*at)[n] == ':') {
      *subject = (NnSubject) i;
      *at += n + 1;
      return TRUE;
    }
  }
  return FALSE;
}

/* @part: (out) (transfer none) (nullable) */
static gboolean
read_text (NnDeviation *self, const char *at, const char **part)
{
  *part = NULL;
  if (!take_subject (&at, &self->subject) || !take_number (&at, 1, &self->number))
    return FALSE;
  self->once = self->subject == NN_SUBJECT_NUDGE && *at == '@';
  if (self->once) {
    at++;
    if (!take_number (&at, 0, &self->step))
      return FALSE;
  }
  if (*at == ':' && at[1] != '\0' && self->kind == NN_DEVIATION_WITHOUT) {
    *part = at + 1;
    return TRUE;
  }
  return *at == '\0';
}

static gboolean
fail_syntax (NnDeviationKind kind, const char *text, GError **error)
{
  if (kind >= NN_DEVIATION_NEXT_BATCH)
    g_set_error (error, NN_ERROR, NN_ERROR_SYNTAX,
                 _ ("'%s' is not the number of a step, from 1"), text);
  else
    g_set_error (
        error, NN_ERROR, NN_ERROR_SYNTAX,
        _ ("'%s' is not a part of a run; for example log:3 (an entry of the log), "
           "nudge:2 (a nudge that repeats) or nudge:2@120 (what it does at step 120)%s"),
        text,
        kind == NN_DEVIATION_WITHOUT
            ? _ (", each perhaps with a parameter, as in log:3:fc1.weight")
            : "");
  return FALSE;
}

/**
 * nn_deviation_parse:
 * @self: (out): set if it returns TRUE
 * @text: as in nn-deviation.h; for the kinds of a step its number alone
 *
 * Returns: FALSE with NN_ERROR_SYNTAX if @text is not of that form
 */
gboolean
nn_deviation_parse (NnDeviation *self,
                    NnDeviationKind kind,
                    const char *text,
                    GError **error)
{
  NnDeviation read = { .kind = kind, .subject = NN_SUBJECT_STEP };
  const char *at = text;
  const char *part = NULL;
  gboolean fits;

  if (kind >= NN_DEVIATION_NEXT_BATCH)
    fits = take_number (&at, 1, &read.number) && *at == '\0';
  else
    fits = read_text (&read, text, &part) &&
           (kind == NN_DEVIATION_WITHOUT || read.subject != NN_SUBJECT_STEP);
  if (!fits)
    return fail_syntax (kind, text, error);
  read.part = g_strdup (part);
  *self = read;
  return TRUE;
}

/**
 * nn_deviation_dup_text:
 *
 * Returns: (transfer full): a text that nn_deviation_parse () reads back
 */
char *
nn_deviation_dup_text (const NnDeviation *self)
{
  GString *text = g_string_new (NULL);

  if (self->kind < NN_DEVIATION_NEXT_BATCH)
    g_string_append_printf (text, "%s:", subjects[self->subject]);
  g_string_append_printf (text, "%" G_GUINT64_FORMAT, self->number);
  if (self->once)
    g_string_append_printf (text, "@%" G_GUINT64_FORMAT, self->step);
  if (self->part)
    g_string_append_printf (text, ":%s", self->part);
  return g_string_free (text, FALSE);
}

/**
 * nn_deviation_get_option:
 *
 * Returns: (transfer none): the option of `nudge run`: "--without"
 */
const char *
nn_deviation_get_option (NnDeviationKind kind)
{
  static const char *const options[NN_N_DEVIATIONS] = {
    [NN_DEVIATION_WITHOUT] = "--without",
    [NN_DEVIATION_ZERO_MEMORY] = "--memory-zero",
    [NN_DEVIATION_NEXT_BATCH] = "--swap-batch",
    [NN_DEVIATION_TENTH_RATE] = "--tenth-rate",
  };

  return options[kind];
}

/**
 * nn_deviation_dup_option:
 *
 * Returns: (transfer full): option and value, quoted for a shell: "--without log:3"
 */
char *
nn_deviation_dup_option (const NnDeviation *self)
{
  g_autofree char *text = nn_deviation_dup_text (self);
  const gboolean plain =
      self->part == NULL || strpbrk (self->part, " '\"\\$`!*?[(;&|<>~") == NULL;
  g_autofree char *quoted = plain ? g_strdup (text) : g_shell_quote (text);

  return g_strdup_printf ("%s %s", nn_deviation_get_option (self->kind), quoted);
}

/* ---- checks ------------------------------------------------------------------------ */

/* Returns: (nullable): the repeating nudge with that id: the first, or the newest in
 * its place */
static NnNudge *
find_repeating (const NnExperiment *experiment, guint64 id, gboolean newest)
{
  NnNudge *found = NULL;

  for (guint i = 0; i < experiment->nudges->len; i++)
    if (nn_experiment_get_nudge_id (experiment, i) == id)
      found = experiment->nudges->pdata[i];
  for (guint i = 0; i < experiment->events->len; i++) {
    const NnEvent *event = &g_array_index (experiment->events, NnEvent, i);

    if (event->id == id &&
        (event->kind == NN_EVENT_STAND || (newest && event->kind == NN_EVENT_REPLACE)))
      found = event->nudge;
  }
  return found;
}

/* Whether the log replaces the nudge by another. */
static gboolean
is_replaced (const NnDeviation *self, const NnExperiment *experiment)
{
  return self->subject == NN_SUBJECT_NUDGE &&
         find_repeating (experiment, self->number, TRUE) !=
             find_repeating (experiment, self->number, FALSE);
}

/* Whether the experiment has the subject. @nudge: (out) (nullable): the subject, if it
 * is one */
static gboolean
check_subject (const NnDeviation *self,
               const NnExperiment *experiment,
               NnNudge **nudge,
               GError **error)
{
  const guint64 n_nudges = nn_experiment_get_next_nudge_id (experiment) - 1;

  *nudge = NULL;
  if (self->subject == NN_SUBJECT_EVENT) {
    if (self->number > experiment->events->len) {
      g_set_error (error, NN_ERROR, NN_ERROR_UNKNOWN,
                   _ ("log:%" PRIu64 ": the log has %u entries"), self->number,
                   experiment->events->len);
      return FALSE;
    }
    *nudge = g_array_index (experiment->events, NnEvent, self->number - 1).kind ==
                     NN_EVENT_NUDGE
                 ? g_array_index (experiment->events, NnEvent, self->number - 1).nudge
                 : NULL;
  } else if (self->subject == NN_SUBJECT_NUDGE) {
    *nudge = find_repeating (experiment, self->number, FALSE);
    if (*nudge == NULL) {
      g_set_error (error, NN_ERROR, NN_ERROR_UNKNOWN,
                   _ ("nudge:%" PRIu64 ": %" PRIu64
                      " nudges repeat in this experiment, its log's included"),
                   self->number, n_nudges);
      return FALSE;
    }
  }
  return TRUE;
}

/* Whether an edit of the log changes the network, and so perhaps the
 * parameters' names. */
static gboolean
changes_network (const NnExperiment *experiment)
{
  for (guint i = 0; i < experiment->events->len; i++) {
    const NnEdit *edit = g_array_index (experiment->events, NnEvent, i).edit;

    if (edit && edit->parts & NN_EDIT_HAS_NETWORK)
      return TRUE;
  }
  return FALSE;
}

static gboolean
touches (const NnNudge *nudge, const NnArchitecture *architecture, const char *part)
{
  NnAreaIter iter;
  NnArea area;

  if (!nn_area_iter_init (&iter, &nudge->target, architecture, NULL))
    return FALSE;
  while (nn_area_iter_next (&iter, &area))
    if (nn_architecture_names_parameter (architecture, area.index, part))
      return TRUE;
  return FALSE;
}

static gboolean
has_part (const NnArchitecture *architecture, const char *part)
{
  for (gsize i = 0; i < architecture->n_parameters; i++)
    if (nn_architecture_names_parameter (architecture, i, part))
      return TRUE;
  return FALSE;
}

static gboolean
check_part (const NnDeviation *self,
            const NnExperiment *experiment,
            const NnNudge *nudge,
            GError **error)
{
  g_autofree char *target = NULL;

  if (self->part == NULL)
    return TRUE;
  if (nudge == NULL && self->subject == NN_SUBJECT_EVENT) {
    g_set_error (error, NN_ERROR, NN_ERROR_UNKNOWN,
                 _ ("log:%" PRIu64
                    ": that entry is no nudge, so it can be left out as a whole only"),
                 self->number);
    return FALSE;
  }
  if (changes_network (experiment) || is_replaced (self, experiment))
    return TRUE;
  if (!has_part (experiment->architecture, self->part)) {
    g_set_error (error, NN_ERROR, NN_ERROR_UNKNOWN,
                 _ ("%s: the network has no such parameter or layer"), self->part);
    return FALSE;
  }
  if (nudge == NULL || touches (nudge, experiment->architecture, self->part))
    return TRUE;
  target = nn_nudge_dup_target (nudge);
  g_set_error (error, NN_ERROR, NN_ERROR_UNKNOWN,
               _ ("%s: that nudge does not change it, but %s"), self->part, target);
  return FALSE;
}

/**
 * nn_deviation_check:
 *
 * Returns: FALSE with NN_ERROR_UNKNOWN if @experiment has no such event, nudge or part
 */
gboolean
nn_deviation_check (const NnDeviation *self,
                    const NnExperiment *experiment,
                    GError **error)
{
  NnNudge *nudge;

  if (!check_subject (self, experiment, &nudge, error))
    return FALSE;
  if (self->kind == NN_DEVIATION_ZERO_MEMORY && nudge == NULL) {
    g_set_error (
        error, NN_ERROR, NN_ERROR_UNKNOWN,
        _ ("log:%" PRIu64
           ": that entry is no nudge, so it has no target whose memory could be zeroed"),
        self->number);
    return FALSE;
  }
  return check_part (self, experiment, nudge, error);
}

/* ---- values ------------------------------------------------------------------------ */

/**
 * nn_deviation_copy:
 * @self: (out) overwritten; what it held before is not released
 */
void
nn_deviation_copy (NnDeviation *self, const NnDeviation *from)
{
  *self = *from;
  self->part = g_strdup (from->part);
}

void
nn_deviation_clear (NnDeviation *self)
{
  g_clear_pointer (&self->part, g_free);
}

/* ---- lists ------------------------------------------------------------------------- */

/**
 * nn_deviations_new:
 *
 * Returns: (transfer full) (element-type NnDeviation): an empty list
 */
GArray *
nn_deviations_new (void)
{
  GArray *deviations = g_array_new (FALSE, FALSE, sizeof (NnDeviation));

  g_array_set_clear_func (deviations, (GDestroyNotify) nn_deviation_clear);
  return deviations;
}

/**
 * nn_deviations_append:
 * @deviation: copied
 */
void
nn_deviations_append (GArray *deviations, const NnDeviation *deviation)
{
  NnDeviation copy;

  nn_deviation_copy (&copy, deviation);
  g_array_append_val (deviations, copy);
}

static const NnDeviation *
get (const GArray *deviations, guint index)
{
  return &g_array_index (deviations, NnDeviation, index);
}

/**
 * nn_deviations_find_nudge:
 * @deviations: (nullable)
 * @number: of an event of the log, from 1, or a nudge's id
 * @step: at which the nudge is applied
 * @exception: (inout): all zero; gets what differs in that application; refers to
 *   @deviations
 *
 * Returns: whether anything differs
 */
gboolean
nn_deviations_find_nudge (const GArray *deviations,
                          NnSubject subject,
                          guint64 number,
                          guint64 step,
                          NnNudgeException *exception)
{
  gboolean found = FALSE;

  for (guint i = 0; deviations && i < deviations->len; i++) {
    const NnDeviation *one = get (deviations, i);

    if (one->kind > NN_DEVIATION_ZERO_MEMORY || one->subject != subject ||
        one->number != number || (one->once && one->step != step))
      continue;
    found = TRUE;
    exception->zeroes_memory |= one->kind == NN_DEVIATION_ZERO_MEMORY;
    exception->all_left_out |= one->kind == NN_DEVIATION_WITHOUT && one->part == NULL;
    if (one->part && exception->left_out == NULL)
      exception->left_out = g_ptr_array_new ();
    if (one->part)
      g_ptr_array_add (exception->left_out, one->part);
  }
  return found;
}

/**
 * nn_deviations_find_step:
 * @deviations: (nullable)
 *
 * Returns: (transfer none) (nullable): the deviation of @kind in @step
 */
const NnDeviation *
nn_deviations_find_step (const GArray *deviations, NnDeviationKind kind, guint64 step)
{
  for (guint i = 0; deviations && i < deviations->len; i++) {
    const NnDeviation *one = get (deviations, i);

    if (one->kind == kind && one->subject == NN_SUBJECT_STEP && one->number == step)
      return one;
  }
  return NULL;
}
