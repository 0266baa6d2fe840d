/* nudge-data-words.c - what the picture of the data shows, in words
 *
 * SPDX-License-Identifier: MIT
 */

#include "ui/draw/network/nudge-data-words.h"

#include <glib/gi18n.h>

#include "ui/text/nudge-number.h"

#define DIGITS 3

static void
append_target (const NudgeDataScene *self, gsize row, GString *text)
{
  const NnTable *table = self->dataset->table;
  g_autofree char *number = NULL;

  if (table->n_targets == 0)
    return;
  number = nudge_number_format ((double) table->targets[row * table->n_targets], DIGITS);
  if (self->dataset->n_classes > 0)
    g_string_append_printf (text, _ (", point of class %s"), number);
  else
    g_string_append_printf (text, _ (", point with target %s"), number);
}

/**
 * nudge_data_scene_append_place:
 * @values: (array fixed-size=2)
 * @row: the point that is there; -1: none is
 *
 * Appends "cursor at 0.5, −2, point of class 1".
 */
void
nudge_data_scene_append_place (const NudgeDataScene *self,
                               const double *values,
                               gssize row,
                               GString *text)
{
  g_autofree char *x = nudge_number_format (values[0], DIGITS);
  g_autofree char *y = nudge_number_format (values[1], DIGITS);

  g_string_append_printf (text, _ ("cursor at %s, %s"), x, y);
  if (row >= 0)
    append_target (self, (gsize) row, text);
}

/**
 * nudge_data_scene_append_summary:
 *
 * Appends "200 examples of 2 features, 2 classes, 40 held out".
 */
void
nudge_data_scene_append_summary (const NudgeDataScene *self, GString *text)
{
  const NnDataset *dataset = self->dataset;
  const gulong n_examples = dataset->n_examples;
  const gulong n_features = dataset->n_features;
  const gulong n_classes = dataset->n_classes;

  g_string_append_printf (text, ngettext ("%lu example", "%lu examples", n_examples),
                          n_examples);
  g_string_append_printf (
      text, ngettext (" of %lu feature", " of %lu features", n_features), n_features);
  if (n_classes > 0)
    g_string_append_printf (text, ngettext (", %lu class", ", %lu classes", n_classes),
                            n_classes);
  if (dataset->n_training < dataset->n_examples)
    g_string_append_printf (text, _ (", %lu held out"),
                            (gulong) (dataset->n_examples - dataset->n_training));
}
