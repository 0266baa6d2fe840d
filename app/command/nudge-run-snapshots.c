/* nudge-run-snapshots.c - the parameters every so many steps, as files with numbers
 *
 * SPDX-License-Identifier: MIT
 */

#include "app/command/nudge-run-snapshots.h"

#include <glib/gi18n.h>
#include <inttypes.h>
#include <string.h>

#include "app/command/nudge-run-history.h"
#include "app/command/nudge-stream.h"
#include "app/command/nudge-whole.h"
#include "nn/base/nn-error.h"
#include "nn/files/nn-file.h"
#include "nn/files/nn-path.h"
#include "nn/io/nn-snapshot.h"
#include "nn/session/nn-frame-of-run.h"

/* "x-000100.npz" of "x.npz"; more digits if the step has more. */
static char *
dup_numbered (const char *path, guint64 step)
{
  const gsize stem = (gsize) (strrchr (path, '.') - path);

  return g_strdup_printf ("%.*s-%06" G_GUINT64_FORMAT "%s", (int) stem, path, step,
                          path + stem);
}

/* Whether the file @other is the one with a number that its name ends in. */
static gboolean
would_replace (const char *path, const char *other)
{
  const char *end = strrchr (other, '.');
  const char *digits = end ? end : other;
  g_autofree char *numbered = NULL;

  while (digits > other && g_ascii_isdigit (digits[-1]))
    digits--;
  numbered = dup_numbered (path, g_ascii_strtoull (digits, NULL, 10));
  return nn_path_is_same_file (numbered, other);
}

static gboolean
refuse (const char *why, GError **error)
{
  g_set_error (error, NN_ERROR, NN_ERROR_SYNTAX, "--snapshot-every: %s", why);
  return FALSE;
}

/**
 * nudge_run_snapshots_parse:
 * @others: (element-type filename): files that no snapshot may replace
 * @every: (out): so many steps; 0 if it is not asked for
 *
 * After the names of all outputs were found right.
 */
gboolean
nudge_run_snapshots_parse (const NudgeRunOptions *options,
                           const GPtrArray *others,
                           guint64 *every,
                           GError **error)
{
  *every = 0;
  if (options->snapshot_every == NULL)
    return TRUE;
  if (options->snapshot == NULL || nudge_stream_is (options->snapshot))
    return refuse (_ ("it needs the name of a file; give --snapshot FILE too"), error);
  if (!nudge_whole_parse ("--snapshot-every", options->snapshot_every, NUDGE_MOST_STEPS,
                          every, error))
    return FALSE;
  if (*every == 0)
    return refuse (_ ("0 is not a number of steps; give 1 or more"), error);
  for (guint i = 0; i < others->len; i++)
    if (would_replace (options->snapshot, others->pdata[i]))
      return refuse (_ ("a snapshot would overwrite a file that is read, or written for "
                        "another option: give --snapshot another name"),
                     error);
  return TRUE;
}

/* Returns: (transfer full) (nullable): what was done up to the present step */
static GPtrArray *
make_history (const NudgeRunOptions *options,
              const NnExperiment *experiment,
              NnTimeline *timeline)
{
  g_autoptr (NnFrame) frame = NULL;

  if (!options->with_history)
    return NULL;
  frame = nn_frame_of_timeline (timeline);
  return nudge_run_history_new (experiment, frame);
}

static gboolean
write_snapshot (const NudgeRunOptions *options,
                const NnExperiment *experiment,
                NnTimeline *timeline,
                const char *path,
                GError **error)
{
  const NnNetwork *network = nn_trainer_get_network (nn_timeline_get_trainer (timeline));
  g_autoptr (GPtrArray) history = make_history (options, experiment, timeline);
  g_autoptr (GBytes) bytes =
      nn_snapshot_encode (nn_network_get_architecture (network),
                          nn_network_get_values (network), history, path, error);

  return bytes && nn_file_replace (path, g_bytes_get_data (bytes, NULL),
                                   g_bytes_get_size (bytes), error);
}

/**
 * nudge_run_snapshots_keep:
 * @every: as it was parsed
 * @experiment: that @timeline runs, as it was at first
 * @last: there is no step after this one: it is kept, whatever its number
 *
 * Writes the file of the present step, if that is due.
 */
gboolean
nudge_run_snapshots_keep (const NudgeRunOptions *options,
                          guint64 every,
                          const NnExperiment *experiment,
                          NnTimeline *timeline,
                          gboolean last,
                          GError **error)
{
  const guint64 step = nn_trainer_get_n_steps (nn_timeline_get_trainer (timeline));
  g_autofree char *path = NULL;

  if (every == 0 || (step % every == 0) == last)
    return TRUE;
  path = dup_numbered (options->snapshot, step);
  if (write_snapshot (options, experiment, timeline, path, error))
    return TRUE;
  g_prefix_error (error, _ ("step %" PRIu64 ": "), step);
  return FALSE;
}
