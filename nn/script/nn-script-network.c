/* nn-script-network.c - a network as a PyTorch program has it
 *
 * SPDX-License-Identifier: MIT
 */

#include "nn/script/nn-script-parts.h"

#include <math.h>
#include <string.h>

#include "nn/base/nn-number.h"
#include "nn/script/nn-script-names.h"
#include "nn/script/nn-script-values.h"

/* The modules that contain a layer whose name has dots: each once. */
static void
append_owners (GString *text, GHashTable *made, const char *name)
{
  for (const char *dot = strchr (name, '.'); dot; dot = strchr (dot + 1, '.')) {
    g_autofree char *owner = g_strndup (name, (gsize) (dot - name));
    const char *last = strrchr (owner, '.');
    g_autofree char *outer = last ? g_strndup (owner, (gsize) (last - owner)) : NULL;
    g_autofree char *path =
        outer ? nn_script_dup_path ("self", outer) : g_strdup ("self");
    g_autofree char *quoted = nn_script_dup_quoted (last ? last + 1 : owner);

    if (!g_hash_table_add (made, g_strdup (owner)))
      continue;
    if (nn_script_is_attribute (last ? last + 1 : owner))
      g_string_append_printf (text, "        %s.%s = nn.Module()\n", path,
                              last ? last + 1 : owner);
    else
      g_string_append_printf (text, "        %s.add_module(%s, nn.Module())\n", path,
                              quoted);
  }
}

static void
append_layer (GString *text, GHashTable *made, const NnLayerShape *layer)
{
  g_autofree char *name = nn_script_dup_layer (layer->name);
  const char *dot = strrchr (name, '.');
  g_autofree char *owner = dot ? g_strndup (name, (gsize) (dot - name)) : NULL;
  g_autofree char *path = owner ? nn_script_dup_path ("self", owner) : g_strdup ("self");
  const char *own = dot ? dot + 1 : name;
  g_autofree char *quoted = nn_script_dup_quoted (own);
  g_autofree char *module = g_strdup_printf (
      "nn.Linear(%" G_GSIZE_FORMAT ", %" G_GSIZE_FORMAT "%s)", layer->n_inputs,
      layer->n_units, layer->has_bias ? "" : ", bias=False");

  append_owners (text, made, name);
  if (nn_script_is_attribute (own))
    g_string_append_printf (text, "        %s.%s = %s\n", path, own, module);
  else
    g_string_append_printf (text, "        %s.add_module(%s, %s)\n", path, quoted,
                            module);
}

static void
append_forward (GString *text, const NnLayerShape *layer, gboolean last)
{
  const char *activation = nn_activation_get_torch (layer->activation);
  g_autofree char *name = nn_script_dup_layer (layer->name);
  g_autofree char *path = nn_script_dup_path ("self", name);

  g_string_append (text, last ? "        return " : "        x = ");
  if (activation)
    g_string_append_printf (text, "%s(%s(x))\n", activation, path);
  else
    g_string_append_printf (text, "%s(x)\n", path);
}

/**
 * nn_script_write_network:
 * @kind: the name of the class
 *
 * Returns: (transfer full): the class of the network
 */
char *
nn_script_write_network (const NnArchitecture *architecture, const char *kind)
{
  g_autoptr (GHashTable) made =
      g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  GString *text = g_string_new (NULL);

  g_string_append_printf (text,
                          "class %s(nn.Module):\n"
                          "    def __init__(self):\n"
                          "        super().__init__()\n",
                          kind);
  for (gsize i = 0; i < architecture->n_layers; i++)
    append_layer (text, made, &architecture->layers[i]);
  g_string_append (text, "\n    def forward(self, x):\n");
  for (gsize i = 0; i < architecture->n_layers; i++)
    append_forward (text, &architecture->layers[i], i + 1 == architecture->n_layers);
  return g_string_free (text, FALSE);
}

/**
 * nn_script_write_init:
 *
 * Returns: (transfer full): lines that initialise a network; none for nn.Linear's
 *   own initialisation
 */
char *
nn_script_write_init (const NnInit *init)
{
  const char *name = nn_init_get_name (init->type);
  GString *text = g_string_new (NULL);

  if (init->type == NN_INIT_TORCH)
    return g_string_free (text, FALSE);
  g_string_append (text, "for p in model.parameters():\n");
  if (init->type == NN_INIT_CONSTANT) {
    g_string_append (text, "    nn.init.constant_(p, ");
    nn_number_append_float (text, init->constant);
    g_string_append (text, ")\n");
  } else if (nn_init_get_kind (init->type)->zero_biases) {
    g_string_append_printf (
        text, "    nn.init.%s_(p) if p.dim() > 1 else nn.init.zeros_(p)\n", name);
  } else {
    g_string_append_printf (text, "    nn.init.%s_(p)\n", name);
  }
  return g_string_free (text, FALSE);
}

/**
 * nn_script_write_parameters:
 *
 * Returns: (transfer full): lines that load the initial values of the experiment;
 *   none without
 */
char *
nn_script_write_parameters (NnScriptParts *self, const NnExperiment *experiment)
{
  const NnArchitecture *architecture = experiment->architecture;
  g_autofree float *values = NULL;
  GString *text = g_string_new (NULL);

  if (experiment->parameters == NULL)
    return g_string_free (text, FALSE);
  values = g_new (float, architecture->n_values);
  for (gsize i = 0; i < architecture->n_values; i++)
    values[i] = NAN; /* given values are finite */
  nn_parameters_put (experiment->parameters, architecture, values);
  g_string_append (text, "model.load_state_dict({\n");
  for (gsize i = 0; i < architecture->n_parameters; i++) {
    const NnParameterShape *shape = &architecture->parameters[i];
    g_autofree char *name = nn_script_dup_parameter (shape->name);
    g_autofree char *quoted = nn_script_dup_quoted (name);
    g_autofree char *tensor = NULL;

    if (isnan (values[shape->offset]))
      continue;
    tensor = nn_script_write_values (self->stored, name, values + shape->offset,
                                     (guint) shape->rank, shape->shape, FALSE);
    g_string_append_printf (text, "    %s: %s,\n", quoted, tensor);
  }
  g_string_append (text, "}, strict=False)\n");
  return g_string_free (text, FALSE);
}
