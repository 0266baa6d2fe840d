/* nudge-tensor-module.c - the tensors whose names begin alike, and what they are together
 *
 * SPDX-License-Identifier: MIT
 */

#include "ui/nudge-tensor-module.h"

#include <math.h>
#include <string.h>

struct _NudgeTensorModule {
  GObject parent_instance;

  char *name;           /* (owned) within its own module */
  GListStore *children; /* (owned) of modules and tensors, in the order of the list */
  NudgeTensorModule *parent; /* (unowned) (nullable) */
  guint n_tensors;
  guint64 n_values;

  /* Of what is known. */
  double squares;
  double gradient_squares;
  guint64 n_changed;
  gboolean stale; /* they have to be found anew */
};

static guint changed;

G_DEFINE_FINAL_TYPE (NudgeTensorModule, nudge_tensor_module, G_TYPE_OBJECT)

/* ---- what it has in all ------------------------------------------------------------ */

static double
square (double value)
{
  return value * value;
}

static void
add_tensor_sums (NudgeTensorModule *self, NudgeTensor *tensor)
{
  const NnTensorSummary *summary = nudge_tensor_get_summary (tensor);

  self->squares += summary ? square (summary->norm) : (double) NAN;
  self->gradient_squares += square (nudge_tensor_get_gradient_norm (tensor));
  self->n_changed += nudge_tensor_get_change (tensor)->n_changed;
}

static void
find_sums (NudgeTensorModule *self)
{
  const guint n = g_list_model_get_n_items (G_LIST_MODEL (self->children));

  if (!self->stale)
    return;
  self->stale = FALSE;
  self->squares = self->gradient_squares = 0;
  self->n_changed = 0;
  for (guint i = 0; i < n; i++) {
    g_autoptr (GObject) child = g_list_model_get_item (G_LIST_MODEL (self->children), i);

    if (NUDGE_IS_TENSOR (child))
      add_tensor_sums (self, NUDGE_TENSOR (child));
    else {
      NudgeTensorModule *module = NUDGE_TENSOR_MODULE (child);

      find_sums (module);
      self->squares += module->squares;
      self->gradient_squares += module->gradient_squares;
      self->n_changed += module->n_changed;
    }
  }
}

/* Sums are found when they are asked for: a thousand tensors that change one after the
 * other cost no more than one. */
static void
child_changed_cb (NudgeTensorModule *self)
{
  for (; self && !self->stale; self = self->parent) {
    self->stale = TRUE;
    g_signal_emit (self, changed, 0);
  }
}

const char *
nudge_tensor_module_get_name (NudgeTensorModule *self)
{
  g_return_val_if_fail (NUDGE_IS_TENSOR_MODULE (self), NULL);

  return self->name;
}

/* Returns: (transfer none): of NudgeTensorModule and NudgeTensor */
GListModel *
nudge_tensor_module_get_children (NudgeTensorModule *self)
{
  g_return_val_if_fail (NUDGE_IS_TENSOR_MODULE (self), NULL);

  return G_LIST_MODEL (self->children);
}

/* Returns: how many are in it and in its modules */
guint
nudge_tensor_module_get_n_tensors (NudgeTensorModule *self)
{
  g_return_val_if_fail (NUDGE_IS_TENSOR_MODULE (self), 0);

  return self->n_tensors;
}

/* Returns: how many values these have */
guint64
nudge_tensor_module_get_n_values (NudgeTensorModule *self)
{
  g_return_val_if_fail (NUDGE_IS_TENSOR_MODULE (self), 0);

  return self->n_values;
}

/* Returns: of all values; NAN as long as not all are known */
double
nudge_tensor_module_get_norm (NudgeTensorModule *self)
{
  g_return_val_if_fail (NUDGE_IS_TENSOR_MODULE (self), (double) NAN);

  find_sums (self);
  return sqrt (self->squares);
}

/* Returns: of all gradients; NAN as long as not all are known */
double
nudge_tensor_module_get_gradient_norm (NudgeTensorModule *self)
{
  g_return_val_if_fail (NUDGE_IS_TENSOR_MODULE (self), (double) NAN);

  find_sums (self);
  return sqrt (self->gradient_squares);
}

guint64
nudge_tensor_module_get_n_changed (NudgeTensorModule *self)
{
  g_return_val_if_fail (NUDGE_IS_TENSOR_MODULE (self), 0);

  find_sums (self);
  return self->n_changed;
}

/* ---- the tree ---------------------------------------------------------------------- */

/* Returns: (transfer none): what a tensor is called in its module */
const char *
nudge_tensor_get_short_name (NudgeTensor *tensor)
{
  const char *name = nudge_tensor_get_name (tensor);
  const char *dot = strrchr (name, '.');

  return dot && dot > name && dot[1] != '\0' ? dot + 1 : name;
}

static NudgeTensorModule *
module_new (const char *name, NudgeTensorModule *parent)
{
  NudgeTensorModule *self = g_object_new (NUDGE_TYPE_TENSOR_MODULE, NULL);

  self->name = g_strdup (name);
  self->parent = parent;
  return self;
}

/* Returns: (transfer none) (nullable): the module whose path is the first @length bytes of
 *   @name; NULL of none */
