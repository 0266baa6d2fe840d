/* nn-file-type.c - recognises what a file is by its first bytes
 *
 * SPDX-License-Identifier: MIT
 */

#include "nn/arrays/nn-file-type.h"

#include <errno.h>
#include <glib/gi18n.h>
#include <glib/gstdio.h>
#include <stdio.h>
#include <string.h>
#include <zlib.h>

#include "nn/arrays/nn-array-kind.h"
#include "nn/base/nn-error.h"
#include "nn/files/nn-chunks.h"
#include "nn/files/nn-gzip.h"
#include "nn/files/nn-json.h"
#include "nn/files/nn-path.h"
#include "nn/files/nn-text-start.h"

#define N_READ 65536 /* bytes of a file: the key "nudge" of an experiment may come late */

/* ---- other files ------------------------------------------------------------------- */

#define UNPACK     N_ ("unpack it first")
#define AS_CSV     N_ ("save the sheet as csv")
#define NO_PICTURE N_ ("save its numbers as csv or, with numpy.save, as npy")
#define AS_NPZ     N_ ("in Python, save its arrays with numpy.savez")

/* Signatures at an offset; the first row that matches counts. */
static const struct {
  gsize offset;
  const char *bytes;
  gsize n_bytes;
  const char *what;
  const char *remedy; /* (nullable) */
} signatures[] = {
#define AT(offset, bytes) offset, bytes, sizeof bytes - 1
  { AT (0, "\x89HDF\r\n\x1a\n"), N_ ("an HDF5 file (Keras)"),
    N_ ("in Python, save the model's weights with numpy.savez") },
  { AT (0, "GGUF"), N_ ("a GGUF model"), AS_NPZ },
  { AT (4, "TFL3"), N_ ("a TensorFlow Lite model"), AS_NPZ },
  { AT (0, "PAR1"), N_ ("a Parquet table"),
    N_ ("save it as csv: DataFrame.to_csv in pandas") },
  { AT (0, "ARROW1"), N_ ("an Arrow table"),
    N_ ("save it as csv: DataFrame.to_csv in pandas") },
  { AT (0, "FEA1"), N_ ("a Feather table"),
    N_ ("save it as csv: DataFrame.to_csv in pandas") },
  { AT (0, "SQLite format 3"), N_ ("an SQLite database"), N_ ("save the table as csv") },
  { AT (0, "MATLAB 5.0 MAT-file"), N_ ("a MATLAB file"),
    N_ ("in Python, read it with scipy.io.loadmat and save it with numpy.savez") },
  { AT (0, "\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"), N_ ("an old Excel or Word file"),
    AS_CSV },
  { AT (0, "\x89PNG\r\n\x1a\n"), N_ ("a PNG picture"), NO_PICTURE },
  { AT (0, "\xff\xd8\xff"), N_ ("a JPEG picture"), NO_PICTURE },
  { AT (0, "GIF8"), N_ ("a GIF picture"), NO_PICTURE },
  { AT (0, "II*\0"), N_ ("a TIFF picture"), NO_PICTURE },
  { AT (0, "MM\0*"), N_ ("a TIFF picture"), NO_PICTURE },
  { AT (8, "WEBP"), N_ ("a WebP picture"), NO_PICTURE },
  { AT (8, "WAVE"), N_ ("a sound"), NO_PICTURE },
  { AT (0, "%PDF-"), N_ ("a PDF document"), NULL },
  { AT (0, "BZh"), N_ ("a bzip2 file"), UNPACK },
  { AT (0,
        "\xfd"
        "7zXZ"),
    N_ ("an xz file"), UNPACK },
  { AT (0, "\x28\xb5\x2f\xfd"), N_ ("a Zstandard file"), UNPACK },
  { AT (0, "7z\xbc\xaf\x27\x1c"), N_ ("a 7z archive"), UNPACK },
  { AT (0, "Rar!\x1a"), N_ ("a RAR archive"), UNPACK },
  { AT (257, "ustar"), N_ ("a tar archive"), UNPACK },
  { AT (0,
        "\x7f"
        "ELF"),
    N_ ("a program"), NULL },
  { AT (0, "MZ"), N_ ("a program"), NULL },
  { AT (0, "\x80\x02"), N_ ("a Python pickle"), AS_NPZ },
  { AT (0, "\x80\x03"), N_ ("a Python pickle"), AS_NPZ },
  { AT (0, "\x80\x04"), N_ ("a Python pickle"), AS_NPZ },
  { AT (0, "\x80\x05"), N_ ("a Python pickle"), AS_NPZ },
#undef AT
};

