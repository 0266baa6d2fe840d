/* nn-change.c - what an edit changes in the experiment that is being trained
 *
 * SPDX-License-Identifier: MIT
 */

#include "nn/experiment/nn-change.h"

#include <glib/gi18n.h>
#include <string.h>

#include "nn/base/nn-error.h"
#include "nn/nudge/nn-apply.h"

/* ---- layers ------------------------------------------------------------------------ */

static char *
dup_layer_names (const NnArchitecture *architecture)
{
  GString *names = g_string_new (NULL);

  for (gsize i = 0; i < architecture->n_layers; i++)
    g_string_append_printf (names, "%s%s", i > 0 ? ", " : "",
                            architecture->layers[i].name);
  return g_string_free (names, FALSE);
}

static gboolean
find_renamed (const NnEdit *edit,
              gsize index,
              const NnArchitecture *before,
              gssize *sources,
              GError **error)
{
  const char *was = edit->layers[index].was;
  g_autofree char *names = NULL;

  sources[index] = nn_architecture_find_layer (before, was);
  if (sources[index] < 0) {
    names = dup_layer_names (before);
    g_set_error (error, NN_ERROR, NN_ERROR_UNKNOWN,
                 _ ("network.layers[%zu].was: there is no layer '%s'; there are %s"),
                 index, was, names);
    return FALSE;
  }
  for (gsize i = 0; i < index; i++)
    if (edit->layers[i].was && sources[i] == sources[index]) {
      g_set_error (error, NN_ERROR, NN_ERROR_SYNTAX,
                   _ ("network.layers[%zu].was: network.layers[%zu] was '%s' already: "
                      "remove \"was\" from one of them"),
                   index, i, was);
      return FALSE;
    }
  return TRUE;
}

static gboolean
is_taken (const NnEdit *edit, const gssize *sources, gssize source)
{
  for (gsize i = 0; i < edit->n_layers; i++)
    if (edit->layers[i].was && sources[i] == source)
      return TRUE;
  return FALSE;
}

/* Finds for each layer the one before the edit whose weights it keeps: the one that it
 * `was`; else the one with its name, unless another layer `was` that. @sources: (out)
 * (array length=n_layers): indices; -1 for a new layer */
static gboolean
find_sources (const NnEdit *edit,
              const NnArchitecture *before,
              gssize *sources,
              GError **error)
{
  for (gsize i = 0; i < edit->n_layers; i++)
    if (edit->layers[i].was && !find_renamed (edit, i, before, sources, error))
      return FALSE;
  for (gsize i = 0; i < edit->n_layers; i++) {
    if (edit->layers[i].was)
      continue;
    sources[i] = nn_architecture_find_layer (before, edit->layers[i].name);
    if (sources[i] >= 0 && is_taken (edit, sources, sources[i]))
      sources[i] = -1;
  }
  return TRUE;
}

/* Whether features, units, biases and names are the same; activations may differ. */
static gboolean
has_same_shape (const NnArchitecture *a, const NnArchitecture *b)
{
  if (a->n_features != b->n_features || a->n_layers != b->n_layers)
    return FALSE;
  for (gsize i = 0; i < a->n_layers; i++)
    if (a->layers[i].n_units != b->layers[i].n_units ||
        !a->layers[i].has_bias != !b->layers[i].has_bias ||
        !g_str_equal (a->layers[i].name, b->layers[i].name))
      return FALSE;
  return TRUE;
}

static gboolean
has_same_activations (const NnArchitecture *a, const NnArchitecture *b)
{
  for (gsize i = 0; i < a->n_layers; i++)
    if (a->layers[i].activation != b->layers[i].activation)
      return FALSE;
  return TRUE;
}

static void
write_specs (const NnEdit *edit, NnLayerSpec *specs)
{
  for (gsize i = 0; i < edit->n_layers; i++) {
    const NnEditLayer *layer = &edit->layers[i];

    specs[i] = (NnLayerSpec){ layer->name, layer->n_units, layer->activation,
                              layer->without_bias };
  }
}

static gboolean
check_n_layers (const NnEdit *edit, GError **error)
{
  if (edit->n_layers >= 1 && edit->n_layers <= NN_EXPERIMENT_MAX_LAYERS)
    return TRUE;
  g_set_error (error, NN_ERROR, NN_ERROR_SHAPE,
               _ ("network.layers: expected 1 to %d layers, found %zu"),
               NN_EXPERIMENT_MAX_LAYERS, edit->n_layers);
  return FALSE;
}

