/* nn-script-batches.c - the mini-batches of a run, in PyTorch's words
 *
 * SPDX-License-Identifier: MIT
 */

#include "nn/script/nn-script-batches.h"

#include "nn/script/nn-script-parts.h"

static gsize
get_size (const NnExperiment *experiment)
{
  const gsize n = nn_script_count_training (experiment);

  return experiment->batch_size == 0 ? n : experiment->batch_size;
}

static const char *
get_shuffle (const NnExperiment *experiment)
{
  return experiment->shuffle == NN_SHUFFLE_NONE         ? "False"
         : experiment->shuffle == NN_SHUFFLE_DATALOADER ? "\"dataloader\""
                                                        : "True";
}

/* Appends variables for the size and the order, in a program in which they change. */
void
nn_script_append_batch_settings (GString *text, const NnExperiment *experiment)
{
  g_string_append_printf (text, "batch_size, shuffle = %" G_GSIZE_FORMAT ", %s\n",
                          get_size (experiment), get_shuffle (experiment));
}

/**
 * nn_script_append_new_batches:
 *
 * Appends lines, before the new settings, that cut the rest of the epoch into
 * mini-batches of the new size.
 */
void
nn_script_append_new_batches (GString *text, const NnChange *change)
{
  g_string_append_printf (text,
                          "waiting = cut_again(waiting, %" G_GSIZE_FORMAT
                          ", len(x), batch_size, shuffle, %s)\n",
                          change->after->batch_size, get_shuffle (change->after));
}

/**
 * nn_script_write_epoch:
 * @experiment: of a run in which size and order do not change
 *
 * Returns: (transfer full): an expression for the rows of each mini-batch of a new epoch
 */
char *
nn_script_write_epoch (const NnExperiment *experiment)
{
  const gsize size = get_size (experiment);

  if (experiment->shuffle == NN_SHUFFLE_DATALOADER)
    return g_strdup_printf ("new_epoch(len(x), %" G_GSIZE_FORMAT ", \"dataloader\")",
                            size);
  return g_strdup_printf ("list(torch.%s(len(x)).split(%" G_GSIZE_FORMAT "))",
                          experiment->shuffle == NN_SHUFFLE_NONE ? "arange" : "randperm",
                          size);
}
