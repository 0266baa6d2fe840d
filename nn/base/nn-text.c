/* nn-text.c - saying where in a short text something is wrong
 *
 * SPDX-License-Identifier: MIT
 */

#include "nn/base/nn-text.h"

#include <glib/gi18n.h>
#include <string.h>

#define QUOTED 40 /* characters of a text that an error message repeats */

/**
 * nn_text_check:
 *
 * Makes sure that @text can be read and quoted: not too long, and UTF-8.
 */
gboolean
nn_text_check (const char *text, GError **error)
{
  const char *end;

  if (strnlen (text, NN_TEXT_BYTES + 1) > NN_TEXT_BYTES) {
    g_set_error (error, NN_ERROR, NN_ERROR_SYNTAX,
                 _ ("the text is longer than %d bytes: shorten it"), NN_TEXT_BYTES);
    return FALSE;
  }
  if (!g_utf8_validate (text, -1, &end)) {
    nn_text_set_error (error, NN_ERROR_SYNTAX, text, end,
                       _ ("found the byte 0x%02x, expected UTF-8 text"), (guchar) *end);
    return FALSE;
  }
  return TRUE;
}

/**
 * nn_text_get_translated:
 * @text: of an experiment's file: a title, or what it says
 *
 * The sentences of what is shipped are among the program's messages, in English.
 *
 * Returns: (transfer none): it in the language of the program, or @text itself
 */
const char *
nn_text_get_translated (const char *text)
{
  return *text == '\0' ? text : gettext (text); /* "" is the catalogue's header */
}

const char *
nn_text_skip_space (const char *at)
{
  while (g_ascii_isspace (*at))
    at++;
  return at;
}

/**
 * nn_text_dup_quoted:
 * @text: any bytes
 *
 * Returns: (transfer full): the start of @text in quotes, fit for a terminal
 */
char *
nn_text_dup_quoted (const char *text)
{
  /* A character has at most 4 bytes; one more than is shown says that the text was cut. */
  g_autofree char *valid =
      g_utf8_make_valid (text, (gssize) strnlen (text, 4 * (QUOTED + 1)));
  GString *quoted = g_string_new ("'");
  const char *at = valid;

  for (int i = 0; i < QUOTED && *at != '\0'; i++, at = g_utf8_next_char (at)) {
    gunichar character = g_utf8_get_char (at);

    g_string_append_unichar (quoted, g_unichar_isprint (character) ? character : 0xfffd);
  }
  g_string_append (quoted, *at == '\0' ? "'" : "…'");
  return g_string_free (quoted, FALSE);
}

/**
 * nn_text_dup_found:
 * @at: in valid UTF-8
 *
 * Returns: (transfer full): what an error message calls the word or character at @at
 */
char *
nn_text_dup_found (const char *at)
{
  g_autofree char *found = NULL;
  const char *end = at;

  if (*at == '\0')
    return g_strdup (_ ("the end"));
  while (g_ascii_isalnum (*end) || *end == '_' || *end == '.')
    end++;
  if (end == at)
    end = g_utf8_next_char (at);
  found = g_strndup (at, (gsize) (end - at));
  return nn_text_dup_quoted (found);
}

/**
 * nn_text_set_error:
 * @at: in @text, which is valid UTF-8 up to there
 *
 * Sets an error that starts with the column of @at.
 */
void
nn_text_set_error (GError **error,
                   NnError code,
                   const char *text,
                   const char *at,
                   const char *format,
                   ...)
{
  g_autofree char *message = NULL;
  va_list arguments;

  va_start (arguments, format);
  message = g_strdup_vprintf (format, arguments);
  va_end (arguments);
  g_set_error (error, NN_ERROR, code, _ ("column %ld: %s"),
               g_utf8_pointer_to_offset (text, at) + 1, message);
}

/**
 * nn_text_set_found_error:
 * @at: in @text, which is valid UTF-8
 *
 * Sets an error that says what was found at @at, and what was @expected.
 */
void
nn_text_set_found_error (GError **error,
                         const char *text,
                         const char *at,
                         const char *expected)
{
  g_autofree char *found = nn_text_dup_found (at);

  nn_text_set_error (error, NN_ERROR_SYNTAX, text, at, _ ("found %s, expected %s"), found,
                     expected);
}