/* @network: an edit with the layers of after. Finds out whether they change, and how. */
static gboolean
change_network (NnChange *self, const NnEdit *network, GError **error)
{
  NnArchitecture *before = self->before->architecture;
  g_autofree NnLayerSpec *specs = g_new0 (NnLayerSpec, network->n_layers + 1);
  g_autofree gssize *sources = g_new0 (gssize, network->n_layers + 1);
  g_autoptr (NnArchitecture) after = NULL;
  gboolean same;

  if (!check_n_layers (network, error) || !find_sources (network, before, sources, error))
    return FALSE;
  write_specs (network, specs);
  after = nn_architecture_new (nn_data_spec_get_n_features (&self->after->data), specs,
                               network->n_layers);
  same = has_same_shape (before, after);
  for (gsize i = 0; i < network->n_layers; i++)
    same &= sources[i] == (gssize) i;
  if (same && has_same_activations (before, after))
    return TRUE;
  self->kind = same ? NN_CHANGE_PART : NN_CHANGE_SHAPE;
  self->growth = nn_growth_new (before, after, sources, network->fresh);
  nn_architecture_unref (self->after->architecture);
  self->after->architecture = g_steal_pointer (&after);
  return TRUE;
}

/* Other data may have other features, and then the first layer has other inputs. */
static gboolean
change_features (NnChange *self, GError **error)
{
  g_autoptr (NnEdit) as_before = NULL;

  if (nn_data_spec_get_n_features (&self->after->data) ==
      self->before->architecture->n_features)
    return TRUE;
  as_before = nn_edit_new ();
  nn_edit_set_network (as_before, self->before->architecture, &self->before->init);
  return change_network (self, as_before, error);
}

/* ---- all keys ---------------------------------------------------------------------- */

static void
change_data (NnChange *self, const NnEdit *edit)
{
  self->data = !nn_data_spec_is_equal (&self->before->data, &edit->data);
  nn_data_spec_clear (&self->after->data);
  nn_data_spec_copy (&self->after->data, &edit->data);
}

static void
change_loss (NnChange *self, const NnEdit *edit)
{
  const NnLoss *before = &self->before->loss;
  const NnSettings *settings = &nn_loss_get_kind (before->type)->settings;

  self->loss = before->type != edit->loss.type ||
               !nn_settings_are_equal (settings, before, &edit->loss);
  self->after->loss = edit->loss;
}

static void
change_optimizer (NnChange *self, const NnEdit *edit)
{
  const NnOptimizerSettings *before = &self->before->optimizer;
  const NnSettings *settings = &nn_optimizer_get_kind (before->type)->settings;

  self->optimizer = before->type != edit->optimizer.type ||
                    !nn_settings_are_equal (settings, before, &edit->optimizer);
  self->after->optimizer = edit->optimizer;
}

static void
change_batch (NnChange *self, const NnEdit *edit)
{
  self->batch = self->before->batch_size != edit->batch_size ||
                self->before->shuffle != edit->shuffle;
  self->after->batch_size = edit->batch_size;
  self->after->shuffle = edit->shuffle;
}

static void
change_guard (NnChange *self, const NnEdit *edit)
{
  self->guard = self->before->guard != edit->guard;
  self->after->guard = edit->guard;
}

static gboolean
change_all (NnChange *self, const NnEdit *edit, GError **error)
{
  if (edit->parts & NN_EDIT_HAS_SEED)
    self->after->seed = edit->seed;
  if (edit->parts & NN_EDIT_HAS_DATA)
    change_data (self, edit);
  if (edit->parts & NN_EDIT_HAS_LOSS)
    change_loss (self, edit);
  if (edit->parts & NN_EDIT_HAS_OPTIMIZER)
    change_optimizer (self, edit);
  if (edit->parts & NN_EDIT_HAS_BATCH)
    change_batch (self, edit);
  if (edit->parts & NN_EDIT_HAS_GUARD)
    change_guard (self, edit);
  if (!(edit->parts & NN_EDIT_HAS_NETWORK))
    return change_features (self, error);
  self->after->init = edit->init;
  return change_network (self, edit, error);
}

static gboolean
changes_init (const NnChange *self)
{
  const NnInit *before = &self->before->init;

  return before->type != self->after->init.type ||
         !nn_settings_are_equal (&nn_init_get_kind (before->type)->settings, before,
                                 &self->after->init);
}

/* The kind of change, of all keys but the network, which has set its own. */
static void
find_kind (NnChange *self)
{
  const gboolean part = self->data || self->loss ||
                        self->before->optimizer.type != self->after->optimizer.type;

  if (part)
    self->kind = MAX (self->kind, NN_CHANGE_PART);
  else if (self->optimizer || self->batch || self->guard || changes_init (self) ||
           self->before->seed != self->after->seed)
    self->kind = MAX (self->kind, NN_CHANGE_SETTING);
}

/* A one-off nudge whose target is gone is dropped. */
static void
follow_manual_nudges (NnChange *self)
{
  GPtrArray *nudges = self->after->nudges;

  if (self->growth == NULL)
    return;
  for (guint i = nudges->len; i-- > 0;) {
    NnNudge *followed = nn_change_follow (self, nudges->pdata[i], NULL);

    g_ptr_array_remove_index (nudges, i);
    if (followed)
      g_ptr_array_insert (nudges, (gint) i, followed);
  }
}

