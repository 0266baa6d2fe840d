/* nudge-data-points.c - points that are added, moved and removed, as an edit of the data
 *
 * SPDX-License-Identifier: MIT
 */

#include "app/document/nudge-data-points.h"

/* The data set may not have the last edit yet: if that made the data a table, it counts. */
static const NnTable *
get_table (const NnDataSpec *before, const NnDataset *dataset)
{
  return before->source == NN_DATA_INLINE ? before->table : dataset->table;
}

/* Returns: (transfer full) (nullable): NULL where there is no such row any more */
static NnTable *
new_table (const NnTable *table, const NudgeDataPoint *point)
{
  const float inputs[2] = { (float) point->x, (float) point->y };
  const float target = (float) (table->n_features == 1 ? point->y : point->target);

  if (point->what == NUDGE_DATA_ADD)
    return nn_table_splice (table, table->n_examples, 0, inputs, &target);
  if (point->row >= table->n_examples)
    return NULL;
  if (point->what == NUDGE_DATA_REMOVE)
    return nn_table_splice (table, point->row, 1, NULL, NULL);
  return nn_table_splice (table, point->row, 1, inputs,
                          table->n_features == 1 || table->n_targets == 0
                              ? &target
                              : table->targets + point->row * table->n_targets);
}

/**
 * nudge_data_points_new_edit:
 * @before: the data as they were asked to be
 * @dataset: as they are drawn: of one feature or two, and at most one target
 *
 * The data become a table in the experiment itself. Class numbers are that, whatever the
 * loss: as a file has them.
 *
 * Returns: (transfer full) (nullable): %NULL where the point is gone
 */
NnEdit *
nudge_data_points_new_edit (const NnDataSpec *before,
                            const NnDataset *dataset,
                            const NudgeDataPoint *point)
{
  NnTable *table = new_table (get_table (before, dataset), point);
  NnEdit *edit;

  if (table == NULL)
    return NULL;
  if (dataset->n_classes > 0)
    table->targets_are = NN_TARGETS_CLASSES;
  edit = nn_edit_new ();
  edit->parts = NN_EDIT_HAS_DATA;
  nn_data_spec_init (&edit->data, NN_DATA_INLINE);
  edit->data.validation = before->validation;
  edit->data.seed = before->seed;
  edit->data.table = table;
  return edit;
}
