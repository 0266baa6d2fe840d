/* nudge-run-deviations.c - what a run is to do otherwise: --without and its like
 *
 * SPDX-License-Identifier: MIT
 */

#include "app/command/nudge-run-deviations.h"

#include <glib/gi18n.h>
#include <inttypes.h>

#include "nn/base/nn-error.h"

/* A checkpoint, an experiment or a snapshot's metadata would not say what its run was
 * without. */
static gboolean
check_others (const NudgeRunOptions *options, const char *option, GError **error)
{
  const struct {
    const char *name;
    gboolean given;
  } others[] = {
    { "--resume", options->resume != NULL },
    { "--checkpoint", options->checkpoint != NULL },
    { "--save", options->save != NULL },
    { "--with-history", options->with_history },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (others); i++) {
    if (!others[i].given)
      continue;
    g_set_error (error, NN_ERROR, NN_ERROR_SYNTAX,
                 _ ("%s: a run that leaves something out is not a run of its experiment; "
                    "leave out %s"),
                 option, others[i].name);
    return FALSE;
  }
  return TRUE;
}

static gboolean
check_steps (const NnDeviation *deviation, guint64 n_steps, GError **error)
{
  const guint64 step = deviation->once ? deviation->step : deviation->number;

  if ((deviation->subject != NN_SUBJECT_STEP && !deviation->once) || step <= n_steps)
    return TRUE;
  g_set_error (
      error, NN_ERROR, NN_ERROR_SYNTAX,
      _ ("step %" PRIu64 " comes after the last one, %" PRIu64 "; give more --steps"),
      step, n_steps);
  return FALSE;
}

/**
 * nudge_run_deviations_read:
 * @experiment: to run
 * @n_steps: so many steps
 * @deviations: (out) (transfer full) (nullable) (element-type NnDeviation): NULL if none is
 *   asked for
 */
gboolean
nudge_run_deviations_read (const NudgeRunOptions *options,
                           const NnExperiment *experiment,
                           guint64 n_steps,
                           GArray **deviations,
                           GError **error)
{
  char **const lists[NN_N_DEVIATIONS] = {
    [NN_DEVIATION_WITHOUT] = options->without,
    [NN_DEVIATION_ZERO_MEMORY] = options->memory_zero,
    [NN_DEVIATION_NEXT_BATCH] = options->swap_batch,
    [NN_DEVIATION_TENTH_RATE] = options->tenth_rate,
  };
  g_autoptr (GArray) read = nn_deviations_new ();

  *deviations = NULL;
  for (guint kind = 0; kind < NN_N_DEVIATIONS; kind++) {
    const char *option = nn_deviation_get_option ((NnDeviationKind) kind);

    if (lists[kind] && !check_others (options, option, error))
      return FALSE;
    for (char **text = lists[kind]; text && *text; text++) {
      g_auto (NnDeviation) deviation = { 0 };

      if (!nn_deviation_parse (&deviation, (NnDeviationKind) kind, *text, error) ||
          !nn_deviation_check (&deviation, experiment, error) ||
          !check_steps (&deviation, n_steps, error)) {
        g_prefix_error (error, "%s: ", option);
        return FALSE;
      }
      nn_deviations_append (read, &deviation);
    }
  }
  if (read->len > 0)
    *deviations = g_steal_pointer (&read);
  return TRUE;
}
