/* nn-json-parse.c - parses JSON text strictly, with line and column in errors
 *
 * SPDX-License-Identifier: MIT
 */

#include "nn/files/nn-json-parse.h"

#include <glib/gi18n.h>
#include <locale.h>
#include <string.h>

#include "nn/base/nn-error.h"
#include "nn/files/nn-encoding.h"

static void
set_syntax_error (GError **error, const char *text, const char *at, const char *message)
{
  gsize line = 1;
  const char *start = text;

  for (const char *c = text; c < at; c++)
    if (*c == '\n') {
      line++;
      start = c + 1;
    }
  g_set_error (error, NN_ERROR, NN_ERROR_SYNTAX, _ ("line %zu, column %ld: %s"), line,
               g_utf8_pointer_to_offset (start, at) + 1, message);
}

/**
 * nn_json_check_text:
 *
 * @text: (array length=n_bytes): any bytes
 *
 * Checks in advance, without the memory that a document takes, what nn_json_parse ()
 * would refuse: text that is not UTF-8, is too long or has too many values.
 *
 * Returns: FALSE if so (NN_ERROR_SYNTAX)
 */
gboolean
nn_json_check_text (const char *text, gsize n_bytes, GError **error)
{
  gsize n_values = 1;
  const char *end;

  if (n_bytes > NN_JSON_MAX_BYTES) {
    g_set_error (error, NN_ERROR, NN_ERROR_SYNTAX, _ ("it is larger than %d MiB"),
                 NN_JSON_MAX_BYTES / (1024 * 1024));
    return FALSE;
  }
  if (!g_utf8_validate_len (text, n_bytes, &end)) {
    g_autofree char *message =
        g_strdup_printf (_ ("found the byte 0x%02x, expected UTF-8 text"), (guchar) *end);

    set_syntax_error (error, text, end, message);
    return FALSE;
  }
  /* An upper bound: every value but the first of an array or object follows a comma. */
  for (gsize i = 0; i < n_bytes; i++)
    n_values += text[i] == ',' || text[i] == '[' || text[i] == '{';
  if (n_values > NN_JSON_MAX_VALUES) {
    g_set_error (error, NN_ERROR, NN_ERROR_SYNTAX, _ ("it holds more than %d values"),
                 NN_JSON_MAX_VALUES);
    return FALSE;
  }
  return TRUE;
}

/**
 * nn_json_dup_shown:
 * @text: any bytes
 *
 * Returns: (transfer full): up to @n_characters of @text for a message, with U+FFFD for
 *   what is not valid or not printable, so that it is safe on a terminal
 */
char *
nn_json_dup_shown (const char *text, gsize n_characters)
{
  g_autofree char *valid =
      g_utf8_make_valid (text, (gssize) MIN (strlen (text), 4 * (n_characters + 1)));
  GString *shown = g_string_new (NULL);
  const char *at = valid;

  for (gsize i = 0; i < n_characters && *at != '\0'; i++, at = g_utf8_next_char (at)) {
    gunichar character = g_utf8_get_char (at);

    g_string_append_unichar (shown, g_unichar_isprint (character) ? character : 0xfffd);
  }
  if (*at != '\0')
    g_string_append (shown, "…");
  return g_string_free (shown, FALSE);
}

/* What jansson says, but for those of its messages that have a number in them. */
static const char *const parse_messages[] = {
  N_ ("'[' or '{' expected"),
  N_ ("end of file expected"),
  N_ ("string or '}' expected"),
  N_ ("'}' expected"),
  N_ ("']' expected"),
  N_ ("':' expected"),
  N_ ("unexpected token"),
  N_ ("invalid token"),
  N_ ("premature end of input"),
  N_ ("unexpected newline"),
  N_ ("invalid escape"),
  N_ ("too big integer"),
  N_ ("too big negative integer"),
  N_ ("real number overflow"),
  N_ ("maximum parsing depth reached"),
  N_ ("duplicate object key"),
};

/* In the user's language; English stays as it is.
 *
 * Returns: (transfer full) */
