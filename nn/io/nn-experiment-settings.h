/* nn-experiment-settings.h - settings of an optimizer, a loss, data …, in a .nudge file
 *
 * SPDX-License-Identifier: MIT
 *
 * For the reader and the writer of experiment files, and for the command line, which
 * prints settings as a file has them. The rows of each kind list its settings
 * (nn/base/nn-setting.h); tables of numbers are read and written by their kind.
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
