/* nn-script-timetable.c - in which steps each repeating nudge of a script is due
 *
 * SPDX-License-Identifier: MIT
 */

#include "nn/script/nn-script-timetable.h"

#include <string.h>

#define STEP "%" G_GUINT64_FORMAT

static NnScriptSpan *
get_span (const NnScriptSteps *self, guint i)
{
  return &g_array_index (self->spans, NnScriptSpan, i);
}

/**
 * nn_script_steps_add:
 * @span: not before the last one
 */
void
nn_script_steps_add (NnScriptSteps *self, NnScriptSpan span)
{
  const guint n = self->spans->len;

  if (n > 0 && get_span (self, n - 1)->last + 1 >= span.first)
    get_span (self, n - 1)->last = span.last;
  else
    g_array_append_val (self->spans, span);
}

static void
append_span (GString *text, NnScriptSpan span, NnScriptSpan all)
{
  if (span.first == span.last)
    g_string_append_printf (text, "step == " STEP, span.first);
  else if (span.first <= all.first)
    g_string_append_printf (text, "step <= " STEP, span.last);
  else if (span.last >= all.last)
    g_string_append_printf (text, "step >= " STEP, span.first);
  else
    g_string_append_printf (text, STEP " <= step <= " STEP, span.first, span.last);
}

/**
 * nn_script_steps_dup_condition:
 * @all: the steps of the run
 *
 * Returns: (transfer full) (nullable): "step <= 20"; NULL if it is true in all steps
 */
char *
nn_script_steps_dup_condition (const NnScriptSteps *self, NnScriptSpan all)
{
  const guint n = self->spans->len;
  GString *text;

  if (n == 1 && get_span (self, 0)->first <= all.first &&
      get_span (self, 0)->last >= all.last)
    return NULL;
  text = g_string_new (n > 1 ? "(" : NULL);
  for (guint i = 0; i < n; i++) {
    g_string_append (text, i > 0 ? " or " : "");
    append_span (text, *get_span (self, i), all);
  }
  g_string_append (text, n > 1 ? ")" : n == 0 ? "False" : "");
  return g_string_free (text, FALSE);
}

/**
 * nn_script_steps_dup_others:
 *
 * Returns: (transfer full) (element-type NnScriptSpan): the complement in the run
 */
GArray *
nn_script_steps_dup_others (const NnScriptSteps *self, NnScriptSpan all)
{
  GArray *others = g_array_new (FALSE, FALSE, sizeof (NnScriptSpan));
  guint64 next = all.first;

  for (guint i = 0; i < self->spans->len; i++) {
    const NnScriptSpan span = { next, get_span (self, i)->first - 1 };

    if (span.first <= span.last)
      g_array_append_val (others, span);
    next = get_span (self, i)->last + 1;
  }
  if (next <= all.last) {
    const NnScriptSpan span = { next, all.last };

    g_array_append_val (others, span);
  }
  return others;
}

/* ---- entries ----------------------------------------------------------------------- */

static void
entry_free (gpointer data)
{
  NnScriptEntry *entry = data;

  g_free (entry->lines);
  g_array_unref (entry->steps.spans);
  g_free (entry);
}

void
nn_script_timetable_init (NnScriptTimetable *self)
{
  *self = (NnScriptTimetable){ g_ptr_array_new_with_free_func (entry_free), 0 };
}

void
nn_script_timetable_clear (NnScriptTimetable *self)
{
  g_clear_pointer (&self->entries, g_ptr_array_unref);
}

/* Begins a new stretch. */
void
nn_script_timetable_begin (NnScriptTimetable *self)
{
  self->next = 0;
}

/**
 * nn_script_timetable_add:
 * @span: the stretch
 *
 * Adds a nudge of the present stretch; to be called in the order of its list.
 */
void
nn_script_timetable_add (NnScriptTimetable *self,
                         const char *lines,
                         const NnTime *time,
                         NnScriptSpan span)
{
  NnScriptEntry *entry = NULL;

  for (guint i = self->next; i < self->entries->len && entry == NULL; i++) {
    NnScriptEntry *other = self->entries->pdata[i];

    if (strcmp (other->lines, lines) == 0 && nn_time_is_equal (&other->time, time)) {
      entry = other;
      self->next = i + 1;
    }
  }
  if (entry == NULL) {
    entry = g_new0 (NnScriptEntry, 1);
    *entry = (NnScriptEntry){ .lines = g_strdup (lines), .time = *time };
    entry->steps.spans = g_array_new (FALSE, FALSE, sizeof (NnScriptSpan));
    g_ptr_array_insert (self->entries, (gint) self->next++, entry);
  }
  nn_script_steps_add (&entry->steps, span);
}

/* ---- when -------------------------------------------------------------------------- */

