/* nn-experiment-settings.h - settings of things of a kind, in a .nudge file
 *
 * SPDX-License-Identifier: MIT
 *
 * Known to the reader and the writer of experiment files alone. Which settings there are
 * is said by the rows; tables are left to the kind that has them.
 */

#pragma once

#include "nn/base/nn-setting.h"
#include "nn/files/nn-json.h"

G_BEGIN_DECLS

gboolean nn_experiment_read_settings (const NnSettings *settings,
                                      gpointer values,
                                      const char *first_key,
                                      const NnJson *object,
                                      const char *folder,
                                      GError **error);
void nn_experiment_append_string (GString *text, const char *value);
void nn_experiment_append_settings (GString *text,
                                    const NnSettings *settings,
                                    gconstpointer values,
                                    const char *separator,
                                    const char *folder);

G_END_DECLS
