/* nn-encoding.c - converts the text of a file to UTF-8
 *
 * SPDX-License-Identifier: MIT
 */

#include "nn/files/nn-encoding.h"

#include <glib/gi18n.h>
#include <string.h>

#include "nn/base/nn-error.h"
#include "nn/base/nn-text.h"

#define SEEN           1024 /* bytes that are searched for UTF-16 without a mark */
#define MAX_PER_UNIT   3    /* bytes of UTF-8 from a code unit of another encoding */
#define UTF_8_MARK     "\xef\xbb\xbf"
#define UTF_16_LE_MARK "\xff\xfe"
#define UTF_16_BE_MARK "\xfe\xff"

static const struct {
  const char *name;   /* as Nudge writes it */
  const char *others; /* other spellings */
  const char *mark;   /* (nullable) byte order mark */
} encodings[] = {
  [NN_ENCODING_UTF_8] = { "utf-8", "utf8 utf-8-sig ascii us-ascii", UTF_8_MARK },
  [NN_ENCODING_UTF_16_LE] = { "utf-16", "utf16 utf-16le utf-16-le", UTF_16_LE_MARK },
  [NN_ENCODING_UTF_16_BE] = { "utf-16be", "utf-16-be", UTF_16_BE_MARK },
  [NN_ENCODING_LATIN_1] = { "latin-1", "latin1 iso-8859-1 iso8859-1 windows-1252 cp1252",
                            NULL },
};

/* Windows-1252's characters 0x80 to 0x9f; the five that it does not define are control
 * codes, as in Latin-1 (WHATWG, Encoding Standard, index windows-1252). */
static const guint16 windows_1252[32] = {
  0x20ac, 0x0081, 0x201a, 0x0192, 0x201e, 0x2026, 0x2020, 0x2021, 0x02c6, 0x2030, 0x0160,
  0x2039, 0x0152, 0x008d, 0x017d, 0x008f, 0x0090, 0x2018, 0x2019, 0x201c, 0x201d, 0x2022,
  0x2013, 0x2014, 0x02dc, 0x2122, 0x0161, 0x203a, 0x0153, 0x009d, 0x017e, 0x0178,
};

/* @name: in upper or lower case
 *
 * Returns: FALSE if it is not the name of a supported encoding (NN_ERROR_UNKNOWN) */
static gboolean
find_encoding (const char *name, NnEncoding *encoding, GError **error)
{
  g_autofree char *lower = g_ascii_strdown (name, -1);
  g_autofree char *quoted = nn_text_dup_quoted (name);

  for (guint i = 0; i < G_N_ELEMENTS (encodings); i++) {
    g_auto (GStrv) others = g_strsplit (encodings[i].others, " ", -1);

    if (strcmp (encodings[i].name, lower) == 0 ||
        g_strv_contains ((const char *const *) others, lower)) {
      *encoding = i;
      return TRUE;
    }
  }
  g_set_error (error, NN_ERROR, NN_ERROR_UNKNOWN,
               _ ("%s is not a supported encoding: give utf-8, utf-16 or latin-1"),
               quoted);
  return FALSE;
}

/**
 * nn_encoding_get_name:
 *
 * Returns: (transfer none): a static string: "latin-1"
 */
const char *
nn_encoding_get_name (NnEncoding encoding)
{
  return encodings[encoding].name;
}

static gboolean
has_mark (const char *bytes, gsize n_bytes, NnEncoding encoding)
{
  const char *mark = encodings[encoding].mark;

  return mark != NULL && n_bytes >= strlen (mark) &&
         memcmp (bytes, mark, strlen (mark)) == 0;
}

/* In UTF-16 every other byte of ASCII text is 0; in the other encodings none is. */
static gboolean
guess_utf_16 (const char *bytes, gsize n_bytes, NnEncoding *encoding)
{
  const gsize seen = MIN (n_bytes, SEEN) & ~(gsize) 1;
  gsize n_zeros[2] = { 0 };

  for (gsize i = 0; i < seen; i++)
    n_zeros[i % 2] += bytes[i] == '\0';
  if (MAX (n_zeros[0], n_zeros[1]) <= seen / 4 ||
      MIN (n_zeros[0], n_zeros[1]) > seen / 16)
    return FALSE;
  *encoding = n_zeros[0] > n_zeros[1] ? NN_ENCODING_UTF_16_BE : NN_ENCODING_UTF_16_LE;
  return TRUE;
}

static NnEncoding
guess (const char *bytes, gsize n_bytes)
{
  NnEncoding encoding;

  for (guint i = 0; i < G_N_ELEMENTS (encodings); i++)
    if (has_mark (bytes, n_bytes, i))
      return i;
  if (guess_utf_16 (bytes, n_bytes, &encoding))
    return encoding;
  /* A NUL is refused later, with its line. */
  return g_utf8_validate_len (bytes, n_bytes, NULL) ||
                 memchr (bytes, '\0', n_bytes) != NULL
             ? NN_ENCODING_UTF_8
             : NN_ENCODING_LATIN_1;
}

/* Returns: the line, from 1, in which @at is */
static gsize
count_lines (const char *text, const char *at)
{
  gsize line = 1;

  for (; text < at; text++)
    line += *text == '\n' || (*text == '\r' && text + 1 < at && text[1] != '\n');
  return line;
}

/* Checks what callers rely on: no NUL, and valid UTF-8.
 * @known: UTF-8 is known to be valid */
