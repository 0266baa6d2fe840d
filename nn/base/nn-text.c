/* nn-text.c - errors with a column, for the parsers of short texts
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
 * To be called before parsing: the other functions here need valid UTF-8.
 *
 * Returns: FALSE if @text is longer than NN_TEXT_BYTES or not UTF-8 (NN_ERROR_SYNTAX)
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
 * @text: a title, story or other sentence from an experiment file
 *
 * The sentences of the demos and lessons that come with the program are in its
 * message catalogue.
 *
 * Returns: (transfer none): the translation, or @text itself if there is none
 */
const char *
nn_text_get_translated (const char *text)
{
  return *text == '\0' ? text : gettext (text); /* "" is the catalogue's header */
}

/**
 * nn_text_replace_controls:
 * @text: which is not ours, and is shown: a control character could begin a new line, or
 *   control the terminal
 */
void
nn_text_replace_controls (char *text, char with)
{
  for (char *at = text; *at != '\0'; at++)
    if (g_ascii_iscntrl (*at))
      *at = with;
}

/**
 * nn_text_skip_space:
 *
 * Returns: (transfer none): the first character from @at on that is not ASCII white space
 */
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
 * Returns: (transfer full): up to 40 characters of @text in quotes, with U+FFFD for what
 *   is not valid or not printable, so that it is safe on a terminal
 */
char *
nn_text_dup_quoted (const char *text)
{
  /* At most 4 bytes a character, and one character more, to know whether to add "…". */
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
 * @at: valid UTF-8
 *
 * Returns: (transfer full): the word, number or character at @at as an error message
 *   quotes it: "'fc1.weight'", or "the end"
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
 * @text: the whole text
 * @at: (not nullable): a position in @text, which is valid UTF-8 up to there
 * @format: translated, of printf ()
 *
 * Sets an error whose message is prefixed with the column of @at: "column 7: …".
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
 * @at: a position in @text, which is valid UTF-8
 * @expected: translated: "a number"
 *
 * Sets an NN_ERROR_SYNTAX: "column 7: found 'x', expected a number".
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
