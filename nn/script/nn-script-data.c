/* nn-script-data.c - data as a PyTorch program has them
 *
 * SPDX-License-Identifier: MIT
 *
 * Generated data are generated again, by a function of helpers.py that has the source's
 * name. Given ones are in the program or stored beside it.
 */

#include "nn/script/nn-script-parts.h"

#include "nn/base/nn-number.h"
#include "nn/script/nn-script-values.h"

static const NnDataKind *
get_kind (const NnExperiment *experiment)
{
  return nn_data_source_get_kind (experiment->data.source);
}

/**
 * nn_script_has_classes:
 *
 * Returns: whether the targets are class numbers, of one dimension
 */
gboolean
nn_script_has_classes (const NnExperiment *experiment)
{
  return nn_loss_takes_classes (experiment->loss.type) &&
         nn_data_spec_get_n_classes (&experiment->data) > 0;
}

/**
 * nn_script_count_training:
 *
 * Returns: the number of training examples
 */
gsize
nn_script_count_training (const NnExperiment *experiment)
{
  const gsize n = nn_data_spec_get_n_examples (&experiment->data);
  const gsize n_rest = (gsize) ((double) n * experiment->data.validation + 0.5);

  return n_rest < n ? n - n_rest : 1;
}

/* ---- generated --------------------------------------------------------------------- */

static void
append_generated (NnScriptParts *self, GString *text, const NnExperiment *experiment)
{
  const NnDataSpec *spec = &experiment->data;

  if (get_kind (experiment)->n_targets == 0) {
    g_string_append_printf (text,
                            "x = torch.rand(%" G_GSIZE_FORMAT ", %" G_GSIZE_FORMAT ")\n",
                            spec->n_examples, spec->n_features);
    if (self->has_targets)
      g_string_append (text, "y = torch.zeros(len(x), 1)  # there are none\n");
    return;
  }
  g_string_append_printf (text, "x, y = %s(%" G_GSIZE_FORMAT ", ",
                          nn_data_source_get_name (spec->source), spec->n_examples);
  nn_number_append (text, spec->noise);
  g_string_append (text, ")\n");
  if (nn_script_has_classes (experiment))
    g_string_append (text, "y = y[:, 0].long()\n");
}

static void
append_hold_out (const NnScriptParts *self, GString *text, gsize n_training)
{
  if (self->has_targets)
    g_string_append_printf (
        text, "x, y, x_held_out, y_held_out = hold_out(x, y, %" G_GSIZE_FORMAT ")\n",
        n_training);
  else
    g_string_append_printf (
        text, "x, _, x_held_out, _ = hold_out(x, None, %" G_GSIZE_FORMAT ")\n",
        n_training);
}

/* ---- given ------------------------------------------------------------------------- */

static void
append_tensor (NnScriptParts *self,
               GString *text,
               const char *name,
               const float *values,
               guint rank,
               const gsize *shape,
               gboolean whole)
{
  g_autofree char *stored =
      self->n_data > 1 ? g_strdup_printf ("%s%u", name, self->n_data) : g_strdup (name);
  g_autofree char *tensor =
      nn_script_write_values (self->stored, stored, values, rank, shape, whole);

  g_string_append_printf (text, "%s = %s\n", name, tensor);
}

/* The data as in the file, before append_scales (). */
static void
append_given (NnScriptParts *self, GString *text, const NnExperiment *experiment)
{
  const NnTable *table = experiment->data.table;
  const gboolean classes = nn_script_has_classes (experiment);
  const gsize shape[2] = { table->n_examples, table->n_features };
  const gsize targets[2] = { table->n_examples, table->n_targets };

  append_tensor (self, text, "x", table->inputs, 2, shape, FALSE);
  if (self->has_targets && table->n_targets > 0)
    append_tensor (self, text, "y", table->targets, classes ? 1 : 2, targets, classes);
  else if (self->has_targets)
    g_string_append (text, "y = torch.zeros(len(x), 1)  # there are none\n");
}

/* With the statistics of the training part: missing values become the mean, features
 * are standardised. */
static void
append_scales (GString *text, const NnExperiment *experiment, gboolean held_out)
{
  const NnDataSpec *spec = &experiment->data;
  const char *const names[] = { "filled", "standardised" };
  const gboolean wanted[] = { spec->missing == NN_MISSING_MEAN, spec->standardise };

  for (gsize i = 0; i < G_N_ELEMENTS (names); i++)
    if (wanted[i] && get_kind (experiment)->load)
      g_string_append_printf (text,
                              held_out ? "x, x_held_out = %s(x, x), %s(x_held_out, x)\n"
                                       : "x = %s(x, x)\n",
                              names[i], names[i]);
}

/* ---- both -------------------------------------------------------------------------- */

static void
append_nothing_held_out (const NnScriptParts *self, GString *text)
{
  g_string_append (text, "x_held_out = x[:0]\n");
  if (self->has_targets)
    g_string_append (text, "y_held_out = y[:0]\n");
}

/**
 * nn_script_write_data:
 *
 * Returns: (transfer full): lines that make x and, if the run has targets, y; and
 *   x_held_out and y_held_out, if it holds examples out. Random data are drawn as the run
 *   draws them
 */
char *
nn_script_write_data (NnScriptParts *self, const NnExperiment *experiment)
{
  const gsize n_training = nn_script_count_training (experiment);
  const gboolean given = get_kind (experiment)->is_table;
  GString *text = g_string_new (NULL);

  self->n_data++;
  if (given)
    append_given (self, text, experiment);
  else
    append_generated (self, text, experiment);
  if (experiment->data.validation > 0)
    append_hold_out (self, text, n_training);
  if (given)
    append_scales (text, experiment, experiment->data.validation > 0);
  if (experiment->data.validation == 0 && self->holds_out)
    append_nothing_held_out (self, text);
  return g_string_free (text, FALSE);
}
