/* nn-experiment-reader.c - what a .nudge file says, as an experiment
 *
 * SPDX-License-Identifier: MIT
 *
 * Each function reads one key of the object it is given. What a key may hold is checked
 * here, what the keys must have to do with each other by nn_experiment_check ().
 */

#include "nn/files/nn-json.h"
#include "nn/io/nn-experiment-data.h"
#include "nn/io/nn-experiment-file.h"
#include "nn/io/nn-experiment-log.h"
#include "nn/io/nn-experiment-parameters.h"
#include "nn/io/nn-experiment-settings.h"

#define VERSION      1
#define DEFAULT_SEED 1

static gboolean
read_integer (const NnJson *object, const char *key, gint64 *value, GError **error)
{
  NnJson member;

  return !nn_json_find (object, key, &member) ||
         nn_json_get_integer (&member, 0, G_MAXUINT32, value, error);
}

/* The object under @key, and the name under its key "type". */
static gboolean
require_typed (const NnJson *top,
               const char *key,
               NnJson *object,
               NnJson *type,
               const char **name,
               GError **error)
{
  return nn_json_require (top, key, object, error) &&
         nn_json_check_object (object, error) &&
         nn_json_require (object, "type", type, error) &&
         nn_json_get_name (type, name, error);
}

static gboolean
read_title (NnExperiment *self, const NnJson *top, GError **error)
{
  const char *title = self->name;

  if (!nn_json_read_string (top, "title", &title, error))
    return FALSE;
  self->title = g_strdup (title);
  return TRUE;
}

static gboolean
read_seed (NnExperiment *self, const NnJson *top, GError **error)
{
  gint64 seed = DEFAULT_SEED;

  if (!read_integer (top, "seed", &seed, error))
    return FALSE;
  self->seed = (guint32) seed;
  return TRUE;
}

static gboolean
read_layer (const NnJson *layer,
            gsize number,
            char **name,
            NnLayerSpec *spec,
            GError **error)
{
  static const char *const keys[] = { "name", "units", "activation", "bias", NULL };
  g_autofree char *usual = g_strdup_printf ("fc%" G_GSIZE_FORMAT, number);
  const char *given = usual;
  gboolean bias = TRUE;
  const char *activation;
  NnJson member;
  gint64 n_units;

  if (!nn_json_check_object (layer, error) || !nn_json_check_keys (layer, keys, error) ||
      !nn_json_read_string (layer, "name", &given, error) ||
      !nn_json_require (layer, "units", &member, error) ||
      !nn_json_get_integer (&member, 1, NN_EXPERIMENT_MAX_UNITS, &n_units, error) ||
      !nn_json_read_boolean (layer, "bias", &bias, error))
    return FALSE;
  *name = g_strdup (given);
  *spec = (NnLayerSpec){ *name, (gsize) n_units, NN_ACTIVATION_IDENTITY, !bias };
  if (!nn_json_find (layer, "activation", &member))
    return TRUE;
  return nn_json_get_name (&member, &activation, error) &&
         (nn_activation_find (activation, &spec->activation, error) ||
          nn_json_prefix_error (&member, error));
}

static gboolean
read_layers (NnExperiment *self, const NnJson *network, GError **error)
{
  char *names[NN_EXPERIMENT_MAX_LAYERS + 1] = { NULL };
  NnLayerSpec specs[NN_EXPERIMENT_MAX_LAYERS];
  NnJson layers;
  gsize n_layers;
  gboolean good = TRUE;

  if (!nn_json_require (network, "layers", &layers, error) ||
      !nn_json_check_array (&layers, error))
    return FALSE;
  n_layers = json_array_size (layers.value);
  if (n_layers < 1 || n_layers > NN_EXPERIMENT_MAX_LAYERS)
    return nn_json_refuse (&layers, error, NN_ERROR_SHAPE,
                           "expected 1 to %d layers, found %" G_GSIZE_FORMAT,
                           NN_EXPERIMENT_MAX_LAYERS, n_layers);
  for (gsize i = 0; i < n_layers && good; i++) {
    NnJson layer = nn_json_get_element (&layers, i);

    good = read_layer (&layer, i + 1, &names[i], &specs[i], error);
  }
  if (good)
    self->architecture =
        nn_architecture_new (nn_data_spec_get_n_features (&self->data), specs, n_layers);
  for (gsize i = 0; i < n_layers; i++)
    g_free (names[i]);
  return good;
}

