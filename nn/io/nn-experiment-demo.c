/* nn-experiment-demo.c - the experiments that come with the program
 *
 * SPDX-License-Identifier: MIT
 */

#include "nn/io/nn-experiment-demo.h"

#include <glib/gi18n.h>
#include <string.h>

#include "nn/base/nn-error.h"
#include "nn/io/nn-experiment-file.h"

#include "nn/io/demos.h" /* demo_names and demo_texts, which the build makes */

/**
 * nn_experiment_get_demo_names:
 *
 * Returns: (transfer none): the demos' names, NULL-terminated
 */
const char *const *
nn_experiment_get_demo_names (void)
{
  G_STATIC_ASSERT (G_N_ELEMENTS (demo_names) == G_N_ELEMENTS (demo_texts) + 1);
  return demo_names;
}

/**
 * nn_experiment_new_demo:
 *
 * Returns: (nullable): the shipped experiment called @name
 */
NnExperiment *
nn_experiment_new_demo (const char *name, GError **error)
{
  g_autoptr (GString) known = g_string_new (NULL);

  for (gsize i = 0; i < G_N_ELEMENTS (demo_texts); i++) {
    if (strcmp (demo_names[i], name) == 0)
      return nn_experiment_file_parse (demo_texts[i], strlen (demo_texts[i]), name,
                                       error);
    g_string_append_printf (known, "%s%s", i > 0 ? ", " : "", demo_names[i]);
  }
  g_set_error (error, NN_ERROR, NN_ERROR_UNKNOWN,
               _ ("there is no demo '%s'; the demos are %s"), name, known->str);
  return NULL;
}
