/* nn-fit.c - a loss and data that fit each other, in an edit
 *
 * SPDX-License-Identifier: MIT
 */

#include "nn/experiment/nn-fit.h"

/* What losses can be computed with the targets of some data. */
typedef struct {
  gsize n_columns;
  gsize n_classes;
  gboolean has_numbers;
} Targets;

static Targets
find_targets (const NnDataSpec *data)
{
  return (Targets){ nn_data_spec_get_n_targets (data), nn_data_spec_get_n_classes (data),
                    nn_data_spec_has_numbers (data) };
}

static gboolean
can_take (NnLossType type, const Targets *targets)
{
  switch (nn_loss_get_kind (type)->targets) {
  case NN_LOSS_TAKES_NOTHING:
    return targets->n_columns == 0;
  case NN_LOSS_TAKES_CLASSES:
    return targets->n_classes > 0 || targets->n_columns > 1;
  case NN_LOSS_TAKES_NUMBERS:
  default:
    return targets->has_numbers;
  }
}

static NnLossType
choose_loss (const Targets *targets)
{
  if (targets->n_columns == 0)
    return NN_LOSS_SQUARED_SUM;
  if (targets->n_classes == 0)
    return NN_LOSS_MSE;
  return targets->n_classes == 2 && targets->has_numbers ? NN_LOSS_BCE_LOGITS
                                                         : NN_LOSS_CROSS_ENTROPY;
}

/* Returns: @n_outputs if the loss can take them, else another number */
static gsize
choose_n_outputs (NnLossType type, const Targets *targets, gsize n_outputs)
{
  const gsize n_classes =
      targets->n_classes > 0 ? targets->n_classes : targets->n_columns;

  switch (nn_loss_get_kind (type)->targets) {
  case NN_LOSS_TAKES_NOTHING:
    return n_outputs;
  case NN_LOSS_TAKES_CLASSES:
    return n_outputs < n_classes || targets->n_classes == 0 ? n_classes : n_outputs;
  case NN_LOSS_TAKES_NUMBERS:
  default:
    return targets->n_columns > 0 ? targets->n_columns : n_outputs;
  }
}

/**
 * nn_edit_fit:
 * @edit: not shared yet; its data, if it has some, pass nn_data_spec_check ()
 * @before: the experiment that it is for
 *
 * Adds a loss that fits the data, unless the edit has one, and gives the last layer the
 * number of units that the loss needs. nn_change_new () still has to check the result.
 *
 * Returns: what was added or changed: NN_EDIT_HAS_LOSS, NN_EDIT_HAS_NETWORK, both or none
 */
NnEditParts
nn_edit_fit (NnEdit *edit, const NnExperiment *before)
{
  const gboolean has_loss = edit->parts & NN_EDIT_HAS_LOSS;
  const Targets targets =
      find_targets (edit->parts & NN_EDIT_HAS_DATA ? &edit->data : &before->data);
  NnLossType type = has_loss ? edit->loss.type : before->loss.type;
  NnEditParts fitted = 0;
  NnEditLayer *last;
  gsize n_outputs;

  if (!has_loss && !can_take (type, &targets)) {
    type = choose_loss (&targets);
    edit->loss = nn_loss_get_default (type);
    edit->parts |= NN_EDIT_HAS_LOSS;
    fitted |= NN_EDIT_HAS_LOSS;
  }
  n_outputs = before->architecture->layers[before->architecture->n_layers - 1].n_units;
  if (edit->parts & NN_EDIT_HAS_NETWORK)
    n_outputs = edit->layers[edit->n_layers - 1].n_units;
  if (choose_n_outputs (type, &targets, n_outputs) == n_outputs)
    return fitted;
  if (!(edit->parts & NN_EDIT_HAS_NETWORK))
    nn_edit_set_network (edit, before->architecture, &before->init);
  last = &edit->layers[edit->n_layers - 1];
  last->n_units = choose_n_outputs (type, &targets, n_outputs);
  return fitted | NN_EDIT_HAS_NETWORK;
}
