/* nudge-run-history.c - what was done to the weights of a run, as a snapshot's metadata
 *
 * SPDX-License-Identifier: MIT
 */

#include "app/command/nudge-run-history.h"

#include <glib/gi18n.h>

#include "nn/arrays/nn-array-kind.h"
#include "nn/base/nn-error.h"
#include "nn/io/nn-experiment-file.h"
#include "nn/io/nn-experiment-settings.h"

/**
 * nudge_run_history_check:
 *
 * After standard output's name says its format.
 */
gboolean
nudge_run_history_check (const NudgeRunOptions *options, GError **error)
{
  if (!options->with_history)
    return TRUE;
  if (options->snapshot &&
      nn_array_kind_has_ending (&nn_arrays_safetensors, options->snapshot))
    return TRUE;
  g_set_error (error, NN_ERROR, NN_ERROR_SYNTAX,
               _ ("--with-history: %s; give --snapshot FILE.safetensors"),
               options->snapshot ? _ ("only a safetensors snapshot has metadata")
                                 : _ ("no snapshot is written"));
  return FALSE;
}

static void
take (GPtrArray *metadata, const char *key, char *value)
{
  g_ptr_array_add (metadata, g_strdup (key));
  g_ptr_array_add (metadata, value);
}

/* Nudges that repeat: each one entry, however often it landed. */
static char *
format_standing (const NnFrame *frame)
{
  GString *text = g_string_new ("[");
  guint n = 0;

  for (gsize i = 0; i < frame->n_landings && n < NUDGE_HISTORY_MOST; i++) {
    const NnLanding *landing = &frame->landings[i];
    g_autofree char *nudge = NULL;

    if (!landing->standing || landing->n_times == 0)
      continue;
    nudge = nn_nudge_dup_text (landing->nudge);
    g_string_append_printf (text, "%s { \"nudge\": ", n++ > 0 ? "," : "");
    nn_experiment_append_string (text, nudge);
    g_string_append_printf (text,
                            ", \"times\": %" G_GUINT64_FORMAT
                            ", \"first\": %" G_GUINT64_FORMAT
                            ", \"last\": %" G_GUINT64_FORMAT " }",
                            landing->n_times, landing->first, landing->last);
  }
  g_string_append (text, " ]");
  return g_string_free (text, FALSE);
}

/**
 * nudge_run_history_new:
 * @frame: the run as it ended
 *
 * Returns: (transfer full) (element-type utf8): key, value, key, value, …
 */
GPtrArray *
nudge_run_history_new (const NnExperiment *experiment, const NnFrame *frame)
{
  GPtrArray *metadata = g_ptr_array_new_with_free_func (g_free);
  const char *name = *experiment->title != '\0' ? experiment->title : experiment->name;
  g_autoptr (NnExperiment) done = NULL;

  take (metadata, "nudge.experiment", g_strdup (name));
  take (metadata, "nudge.seed", g_strdup_printf ("%u", experiment->seed));
  take (metadata, "nudge.step", g_strdup_printf ("%" G_GUINT64_FORMAT, frame->step));
  take (metadata, NUDGE_HISTORY_STANDING, format_standing (frame));
  if (frame->log == NULL)
    return metadata;
  done = nn_log_make_experiment (frame->log, experiment);
  take (metadata, NUDGE_HISTORY_LOG,
        nn_experiment_file_format_log (done, NUDGE_HISTORY_MOST));
  if (done->events->len > NUDGE_HISTORY_MOST)
    take (metadata, "nudge.left-out",
          g_strdup_printf ("%u", done->events->len - NUDGE_HISTORY_MOST));
  return metadata;
}
