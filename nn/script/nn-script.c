/* nn-script.c - an experiment as a PyTorch program
 *
 * SPDX-License-Identifier: MIT
 */

#include "nn/script/nn-script.h"

#include <string.h>

#include "nn/base/nn-text.h"
#include "nn/files/nn-file.h"
#include "nn/files/nn-path.h"
#include "nn/script/nn-script-course.h"
#include "nn/script/nn-script-helpers.h"
#include "nn/script/nn-script-loop.h"
#include "nn/script/nn-script-names.h"
#include "nn/script/nn-script-text.h"

struct _NnScript {
  char *text;
  NnArrayFile *stored; /* (owned) */
};

/* ---- pieces ------------------------------------------------------------------------ */

/* Imports the modules that @rest uses. */
static void
append_modules (GString *text, const char *rest)
{
  static const char *const modules[] = { "contextlib", "math", "sys" };

  for (gsize i = 0; i < G_N_ELEMENTS (modules); i++)
    if (nn_script_mentions (rest, modules[i]))
      g_string_append_printf (text, "import %s\n", modules[i]);
}

static void
append_imports (GString *text, const char *rest, gboolean stored)
{
  append_modules (text, rest);
  if (stored)
    g_string_append (text, "from pathlib import Path\n");
  g_string_append (text, stored ? "\nimport numpy\nimport torch\n" : "\nimport torch\n");
  g_string_append (text, "from torch import nn\n");
  if (nn_script_mentions (rest, "F"))
    g_string_append (text, "from torch.nn import functional as F\n");
  g_string_append (text, "\n\n");
}

/* The title as one line of a comment: \r ends one in Python, too. */
static void
append_title (GString *text, const NnExperiment *experiment)
{
  g_autofree char *line = g_strdup (
      experiment->title && *experiment->title ? experiment->title : experiment->name);

  nn_text_replace_controls (line, ' ');
  g_string_append_printf (
      text,
      "#!/usr/bin/env python3\n"
      "# %s\n"
      "#\n"
      "# An experiment of Nudge's, in PyTorch. Prints the loss of every "
      "step.\n\n",
      line);
}

static char *
put_together (const NnScriptCourse *course, const NnExperiment *experiment)
{
  const gboolean stored = course->parts.stored->arrays->len > 0;
  g_autofree char *variables = nn_script_write_variables (course, experiment);
  g_autofree char *loop = nn_script_write_loop (course, experiment);
  g_autofree char *own = g_strconcat (course->networks->str, course->functions.text->str,
                                      course->setup->str, course->start->str, loop, NULL);
  g_autofree char *helpers_text = NULL;
  g_autofree char *rest = NULL;
  g_autoptr (GString) memory = g_string_new (NULL);
  GString *text = g_string_new (NULL);

  helpers_text = nn_script_collect_helpers (own, experiment->seed, "{}", memory);
  rest = g_strconcat (helpers_text, own, NULL);
  append_title (text, experiment);
  append_imports (text, rest, stored);
  g_string_append_printf (text, "%s%s%s", course->networks->str, helpers_text,
                          course->functions.text->str);
  if (stored)
    g_string_append (text, "stored = numpy.load(Path(__file__).with_suffix(\".npz\"))\n");
  g_string_append_printf (text, "%s%s%s%s\n%s", course->setup->str, memory->str,
                          variables, course->start->str, loop);
  return g_string_free (text, FALSE);
}

/**
 * nn_script_new:
 * @experiment: passes nn_experiment_check (); its data are loaded
 * @n_steps: that the program trains
 */
NnScript *
nn_script_new (const NnExperiment *experiment, guint64 n_steps)
{
  NnScript *self = g_new0 (NnScript, 1);
  g_auto (NnScriptCourse) course = { 0 };

  nn_script_course_init (&course, experiment, n_steps);
  self->text = put_together (&course, experiment);
  self->stored = g_steal_pointer (&course.parts.stored);
  return self;
}

void
nn_script_free (NnScript *self)
{
  nn_array_file_free (self->stored);
  g_free (self->text);
  g_free (self);
}

const char *
nn_script_get_text (const NnScript *self)
{
  return self->text;
}

/* Returns: whether the program reads a file beside it */
gboolean
nn_script_has_file (const NnScript *self)
{
  return self->stored->arrays->len > 0;
}

