/* nudge-function-store.c - the functions that the user has given a name
 *
 * SPDX-License-Identifier: MIT
 */

#include "app/base/nudge-function-store.h"

#include "app/command/nudge-own-functions.h"

struct _NudgeFunctionStore {
  GObject parent_instance;

  NnFunctions *functions; /* (owned) */
  char *failure; /* (owned) (nullable) why those of the file are not among them */
};

static guint changed;

G_DEFINE_FINAL_TYPE (NudgeFunctionStore, nudge_function_store, G_TYPE_OBJECT)

/**
 * nudge_function_store_get:
 *
 * Returns: (transfer none): until "changed"
 */
const NnFunctions *
nudge_function_store_get (NudgeFunctionStore *self)
{
  g_return_val_if_fail (NUDGE_IS_FUNCTION_STORE (self), NULL);

  return self->functions;
}

/**
 * nudge_function_store_get_failure:
 *
 * Returns: (transfer none) (nullable): why the functions that were named before are
 *   not there
 */
const char *
nudge_function_store_get_failure (NudgeFunctionStore *self)
{
  g_return_val_if_fail (NUDGE_IS_FUNCTION_STORE (self), NULL);

  return self->failure;
}

/**
 * nudge_function_store_save:
 *
 * Keeps @function, in place of one of that name; also for the next time the program runs.
 * What other windows have kept meanwhile is had, too.
 */
gboolean
nudge_function_store_save (NudgeFunctionStore *self,
                           const NnFunction *function,
                           GError **error)
{
  NnFunctions *functions;

  g_return_val_if_fail (NUDGE_IS_FUNCTION_STORE (self), FALSE);

  functions = nudge_own_functions_set (function, error);
  if (functions == NULL)
    return FALSE;
  nn_functions_free (self->functions);
  self->functions = functions;
  g_clear_pointer (&self->failure, g_free);
  g_signal_emit (self, changed, 0);
  return TRUE;
}

static void
nudge_function_store_finalize (GObject *object)
{
  NudgeFunctionStore *self = NUDGE_FUNCTION_STORE (object);

  nn_functions_free (self->functions);
  g_free (self->failure);
  G_OBJECT_CLASS (nudge_function_store_parent_class)->finalize (object);
}

static void
nudge_function_store_class_init (NudgeFunctionStoreClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = nudge_function_store_finalize;
  changed = g_signal_new ("changed", NUDGE_TYPE_FUNCTION_STORE, G_SIGNAL_RUN_LAST, 0,
                          NULL, NULL, NULL, G_TYPE_NONE, 0);
}

/* Even if the file is damaged, everything else works. */
static void
nudge_function_store_init (NudgeFunctionStore *self)
{
  g_autoptr (GError) error = NULL;

  self->functions = nudge_own_functions_load (&error);
  if (self->functions)
    return;
  self->failure = g_strdup (error->message);
  self->functions = nn_functions_new ();
}

/**
 * nudge_function_store_ref_default:
 *
 * On the main thread.
 */
NudgeFunctionStore *
nudge_function_store_ref_default (void)
{
  static NudgeFunctionStore *store; /* (weak) */

  if (store)
    return g_object_ref (store);
  g_set_weak_pointer (&store, g_object_new (NUDGE_TYPE_FUNCTION_STORE, NULL));
  return store;
}
