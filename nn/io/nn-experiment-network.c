/* nn-experiment-network.c - the key "network" of a .nudge file, and of an edit in its log
 *
 * SPDX-License-Identifier: MIT
 */

#include "nn/io/nn-experiment-network.h"

#include <glib/gi18n.h>

#include "nn/experiment/nn-experiment.h"
#include "nn/io/nn-experiment-settings.h"

/* ---- reading ----------------------------------------------------------------------- */

static gboolean
check_layer_keys (const NnJson *layer, gboolean in_edit, GError **error)
{
  const char *keys[] = { "name", "units", "activation", "bias", NULL, NULL };

  if (in_edit)
    keys[4] = "was";
  return nn_json_check_object (layer, error) && nn_json_check_keys (layer, keys, error);
}

static gboolean
read_activation (const NnJson *layer, NnActivation *activation, GError **error)
{
  NnJson member;
  const char *name;

  *activation = NN_ACTIVATION_IDENTITY;
  if (!nn_json_find (layer, "activation", &member))
    return TRUE;
  return nn_json_get_name (&member, &name, error) &&
         (nn_activation_find (name, activation, error) ||
          nn_json_prefix_error (&member, error));
}

/* @usual: its name, if the file has none */
static gboolean
read_layer (NnEdit *self, const NnJson *layer, const char *usual, GError **error)
{
  NnLayerSpec spec = { .name = usual };
  const char *was = NULL;
  gboolean bias = TRUE;
  NnJson member;
  gint64 n_units;

  if (!nn_json_read_string (layer, "name", &spec.name, error) ||
      !nn_json_read_string (layer, "was", &was, error) ||
      !nn_json_require (layer, "units", &member, error) ||
      !nn_json_get_integer (&member, 1, NN_EXPERIMENT_MAX_UNITS, &n_units, error) ||
      !nn_json_read_boolean (layer, "bias", &bias, error) ||
      !read_activation (layer, &spec.activation, error))
    return FALSE;
  spec.n_units = (gsize) n_units;
  spec.without_bias = !bias;
  nn_edit_insert_layer (self, self->n_layers, &spec, was);
  return TRUE;
}

static gboolean
read_layers (NnEdit *self, const NnJson *network, gboolean in_edit, GError **error)
{
  NnJson layers;
  gsize n_layers;

  if (!nn_json_require (network, "layers", &layers, error) ||
      !nn_json_check_array (&layers, error))
    return FALSE;
  n_layers = json_array_size (layers.value);
  if (n_layers < 1 || n_layers > NN_EXPERIMENT_MAX_LAYERS)
    return nn_json_refuse (&layers, error, NN_ERROR_SHAPE,
                           _ ("expected 1 to %d layers, found %zu"),
                           NN_EXPERIMENT_MAX_LAYERS, n_layers);
  for (gsize i = 0; i < n_layers; i++) {
    const NnJson layer = nn_json_get_element (&layers, i);
    g_autofree char *usual = g_strdup_printf ("fc%" G_GSIZE_FORMAT, i + 1);

    if (!check_layer_keys (&layer, in_edit, error) ||
        !read_layer (self, &layer, usual, error))
      return FALSE;
  }
  return TRUE;
}

/* Refuses a name alone for an initialisation that needs a setting. */
static gboolean
check_name_alone (const NnJson *init, NnInitType type, GError **error)
{
  const NnSettings *settings = &nn_init_get_kind (type)->settings;
  const char *name = nn_init_get_name (type);

  for (gsize i = 0; i < settings->n_rows; i++) {
    const NnSetting *setting = &settings->rows[i];
    g_autofree char *usual = nn_setting_dup_usual (setting);

    if (setting->required)
      return nn_json_refuse (init, error, NN_ERROR_SYNTAX,
                             _ ("%s needs a %s: write { \"type\": \"%s\", \"%s\": %s }"),
                             name, setting->key, name, setting->key, usual);
  }
  return TRUE;
}