/**
 * nn_script_check_path:
 *
 * Returns: FALSE if the ending of @path is not .py
 */
gboolean
nn_script_check_path (const char *path, GError **error)
{
  return nn_path_check_ending (path, ".py", "programs are written to", error);
}

/**
 * nn_script_dup_beside:
 * @path: "mine.py"
 *
 * Returns: (transfer full): the name of the file beside it, "mine.npz"
 */
char *
nn_script_dup_beside (const char *path)
{
  const char *dot = g_str_has_suffix (path, ".py") ? path + strlen (path) - 3 : NULL;
  g_autofree char *stem = dot ? g_strndup (path, (gsize) (dot - path)) : g_strdup (path);

  return g_strconcat (stem, ".npz", NULL);
}

/**
 * nn_script_would_replace:
 * @path: "mine.py"
 *
 * Returns: whether nn_script_save () would replace a file beside it, mine.npz, that has
 *   other contents
 */
gboolean
nn_script_would_replace (const NnScript *self, const char *path)
{
  g_autofree char *beside = nn_script_dup_beside (path);
  g_autofree char *there = NULL;
  g_autoptr (GBytes) bytes = NULL;
  gsize n;

  if (!nn_script_has_file (self) || !g_file_test (beside, G_FILE_TEST_EXISTS))
    return FALSE;
  bytes = self->stored->kind->encode (self->stored, NULL);
  if (bytes == NULL)
    return FALSE; /* nor can it be saved */
  there = nn_file_read (beside, g_bytes_get_size (bytes), &n, NULL);
  return there == NULL || n != g_bytes_get_size (bytes) ||
         memcmp (there, g_bytes_get_data (bytes, NULL), n) != 0;
}

/**
 * nn_script_save:
 * @path: "mine.py"
 *
 * Writes the program and, if it reads one, the file beside it, mine.npz.
 */
gboolean
nn_script_save (const NnScript *self, const char *path, GError **error)
{
  g_autofree char *beside = nn_script_dup_beside (path);

  if (nn_script_has_file (self) && !nn_array_file_save (self->stored, beside, error))
    return FALSE;
  return nn_file_replace (path, self->text, strlen (self->text), error);
}

/* Imports that a training script does not have anyway. */
static void
append_more_imports (GString *text, const char *rest)
{
  append_modules (text, rest);
  if (nn_script_mentions (rest, "nn"))
    g_string_append (text, "from torch import nn\n");
  if (nn_script_mentions (rest, "F"))
    g_string_append (text, "from torch.nn import functional as F\n");
  if (text->len > 0)
    g_string_append_c (text, '\n');
}

/**
 * nn_script_dup_nudge:
 * @experiment: what is being trained, for its layers' names
 *
 * Returns: (transfer full): lines that apply the nudge once, to be pasted after
 *   optimizer.step () into a program that has torch, model and optimizer; before them the
 *   functions and variables that they use
 */
char *
nn_script_dup_nudge (const NnNudge *nudge, const NnExperiment *experiment)
{
  const NnScriptSection section = { .architecture = experiment->architecture,
                                    .init = &experiment->init,
                                    .rate = experiment->optimizer.lr,
                                    .after_optimizer = TRUE,
                                    .keeps_before = TRUE };
  g_auto (NnScriptFunctions) functions = { 0 };
  g_autofree char *lines = NULL, *own = NULL, *helpers_text = NULL, *rest = NULL;
  g_autofree char *what = nn_nudge_dup_text (nudge);
  g_autoptr (GString) memory = g_string_new (NULL);
  GString *text = g_string_new (NULL);

  nn_script_functions_init (&functions);
  lines = nn_script_write_nudge (nudge, &section, &functions);
  own = g_strconcat (functions.text->str, lines, NULL);
  helpers_text = nn_script_collect_helpers (own, experiment->seed, "copies()", memory);
  rest = g_strconcat (helpers_text, own, NULL);
  append_more_imports (text, rest);
  if (memory->len > 0)
    g_string_append_c (memory, '\n');
  g_string_append_printf (text, "%s%s%s# %s\nwith torch.no_grad():\n", helpers_text,
                          functions.text->str, memory->str, what);
  nn_script_append_indented (text, lines, 1);
  return g_string_free (text, FALSE);
}
