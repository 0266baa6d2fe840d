/* nn-job-model.c - what a job trains, as a network
 *
 * SPDX-License-Identifier: MIT
 */

#include "nn/attach/nn-job-model.h"

#include <string.h>

/* Layers of an architecture; further ones of a model are left out. */
#define MOST_LAYERS 512

/* A layer, while find_layers () goes through the parameters. */
typedef struct {
  char *name; /* (owned) */
  guint64 n_rows;
  guint64 n_columns;
  int weight; /* indices of tensors */
  int bias;   /* -1: none */
  gboolean linear;
  NnActivation activation;
} Layer;

static void
layer_clear (gpointer layer)
{
  g_free (((Layer *) layer)->name);
}

/* ---- layers ------------------------------------------------------------------------- */

static guint64
count_columns (const NnJobTensor *tensor)
{
  guint64 n = 1;

  for (guint i = 1; i < tensor->rank; i++)
    n *= tensor->shape[i];
  return n;
}

/* Returns: "fc1" of fc1.weight, if @part is "weight"; NULL if the name ends otherwise */
static char *
dup_layer (const NnJobTensor *tensor, const char *part)
{
  const char *dot = strrchr (tensor->name, '.');

  return dot != NULL && strcmp (dot + 1, part) == 0
             ? g_strndup (tensor->name, (gsize) (dot - tensor->name))
             : NULL;
}

/* Gives the tensor to the last layer if it is its bias. Returns: whether it is */
static gboolean
add_bias (GArray *layers, const NnJobTensor *tensor, int index)
{
  g_autofree char *name = dup_layer (tensor, "bias");
  Layer *last = layers->len > 0 ? &g_array_index (layers, Layer, layers->len - 1) : NULL;

  if (name == NULL || last == NULL || strcmp (last->name, name) != 0 ||
      tensor->rank != 1 || tensor->shape[0] != last->n_rows || last->bias >= 0)
    return FALSE;
  last->bias = index;
  return TRUE;
}

static void
add_layer (GArray *layers, const NnJobTensor *tensor, int index)
{
  char *name = dup_layer (tensor, "weight");
  Layer layer = { .weight = index, .bias = -1, .linear = name != NULL };

  layer.name = name != NULL ? name : g_strdup (tensor->name);
  layer.n_rows = tensor->rank > 0 ? tensor->shape[0] : 1;
  layer.n_columns = count_columns (tensor);
  layer.linear = layer.linear && tensor->rank == 2;
  g_array_append_val (layers, layer);
}

static GArray *
find_layers (const GArray *tensors)
{
  GArray *layers = g_array_new (FALSE, FALSE, sizeof (Layer));

  g_array_set_clear_func (layers, layer_clear);
  for (guint i = 0; i < tensors->len && layers->len < MOST_LAYERS; i++) {
    const NnJobTensor *tensor = &g_array_index (tensors, NnJobTensor, i);

    if (!tensor->is_parameter || tensor->tied != NULL ||
        (tensor->rank > 0 && tensor->shape[0] == 0) || count_columns (tensor) == 0)
      continue;
    if (!add_bias (layers, tensor, (int) i))
      add_layer (layers, tensor, (int) i);
  }
  return layers;
}

/* ---- whether they are a chain ------------------------------------------------------- */

/* Finds the activation of a PyTorch module. Returns: FALSE if Nudge does not have it */
static gboolean
find_activation (const char *type, const char *settings, NnActivation *activation)
{
  static const struct {
    const char *type;
    const char *settings; /* (nullable) PyTorch's repr () of the defaults; NULL: any */
    NnActivation activation;
  } known[] = {
    { "Identity", NULL, NN_ACTIVATION_IDENTITY },
    { "Dropout", NULL, NN_ACTIVATION_IDENTITY },
    { "Flatten", NULL, NN_ACTIVATION_IDENTITY },
    { "ReLU", NULL, NN_ACTIVATION_RELU },
    { "LeakyReLU", "negative_slope=0.01", NN_ACTIVATION_LEAKY_RELU },
    { "Tanh", NULL, NN_ACTIVATION_TANH },
    { "Sigmoid", NULL, NN_ACTIVATION_SIGMOID },
    { "GELU", "approximate='none'", NN_ACTIVATION_GELU },
    { "Softplus", "beta=1, threshold=20", NN_ACTIVATION_SOFTPLUS },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (known); i++)
    if (strcmp (known[i].type, type) == 0) {
      *activation = known[i].activation;
      return known[i].settings == NULL || strcmp (known[i].settings, settings) == 0;
    }
  return FALSE;
}