/* Initial values that were given fit only the network before: a reset draws all
 * of them. */
static void
drop_parameters (NnChange *self)
{
  NnExperiment *after = self->after;

  if (after->parameters &&
      !nn_parameters_check (after->parameters, after->architecture, NULL))
    g_clear_pointer (&after->parameters, nn_parameters_unref);
}

/**
 * nn_change_new:
 * @before: gets a reference; from nn_experiment_copy_plain ()
 *
 * Returns: (transfer full) (nullable): NULL if the edited experiment is not valid; the
 *   error names the key in @edit, as it is in a file: "network.layers[1].units"
 */
NnChange *
nn_change_new (const NnEdit *edit, NnExperiment *before, GError **error)
{
  g_autoptr (NnChange) self = g_new0 (NnChange, 1);

  self->before = nn_experiment_ref (before);
  self->after = nn_experiment_copy_plain (before);
  if (((edit->parts & NN_EDIT_HAS_DATA) && !nn_data_spec_check (&edit->data, error)) ||
      !change_all (self, edit, error))
    return NULL;
  find_kind (self);
  follow_manual_nudges (self);
  drop_parameters (self);
  if (!nn_experiment_check_parts (self->after, error))
    return NULL;
  return g_steal_pointer (&self);
}

void
nn_change_free (NnChange *self)
{
  nn_experiment_free (self->before);
  nn_experiment_free (self->after);
  g_clear_pointer (&self->growth, nn_growth_free);
  g_free (self);
}

/* ---- nudges ------------------------------------------------------------------------ */

/* Returns: (transfer none) (nullable): the new name of the layer @name; NULL: it
 * is gone */
static const char *
find_new_name (const NnChange *self, const char *name)
{
  const NnArchitecture *after = self->after->architecture;

  for (gsize i = 0; i < after->n_layers; i++) {
    const gssize source = nn_growth_find_source (self->growth, after->layers[i].weight);

    if (source >= 0 &&
        g_str_equal (self->before->architecture
                         ->layers[self->before->architecture->parameters[source].layer]
                         .name,
                     name))
      return after->layers[i].name;
  }
  return NULL;
}

static gboolean
refuse_orphan (const NnNudge *nudge, const char *why, GError **error)
{
  g_autofree char *text = nn_nudge_dup_text (nudge);

  g_set_error (error, NN_ERROR, NN_ERROR_UNKNOWN,
               _ ("the nudge '%s' would have no target: %s; remove or change it first"),
               text, why);
  return FALSE;
}

/* Returns: (transfer full) (nullable) (element-type utf8): the new names of the layers of
 * the nudge's targets; NULL, with @error set, if one is gone */
static GPtrArray *
find_new_names (const NnChange *self, const NnNudge *nudge, GError **error)
{
  g_autoptr (GPtrArray) names = g_ptr_array_new ();

  for (const NnTarget *target = &nudge->target; target != NULL; target = target->next) {
    const char *layer = target->layer;

    if (self->growth && !nn_target_is_pattern (target))
      layer = find_new_name (self, target->layer);
    if (layer == NULL) {
      g_autofree char *gone = g_strdup_printf (_ ("layer %s is gone"), target->layer);

      refuse_orphan (nudge, gone, error);
      return NULL;
    }
    g_ptr_array_add (names, (gpointer) (guintptr) layer);
  }
  return g_steal_pointer (&names);
}

static gboolean
is_aimed_at (const NnNudge *nudge, const GPtrArray *names)
{
  guint i = 0;

  for (const NnTarget *target = &nudge->target; target != NULL; target = target->next)
    if (strcmp (target->layer, names->pdata[i++]) != 0)
      return FALSE;
  return TRUE;
}

/**
 * nn_change_follow:
 *
 * Returns: (transfer full) (nullable): @nudge, with the same layers as targets under
 *   their new names; NULL with NN_ERROR_UNKNOWN if one of them is gone
 */
NnNudge *
nn_change_follow (const NnChange *self, NnNudge *nudge, GError **error)
{
  g_autoptr (GPtrArray) names = find_new_names (self, nudge, error);
  g_autoptr (NnNudge) followed = NULL;
  g_autoptr (GError) why = NULL;

  if (names == NULL)
    return NULL;
  followed = is_aimed_at (nudge, names)
                 ? nn_nudge_ref (nudge)
                 : nn_nudge_aim_at (nudge, (const char *const *) names->pdata);
  if (!nn_nudge_check_target (followed, self->after->architecture, &why)) {
    refuse_orphan (nudge, why->message, error);
    return NULL;
  }
  return g_steal_pointer (&followed);
}