static gboolean
check (const NnText *text, gboolean known, GError **error)
{
  const char *bad = memchr (text->text, '\0', text->n_bytes);

  if (bad != NULL) {
    g_set_error (error, NN_ERROR, NN_ERROR_SYNTAX,
                 _ ("line %zu: found a byte 0, expected text"),
                 count_lines (text->text, bad));
    return FALSE;
  }
  if (!known && !g_utf8_validate_len (text->text, text->n_bytes, &bad)) {
    g_set_error (error, NN_ERROR, NN_ERROR_SYNTAX,
                 _ ("line %zu: the byte 0x%02x is not UTF-8; say another encoding, such "
                    "as latin-1"),
                 count_lines (text->text, bad), (guchar) *bad);
    return FALSE;
  }
  return TRUE;
}

static gboolean
allocate (NnText *text, gsize n_units, GError **error)
{
  text->converted = g_try_malloc (n_units * MAX_PER_UNIT + 1);
  if (text->converted != NULL)
    return TRUE;
  g_set_error_literal (error, NN_ERROR, NN_ERROR_FILE,
                       _ ("not enough memory to convert the text to UTF-8"));
  return FALSE;
}

/* Appends a character to @text. */
static void
append (NnText *text, gunichar character)
{
  text->n_bytes += (gsize) g_unichar_to_utf8 (character, text->converted + text->n_bytes);
}

static gboolean
convert_latin_1 (NnText *text, const guint8 *bytes, gsize n_bytes, GError **error)
{
  if (!allocate (text, n_bytes, error))
    return FALSE;
  for (gsize i = 0; i < n_bytes; i++)
    append (text, bytes[i] >= 0x80 && bytes[i] < 0xa0 ? windows_1252[bytes[i] - 0x80]
                                                      : bytes[i]);
  return TRUE;
}

/* Returns: code unit @i; 0 past the end */
static gunichar
get_unit (const guint8 *bytes, gsize n_bytes, gsize i, gboolean big_endian)
{
  if (2 * i + 1 >= n_bytes)
    return 0;
  return (gunichar) bytes[2 * i + big_endian] | (gunichar) bytes[2 * i + !big_endian]
                                                    << 8;
}

static gboolean
refuse_half (const NnText *text, GError **error)
{
  g_set_error (error, NN_ERROR, NN_ERROR_SYNTAX,
               _ ("line %zu: the text ends in the middle of a character of UTF-16: it is "
                  "cut short or damaged"),
               count_lines (text->converted, text->converted + text->n_bytes));
  return FALSE;
}

static gboolean
convert_utf_16 (NnText *text, const guint8 *bytes, gsize n_bytes, GError **error)
{
  const gboolean big_endian = text->encoding == NN_ENCODING_UTF_16_BE;

  if (!allocate (text, n_bytes / 2, error))
    return FALSE;
  for (gsize i = 0; i < n_bytes / 2; i++) {
    gunichar character = get_unit (bytes, n_bytes, i, big_endian);
    const gunichar next = get_unit (bytes, n_bytes, i + 1, big_endian);

    if (character >= 0xd800 && character < 0xdc00 && next >= 0xdc00 && next < 0xe000) {
      character = 0x10000 + ((character - 0xd800) << 10) + (next - 0xdc00);
      i++;
    }
    /* A lone surrogate is not a character. */
    append (text, character >= 0xd800 && character < 0xe000 ? 0xfffd : character);
  }
  return n_bytes % 2 == 0 || refuse_half (text, error);
}

/**
 * nn_encoding_read:
 * @text: (out): to be cleared by the caller, even after a failure
 * @bytes: (array length=n_bytes): borrowed while @text is used
 * @encoding: (nullable): a name in table encodings, in upper or lower case; NULL to detect
 *   it by a byte order mark, or by the bytes that occur
 *
 * Returns: FALSE if @encoding is unknown, the bytes are not valid in it or contain a NUL
 *   (NN_ERROR_SYNTAX), or memory is short (NN_ERROR_FILE)
 */
gboolean
nn_encoding_read (NnText *text,
                  const char *bytes,
                  gsize n_bytes,
                  const char *encoding,
                  GError **error)
{
  gboolean known = encoding == NULL;

  *text = (NnText){ .encoding = guess (bytes, n_bytes) };
  if (encoding != NULL) {
    const NnEncoding guessed = text->encoding;

    if (!find_encoding (encoding, &text->encoding, error))
      return FALSE;
    /* "utf-16" is either byte order. */
    if (text->encoding == NN_ENCODING_UTF_16_LE && guessed == NN_ENCODING_UTF_16_BE)
      text->encoding = guessed;
  }
  if (has_mark (bytes, n_bytes, text->encoding)) {
    known = FALSE;
    bytes += strlen (encodings[text->encoding].mark);
    n_bytes -= strlen (encodings[text->encoding].mark);
  }
  if (text->encoding == NN_ENCODING_UTF_8)
    text->n_bytes = n_bytes;
  else if (!(text->encoding == NN_ENCODING_LATIN_1 ? convert_latin_1 : convert_utf_16) (
               text, (const guint8 *) bytes, n_bytes, error))
    return FALSE;
  text->text = text->converted != NULL ? text->converted : bytes;
  return check (text, known || text->converted != NULL, error);
}

void
nn_encoding_clear (NnText *text)
{
  g_clear_pointer (&text->converted, g_free);
}