static const char *
get_text (const json_t *object, const char *key)
{
  const char *text = json_string_value (json_object_get (object, key));

  return text != NULL ? text : "";
}

/* Whether @module is layer @next. */
static gboolean
is_next (const GArray *layers, guint next, const json_t *module)
{
  return next < layers->len && g_array_index (layers, Layer, next).linear &&
         strcmp (g_array_index (layers, Layer, next).name, get_text (module, "name")) ==
             0;
}

/* Whether the modules are the layers in order, each followed by at most one
 * activation. */
static gboolean
follow_modules (GArray *layers, const json_t *modules)
{
  guint n = 0;

  for (gsize i = 0; i < json_array_size (modules); i++) {
    const json_t *module = json_array_get (modules, i);
    NnActivation activation;
    Layer *last;

    if (strcmp (get_text (module, "type"), "Linear") == 0) {
      if (!is_next (layers, n++, module))
        return FALSE;
      continue;
    }
    if (!find_activation (get_text (module, "type"), get_text (module, "settings"),
                          &activation))
      return FALSE;
    if (activation == NN_ACTIVATION_IDENTITY)
      continue;
    last = n > 0 ? &g_array_index (layers, Layer, n - 1) : NULL;
    if (last == NULL || last->activation != NN_ACTIVATION_IDENTITY)
      return FALSE;
    last->activation = activation;
  }
  return n == layers->len;
}

static gboolean
is_chain (GArray *layers, const json_t *description)
{
  if (layers->len == 0 || !json_is_true (json_object_get (description, "sequence")) ||
      !follow_modules (layers, json_object_get (description, "modules")))
    return FALSE;
  for (guint i = 1; i < layers->len; i++)
    if (g_array_index (layers, Layer, i).n_columns !=
        g_array_index (layers, Layer, i - 1).n_rows)
      return FALSE;
  return TRUE;
}

/* ---- the model ---------------------------------------------------------------------- */

static NnArchitecture *
make_architecture (const GArray *layers, gboolean chain)
{
  g_autofree NnLayerSpec *specs = g_new0 (NnLayerSpec, layers->len + 1);
  g_autofree gsize *n_inputs = g_new0 (gsize, layers->len + 1);

  for (guint i = 0; i < layers->len; i++) {
    const Layer *layer = &g_array_index (layers, Layer, i);

    specs[i] = (NnLayerSpec){ layer->name, (gsize) layer->n_rows, layer->activation,
                              layer->bias < 0 };
    n_inputs[i] = (gsize) layer->n_columns;
  }
  return chain ? nn_architecture_new (n_inputs[0], specs, layers->len)
               : nn_architecture_new_loose (specs, n_inputs, layers->len);
}

static void
find_parameters (NnJobModel *self, const GArray *layers)
{
  gsize n = 0;

  self->parameters = g_new (int, self->architecture->n_parameters + 1);
  for (guint i = 0; i < layers->len; i++) {
    const Layer *layer = &g_array_index (layers, Layer, i);

    self->parameters[n++] = layer->weight;
    if (layer->bias >= 0)
      self->parameters[n++] = layer->bias;
  }
}

/* Returns: which moments of @type the job's optimizer has */
static NnQuantities
find_moments (const json_t *optimizer, NnOptimizerType type)
{
  const json_t *state = json_object_get (optimizer, "state");
  NnQuantities moments = 0;

  for (guint q = NN_QUANTITY_MOMENT_1; q <= NN_QUANTITY_MOMENT_3; q++) {
    const char *name = nn_quantity_get_moment_name (type, (NnQuantity) q);

    for (gsize i = 0; name != NULL && i < json_array_size (state); i++)
      if (g_strcmp0 (json_string_value (json_array_get (state, i)), name) == 0)
        moments |= NN_QUANTITY_BIT (q);
  }
  return moments;
}

/* Takes the job's first optimizer for the one of Nudge's with which it shares the most
 * names of moments, whatever its class is called. */
