/* nudge-info-experiment.c - what `nudge info` prints of an experiment and of a run
 *
 * SPDX-License-Identifier: MIT
 */

#include "app/command/nudge-info-experiment.h"

#include <glib/gi18n.h>
#include <inttypes.h>
#include <stdio.h>

#include "app/command/nudge-columns.h"
#include "app/command/nudge-width.h"
#include "nn/base/nn-text.h"
#include "nn/io/nn-experiment-settings.h"

#define LABEL 11 /* columns of a terminal */

static void
print_line (const char *label, const char *text)
{
  g_autofree char *clean = nudge_columns_dup_clean (text);

  nudge_width_print (label, LABEL);
  printf ("%s\n", clean);
}

/* "adam, lr 0.001, …": a thing of some kind and its settings, without JSON's signs */
static void
print_thing (const char *label,
             const char *name,
             const NnSettings *settings,
             gconstpointer values)
{
  g_autoptr (GString) text = g_string_new (NULL);
  g_autoptr (GString) line = g_string_new (name);

  nn_experiment_append_settings (text, settings, values, ", ", NULL);
  for (const char *c = text->str; *c != '\0'; c++)
    if (*c != '"' && *c != ':')
      g_string_append_c (line, *c);
  print_line (label, line->str);
}

static void
print_data (const NnDataSpec *data)
{
  const NnDataKind *kind = nn_data_source_get_kind (data->source);

  print_thing (_ ("data"), nn_data_source_get_name (data->source), &kind->settings, data);
}

/* "1-2-3-1, 17 parameters: fc1 relu, fc2 relu, fc3 identity" */
static void
print_network (const NnArchitecture *architecture)
{
  g_autoptr (GString) sizes = g_string_new (NULL);
  g_autoptr (GString) layers = g_string_new (NULL);
  g_autofree char *line = NULL;

  g_string_append_printf (sizes, "%" G_GSIZE_FORMAT, architecture->n_features);
  for (gsize i = 0; i < architecture->n_layers; i++) {
    const NnLayerShape *layer = &architecture->layers[i];

    g_string_append_printf (sizes, "-%" G_GSIZE_FORMAT, layer->n_units);
    g_string_append_printf (layers, "%s%s %s", i > 0 ? ", " : "", layer->name,
                            nn_activation_get_name (layer->activation));
  }
  line = g_strdup_printf (_ ("%s, %zu parameters: %s"), sizes->str,
                          architecture->n_values, layers->str);
  print_line (_ ("network"), line);
}

static void
print_nudges (const NnExperiment *experiment)
{
  for (guint i = 0; i < experiment->nudges->len; i++) {
    g_autofree char *text = nn_nudge_dup_text (experiment->nudges->pdata[i]);

    print_line (i == 0 ? _ ("nudges") : "", text);
  }
  if (experiment->events->len > 0) {
    nudge_width_print (_ ("log"), LABEL);
    printf (ngettext ("%u entry\n", "%u entries\n", experiment->events->len),
            experiment->events->len);
  }
}

/**
 * nudge_info_print_experiment:
 *
 * To standard output.
 */
void
nudge_info_print_experiment (const NnExperiment *experiment)
{
  const NnLoss *loss = &experiment->loss;
  const NnOptimizerSettings *optimizer = &experiment->optimizer;

  if (*experiment->title != '\0')
    print_line (_ ("title"), nn_text_get_translated (experiment->title));
  nudge_width_print (_ ("seed"), LABEL);
  printf ("%u\n", experiment->seed);
  print_data (&experiment->data);
  print_network (experiment->architecture);
  print_thing (_ ("loss"), nn_loss_get_name (loss->type),
               &nn_loss_get_kind (loss->type)->settings, loss);
  print_thing (_ ("optimizer"), nn_optimizer_get_name (optimizer->type),
               &nn_optimizer_get_kind (optimizer->type)->settings, optimizer);
  print_nudges (experiment);
}

/**
 * nudge_info_print_checkpoint:
 * @timeline: the run, where it goes on
 *
 * To standard output: where the run is, and its experiment with all that is in its log.
 */
void
nudge_info_print_checkpoint (const NnCheckpointFile *file, const NnTimeline *timeline)
{
  const NnTrainer *trainer = nn_timeline_get_trainer (timeline);
  const NnLog *log = nn_timeline_get_log (timeline);
  char loss[G_ASCII_DTOSTR_BUF_SIZE];
  g_autoptr (GString) line = g_string_new (file->experiment->name);

  g_string_append_printf (line, _ (", after step %" PRIu64), file->step);
  if (file->record.goal > 0)
    g_string_append_printf (line, _ (" of %" PRIu64), file->record.goal);
  print_line (_ ("run"), line->str);
  nudge_width_print (_ ("loss now"), LABEL);
  printf ("%s\n", g_ascii_formatd (loss, sizeof loss, "%.6g",
                                   (double) nn_trainer_get_loss (trainer)));
  if (nn_log_get_n_events (log) > 0) {
    nudge_width_print (_ ("done"), LABEL);
    printf (_ ("%zu entries of the log\n"), nn_log_get_n_events (log));
  }
  nudge_info_print_experiment (file->experiment);
}
