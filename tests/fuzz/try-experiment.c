/* try-experiment.c - what any bytes must do when they are read as a document
 *
 * SPDX-License-Identifier: MIT
 */

#include "tests/fuzz/try-experiment.h"

#include <string.h>

#include "nn/io/nn-experiment-file.h"
#include "nn/run/nn-timeline.h"
#include "tests/fuzz/said.h"

#define NAME    "x"
#define N_STEPS 3

/* What an experiment may ask for is bounded elsewhere, by the machine's memory. */
#define MOST_VALUES   4096
#define MOST_UNITS    256
#define MOST_EXAMPLES 1024

static gboolean
is_small_edit (const NnEdit *edit)
{
  for (gsize i = 0; i < edit->n_layers; i++)
    if (edit->layers[i].n_units > MOST_UNITS)
      return FALSE;
  return !(edit->parts & NN_EDIT_HAS_DATA) ||
         nn_data_spec_get_n_examples (&edit->data) <= MOST_EXAMPLES;
}

static gboolean
is_small (const NnExperiment *experiment)
{
  for (guint i = 0; i < experiment->events->len; i++) {
    const NnEvent *event = &g_array_index (experiment->events, NnEvent, i);

    if (event->kind == NN_EVENT_EDIT && !is_small_edit (event->edit))
      return FALSE;
  }
  return experiment->architecture->n_values <= MOST_VALUES &&
         nn_data_spec_get_n_examples (&experiment->data) <= MOST_EXAMPLES;
}

/* What is saved is what was read: to the last bit of the run, as far as it comes. */
static void
assert_same_run (const NnExperiment *experiment, const NnExperiment *again)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GError) error_again = NULL;
  g_autoptr (NnTimeline) a = nn_timeline_new (experiment, 0, &error);
  g_autoptr (NnTimeline) b = nn_timeline_new (again, 0, &error_again);

  g_assert_true ((a == NULL) == (b == NULL));
  for (guint i = 0; a != NULL && i < N_STEPS; i++) {
    const gboolean done = nn_timeline_step (a, &error);

    g_assert_true (nn_timeline_step (b, &error_again) == done);
    if (!done)
      break;
  }
  g_assert_cmpstr (error ? error->message : NULL, ==,
                   error_again ? error_again->message : NULL);
  if (error != NULL)
    assert_can_be_said (error);
  if (a != NULL) {
    const float loss = nn_trainer_get_loss (nn_timeline_get_trainer (a));
    const float loss_again = nn_trainer_get_loss (nn_timeline_get_trainer (b));

    g_assert_cmpmem (&loss, sizeof loss, &loss_again, sizeof loss_again);
  }
}

/**
 * try_experiment:
 * @bytes: (array length=size): anything
 *
 * Aborts unless @bytes either are refused with an error that can be shown, or are a
 * document that comes back when it is saved, with the same run.
 *
 * Returns: whether they are
 */
gboolean
try_experiment (const void *bytes, gsize size)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (NnExperiment) experiment =
      nn_experiment_file_parse (bytes, size, NAME, &error);
  g_autoptr (NnExperiment) again = NULL;
  g_autofree char *text = NULL;
  g_autofree char *text_again = NULL;

  g_assert_true ((experiment == NULL) == (error != NULL));
  if (experiment == NULL) {
    assert_can_be_said (error);
    return FALSE;
  }
  if (!is_small (experiment))
    return FALSE;
  text = nn_experiment_file_format (experiment);
  again = nn_experiment_file_parse (text, strlen (text), NAME, &error);
  g_assert_no_error (error);
  text_again = nn_experiment_file_format (again);
  g_assert_cmpstr (text, ==, text_again);
  assert_same_run (experiment, again);
  return TRUE;
}