static void
find_known (NnJobModel *self)
{
  const json_t *optimizer =
      json_array_get (json_object_get (self->reply.head, "optimizers"), 0);
  NnQuantities moments = 0;

  for (guint type = 0; type < NN_N_OPTIMIZERS; type++) {
    const NnQuantities found = find_moments (optimizer, (NnOptimizerType) type);

    if (__builtin_popcount (found) > __builtin_popcount (moments)) {
      moments = found;
      self->optimizer = (NnOptimizerType) type;
    }
  }
  self->known = moments | NN_QUANTITY_BIT (NN_QUANTITY_VALUE) |
                NN_QUANTITY_BIT (NN_QUANTITY_GRADIENT) | NN_QUANTITIES_OF_CHANGE |
                NN_QUANTITY_BIT (NN_QUANTITY_SINCE_START) |
                NN_QUANTITY_BIT (NN_QUANTITY_SLOW);
}

static void
read_notes (NnJobModel *self)
{
  const json_t *notes = json_object_get (self->reply.head, "notes");

  for (gsize i = 0; i < json_array_size (notes); i++) {
    const char *note = json_string_value (json_array_get (notes, i));

    if (note != NULL)
      g_ptr_array_add (self->notes, g_strdup (note));
  }
}

/**
 * nn_job_model_new_of:
 * @reply: (transfer full): to the request "describe"
 * @tensors: (transfer full): from nn_job_read_tensors () of @reply
 */
NnJobModel *
nn_job_model_new_of (NnMessage *reply, GArray *tensors)
{
  NnJobModel *self = g_new0 (NnJobModel, 1);
  g_autoptr (GArray) layers = find_layers (tensors);

  self->reply = *reply;
  *reply = (NnMessage){ NULL, NULL };
  self->tensors = tensors;
  self->notes = g_ptr_array_new_with_free_func (g_free);
  self->architecture = make_architecture (layers, is_chain (layers, self->reply.head));
  find_parameters (self, layers);
  find_known (self);
  read_notes (self);
  return self;
}

/**
 * nn_job_model_new:
 *
 * Returns: (transfer full) (nullable): NULL as nn_job_describe ()
 */
NnJobModel *
nn_job_model_new (NnJob *job, gint64 until_us, GError **error)
{
  g_auto (NnMessage) reply = { NULL, NULL };
  GArray *tensors = nn_job_describe (job, until_us, &reply, error);

  return tensors != NULL ? nn_job_model_new_of (&reply, tensors) : NULL;
}

void
nn_job_model_free (NnJobModel *self)
{
  nn_message_clear (&self->reply);
  g_array_unref (self->tensors);
  nn_architecture_unref (self->architecture);
  g_free (self->parameters);
  g_ptr_array_unref (self->notes);
  g_free (self);
}

/**
 * nn_job_model_make_experiment:
 *
 * Returns: (transfer full): an experiment with a name, the layers and notes. Its data, loss,
 *   optimizer and batch size stay zeroed, as only the script knows them
 */
NnExperiment *
nn_job_model_make_experiment (const NnJobModel *self, const NnJobFacts *facts)
{
  NnExperiment *experiment = g_new0 (NnExperiment, 1);
  const char *dot = strrchr (facts->script, '.');

  experiment->title = g_utf8_make_valid (facts->script, -1);
  experiment->name = dot != NULL && dot > facts->script
                         ? g_strndup (facts->script, (gsize) (dot - facts->script))
                         : g_strdup ("job");
  experiment->architecture = nn_architecture_ref (self->architecture);
  experiment->guard = NN_GUARD_OFF;
  experiment->nudges = g_ptr_array_new_with_free_func ((GDestroyNotify) nn_nudge_unref);
  experiment->events = nn_event_new_array ();
  nn_experiment_add_notes (experiment, self->notes);
  return experiment;
}

/* @parameter: an index into the architecture's parameters */
const NnJobTensor *
nn_job_model_get_tensor (const NnJobModel *self, gsize parameter)
{
  return &g_array_index (self->tensors, NnJobTensor, self->parameters[parameter]);
}

/* Returns: the index of the architecture's parameter for the tensor @name; -1: none */
gssize
nn_job_model_find_parameter (const NnJobModel *self, const char *name)
{
  for (gsize i = 0; i < self->architecture->n_parameters; i++)
    if (strcmp (nn_job_model_get_tensor (self, i)->name, name) == 0)
      return (gssize) i;
  return -1;
}