static NudgeTensorModule *
ensure (GHashTable *modules, GListStore *roots, const char *name, gsize length)
{
  g_autofree char *path = g_strndup (name, length);
  const char *dot = strrchr (path, '.');
  NudgeTensorModule *found = g_hash_table_lookup (modules, path);
  NudgeTensorModule *parent;

  if (found || length == 0)
    return found;
  parent = dot ? ensure (modules, roots, name, (gsize) (dot - path)) : NULL;
  found = module_new (dot && parent ? dot + 1 : path, parent);
  g_list_store_append (parent ? parent->children : roots, found);
  g_hash_table_insert (modules, g_steal_pointer (&path), found);
  g_object_unref (found);
  return found;
}

static void
add_tensor (GHashTable *modules, GListStore *roots, NudgeTensor *tensor)
{
  const char *name = nudge_tensor_get_name (tensor);
  const gsize length = (gsize) (nudge_tensor_get_short_name (tensor) - name);
  NudgeTensorModule *module =
      length > 0 ? ensure (modules, roots, name, length - 1) : NULL;

  g_list_store_append (module ? module->children : roots, tensor);
  if (module)
    g_signal_connect_object (tensor, "changed", G_CALLBACK (child_changed_cb), module,
                             G_CONNECT_SWAPPED);
  for (; module; module = module->parent) {
    module->n_tensors++;
    module->n_values += nudge_tensor_get_n_values (tensor);
  }
}

/* The one module that is all a module has. */
static NudgeTensorModule *
dup_only_module (NudgeTensorModule *self)
{
  g_autoptr (GObject) child = NULL;

  if (g_list_model_get_n_items (G_LIST_MODEL (self->children)) != 1)
    return NULL;
  child = g_list_model_get_item (G_LIST_MODEL (self->children), 0);
  return NUDGE_IS_TENSOR_MODULE (child) ? NUDGE_TENSOR_MODULE (g_steal_pointer (&child))
                                        : NULL;
}

static void
set_parent (NudgeTensorModule *self)
{
  const guint n = g_list_model_get_n_items (G_LIST_MODEL (self->children));

  for (guint i = 0; i < n; i++) {
    g_autoptr (GObject) child = g_list_model_get_item (G_LIST_MODEL (self->children), i);

    if (NUDGE_IS_TENSOR_MODULE (child))
      NUDGE_TENSOR_MODULE (child)->parent = self;
    else
      g_signal_connect_object (child, "changed", G_CALLBACK (child_changed_cb), self,
                               G_CONNECT_SWAPPED);
  }
}

/* A chain of modules that have nothing else becomes one. */
static void
join (GListModel *list)
{
  for (guint i = 0; i < g_list_model_get_n_items (list); i++) {
    g_autoptr (GObject) item = g_list_model_get_item (list, i);
    NudgeTensorModule *self, *only;

    if (!NUDGE_IS_TENSOR_MODULE (item))
      continue;
    self = NUDGE_TENSOR_MODULE (item);
    while ((only = dup_only_module (self)) != NULL) {
      char *name = g_strconcat (self->name, ".", only->name, NULL);

      g_free (self->name);
      self->name = name;
      g_set_object (&self->children, only->children);
      set_parent (self);
      g_object_unref (only);
    }
    join (G_LIST_MODEL (self->children));
  }
}

/**
 * nudge_tensor_module_build:
 * @tensors: (transfer none): of NudgeTensor
 *
 * Returns: (transfer full): of NudgeTensorModule, and of those NudgeTensor that are in none
 */
GListModel *
nudge_tensor_module_build (GListModel *tensors)
{
  g_autoptr (GHashTable) modules =
      g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  GListStore *roots = g_list_store_new (G_TYPE_OBJECT);
  const guint n = g_list_model_get_n_items (tensors);

  for (guint i = 0; i < n; i++) {
    g_autoptr (NudgeTensor) tensor = g_list_model_get_item (tensors, i);

    add_tensor (modules, roots, tensor);
  }
  join (G_LIST_MODEL (roots));
  return G_LIST_MODEL (roots);
}

/* ---- life -------------------------------------------------------------------------- */

static void
nudge_tensor_module_finalize (GObject *object)
{
  NudgeTensorModule *self = NUDGE_TENSOR_MODULE (object);
  const guint n = g_list_model_get_n_items (G_LIST_MODEL (self->children));

  for (guint i = 0; i < n; i++) {
    g_autoptr (GObject) child = g_list_model_get_item (G_LIST_MODEL (self->children), i);

    if (NUDGE_IS_TENSOR_MODULE (child) && NUDGE_TENSOR_MODULE (child)->parent == self)
      NUDGE_TENSOR_MODULE (child)->parent = NULL;
  }
  g_free (self->name);
  g_object_unref (self->children);
  G_OBJECT_CLASS (nudge_tensor_module_parent_class)->finalize (object);
}

static void
nudge_tensor_module_class_init (NudgeTensorModuleClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = nudge_tensor_module_finalize;
  changed = g_signal_new ("changed", NUDGE_TYPE_TENSOR_MODULE, G_SIGNAL_RUN_LAST, 0, NULL,
                          NULL, NULL, G_TYPE_NONE, 0);
}

static void
nudge_tensor_module_init (NudgeTensorModule *self)
{
  self->children = g_list_store_new (G_TYPE_OBJECT);
  self->stale = TRUE;
}