/* Zip archives, by the name of the first member; the first row that matches counts. */
static const struct {
  const char *pattern; /* of g_pattern_match_simple () */
  const char *what;
  const char *remedy;
} archives[] = {
  { "[Content_Types].xml", N_ ("an Excel sheet or Word document"), AS_CSV },
  { "_rels/*", N_ ("an Excel sheet or Word document"), AS_CSV },
  { "docProps/*", N_ ("an Excel sheet or Word document"), AS_CSV },
  { "mimetype", N_ ("a LibreOffice document"), AS_CSV },
  { "metadata.json", N_ ("a Keras model"),
    N_ ("in Python, save the model's weights with numpy.savez") },
  { "*", N_ ("a zip archive"), UNPACK },
};

/* Text, by its start, in upper or lower case; the first row that matches counts. */
static const struct {
  const char *start;
  const char *what;
  const char *remedy; /* (nullable) */
} texts[] = {
  { "<!doctype html", N_ ("a web page"),
    N_ ("save the file itself: the link that downloads it") },
  { "<html", N_ ("a web page"), N_ ("save the file itself: the link that downloads it") },
  { "<?xml", N_ ("an XML document"), AS_CSV },
  { "<svg", N_ ("an SVG picture"), NO_PICTURE },
  { "%pdf-", N_ ("a PDF document"), NULL },
  { "version https://git-lfs", N_ ("a Git LFS pointer in place of the file"),
    N_ ("fetch the file with git lfs pull") },
  { "#!", N_ ("a script"), NULL },
  { "{\\rtf", N_ ("an RTF document"), N_ ("save it as text") },
};

static NnFileDescription
describe_other (const char *what, const char *remedy)
{
  return (NnFileDescription){ NN_FILE_TYPE_OTHER, what, remedy };
}

#define ZIP_NAME_LENGTH 26 /* offset of the length of the first member's name */
#define ZIP_NAME        30

static NnFileDescription
describe_zip (const guint8 *start, gsize n_bytes)
{
  g_autofree char *name = NULL;
  gsize i = 0;

  if (n_bytes > ZIP_NAME)
    name = g_strndup ((const char *) &start[ZIP_NAME],
                      MIN (n_bytes - ZIP_NAME,
                           start[ZIP_NAME_LENGTH] + 256u * start[ZIP_NAME_LENGTH + 1]));
  if (name == NULL || !g_utf8_validate (name, -1, NULL))
    return describe_other (N_ ("a zip archive"), UNPACK);
  while (!g_pattern_match_simple (archives[i].pattern, name))
    i++;
  return describe_other (archives[i].what, archives[i].remedy);
}

/* Whether a signature cannot be the start of a table: "MZ" can, control
 * characters cannot. */
static gboolean
is_certain (const char *bytes, gsize n_bytes)
{
  for (gsize i = 0; i < n_bytes; i++)
    if (!g_ascii_isprint (bytes[i]))
      return TRUE;
  return FALSE;
}

/* @certain: whether to skip signatures that may be text
 *
 * Returns: the index of the signature that matches; -1 if there is none */
