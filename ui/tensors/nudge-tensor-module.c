/* nudge-tensor-module.c - a module of a tree of tensors: those whose names begin alike
 *
 * SPDX-License-Identifier: MIT
 */

#include "ui/tensors/nudge-tensor-module.h"

#include <math.h>
#include <string.h>

struct _NudgeTensorModule {
  GObject parent_instance;

  char *name;           /* (owned) within its own module */
  char *path;           /* (owned) from the root */
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

/* Returns: what the names of all that is in it begin with */
const char *
nudge_tensor_module_get_path (NudgeTensorModule *self)
{
  g_return_val_if_fail (NUDGE_IS_TENSOR_MODULE (self), NULL);

  return self->path;
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

/* Returns: (transfer none): what a tensor is called in a module, or in none */
const char *
nudge_tensor_module_get_name_of (NudgeTensorModule *self, NudgeTensor *tensor)
{
  const char *name = nudge_tensor_get_name (tensor);
  const gsize length = self ? strlen (self->path) : 0;

  return self && strncmp (name, self->path, length) == 0 && name[length] == '.'
             ? name + length + 1
             : name;
}

/* Returns: of the module's path in a tensor's name; 0 of none */
static gsize
get_path_length (const char *name)
{
  const char *dot = strrchr (name, '.');

  return dot && dot > name && dot[1] != '\0' ? (gsize) (dot - name) : 0;
}

static NudgeTensorModule *
module_new (const char *name, const char *path, NudgeTensorModule *parent)
{
  NudgeTensorModule *self = g_object_new (NUDGE_TYPE_TENSOR_MODULE, NULL);

  self->name = g_strdup (name);
  self->path = g_strdup (path);
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
  found = module_new (dot && parent ? dot + 1 : path, path, parent);
  g_list_store_append (parent ? parent->children : roots, found);
  g_hash_table_insert (modules, g_steal_pointer (&path), found);
  g_object_unref (found);
  return found;
}

static void
add_tensor (GHashTable *modules, GListStore *roots, NudgeTensor *tensor)
{
  const char *name = nudge_tensor_get_name (tensor);
  NudgeTensorModule *module = ensure (modules, roots, name, get_path_length (name));

  g_list_store_append (module ? module->children : roots, tensor);
  for (; module; module = module->parent) {
    module->n_tensors++;
    module->n_values += nudge_tensor_get_n_values (tensor);
  }
}

static GObject *
dup_child (NudgeTensorModule *self, guint i)
{
  return g_list_model_get_item (G_LIST_MODEL (self->children), i);
}

/* From now on it has what it has. */
static void
adopt (NudgeTensorModule *self)
{
  const guint n = g_list_model_get_n_items (G_LIST_MODEL (self->children));

  for (guint i = 0; i < n; i++) {
    g_autoptr (GObject) child = dup_child (self, i);

    if (NUDGE_IS_TENSOR_MODULE (child))
      NUDGE_TENSOR_MODULE (child)->parent = self;
    else
      g_signal_connect_object (child, "changed", G_CALLBACK (child_changed_cb), self,
                               G_CONNECT_SWAPPED);
  }
}

/* A module of one module is called as both, and has what that has. */
static void
become (NudgeTensorModule *self, NudgeTensorModule *only)
{
  char *name = g_strconcat (self->name, ".", only->name, NULL);

  g_free (self->name);
  self->name = name;
  g_free (self->path);
  self->path = g_strdup (only->path);
  g_set_object (&self->children, only->children);
}

/* A module that has nothing but one thing is that thing, with a longer name. */
static void
join (GListStore *list)
{
  for (guint i = 0; i < g_list_model_get_n_items (G_LIST_MODEL (list)); i++) {
    g_autoptr (GObject) item = g_list_model_get_item (G_LIST_MODEL (list), i);
    g_autoptr (GObject) only = NULL;
    NudgeTensorModule *self;

    if (!NUDGE_IS_TENSOR_MODULE (item))
      continue;
    self = NUDGE_TENSOR_MODULE (item);
    join (self->children);
    if (g_list_model_get_n_items (G_LIST_MODEL (self->children)) == 1)
      only = dup_child (self, 0);
    if (only && NUDGE_IS_TENSOR (only))
      g_list_store_splice (list, i, 1, (gpointer *) &only, 1);
    else if (only)
      become (self, NUDGE_TENSOR_MODULE (only));
    adopt (self);
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
  join (roots);
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
  g_free (self->path);
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
