/* nn-optimizer-kind.c - the table of optimizers, one row for each type
 *
 * SPDX-License-Identifier: MIT
 */

#include "nn/optim/nn-optimizer-kind.h"

#include <glib/gi18n.h>

#include "nn/base/nn-error.h"
#include "nn/base/nn-names.h"

static const NnOptimizerKind *const kinds[] = {
#define ROW(type, name) [type] = &nn_optimizer_##name,
#include "nn/optim/optimizers.inc"
#undef ROW
};

static const char *const names[] = {
#define ROW(type, name) [type] = #name,
#include "nn/optim/optimizers.inc"
#undef ROW
};

/**
 * nn_optimizer_get_kind:
 *
 * Returns: (transfer none): the row of @type
 */
const NnOptimizerKind *
nn_optimizer_get_kind (NnOptimizerType type)
{
  g_return_val_if_fail (type < NN_N_OPTIMIZERS, NULL);

  return kinds[type];
}

/**
 * nn_optimizer_get_name:
 *
 * Returns: (transfer none): as users and files write it: "adam"
 */
const char *
nn_optimizer_get_name (NnOptimizerType type)
{
  g_return_val_if_fail (type < NN_N_OPTIMIZERS, NULL);

  return names[type];
}

/**
 * nn_optimizer_find:
 * @type: (out): the one called @name; unchanged on failure
 *
 * Returns: FALSE if there is no such optimizer (NN_ERROR_UNKNOWN); the message lists them
 */
gboolean
nn_optimizer_find (const char *name, NnOptimizerType *type, GError **error)
{
  guint index;

  if (!nn_names_find (names, NN_N_OPTIMIZERS, N_ ("optimizer"), name, &index, error))
    return FALSE;
  *type = (NnOptimizerType) index;
  return TRUE;
}

/**
 * nn_optimizer_get_default:
 *
 * Returns: settings of @type with PyTorch's defaults
 */
NnOptimizerSettings
nn_optimizer_get_default (NnOptimizerType type)
{
  NnOptimizerSettings settings = { .type = type };

  g_return_val_if_fail (type < NN_N_OPTIMIZERS, settings);

  nn_settings_set_usual (&kinds[type]->settings, &settings);
  return settings;
}

/**
 * nn_optimizer_check:
 *
 * Checks the settings that the type reads, as PyTorch does; besides, numbers must be
 * finite as float32.
 *
 * Returns: FALSE if one is not valid (NN_ERROR_SYNTAX); the message begins with its key
 */
gboolean
nn_optimizer_check (const NnOptimizerSettings *settings, GError **error)
{
  const NnOptimizerKind *kind = nn_optimizer_get_kind (settings->type);
  char number[G_ASCII_DTOSTR_BUF_SIZE];
  const NnSetting *outside;
  gsize index;

  outside = nn_settings_find_outside (&kind->settings, settings, &index);
  if (outside) {
    g_autofree char *key = nn_setting_dup_key (outside, index);
    g_autofree char *range = nn_setting_dup_range (outside);

    g_set_error (error, NN_ERROR, NN_ERROR_SYNTAX, _ ("%s is %s; give a number %s"), key,
                 g_ascii_formatd (number, sizeof number, "%.9g",
                                  nn_setting_get_number (outside, settings, index)),
                 range);
    return FALSE;
  }
  return kind->check == NULL || kind->check (settings, error);
}
