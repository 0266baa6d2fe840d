/* nn-lesson-text.c - the numbers in the texts of a lesson
 *
 * SPDX-License-Identifier: MIT
 */

#include "nn/lesson/nn-lesson-text.h"

#include <glib/gi18n.h>
#include <string.h>

#include "nn/base/nn-error.h"
#include "nn/lesson/nn-check.h"

/* @start: (out): the next opening brace
 * @end: (out): where the text goes on after the braces
 * Returns: (transfer full) (nullable): what is between them */
static char *
dup_braced (const char *text, const char **start, const char **end)
{
  const char *close;

  *start = strchr (text, '{');
  close = *start != NULL ? strchr (*start, '}') : NULL;
  if (close == NULL)
    return NULL;
  *end = close + 1;
  return g_strndup (*start + 1, (gsize) (close - *start - 1));
}

/**
 * nn_lesson_text_check:
 * @kept: (nullable) (array zero-terminated=1): names of kept numbers
 * @architecture: (nullable): whose parameters expressions may read; NULL: any
 *
 * Returns: FALSE if braces have something that is not an expression, or are not closed
 */
gboolean
nn_lesson_text_check (const char *text,
                      const char *const *kept,
                      const NnArchitecture *architecture,
                      GError **error)
{
  const char *start, *end = text;

  for (;;) {
    g_autofree char *braced = dup_braced (end, &start, &end);
    g_autoptr (NnCheck) check = NULL;

    if (braced == NULL)
      break;
    check = nn_check_new (braced, kept, error);
    if (check == NULL ||
        (architecture != NULL && !nn_check_fits (check, architecture, error))) {
      g_prefix_error (error, "{%s}: ", braced);
      return FALSE;
    }
  }
  if (start == NULL)
    return TRUE;
  g_set_error (error, NN_ERROR, NN_ERROR_SYNTAX, _ ("'%s': the '{' is not closed"),
               start);
  return FALSE;
}

/* Returns: (transfer container) (array zero-terminated=1) */
static const char **
list_names (GHashTable *kept)
{
  return (const char **) g_hash_table_get_keys_as_array (kept, NULL);
}

/**
 * nn_lesson_text_dup:
 * @text: perhaps translated; text in braces that is not an expression stays as it is
 * @frame: (nullable): NULL: numbers are not known yet, and shown as "…"
 * @kept: (element-type utf8 gdouble)
 *
 * Returns: (transfer full): the text with numbers in place of the expressions
 */
char *
nn_lesson_text_dup (const char *text,
                    const NnFrame *frame,
                    GHashTable *kept,
                    NnLessonFormat format)
{
  GString *result = g_string_new (NULL);
  g_autofree const char **names = list_names (kept);
  const char *at = text;

  for (;;) {
    const char *start, *end;
    g_autofree char *braced = dup_braced (at, &start, &end);
    g_autoptr (NnCheck) check = braced ? nn_check_new (braced, names, NULL) : NULL;

    if (braced == NULL)
      break;
    g_string_append_len (result, at, start - at);
    if (check == NULL)
      g_string_append_len (result, start, end - start);
    else if (frame == NULL)
      g_string_append (result, "…");
    else
      format (result, nn_check_evaluate (check, frame, kept));
    at = end;
  }
  g_string_append (result, at);
  return g_string_free (result, FALSE);
}
