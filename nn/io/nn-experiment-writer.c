/* nn-experiment-writer.c - an experiment as the text of a .nudge file
 *
 * SPDX-License-Identifier: MIT
 *
 * Printed here rather than by jansson, which knows no middle between one line for
 * all and one for each number, and gives numbers more digits than they need.
 */

#include "nn/base/nn-number.h"
#include "nn/experiment/nn-nudge-ids.h"
#include "nn/io/nn-experiment-file.h"
#include "nn/io/nn-experiment-lesson.h"
#include "nn/io/nn-experiment-network.h"
#include "nn/io/nn-experiment-parameters.h"
#include "nn/io/nn-experiment-settings.h"

/* "[0.5, 1]" */
static void
append_row (GString *text, const float *values, gsize n)
{
  g_string_append_c (text, '[');
  for (gsize i = 0; i < n; i++) {
    if (i > 0)
      g_string_append (text, ", ");
    nn_number_append_float (text, values[i]);
  }
  g_string_append_c (text, ']');
}

static void
append_table (GString *text, const float *values, gsize n_rows, gsize n_columns)
{
  g_string_append (text, "[\n");
  for (gsize i = 0; i < n_rows; i++) {
    g_string_append (text, "      ");
    append_row (text, values + i * n_columns, n_columns);
    g_string_append (text, i + 1 < n_rows ? ",\n" : "\n");
  }
  g_string_append (text, "    ]");
}

static void
append_tables (GString *text, const NnTable *table)
{
  g_string_append (text, ",\n    \"inputs\": ");
  append_table (text, table->inputs, table->n_examples, table->n_features);
  if (table->n_targets > 0) {
    g_string_append (text, ",\n    \"targets\": ");
    if (table->targets_are == NN_TARGETS_NUMBERS)
      append_table (text, table->targets, table->n_examples, table->n_targets);
    else
      append_row (text, table->targets, table->n_examples);
  }
}

/* A table in the experiment itself has a line for each row. */
static void
append_data (GString *text, const NnDataSpec *data, const char *folder)
{
  const NnDataKind *kind = nn_data_source_get_kind (data->source);
  const gboolean lines = kind->is_table && kind->load == NULL;

  g_string_append_printf (text, "{%s\"source\": \"%s\"", lines ? "\n    " : " ",
                          nn_data_source_get_name (data->source));
  if (lines)
    append_tables (text, data->table);
  nn_experiment_append_settings (text, &kind->settings, data, lines ? ",\n    " : ", ",
                                 folder);
  g_string_append (text, lines ? "\n  }" : " }");
}

static void
append_network (GString *text, const NnExperiment *self)
{
  g_autoptr (NnEdit) network = nn_edit_new ();

  nn_edit_set_network (network, self->architecture, &self->init);
  nn_experiment_append_network (text, network, "  ");
}

static void
append_loss (GString *text, const NnLoss *loss)
{
  g_string_append_printf (text, "{ \"type\": \"%s\"", nn_loss_get_name (loss->type));
  nn_experiment_append_settings (text, &nn_loss_get_kind (loss->type)->settings, loss,
                                 ", ", NULL);
  g_string_append (text, " }");
}

static void
append_optimizer (GString *text, const NnOptimizerSettings *settings)
{
  g_string_append_printf (text, "{ \"type\": \"%s\"",
                          nn_optimizer_get_name (settings->type));
  nn_experiment_append_settings (text, &nn_optimizer_get_kind (settings->type)->settings,
                                 settings, ", ", NULL);
  g_string_append (text, " }");
}

static const char *
get_shuffle_text (NnShuffle shuffle)
{
  static const char *const texts[NN_N_SHUFFLES] = {
    [NN_SHUFFLE_NONE] = "false",
    [NN_SHUFFLE_RANDPERM] = "true",
    [NN_SHUFFLE_DATALOADER] = "\"dataloader\"",
  };

  return texts[shuffle];
}

static void
append_batch (GString *text, gsize batch_size, NnShuffle shuffle)
{
  g_string_append_printf (text, "{ \"size\": %" G_GSIZE_FORMAT ", \"shuffle\": %s }",
                          batch_size, get_shuffle_text (shuffle));
}

static void
append_nudges (GString *text, const GPtrArray *nudges)
{
  g_string_append_c (text, '[');
  for (guint i = 0; i < nudges->len; i++) {
    g_autofree char *nudge = nn_nudge_dup_text (nudges->pdata[i]);

    g_string_append (text, i > 0 ? ",\n    " : "\n    ");
    nn_experiment_append_string (text, nudge);
  }
  g_string_append (text, nudges->len > 0 ? "\n  ]" : "]");
}

/* The keys of an edit, written as the experiment's own. */
static void
append_edit (GString *text, const NnEdit *edit, const char *folder)
{
  if (edit->parts & NN_EDIT_HAS_SEED)
    g_string_append_printf (text, ", \"seed\": %" G_GUINT32_FORMAT, edit->seed);
  if (edit->parts & NN_EDIT_HAS_DATA) {
    g_string_append (text, ", \"data\": ");
    append_data (text, &edit->data, folder);
  }
  if (edit->parts & NN_EDIT_HAS_NETWORK) {
    g_string_append (text, ", \"network\": ");
    nn_experiment_append_network (text, edit, "    ");
  }
  if (edit->parts & NN_EDIT_HAS_LOSS) {
    g_string_append (text, ", \"loss\": ");
    append_loss (text, &edit->loss);
  }
  if (edit->parts & NN_EDIT_HAS_OPTIMIZER) {
    g_string_append (text, ", \"optimizer\": ");
    append_optimizer (text, &edit->optimizer);
  }
  if (edit->parts & NN_EDIT_HAS_BATCH) {
    g_string_append (text, ", \"batch\": ");
    append_batch (text, edit->batch_size, edit->shuffle);
  }
  if (edit->parts & NN_EDIT_HAS_GUARD)
    g_string_append_printf (text, ", \"guard\": \"%s\"", nn_guard_get_name (edit->guard));
}