/* A name alone does where nothing else must be said. */
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
                             "%s needs a %s: write { \"type\": \"%s\", \"%s\": %s }",
                             name, setting->key, name, setting->key, usual);
  }
  return TRUE;
}

/* A name, or { "type": "constant", "value": … } */
static gboolean
read_init (NnExperiment *self, const NnJson *network, GError **error)
{
  const NnInitKind *kind;
  NnJson init;
  NnJson type;
  const char *name;

  self->init.type = NN_INIT_TORCH;
  if (!nn_json_find (network, "init", &init))
    return TRUE;
  type = init;
  if (json_is_object (init.value)
          ? !require_typed (network, "init", &init, &type, &name, error)
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

static gboolean
read_network (NnExperiment *self, const NnJson *top, GError **error)
{
  static const char *const keys[] = { "layers", "init", NULL };
  NnJson network;

  return nn_json_require (top, "network", &network, error) &&
         nn_json_check_object (&network, error) &&
         nn_json_check_keys (&network, keys, error) &&
         read_layers (self, &network, error) && read_init (self, &network, error);
}

static gboolean
read_loss (NnExperiment *self, const NnJson *top, GError **error)
{
  NnJson loss;
  NnJson type;
  const char *name;
  NnLossType found;

  if (!require_typed (top, "loss", &loss, &type, &name, error))
    return FALSE;
  if (!nn_loss_find (name, &found, error))
    return nn_json_prefix_error (&type, error);
  self->loss = nn_loss_get_default (found);
  return nn_experiment_read_settings (&nn_loss_get_kind (found)->settings, &self->loss,
                                      "type", &loss, NULL, error);
}

static gboolean
read_optimizer (NnExperiment *self, const NnJson *top, GError **error)
{
  NnJson optimizer;
  NnJson type;
  const char *name;
  NnOptimizerType found;

  self->optimizer = nn_optimizer_get_default (NN_OPTIMIZER_ADAM);
  if (!nn_json_find (top, "optimizer", &optimizer))
    return TRUE;
  if (!require_typed (top, "optimizer", &optimizer, &type, &name, error))
    return FALSE;
  if (!nn_optimizer_find (name, &found, error))
    return nn_json_prefix_error (&type, error);
  self->optimizer = nn_optimizer_get_default (found);
  return nn_experiment_read_settings (&nn_optimizer_get_kind (found)->settings,
                                      &self->optimizer, "type", &optimizer, NULL, error);
}

/* true, false or a name. */
static gboolean
read_shuffle (NnExperiment *self, const NnJson *batch, GError **error)
{
  NnJson shuffle;

  if (!nn_json_find (batch, "shuffle", &shuffle))
    return TRUE;
  if (json_is_boolean (shuffle.value))
    self->shuffle = json_is_true (shuffle.value) ? NN_SHUFFLE_RANDPERM : NN_SHUFFLE_NONE;
  else if (g_strcmp0 (json_string_value (shuffle.value), "dataloader") == 0)
    self->shuffle = NN_SHUFFLE_DATALOADER;
  else
    return nn_json_refuse_value (&shuffle, error, "true, false or \"dataloader\"");
  return TRUE;
}

static gboolean
read_batch (NnExperiment *self, const NnJson *top, GError **error)
{
  static const char *const keys[] = { "size", "shuffle", NULL };
  NnJson batch;
  gint64 size = 0;

  if (!nn_json_find (top, "batch", &batch))
    return TRUE;
  if (!nn_json_check_object (&batch, error) ||
      !nn_json_check_keys (&batch, keys, error) ||
      !read_integer (&batch, "size", &size, error))
    return FALSE;
  self->batch_size = (gsize) size;
  return read_shuffle (self, &batch, error);
}

static gboolean
read_guard (NnExperiment *self, const NnJson *top, GError **error)
{
  NnJson guard;
  const char *name;

  self->guard = NN_GUARD_SHIELD;
  if (!nn_json_find (top, "guard", &guard))
    return TRUE;
  return nn_json_get_name (&guard, &name, error) &&
         (nn_guard_find (name, &self->guard, error) ||
          nn_json_prefix_error (&guard, error));
}

static gboolean
read_nudges (NnExperiment *self, const NnJson *top, GError **error)
{
  NnJson nudges;

  self->nudges = g_ptr_array_new_with_free_func ((GDestroyNotify) nn_nudge_unref);
  if (!nn_json_find (top, "nudges", &nudges))
    return TRUE;
  if (!nn_json_check_array (&nudges, error))
    return FALSE;
  for (gsize i = 0; i < json_array_size (nudges.value); i++) {
    NnJson element = nn_json_get_element (&nudges, i);
    const char *text;
    NnNudge *nudge;

    if (!nn_json_get_string (&element, &text, error))
      return FALSE;
    nudge = nn_nudge_parse (text, error);
    if (nudge == NULL)
      return nn_json_prefix_error (&element, error);
    g_ptr_array_add (self->nudges, nudge);
  }
  return TRUE;
}

static gboolean
read_log (NnExperiment *self, const NnJson *top, GError **error)
{
  self->events = nn_event_new_array ();
  return nn_experiment_read_log (self->events, self->nudges, top, error);
}

static gboolean
read_all (NnExperiment *self,
          const NnJson *top,
          const char *folder,
          const NnProgress *progress,
          GError **error)
{
  static const char *const keys[] = { "nudge",   "title",      "seed",   "data",
                                      "network", "parameters", "loss",   "optimizer",
                                      "batch",   "guard",      "nudges", "log",
                                      NULL };

  return nn_json_check_version (top, VERSION, error) &&
         nn_json_check_keys (top, keys, error) && read_title (self, top, error) &&
         read_seed (self, top, error) &&
         nn_experiment_read_data (&self->data, top, folder, progress, error) &&
         read_network (self, top, error) &&
         nn_experiment_read_parameters (&self->parameters, top, folder, progress,
                                        error) &&
         read_loss (self, top, error) && read_optimizer (self, top, error) &&
         read_batch (self, top, error) && read_guard (self, top, error) &&
         read_nudges (self, top, error) && read_log (self, top, error);
}

/**
 * nn_experiment_file_parse_full:
 * @text: (array length=n_bytes): any bytes
 * @name: what the experiment is called, and its title if the text has none
 * @folder: (nullable): what the paths of data are relative to; NULL: the working folder
 * @progress: (nullable): of reading the data
 *
 * What a text need not say: the title, the seed (1), how layers are called (fc1, fc2, …),
 * their activation (identity), that they have a bias, init (torch), the optimizer (adam), every setting of an
 * optimizer or loss (PyTorch's defaults), batch (all examples, in order), noise and
 * validation (0), guard (shield), parameters, nudges and log (none).
 *
 * Returns: (nullable): an experiment that passes nn_experiment_check ()
 */
NnExperiment *
nn_experiment_file_parse_full (const char *text,
                               gsize n_bytes,
                               const char *name,
                               const char *folder,
                               const NnProgress *progress,
                               GError **error)
{
  g_return_val_if_fail (text != NULL && name != NULL, NULL);

  json_auto_t *root = nn_json_parse (text, n_bytes, error);
  g_autoptr (NnExperiment) self = g_new0 (NnExperiment, 1);
  const NnJson top = { .value = root };

  self->name = g_utf8_make_valid (name, -1);
  if (root == NULL || !read_all (self, &top, folder, progress, error) ||
      !nn_experiment_check (self, error))
    return NULL;
  if (nn_data_source_get_kind (self->data.source)->load != NULL)
    nn_experiment_add_notes (self, self->data.table->notes);
  return g_steal_pointer (&self);
}

NnExperiment *
nn_experiment_file_parse (const char *text,
                          gsize n_bytes,
                          const char *name,
                          GError **error)
{
  return nn_experiment_file_parse_full (text, n_bytes, name, NULL, NULL, error);
}
