/* nn-series-file.c - the losses, scores and measures of a run, as CSV
 *
 * SPDX-License-Identifier: MIT
 */

#include "nn/io/nn-series-file.h"

#include <glib/gi18n.h>
#include <math.h>
#include <string.h>

#include "nn/files/nn-path.h"

#define HEADER "series,from,to,first,last,least,greatest,mean\n"

/* Stretches that are read at once. */
#define PART 1024

/**
 * nn_series_file_check_path:
 *
 * Returns: FALSE if the ending of @path is not that of such a file
 */
gboolean
nn_series_file_check_path (const char *path, GError **error)
{
  return nn_path_check_ending (path, ".csv", _ ("series are written to"), error);
}

static gboolean
write_text (NnAtomicFile *file, const char *text, GError **error)
{
  return nn_atomic_file_write (file, text, strlen (text), error);
}

static void
append_number (GString *row, double number)
{
  char digits[G_ASCII_DTOSTR_BUF_SIZE];

  g_string_append_c (row, ',');
  g_string_append (row, g_ascii_formatd (digits, sizeof digits, "%.9g", number));
}

/* A layer's name may have any characters. */
static void
append_name (GString *row, const char *name)
{
  if (strpbrk (name, ",\"\n\r") == NULL) {
    g_string_append (row, name);
    return;
  }
  g_string_append_c (row, '"');
  for (; *name; name++) {
    if (*name == '"')
      g_string_append_c (row, '"');
    g_string_append_c (row, *name);
  }
  g_string_append_c (row, '"');
}

static gboolean
write_row (NnAtomicFile *file, const char *name, const NnStretch *stretch, GError **error)
{
  g_autoptr (GString) row = g_string_new (NULL);

  append_name (row, name);
  g_string_append_printf (row, ",%" G_GUINT64_FORMAT ",%" G_GUINT64_FORMAT, stretch->from,
                          stretch->from + stretch->n_steps - 1);
  append_number (row, (double) stretch->first);
  append_number (row, (double) stretch->last);
  append_number (row, (double) stretch->least);
  append_number (row, (double) stretch->greatest);
  append_number (row, stretch->sum / (double) stretch->n_steps);
  g_string_append_c (row, '\n');
  return write_text (file, row->str, error);
}

/* NAN is left out. */
static gboolean
write_point (NnAtomicFile *file,
             const char *name,
             guint64 step,
             float value,
             GError **error)
{
  const NnStretch stretch = { step, 1, value, value, value, value, (double) value };

  return isnan (value) || write_row (file, name, &stretch, error);
}

/* A row for each step up to @step, or for the narrowest bucket that is kept. */
static gboolean
write_history (NnAtomicFile *file,
               const char *name,
               const NnHistory *history,
               guint64 step,
               GError **error)
{
  g_autofree NnStretch *stretches = g_new (NnStretch, PART);
  guint64 next = 1;

  step = MIN (step, nn_history_get_n_steps (history));
  while (next <= step) {
    const gsize n = nn_history_query (history, next, next + PART - 1, PART, stretches);

    for (gsize i = 0; i < n && stretches[i].from <= step; i++)
      if (!write_row (file, name, &stretches[i], error))
        return FALSE;
    next = stretches[n - 1].from + stretches[n - 1].n_steps;
  }
  return TRUE;
}

/* @accuracy: writes the accuracies, not the losses */
static gboolean
write_scores (NnAtomicFile *file,
              const NnFrame *frame,
              NnScoreKind kind,
              gboolean accuracy,
              const char *name,
              GError **error)
{
  for (gsize i = 0; i < frame->n_scores[kind]; i++) {
    const NnScore *score = &frame->scores[kind][i];

    if (!write_point (file, name, score->step, accuracy ? score->accuracy : score->loss,
                      error))
      return FALSE;
  }
  return TRUE;
}

static gboolean
write_all_scores (NnAtomicFile *file, const NnFrame *frame, GError **error)
{
  return write_scores (file, frame, NN_SCORE_HELD_OUT, FALSE, "validation", error) &&
         write_scores (file, frame, NN_SCORE_HELD_OUT, TRUE, "validation_accuracy",
                       error) &&
         write_scores (file, frame, NN_SCORE_TRAINING, TRUE, "training_accuracy",
                       error) &&
         write_scores (file, frame, NN_SCORE_WHOLE, FALSE, "whole_set", error) &&
         write_scores (file, frame, NN_SCORE_WHOLE, TRUE, "whole_set_accuracy", error);
}

static gboolean
write_measure (NnAtomicFile *file,
               const NnFrame *frame,
               gsize layer,
               NnMeasure measure,
               GError **error)
{
  const NnLayerSeries *series = frame->layers;
  g_autofree char *name = g_strdup_printf (
      "%s.%s", frame->architecture->layers[layer].name, nn_measure_get_name (measure));

  for (gsize i = 0; i < series->n_points; i++)
    if (!write_point (
            file, name, series->steps[i],
            series->values[(i * series->n_layers + layer) * NN_N_MEASURES + measure],
            error))
      return FALSE;
  return TRUE;
}

static gboolean
write_layers (NnAtomicFile *file, const NnFrame *frame, GError **error)
{
  const gsize n_layers = frame->layers ? frame->layers->n_layers : 0;

  for (guint measure = 0; measure < NN_N_MEASURES; measure++)
    for (gsize i = 0; i < n_layers; i++)
      if (!write_measure (file, frame, i, (NnMeasure) measure, error))
        return FALSE;
  return TRUE;
}

/**
 * nn_series_file_write:
 *
 * Writes what @frame has up to its step. Any thread.
 */
gboolean
nn_series_file_write (const NnFrame *frame, NnAtomicFile *file, GError **error)
{
  return write_text (file, HEADER, error) &&
         (!frame->history ||
          write_history (file, "loss", frame->history, frame->step, error)) &&
         (!frame->ghost || write_history (file, "loss without nudges", frame->ghost,
                                          frame->step, error)) &&
         write_all_scores (file, frame, error) && write_layers (file, frame, error);
}

/**
 * nn_series_file_save:
 *
 * As nn_series_file_write (), to the file at @path, as a whole or not at all. Any thread.
 */
gboolean
nn_series_file_save (const NnFrame *frame, const char *path, GError **error)
{
  g_autoptr (NnAtomicFile) file = nn_atomic_file_new (path, error);

  return file && nn_series_file_write (frame, file, error) &&
         nn_atomic_file_commit (file, error);
}
