/* nn-script-edit.c - an edit of what is being trained, as lines of PyTorch
 *
 * SPDX-License-Identifier: MIT
 */

#include "nn/script/nn-script-edit.h"

#include "nn/base/nn-number.h"
#include "nn/script/nn-script-batches.h"
#include "nn/script/nn-script-names.h"

static void
append_data (NnScriptParts *parts, GString *text, const NnExperiment *after)
{
  const NnSeed *seed = &after->data.seed;
  g_autofree char *data = nn_script_write_data (parts, after);

  g_string_append_printf (text, "torch.manual_seed(%u)\n%s",
                          seed->given ? seed->value : after->seed, data);
  g_string_append (text, "waiting = []\n");
}

/* Class numbers are integers, in one dimension. */
static void
append_targets (const NnScriptParts *parts, GString *text, const NnChange *change)
{
  const gboolean before = nn_script_has_classes (change->before);
  const gboolean after = nn_script_has_classes (change->after);

  if (before == after)
    return;
  for (int held_out = 0; held_out <= (parts->holds_out ? 1 : 0); held_out++) {
    const char *y = held_out ? "y_held_out" : "y";

    g_string_append_printf (
        text, after ? "%s = %s[:, 0].long()\n" : "%s = %s[:, None].float()\n", y, y);
  }
}

static char *
dup_layer_of (const NnArchitecture *architecture, gsize parameter)
{
  const NnParameterShape *shape = &architecture->parameters[parameter];
  g_autofree char *layer = nn_script_dup_layer (architecture->layers[shape->layer].name);

  return nn_script_dup_quoted (layer);
}

/* pairs = change(Net2, {"hidden": "fc1"}, ["more"], "torch", 0, False) */
static void
append_network (GString *text, const NnChange *change, const char *kind)
{
  const NnArchitecture *after = change->after->architecture;
  const NnInit *init = &change->after->init;
  const char *separator = "";

  g_string_append_printf (text, "pairs = change(%s, {", kind);
  for (gsize i = 0; i < after->n_layers; i++) {
    const gssize source = nn_growth_find_source (change->growth, after->layers[i].weight);
    g_autofree char *name = dup_layer_of (after, after->layers[i].weight);
    g_autofree char *was =
        source < 0 ? NULL : dup_layer_of (change->before->architecture, (gsize) source);

    if (was == NULL)
      continue;
    g_string_append_printf (text, "%s%s: %s", separator, name, was);
    separator = ", ";
  }
  g_string_append (text, "}, [");
  separator = "";
  for (gsize i = 0; i < after->n_layers; i++) {
    g_autofree char *name = dup_layer_of (after, after->layers[i].weight);

    if (!nn_growth_is_identity (change->growth, i))
      continue;
    g_string_append_printf (text, "%s%s", separator, name);
    separator = ", ";
  }
  g_string_append_printf (text, "], \"%s\", ", nn_init_get_name (init->type));
  nn_number_append_float (text, init->type == NN_INIT_CONSTANT ? init->constant : 0);
  g_string_append_printf (text, ", %s)\n",
                          nn_growth_is_fresh (change->growth) ? "True" : "False");
}

static void
append_optimizer (GString *text, const NnChange *change)
{
  const NnOptimizerSettings *before = &change->before->optimizer;
  const NnOptimizerSettings *after = &change->after->optimizer;
  const NnSettings *settings = &nn_optimizer_get_kind (after->type)->settings;
  g_autofree char *made = nn_script_write_optimizer (after);
  g_autofree char *changed = NULL;

  if (before->type != after->type) {
    g_string_append_printf (text, "optimizer = %s\n", made);
  } else if (change->growth) {
    g_string_append_printf (text, "optimizer = take_over(%s, pairs)\n", made);
  } else if (change->optimizer) {
    changed = nn_script_write_settings (settings, after, before);
    g_string_append_printf (text, "optimizer.param_groups[0].update(%s)\n", changed);
    if (after->type == NN_OPTIMIZER_RMSPROP)
      g_string_append (text, "give_moments(optimizer)\n");
  }
}

/**
 * nn_script_write_edit:
 * @kind: the name of the new network's class, if the edit changes the network
 *
 * Returns: (transfer full): lines; none for an edit that only changes the steps after it
 */
char *
nn_script_write_edit (NnScriptParts *parts, const NnChange *change, const char *kind)
{
  GString *text = g_string_new (NULL);

  if (change->data)
    append_data (parts, text, change->after);
  else if (change->batch)
    nn_script_append_new_batches (text, change);
  if (change->data || change->batch)
    nn_script_append_batch_settings (text, change->after);
  if (parts->has_targets && !change->data)
    append_targets (parts, text, change);
  if (change->loss) {
    g_autofree char *criterion = nn_script_write_criterion (&change->after->loss);

    g_string_append_printf (text, "criterion = %s\n", criterion);
  }
  if (change->growth)
    append_network (text, change, kind);
  append_optimizer (text, change);
  return g_string_free (text, FALSE);
}
