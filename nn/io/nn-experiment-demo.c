/* nn-experiment-demo.c - the experiments that come with the program
 *
 * SPDX-License-Identifier: MIT
 */

#include "nn/io/nn-experiment-demo.h"

#include <glib/gi18n.h>
#include <string.h>

#include "nn/base/nn-error.h"
#include "nn/io/nn-experiment-file.h"

/* demo_names and demo_texts, lesson_names and lesson_texts, which the build makes */
#include "nn/io/demos.h"
#include "nn/io/lessons.h"

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
 * nn_experiment_get_lesson_names:
 *
 * Returns: (transfer none): the lessons' names, NULL-terminated
 */
const char *const *
nn_experiment_get_lesson_names (void)
{
  G_STATIC_ASSERT (G_N_ELEMENTS (lesson_names) == G_N_ELEMENTS (lesson_texts) + 1);
  return lesson_names;
}

/* Returns: (nullable): the text of what is called @name */
static const char *
find_text (const char *name)
{
  for (gsize i = 0; i < G_N_ELEMENTS (demo_texts); i++)
    if (strcmp (demo_names[i], name) == 0)
      return demo_texts[i];
  for (gsize i = 0; i < G_N_ELEMENTS (lesson_texts); i++)
    if (strcmp (lesson_names[i], name) == 0)
      return lesson_texts[i];
  return NULL;
}

/**
 * nn_experiment_new_demo:
 *
 * Returns: (nullable): the shipped experiment called @name, a demo or a lesson
 */
NnExperiment *
nn_experiment_new_demo (const char *name, GError **error)
{
  const char *text = find_text (name);
  g_autoptr (GString) demos = g_string_new (NULL);

  if (text != NULL)
    return nn_experiment_file_parse (text, strlen (text), name, error);
  for (gsize i = 0; demo_names[i] != NULL; i++)
    g_string_append_printf (demos, "%s%s", i > 0 ? ", " : "", demo_names[i]);
  g_set_error (error, NN_ERROR, NN_ERROR_UNKNOWN,
               _ ("there is no demo '%s'; the demos are %s"), name, demos->str);
  return NULL;
}