/* The steps that are in both. */
static GArray *
intersect (const GArray *one, const GArray *other)
{
  GArray *both = g_array_new (FALSE, FALSE, sizeof (NnScriptSpan));
  NnScriptSteps steps = { both };

  for (guint i = 0; i < one->len; i++)
    for (guint k = 0; k < other->len; k++) {
      const NnScriptSpan *a = &g_array_index (one, NnScriptSpan, i);
      const NnScriptSpan *b = &g_array_index (other, NnScriptSpan, k);
      const NnScriptSpan span = { MAX (a->first, b->first), MIN (a->last, b->last) };

      if (span.first <= span.last)
        nn_script_steps_add (&steps, span);
    }
  return both;
}

static gboolean
is_in (const GArray *spans, guint64 step)
{
  for (guint i = 0; i < spans->len; i++)
    if (g_array_index (spans, NnScriptSpan, i).first <= step &&
        step <= g_array_index (spans, NnScriptSpan, i).last)
      return TRUE;
  return FALSE;
}

static gboolean
are_equal (const GArray *one, const GArray *other)
{
  return one->len == other->len &&
         memcmp (one->data, other->data, one->len * sizeof (NnScriptSpan)) == 0;
}

/* "step in (10, 20)". @spans: (nullable): only of steps in these
 * Returns: (transfer full) (nullable): NULL for none */
static char *
dup_named (const char *what, const NnTime *time, const GArray *spans)
{
  GString *text = g_string_new (NULL);
  guint n = 0;

  for (guint i = 0; i <= time->also.n; i++) {
    const guint64 number = i == 0 ? time->interval : time->also.values[i - 1];

    if (spans && !is_in (spans, number))
      continue;
    g_string_append_printf (text, "%s" STEP, n++ > 0 ? ", " : "", number);
  }
  if (n > 0) {
    g_autofree char *front = g_strdup_printf (n > 1 ? "%s in (" : "%s == ", what);

    g_string_prepend (text, front);
    g_string_append (text, n > 1 ? ")" : "");
  }
  return g_string_free (text, n == 0);
}

static GArray *
dup_spans_of_time (const NnTime *time)
{
  const gboolean spans = !nn_time_names_some (time);
  const NnScriptSpan span = { spans ? time->from : 0,
                              spans && time->to > 0 ? time->to : G_MAXUINT64 };
  GArray *array = g_array_new (FALSE, FALSE, sizeof (NnScriptSpan));

  g_array_append_val (array, span);
  return array;
}

static void
append_and (GString *text, const char *condition)
{
  g_string_append_printf (text, "%s%s", text->len > 0 ? " and " : "", condition);
}

/* @one_batch: every step is an epoch. Returns: FALSE if it is never true */
static gboolean
append_time (GString *text, const NnTime *time, const GArray *spans, gboolean one_batch)
{
  const gboolean epochs =
      time->when == NN_WHEN_EVERY_EPOCH || time->when == NN_WHEN_AT_EPOCH;
  const char *what = epochs && !one_batch ? "epoch" : "step";
  g_autofree char *condition = NULL;

  if (epochs && !one_batch)
    append_and (text, "not waiting");
  if (nn_time_names_some (time)) {
    condition = dup_named (what, time, epochs && !one_batch ? NULL : spans);
    if (condition == NULL)
      return FALSE;
  } else if (time->when != NN_WHEN_EVERY_EXAMPLE && time->interval > 1) {
    condition = g_strdup_printf ("%s %% " STEP " == 0", what, time->interval);
  }
  if (condition)
    append_and (text, condition);
  return TRUE;
}

/**
 * nn_script_entry_dup_condition:
 * @within: the steps in which the line is executed
 * @all: the steps of the run
 * @one_batch: every step is an epoch
 * @condition: (out) (transfer full) (nullable): "step % 10 == 0"; NULL if it is
 *   always true
 *
 * Returns: FALSE if it is never true
 */
gboolean
nn_script_entry_dup_condition (const NnScriptEntry *self,
                               const NnScriptSteps *within,
                               NnScriptSpan all,
                               gboolean one_batch,
                               char **condition)
{
  g_autoptr (GArray) time = dup_spans_of_time (&self->time);
  g_autoptr (GArray) awake = intersect (self->steps.spans, time);
  g_autoptr (GArray) here = intersect (awake, within->spans);
  const gboolean named = self->time.when == NN_WHEN_AT_STEP ||
                         (self->time.when == NN_WHEN_AT_EPOCH && one_batch);
  GString *text = g_string_new (NULL);
  const gboolean can_be =
      here->len > 0 && append_time (text, &self->time, here, one_batch);

  if (can_be && !named && !are_equal (here, within->spans)) {
    const NnScriptSteps steps = { here };
    g_autofree char *span = nn_script_steps_dup_condition (&steps, all);

    append_and (text, span);
  }
  *condition = g_string_free (text, text->len == 0 || !can_be);
  return can_be;
}
