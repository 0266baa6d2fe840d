/* nn-experiment-reader.c - what a .nudge file says, as an experiment
 *
 * SPDX-License-Identifier: MIT
 *
 * Each function reads one key of the object it is given. What a key may hold is checked
 * here, what the keys must have to do with each other by nn_experiment_check ().
 */

#include <glib/gi18n.h>

#include "nn/files/nn-json.h"
#include "nn/io/nn-experiment-data.h"
#include "nn/io/nn-experiment-file.h"
#include "nn/io/nn-experiment-lesson.h"
#include "nn/io/nn-experiment-log.h"
#include "nn/io/nn-experiment-network.h"
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
read_story (NnExperiment *self, const NnJson *top, GError **error)
{
  const char *story = NULL;

  if (!nn_json_read_string (top, "story", &story, error))
    return FALSE;
  self->story = g_strdup (story);
  return TRUE;
}

static gboolean
read_speed (NnExperiment *self, const NnJson *top, GError **error)
{
  NnJson speed;

  if (!nn_json_find (top, "speed", &speed))
    return TRUE;
  if (!nn_json_get_double (&speed, &self->speed, error))
    return FALSE;
  return (self->speed >= NN_EXPERIMENT_MIN_SPEED &&
          self->speed <= NN_EXPERIMENT_MAX_SPEED) ||
         nn_json_refuse (&speed, error, NN_ERROR_SHAPE,
                         _ ("a speed is from %g to %d steps a second"),
                         NN_EXPERIMENT_MIN_SPEED, NN_EXPERIMENT_MAX_SPEED);
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
read_network (NnExperiment *self, const NnJson *top, GError **error)
{
  g_autoptr (NnEdit) network = nn_edit_new ();
  g_autofree NnLayerSpec *specs = NULL;

  if (!nn_experiment_read_network (network, top, FALSE, error))
    return FALSE;
  specs = g_new (NnLayerSpec, network->n_layers);
  for (gsize i = 0; i < network->n_layers; i++) {
    const NnEditLayer *layer = &network->layers[i];

    specs[i] = (NnLayerSpec){ layer->name, layer->n_units, layer->activation,
                              layer->without_bias };
  }
  self->architecture = nn_architecture_new (nn_data_spec_get_n_features (&self->data),
                                            specs, network->n_layers);
  self->init = network->init;
  return TRUE;
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

/* "shuffle": true, false or a name. */
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
    return nn_json_refuse_value (&shuffle, error, _ ("true, false or \"dataloader\""));
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

/* The keys that an edit may have, besides "network" and "data", which are
 * read otherwise. */
static const struct {
  const char *key;
  NnEditParts part;
  gboolean (*read) (NnExperiment *self, const NnJson *top, GError **error);
} edited[] = {
  { "seed", NN_EDIT_HAS_SEED, read_seed },
  { "loss", NN_EDIT_HAS_LOSS, read_loss },
  { "optimizer", NN_EDIT_HAS_OPTIMIZER, read_optimizer },
  { "batch", NN_EDIT_HAS_BATCH, read_batch },
  { "guard", NN_EDIT_HAS_GUARD, read_guard },
};

/* How data files are read. */
typedef struct {
  const char *folder; /* (nullable) their paths are relative to it */
  const NnProgress *progress;
} Reading;

/* @values: gets the values of the keys that are there */
static gboolean
read_edited (NnEdit *self,
             NnExperiment *values,
             const NnJson *object,
             const Reading *reading,
             GError **error)
{
  NnJson member;

  if (nn_json_find (object, "data", &member)) {
    self->parts |= NN_EDIT_HAS_DATA;
    if (!nn_experiment_read_data (&values->data, object, reading->folder,
                                  reading->progress, error))
      return FALSE;
  }
  for (gsize i = 0; i < G_N_ELEMENTS (edited); i++) {
    if (!nn_json_find (object, edited[i].key, &member))
      continue;
    self->parts |= edited[i].part;
    if (!edited[i].read (values, object, error))
      return FALSE;
  }
  if (nn_json_find (object, "network", &member) &&
      !nn_experiment_read_network (self, object, TRUE, error))
    return FALSE;
  return self->parts != 0 ||
         nn_json_refuse (object, error, NN_ERROR_SYNTAX,
                         _ ("an edit says what changes: seed, data, network, loss, "
                            "optimizer, batch or guard"));
}

/* The keys of an edit, read as the experiment's own. */
static NnEdit *
read_edit (const NnJson *object, gconstpointer reading, GError **error)
{
  g_autoptr (NnExperiment) values = g_new0 (NnExperiment, 1);
  g_autoptr (NnEdit) self = nn_edit_new ();

  if (!read_edited (self, values, object, reading, error))
    return NULL;
  self->seed = values->seed;
  self->data = values->data;
  values->data = (NnDataSpec){ 0 };
  self->loss = values->loss;
  self->optimizer = values->optimizer;
  self->batch_size = values->batch_size;
  self->shuffle = values->shuffle;
  self->guard = values->guard;
  return g_steal_pointer (&self);
}

static gboolean
read_log (NnExperiment *self,
          const NnJson *top,
          const char *folder,
          const NnProgress *progress,
          GError **error)
{
  const Reading reading = { folder, progress };

  self->events = nn_event_new_array ();
  return nn_experiment_read_log (self->events, self->nudges, read_edit, &reading, top,
                                 error);
}

static gboolean
read_lesson (NnExperiment *self,
             const NnJson *top,
             const char *folder,
             const NnProgress *progress,
             GError **error)
{
  const Reading reading = { folder, progress };
  NnJson lesson;

  if (!nn_json_find (top, "lesson", &lesson))
    return TRUE;
  self->lesson =
      nn_experiment_read_lesson (self->architecture, read_edit, &reading, &lesson, error);
  return self->lesson != NULL;
}

static gboolean
read_all (NnExperiment *self,
          const NnJson *top,
          const char *folder,
          const NnProgress *progress,
          GError **error)
{
  static const char *const keys[] = {
    "nudge", "title",     "story", "speed", "seed",   "data", "network", "parameters",
    "loss",  "optimizer", "batch", "guard", "nudges", "log",  "lesson",  NULL,
  };

  return nn_json_check_version (top, VERSION, error) &&
         nn_json_check_keys (top, keys, error) && read_title (self, top, error) &&
         read_story (self, top, error) && read_speed (self, top, error) &&
         read_seed (self, top, error) &&
         nn_experiment_read_data (&self->data, top, folder, progress, error) &&
         read_network (self, top, error) &&
         nn_experiment_read_parameters (&self->parameters, top, folder, progress,
                                        error) &&
         read_loss (self, top, error) && read_optimizer (self, top, error) &&
         read_batch (self, top, error) && read_guard (self, top, error) &&
         read_nudges (self, top, error) &&
         read_log (self, top, folder, progress, error) &&
         read_lesson (self, top, folder, progress, error);
}

/**
 * nn_experiment_file_parse_full:
 * @text: (array length=n_bytes): any bytes
 * @name: of the experiment, and its title if the text has none
 * @folder: (nullable): paths of data are relative to it; NULL: the working directory
 * @progress: (nullable): of reading the data
 *
 * Optional keys, with their defaults: the title, the story and the speed (none), the seed
 * (1), names of layers (fc1, fc2, …), their activation (identity), their bias (true),
 * init (torch), the optimizer (adam), every setting of an optimizer or loss (PyTorch's),
 * batch (all examples, in order), noise and validation (0), guard (shield), parameters,
 * nudges and log (none).
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
