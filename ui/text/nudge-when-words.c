/* nudge-when-words.c - when a nudge is applied, in words
 *
 * SPDX-License-Identifier: MIT
 */

#include "ui/text/nudge-when-words.h"

#include <glib/gi18n-lib.h>

#include "ui/text/nudge-number.h"

#define MOST_SHOWN 4 /* of the steps that a nudge names */

/* "10, 20, 30, …, 640" */
static char *
list_numbers (const NnTime *time)
{
  g_autofree char *first = nudge_number_format_count (time->interval);
  GString *text = g_string_new (first);

  for (guint i = 0; i < time->also.n; i++) {
    g_autofree char *number = NULL;

    if (i + 2 == MOST_SHOWN && time->also.n + 1 > MOST_SHOWN) {
      g_string_append (text, ", …");
      i = time->also.n - 1;
    }
    number = nudge_number_format_count (time->also.values[i]);
    g_string_append_printf (text, ", %s", number);
  }
  return g_string_free (text, FALSE);
}

/* @rhythm: (transfer full): "every step" */
static char *
add_range (const NnTime *time, char *rhythm)
{
  g_autofree char *whole = rhythm;
  g_autofree char *from = nudge_number_format_count (time->from);
  g_autofree char *to = nudge_number_format_count (time->to);

  if (time->from > 0 && time->to > 0)
    /* Translators: "every step", the first one's number, the last one's */
    return g_strdup_printf (_ ("%s, from step %s to %s"), whole, from, to);
  if (time->from > 0)
    /* Translators: "every step", the first one's number */
    return g_strdup_printf (_ ("%s, from step %s"), whole, from);
  if (time->to > 0)
    /* Translators: "every step", the last one's number */
    return g_strdup_printf (_ ("%s, up to step %s"), whole, to);
  return g_steal_pointer (&whole);
}

/* What comes again and again. */
static char *
name_repetition (const NnTime *time)
{
  g_autofree char *interval = nudge_number_format_count (time->interval);

  switch (time->when) {
  case NN_WHEN_EVERY_EXAMPLE:
    return g_strdup (_ ("every example"));
  case NN_WHEN_EVERY_EPOCH:
    return time->interval > 1 ? g_strdup_printf (_ ("every %s epochs"), interval)
                              : g_strdup (_ ("every epoch"));
  default:
    return time->interval > 1 ? g_strdup_printf (_ ("every %s steps"), interval)
                              : g_strdup (_ ("every step"));
  }
}

static char *
whole_rhythm (const NnTime *time)
{
  g_autofree char *numbers = list_numbers (time);

  switch (time->when) {
  case NN_WHEN_MANUAL:
    return g_strdup (_ ("by hand"));
  case NN_WHEN_AT_STEP:
    if (time->also.n > 0)
      /* Translators: their numbers, "10, 20" */
      return g_strdup_printf (_ ("at steps %s"), numbers);
    return time->interval == 0 ? g_strdup (_ ("at the start"))
                               : g_strdup_printf (_ ("at step %s"), numbers);
  case NN_WHEN_AT_EPOCH:
    if (time->also.n > 0)
      /* Translators: their numbers, "2, 4" */
      return g_strdup_printf (_ ("after epochs %s"), numbers);
    return g_strdup_printf (_ ("after epoch %s"), numbers);
  case NN_WHEN_EVERY_STEPS:
  case NN_WHEN_EVERY_EXAMPLE:
  case NN_WHEN_EVERY_EPOCH:
    return add_range (time, name_repetition (time));
  }
  g_return_val_if_reached (NULL);
}

/**
 * nudge_words_for_rhythm:
 *
 * When it is due: "every step", "every 10 steps before backward".
 */
char *
nudge_words_for_rhythm (const NnNudge *nudge)
{
  g_autofree char *whole = whole_rhythm (&nudge->time);

  /* Translators: %s is "every step", … */
  return nudge->time.before_backward ? g_strdup_printf (_ ("%s before backward"), whole)
                                     : g_steal_pointer (&whole);
}

/* What comes once, or at each of several steps. */
static char *
name_once (const NnTime *time)
{
  const gboolean epochs = time->when == NN_WHEN_AT_EPOCH;
  g_autofree char *numbers = list_numbers (time);

  if (!epochs && time->interval == 0 && time->also.n == 0)
    return g_strdup (C_ ("repeat", "once, at the start"));
  if (epochs && time->also.n == 0)
    return g_strdup_printf (C_ ("repeat", "once, after epoch %s"), numbers);
  if (epochs)
    return g_strdup_printf (C_ ("repeat", "after epochs %s"), numbers);
  if (time->before_backward)
    return g_strdup_printf (time->also.n > 0 ? C_ ("repeat", "in steps %s")
                                             : C_ ("repeat", "once, in step %s"),
                            numbers);
  return g_strdup_printf (time->also.n > 0 ? C_ ("repeat", "after steps %s")
                                           : C_ ("repeat", "once, after step %s"),
                          numbers);
}

/**
 * nudge_words_for_choice:
 *
 * As a card has it among others: "off", "once, after step 7", "every step,
 * before backward".
 */
char *
nudge_words_for_choice (const NnTime *time)
{
  g_autofree char *whole = NULL;

  if (time->when == NN_WHEN_MANUAL)
    return g_strdup (C_ ("repeat", "off"));
  if (time->when == NN_WHEN_AT_STEP || time->when == NN_WHEN_AT_EPOCH)
    whole = name_once (time);
  else
    whole = add_range (time, name_repetition (time));
  /* Translators: %s is "every step", … */
  return time->before_backward
             ? g_strdup_printf (C_ ("repeat", "%s, before backward"), whole)
             : g_steal_pointer (&whole);
}
