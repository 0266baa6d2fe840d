/* nn-script-training.c - a loss and an optimizer as a PyTorch program has them
 *
 * SPDX-License-Identifier: MIT
 */

#include "nn/script/nn-script-parts.h"

#include <string.h>

#include "nn/base/nn-number.h"

static void
append_number (GString *text, const NnSetting *setting, gconstpointer values, gsize index)
{
  const double number = nn_setting_get_number (setting, values, index);

  if (setting->type == NN_SETTING_FLAG)
    g_string_append (text, number != 0 ? "True" : "False");
  else if (setting->type == NN_SETTING_FLOAT)
    nn_number_append_float (text, (float) number);
  else
    nn_number_append (text, number);
}

static void
append_value (GString *text, const NnSetting *setting, gconstpointer values)
{
  const gsize n = nn_setting_get_n_numbers (setting);

  g_string_append (text, n > 1 ? "(" : "");
  for (gsize i = 0; i < n; i++) {
    g_string_append (text, i > 0 ? ", " : "");
    append_number (text, setting, values, i);
  }
  g_string_append (text, n > 1 ? ")" : "");
}

static gboolean
differs (const NnSetting *setting, gconstpointer a, gconstpointer b)
{
  for (gsize i = 0; i < nn_setting_get_n_numbers (setting); i++)
    if (nn_setting_get_number (setting, a, i) != nn_setting_get_number (setting, b, i))
      return TRUE;
  return FALSE;
}

/**
 * nn_script_write_settings:
 * @usual: (nullable): values that are left out; NULL: none is
 *
 * Returns: (transfer full): "lr=0.05, betas=(0.9, 0.99)"
 */
char *
nn_script_write_settings (const NnSettings *settings,
                          gconstpointer values,
                          gconstpointer usual)
{
  GString *text = g_string_new (NULL);

  for (gsize i = 0; i < settings->n_rows; i++) {
    const NnSetting *setting = &settings->rows[i];

    if (usual && !differs (setting, values, usual))
      continue;
    g_string_append_printf (text, "%s%s=", text->len > 0 ? ", " : "", setting->key);
    append_value (text, setting, values);
  }
  return g_string_free (text, FALSE);
}

/* Replaces "{target}" by the value of the setting `target`. */
static char *
fill_in (const char *form, const NnSettings *settings, gconstpointer values)
{
  GString *text = g_string_new (form);

  for (gsize i = 0; i < settings->n_rows; i++) {
    g_autofree char *key = g_strdup_printf ("{%s}", settings->rows[i].key);
    g_autoptr (GString) value = g_string_new (NULL);

    append_value (value, &settings->rows[i], values);
    g_string_replace (text, key, value->str, 0);
  }
  return g_string_free (text, FALSE);
}

/**
 * nn_script_write_criterion:
 *
 * Returns: (transfer full): an expression that is called with the output and, if the loss
 *   has them, the targets
 */
char *
nn_script_write_criterion (const NnLoss *loss)
{
  const NnLossKind *kind = nn_loss_get_kind (loss->type);
  const NnLoss usual = nn_loss_get_default (loss->type);
  g_autofree char *settings = NULL;

  if (strchr (kind->torch, '{'))
    return fill_in (kind->torch, &kind->settings, loss);
  settings = nn_script_write_settings (&kind->settings, loss, &usual);
  return g_strdup_printf ("%s(%s)", kind->torch, settings);
}

/**
 * nn_script_write_optimizer:
 *
 * Returns: (transfer full): an expression that makes it for the parameters of model
 */
char *
nn_script_write_optimizer (const NnOptimizerSettings *settings)
{
  const NnOptimizerKind *kind = nn_optimizer_get_kind (settings->type);
  NnOptimizerSettings usual = nn_optimizer_get_default (settings->type);
  g_autofree char *text = NULL;

  usual.lr = -1; /* is never left out */
  text = nn_script_write_settings (&kind->settings, settings, &usual);
  return g_strdup_printf ("torch.optim.%s(model.parameters(), %s)", kind->torch, text);
}