static gssize
find_signature (const guint8 *start, gsize n_bytes, gboolean certain)
{
  for (gsize i = 0; i < G_N_ELEMENTS (signatures); i++)
    if (n_bytes >= signatures[i].offset + signatures[i].n_bytes &&
        memcmp (&start[signatures[i].offset], signatures[i].bytes,
                signatures[i].n_bytes) == 0 &&
        (!certain || is_certain (signatures[i].bytes, signatures[i].n_bytes)))
      return (gssize) i;
  return -1;
}

static NnFileDescription
describe_bytes (const guint8 *start, gsize n_bytes)
{
  gssize i;

  if (n_bytes >= 4 && memcmp (start, "PK\3\4", 4) == 0)
    return describe_zip (start, n_bytes);
  i = find_signature (start, n_bytes, FALSE);
  if (i >= 0)
    return describe_other (signatures[i].what, signatures[i].remedy);
  return describe_other (N_ ("a file of bytes that are no text and no format known here"),
                         NULL);
}

/* ---- text -------------------------------------------------------------------------- */

static const char *
skip_blanks (const char *at)
{
  return at + strspn (at, " \t\r\n");
}

static const char *
skip_string (const char *at)
{
  for (at++; *at != '\0' && *at != '"'; at++)
    if (*at == '\\' && at[1] != '\0')
      at++;
  return *at == '"' ? at + 1 : at;
}

/* Whether the top-level object of @text, JSON that may be cut off, has @key
 * (with quotes). */
static gboolean
has_key (const char *text, const char *key)
{
  int depth = 0;

  for (const char *at = text; *at != '\0';) {
    if (*at == '"') {
      const char *end = skip_string (at);

      if (depth == 1 && g_str_has_prefix (at, key) && *skip_blanks (end) == ':')
        return TRUE;
      at = end;
      continue;
    }
    depth += (*at == '{' || *at == '[') - (*at == '}' || *at == ']');
    at++;
  }
  return FALSE;
}

static gboolean
is_experiment (const guint8 *start, gsize n_bytes)
{
  g_autofree char *text = nn_text_start_dup (start, MIN (n_bytes, NN_JSON_MAX_BYTES), 80);

  if (text == NULL || *skip_blanks (text) != '{')
    return FALSE;
  g_free (text);
  text = nn_text_start_dup (start, n_bytes, NN_JSON_MAX_BYTES);
  return text != NULL && has_key (text, "\"nudge\"");
}

static NnFileDescription
describe_text (const char *text)
{
  const char *start = skip_blanks (text);

  for (gsize i = 0; i < G_N_ELEMENTS (texts); i++)
    if (g_ascii_strncasecmp (start, texts[i].start, strlen (texts[i].start)) == 0)
      return describe_other (texts[i].what, texts[i].remedy);
  if (*start == '\0')
    return describe_other (N_ ("an empty file"), NULL);
  if (*start == '{' || *start == '[')
    return describe_other (N_ ("JSON that is not an experiment"),
                           N_ ("an experiment is an object with \"nudge\": 1"));
  return (NnFileDescription){ NN_FILE_TYPE_TABLE, N_ ("a table of text (csv)"), NULL };
}

/* ---- any file ---------------------------------------------------------------------- */

static gboolean
is_gzip (const guint8 *start, gsize n_bytes)
{
  return n_bytes >= 2 && start[0] == 0x1f && start[1] == 0x8b;
}

static gboolean
is_checkpoint (const guint8 *start, gsize n_bytes)
{
  return n_bytes >= NN_CHUNKS_NAME &&
         memcmp (start, NN_CHUNKS_CHECKPOINT, NN_CHUNKS_NAME) == 0;
}