static char *
translate (const char *text)
{
  for (gsize i = 0; i < G_N_ELEMENTS (parse_messages); i++) {
    const char *rest = text + strlen (parse_messages[i]);
    g_autofree char *near = NULL;

    if (!g_str_has_prefix (text, parse_messages[i]))
      continue;
    if (*rest == '\0')
      return g_strdup (_ (parse_messages[i]));
    if (g_str_equal (rest, " near end of file"))
      /* Translators: one of the messages before, "'}' expected" */
      return g_strdup_printf (_ ("%s near end of file"), _ (parse_messages[i]));
    if (!g_str_has_prefix (rest, " near '"))
      continue;
    near = g_strdup (rest + strlen (" near "));
    /* Translators: one of the messages before, and the text there in quotation marks */
    return g_strdup_printf (_ ("%s near %s"), _ (parse_messages[i]), near);
  }
  return g_strdup (text);
}

static void
set_parse_error (GError **error, const json_error_t *failure)
{
  g_autofree char *text = nn_json_dup_shown (failure->text, sizeof failure->text);
  g_autofree char *translated = translate (text);
  const char *message = translated;
  const char *remedy = "";

  /* jansson's own message for this mentions its flags. */
  if (json_error_code (failure) == json_error_null_character)
    message = _ ("found \\u0000, which is not allowed in a text");
  if (json_error_code (failure) == json_error_duplicate_key)
    remedy = _ (": remove one of the two");
  g_set_error (error, NN_ERROR, NN_ERROR_SYNTAX, _ ("line %d, column %d: %s%s"),
               failure->line, MAX (failure->column, 1), message, remedy);
}

static gboolean
is_blank (const char *text, gsize n_bytes)
{
  gsize n = 0;

  while (n < n_bytes && g_ascii_isspace (text[n]))
    n++;
  return n == n_bytes;
}

/* @text: UTF-8 without a byte order mark */
static json_t *
parse (const char *text, gsize n_bytes, GError **error)
{
  json_error_t failure;
  json_t *root;
  locale_t c;
  locale_t before;

  if (!nn_json_check_text (text, n_bytes, error))
    return NULL;
  if (is_blank (text, n_bytes)) {
    g_set_error_literal (error, NN_ERROR, NN_ERROR_SYNTAX, _ ("it is empty"));
    return NULL;
  }

  /* jansson looks up the locale's decimal point, and asserts that it is a single byte. */
  c = newlocale (LC_NUMERIC_MASK, "C", (locale_t) 0);
  before = uselocale (c);
  root = json_loadb (text, n_bytes, JSON_REJECT_DUPLICATES, &failure);
  uselocale (before);
  freelocale (c);

  if (root == NULL)
    set_parse_error (error, &failure);
  return root;
}

/* Whether it is UTF-16, or begins with a byte order mark, as editors on Windows
 * save it. */
static gboolean
is_to_be_decoded (const char *text, gsize n_bytes)
{
  return n_bytes >= 2 &&
         (text[0] == '\0' || text[1] == '\0' || strncmp (text, "\xff\xfe", 2) == 0 ||
          strncmp (text, "\xfe\xff", 2) == 0 || strncmp (text, "\xef\xbb", 2) == 0);
}

/**
 * nn_json_parse:
 * @text: (array length=n_bytes): any bytes; UTF-16 is read too
 *
 * Returns: (transfer full) (nullable): the document, an object or an array; NULL with the
 *   line and column of what is not JSON, or of a duplicate key (NN_ERROR_SYNTAX)
 */
json_t *
nn_json_parse (const char *text, gsize n_bytes, GError **error)
{
  g_auto (NnText) decoded = { NULL };

  if (!is_to_be_decoded (text, n_bytes) || n_bytes > NN_JSON_MAX_BYTES)
    return parse (text, n_bytes, error);
  if (!nn_encoding_read (&decoded, text, n_bytes, NULL, error))
    return NULL;
  return parse (decoded.text, decoded.n_bytes, error);
}