static void
append_event (GString *text,
              const NnEvent *event,
              const NnNudgeIds *ids,
              const char *folder)
{
  const NnEventParts parts = nn_event_kind_get_parts (event->kind);
  const gsize index = event->kind == NN_EVENT_STAND
                          ? event->index
                          : (gsize) nn_nudge_ids_find (ids, event->id);

  g_string_append_printf (text, "{ \"step\": %" G_GUINT64_FORMAT ", \"do\": \"%s\"",
                          event->step, nn_event_kind_get_name (event->kind));
  if (parts & NN_EVENT_HAS_INDEX)
    g_string_append_printf (text, ", \"index\": %" G_GSIZE_FORMAT, index);
  if (parts & NN_EVENT_HAS_TO)
    g_string_append_printf (text, ", \"to\": %" G_GSIZE_FORMAT,
                            nn_event_get_goal (event, index, nn_nudge_ids_get_n (ids)));
  if (parts & NN_EVENT_HAS_GUARD)
    g_string_append_printf (text, ", \"guard\": \"%s\"",
                            nn_guard_get_name (event->guard));
  if (parts & NN_EVENT_HAS_NUDGE) {
    g_autofree char *nudge = nn_nudge_dup_text (event->nudge);

    g_string_append (text, ", \"nudge\": ");
    nn_experiment_append_string (text, nudge);
  }
  if (parts & NN_EVENT_HAS_EDIT)
    append_edit (text, event->edit, folder);
  g_string_append (text, " }");
}

/* The first @n events, each after @separator. */
static void
append_events (GString *text,
               const NnExperiment *self,
               guint n,
               const char *separator,
               const char *folder)
{
  g_autoptr (NnNudgeIds) ids = nn_nudge_ids_new (self->nudges);

  for (guint i = 0; i < n; i++) {
    const NnEvent *event = &g_array_index (self->events, NnEvent, i);

    g_string_append_printf (text, "%s%s", i > 0 ? "," : "", separator);
    append_event (text, event, ids, folder);
    nn_nudge_ids_follow (ids, event);
  }
}

static void
append_story (GString *text, const NnExperiment *self)
{
  char speed[G_ASCII_DTOSTR_BUF_SIZE];

  if (self->story != NULL) {
    g_string_append (text, ",\n  \"story\": ");
    nn_experiment_append_string (text, self->story);
  }
  if (self->speed > 0)
    g_string_append_printf (text, ",\n  \"speed\": %s",
                            g_ascii_dtostr (speed, sizeof speed, self->speed));
}

/**
 * nn_experiment_file_format_full:
 * @experiment: passes nn_experiment_check ()
 * @folder: (nullable): where the text will be: paths of data are written relative to it;
 *   NULL leaves them as they are
 *
 * Writes all keys, those with default values too; but not the name, which is the file's,
 * nor a story, a speed, a log or a lesson if there is none.
 *
 * Returns: (transfer full): a text that nn_experiment_file_parse () reads as an
 *   equal experiment
 */
char *
nn_experiment_file_format_full (const NnExperiment *experiment, const char *folder)
{
  g_return_val_if_fail (nn_experiment_check (experiment, NULL), NULL);

  GString *text = g_string_new ("{\n  \"nudge\": 1,\n  \"title\": ");

  nn_experiment_append_string (text, experiment->title);
  append_story (text, experiment);
  g_string_append_printf (
      text, ",\n  \"seed\": %" G_GUINT32_FORMAT ",\n  \"data\": ", experiment->seed);
  append_data (text, &experiment->data, folder);
  g_string_append (text, ",\n  \"network\": ");
  append_network (text, experiment);
  nn_experiment_append_parameters (text, experiment->parameters, folder);
  g_string_append (text, ",\n  \"loss\": ");
  append_loss (text, &experiment->loss);
  g_string_append (text, ",\n  \"optimizer\": ");
  append_optimizer (text, &experiment->optimizer);
  g_string_append (text, ",\n  \"batch\": ");
  append_batch (text, experiment->batch_size, experiment->shuffle);
  g_string_append_printf (text, ",\n  \"guard\": \"%s\",\n  \"nudges\": ",
                          nn_guard_get_name (experiment->guard));
  append_nudges (text, experiment->nudges);
  if (experiment->events->len > 0) {
    g_string_append (text, ",\n  \"log\": [");
    append_events (text, experiment, experiment->events->len, "\n    ", folder);
    g_string_append (text, "\n  ]");
  }
  if (experiment->lesson != NULL) {
    g_string_append (text, ",\n  \"lesson\": ");
    nn_experiment_append_lesson (text, experiment->lesson, append_edit, folder);
  }
  g_string_append (text, "\n}\n");
  return g_string_free (text, FALSE);
}

char *
nn_experiment_file_format (const NnExperiment *experiment)
{
  return nn_experiment_file_format_full (experiment, NULL);
}

/**
 * nn_experiment_file_format_log:
 * @most: only the first so many events are written
 *
 * Returns: (transfer full): the value of the key "log" alone, on one line
 */
char *
nn_experiment_file_format_log (const NnExperiment *experiment, guint most)
{
  GString *text = g_string_new ("[");

  append_events (text, experiment, MIN (experiment->events->len, most), " ", NULL);
  g_string_append (text, " ]");
  return g_string_free (text, FALSE);
}