/* A name, or { "type": "constant", "value": … } */
static gboolean
read_init (NnEdit *self, const NnJson *network, GError **error)
{
  const NnInitKind *kind;
  NnJson init;
  NnJson type;
  const char *name;

  self->init.type = NN_INIT_TORCH;
  if (!nn_json_find (network, "init", &init))
    return TRUE;
  type = init;
  if (json_is_object (init.value) ? !nn_json_require (&init, "type", &type, error) ||
                                        !nn_json_get_name (&type, &name, error)
                                  : !nn_json_get_name (&init, &name, error))
    return FALSE;
  if (!nn_init_find (name, &self->init.type, error))
    return nn_json_prefix_error (&type, error);
  if (json_is_string (init.value))
    return check_name_alone (&init, self->init.type, error);
  kind = nn_init_get_kind (self->init.type);
  return nn_experiment_read_settings (&kind->settings, &self->init, "type", &init, NULL,
                                      error);
}

/* How new units of an edited network get their values. */
static gboolean
read_new (NnEdit *self, const NnJson *network, GError **error)
{
  NnJson member;

  if (!nn_json_find (network, "new", &member))
    return TRUE;
  if (g_strcmp0 (json_string_value (member.value), "fresh") != 0)
    return nn_json_refuse_value (&member, error, _ ("\"fresh\", or no such key"));
  self->fresh = TRUE;
  return TRUE;
}

/**
 * nn_experiment_read_network:
 * @self: gets the layers and the initialisation
 * @in_edit: the keys "was" and "new" are allowed
 */
gboolean
nn_experiment_read_network (NnEdit *self,
                            const NnJson *top,
                            gboolean in_edit,
                            GError **error)
{
  const char *keys[] = { "layers", "init", in_edit ? "new" : NULL, NULL };
  NnJson network;

  self->parts |= NN_EDIT_HAS_NETWORK;
  return nn_json_require (top, "network", &network, error) &&
         nn_json_check_object (&network, error) &&
         nn_json_check_keys (&network, keys, error) &&
         read_layers (self, &network, in_edit, error) &&
         read_init (self, &network, error) && read_new (self, &network, error);
}

/* ---- writing ----------------------------------------------------------------------- */

static void
append_init (GString *text, const NnInit *init)
{
  const NnSettings *settings = &nn_init_get_kind (init->type)->settings;
  const char *name = nn_init_get_name (init->type);

  if (settings->n_rows == 0) {
    g_string_append_printf (text, "\"%s\"", name);
    return;
  }
  g_string_append_printf (text, "{ \"type\": \"%s\"", name);
  nn_experiment_append_settings (text, settings, init, ", ", NULL);
  g_string_append (text, " }");
}

static void
append_layer (GString *text, const NnEditLayer *layer)
{
  g_string_append (text, "{ \"name\": ");
  nn_experiment_append_string (text, layer->name);
  if (layer->was) {
    g_string_append (text, ", \"was\": ");
    nn_experiment_append_string (text, layer->was);
  }
  g_string_append_printf (text,
                          ", \"units\": %" G_GSIZE_FORMAT ", \"activation\": \"%s\"%s }",
                          layer->n_units, nn_activation_get_name (layer->activation),
                          layer->without_bias ? ", \"bias\": false" : "");
}

/**
 * nn_experiment_append_network:
 * @indent: of the keys' lines; the closing brace has two blanks less
 */
void
nn_experiment_append_network (GString *text, const NnEdit *self, const char *indent)
{
  g_string_append_printf (text, "{\n%s  \"layers\": [\n", indent);
  for (gsize i = 0; i < self->n_layers; i++) {
    g_string_append_printf (text, "%s    ", indent);
    append_layer (text, &self->layers[i]);
    g_string_append (text, i + 1 < self->n_layers ? ",\n" : "\n");
  }
  g_string_append_printf (text, "%s  ],\n%s  \"init\": ", indent, indent);
  append_init (text, &self->init);
  if (self->fresh)
    g_string_append_printf (text, ",\n%s  \"new\": \"fresh\"", indent);
  g_string_append_printf (text, "\n%s}", indent);
}