static NnFileDescription
recognise_plain (const guint8 *start, gsize n_bytes)
{
  const NnArrayFileKind *kind;
  g_autofree char *text = NULL;

  if (n_bytes == 0)
    return describe_other (N_ ("an empty file"), NULL);
  if (is_checkpoint (start, n_bytes))
    return (NnFileDescription){ NN_FILE_TYPE_CHECKPOINT, N_ ("a checkpoint"),
                                N_ ("go on from it with nudge run --resume") };
  if (is_experiment (start, n_bytes))
    return (NnFileDescription){ NN_FILE_TYPE_EXPERIMENT, N_ ("an experiment"), NULL };
  kind = nn_array_kind_recognise (start, n_bytes);
  if (kind != NULL)
    return (NnFileDescription){ NN_FILE_TYPE_ARRAYS, kind->what, NULL };
  text = nn_text_start_dup (start, n_bytes, NN_ARRAY_FILE_START);
  if (text != NULL && find_signature (start, n_bytes, TRUE) < 0)
    return describe_text (text);
  return describe_bytes (start, n_bytes);
}

/* Returns: how many bytes were decompressed */
static gsize
unpack_start (const guint8 *start, gsize n_bytes, guint8 unpacked[NN_ARRAY_FILE_START])
{
  z_stream stream = { .next_in = (guint8 *) (gsize) start,
                      .avail_in = (uInt) MIN (n_bytes, N_READ),
                      .next_out = unpacked,
                      .avail_out = NN_ARRAY_FILE_START };

  if (inflateInit2 (&stream, 16 + MAX_WBITS) != Z_OK) /* 16: gzip */
    return 0;
  inflate (&stream, Z_SYNC_FLUSH);
  inflateEnd (&stream);
  return NN_ARRAY_FILE_START - stream.avail_out;
}

static NnFileDescription
describe_packed_twice (void)
{
  return describe_other (N_ ("a gzip file in a gzip file"), UNPACK);
}

/**
 * nn_file_type_recognise:
 * @start: (array length=n_bytes): a file's first bytes, at least NN_ARRAY_FILE_START of
 *   them, or the whole file
 *
 * Returns: the type, of the contents if the file is compressed by gzip; static strings
 */
NnFileDescription
nn_file_type_recognise (const guint8 *start, gsize n_bytes)
{
  guint8 unpacked[NN_ARRAY_FILE_START];
  gsize n_unpacked;

  if (!is_gzip (start, n_bytes))
    return recognise_plain (start, n_bytes);
  n_unpacked = unpack_start (start, n_bytes, unpacked);
  if (n_unpacked == 0)
    return describe_other (N_ ("a gzip file that is damaged or empty"), NULL);
  if (is_gzip (unpacked, n_unpacked))
    return describe_packed_twice ();
  return recognise_plain (unpacked, n_unpacked);
}

/**
 * nn_file_type_recognise_unpacked:
 * @start: (array length=n_bytes): as in nn_file_type_recognise (), of what
 *   nn_gzip_read_file () has read
 *
 * Returns: the type; static strings
 */
NnFileDescription
nn_file_type_recognise_unpacked (const guint8 *start, gsize n_bytes)
{
  return nn_gzip_recognise (start, n_bytes) ? describe_packed_twice ()
                                            : nn_file_type_recognise (start, n_bytes);
}

/**
 * nn_file_type_find:
 * @path: of a file; of a pipe, the bytes read here are lost
 * @found: (out): with static strings
 *
 * Returns: FALSE if @path cannot be read (NN_ERROR_FILE)
 */
gboolean
nn_file_type_find (const char *path, NnFileDescription *found, GError **error)
{
  g_return_val_if_fail (path != NULL && found != NULL, FALSE);

  g_autofree guint8 *start = g_malloc (N_READ);
  FILE *stream = g_fopen (path, "rbe");
  gsize n_bytes = stream != NULL ? fread (start, 1, N_READ, stream) : 0;
  const int failure = stream == NULL || ferror (stream) ? errno : 0;

  if (stream != NULL)
    fclose (stream);
  if (failure != 0) {
    g_autofree char *name = nn_path_dup_display_name (path);

    g_set_error (error, NN_ERROR, NN_ERROR_FILE, _ ("cannot read %s: %s"), name,
                 nn_error_describe (failure));
    return FALSE;
  }
  *found = nn_file_type_recognise (start, n_bytes);
  return TRUE;
}
