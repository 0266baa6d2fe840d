/* nudge-job.c - a PyTorch job that can be attached to
 *
 * SPDX-License-Identifier: MIT
 */

#include "app/document/nudge-job.h"

#include <glib/gi18n.h>
#include <inttypes.h>

#include "ui/text/nudge-number.h"

/**
 * nudge_job_new:
 * @path: of its socket
 * @facts: copied
 */
NudgeJob *
nudge_job_new (const char *path, const NnJobFacts *facts)
{
  NudgeJob *self = g_new0 (NudgeJob, 1);

  self->path = g_strdup (path);
  self->script = g_utf8_make_valid (facts->script, -1);
  self->torch = g_utf8_make_valid (facts->torch, -1);
  self->pid = facts->pid;
  self->n_ranks = facts->n_ranks;
  self->step = facts->step;
  self->paused = facts->paused;
  self->started = facts->started;
  return self;
}

void
nudge_job_free (NudgeJob *self)
{
  g_free (self->path);
  g_free (self->script);
  g_free (self->torch);
  g_free (self->optimizers);
  g_free (self);
}

/* Returns: whether @other is the same script, started another time */
gboolean
nudge_job_is_again (const NudgeJob *self, const NudgeJob *other)
{
  return g_str_equal (self->script, other->script) && self->pid != other->pid;
}

/**
 * nudge_job_dup_since:
 *
 * Of today by the clock, else by the day.
 *
 * Returns: (transfer full) (nullable): when it was started; %NULL: it is not known
 */
char *
nudge_job_dup_since (const NudgeJob *self)
{
  g_autoptr (GDateTime) then = g_date_time_new_from_unix_local ((gint64) self->started);
  g_autoptr (GDateTime) now = g_date_time_new_now_local ();
  const gboolean today =
      then != NULL &&
      g_date_time_get_day_of_year (then) == g_date_time_get_day_of_year (now) &&
      g_date_time_get_year (then) == g_date_time_get_year (now);

  if (then == NULL || self->started <= 0)
    return NULL;
  return g_date_time_format (then, today ? "%H:%M" : "%x %H:%M");
}

static void append (GString *words, const char *format, ...) G_GNUC_PRINTF (2, 3);

static void
append (GString *words, const char *format, ...)
{
  va_list arguments;

  if (words->len > 0)
    g_string_append (words, " · ");
  va_start (arguments, format);
  g_string_append_vprintf (words, format, arguments);
  va_end (arguments);
}

/**
 * nudge_job_dup_words:
 * @with_step: where it was when it was reached
 *
 * "process 4711 · 2 ranks · since 14:03 · step 1 204"
 */
char *
nudge_job_dup_words (const NudgeJob *self, gboolean with_step)
{
  g_autoptr (GString) words = g_string_new (NULL);
  g_autofree char *since = nudge_job_dup_since (self);
  g_autofree char *step = nudge_number_format_count ((guint64) self->step);

  append (words, _ ("process %" PRId64), self->pid);
  append (words,
          ngettext ("%" PRId64 " rank", "%" PRId64 " ranks", (gulong) self->n_ranks),
          self->n_ranks);
  if (since != NULL)
    append (words, _ ("since %s"), since);
  if (with_step)
    append (words, self->paused ? _ ("paused after step %s") : _ ("step %s"), step);
  else
    append (words, _ ("PyTorch %s"), self->torch);
  return g_string_free (g_steal_pointer (&words), FALSE);
}
