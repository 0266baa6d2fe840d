/* nn-file.c - reads and writes whole files, like g_file_get_contents ()
 *
 * SPDX-License-Identifier: MIT
 */

#include "nn/files/nn-file.h"

#include <errno.h>
#include <glib/gi18n.h>
#include <glib/gstdio.h>
#include <stdio.h>
#include <sys/stat.h>
#include <unistd.h>

#include "nn/base/nn-error.h"
#include "nn/base/nn-memory.h"
#include "nn/files/nn-atomic-file.h"
#include "nn/files/nn-path.h"

#define PIECE 65536 /* bytes read at a time from a stream of unknown size */

/* A stream of unknown size, such as a pipe, may fill this part of the memory. What is made
 * of it takes more: a table's column of one digit a line is twice as large in numbers. */
#define STREAM_FRACTION 4

/* Less than this is not compared: reading the available memory takes longer than a
 * short file. */
#define LITTLE (16 * 1024 * 1024)

/* Failures that are none of errno's, which are positive. */
enum {
  IS_DEVICE = -1,
  IS_TOO_LONG = -2, /* a stream of unknown size */
};

/* What was read so far; terminated by NUL in the end. */
typedef struct {
  char *bytes; /* (owned) (nullable) */
  gsize length;
  gsize capacity;
  gboolean is_device;  /* other than a terminal, which has an end: Ctrl-D */
  gsize most_bytes;    /* larger files are refused */
  gsize most_memory;   /* likewise longer streams, of unknown size */
  NnFileWanted wanted; /* (nullable) not yet asked; NULL for a file with a size */
} Contents;

static gboolean
grow (Contents *self, gsize capacity)
{
  char *bytes = g_try_realloc (self->bytes, capacity);

  if (bytes == NULL)
    return FALSE;
  self->bytes = bytes;
  self->capacity = capacity;
  return TRUE;
}

/**
 * nn_file_get_memory_limit:
 *
 * Returns: the maximal number of bytes to read from a stream of unknown size: a quarter
 *   of the memory that is available
 */
gsize
nn_file_get_memory_limit (void)
{
  const guint64 available = nn_memory_get_available ();

  return available == G_MAXUINT64 ? G_MAXSSIZE - 1 : (gsize) available / STREAM_FRACTION;
}

/*
 * Sets @contents to what may be read of @stream at all.
 * Returns: 0, or why @stream cannot be read
 */
static int
prepare (FILE *stream, Contents *contents)
{
  struct stat info;

  if (fstat (fileno (stream), &info) != 0)
    return errno;
  contents->is_device =
      S_ISBLK (info.st_mode) || (S_ISCHR (info.st_mode) && !isatty (fileno (stream)));
  contents->most_memory = G_MAXSSIZE - 1;
  if (!S_ISREG (info.st_mode)) {
    contents->most_memory = nn_file_get_memory_limit ();
    return grow (contents, PIECE) ? 0 : ENOMEM;
  }
  contents->wanted = NULL;
  if ((guint64) info.st_size > contents->most_bytes)
    return EFBIG;
  if (info.st_size > LITTLE && (guint64) info.st_size > nn_memory_get_available ())
    return ENOMEM;
  /* One more for the NUL, and one to detect that the file has grown. */
  return grow (contents, (gsize) info.st_size + 2) ? 0 : ENOMEM;
}

/* Asks once, as soon as there is enough. */
static gboolean
is_unwanted (Contents *self)
{
  NnFileWanted wanted = self->wanted;

  if (wanted == NULL || self->length < NN_FILE_START)
    return FALSE;
  self->wanted = NULL;
  return !wanted ((const guint8 *) self->bytes, self->length);
}

/* Returns: 0, or why not all of @stream was read into @contents, unless that is because
 *   it is not wanted */
static int
read_stream (FILE *stream, Contents *contents)
{
  int failure = prepare (stream, contents);
  gsize n;

  if (failure != 0)
    return failure;
  while ((n = fread (&contents->bytes[contents->length], 1,
                     contents->capacity - contents->length - 1, stream)) > 0) {
    contents->length += n;
    if (contents->is_device) /* /dev/null has nothing, others have no end */
      return IS_DEVICE;
    if (contents->length > contents->most_bytes)
      return EFBIG;
    if (contents->length > contents->most_memory)
      return IS_TOO_LONG;
    if (is_unwanted (contents))
      break;
    if (contents->length + 1 == contents->capacity &&
        !grow (contents, MIN (2 * contents->capacity, contents->most_memory) + PIECE))
      return ENOMEM;
  }
  contents->bytes[contents->length] = '\0';
  return ferror (stream) ? errno : 0;
}

static void
set_read_error (GError **error, const char *path, int failure, const Contents *contents)
{
  g_autofree char *name = nn_path_dup_display_name (path);
  g_autofree char *most = nn_memory_dup_size (contents->most_memory);

  if (failure == EINTR)
    g_set_error_literal (error, NN_ERROR, NN_ERROR_CANCELLED, _ ("cancelled"));
  else if (failure == IS_DEVICE)
    g_set_error (error, NN_ERROR, NN_ERROR_FILE,
                 _ ("cannot read %s: it is a device, name a file"), name);
  else if (failure == EFBIG)
    g_set_error (error, NN_ERROR, NN_ERROR_FILE,
                 _ ("cannot read %s: it is larger than %zu bytes"), name,
                 contents->most_bytes);
  else if (failure == IS_TOO_LONG)
    g_set_error (error, NN_ERROR, NN_ERROR_MEMORY,
                 _ ("cannot read %s: it has not ended after %s, a quarter of the memory "
                    "that there is"),
                 name, most);
  else if (failure == ENOMEM)
    g_set_error (error, NN_ERROR, NN_ERROR_MEMORY,
                 _ ("cannot read %s: it is larger than the memory that is free"), name);
  else
    g_set_error (error, NN_ERROR, NN_ERROR_FILE, _ ("cannot read %s: %s"), name,
                 nn_error_describe (failure));
}

/**
 * nn_file_read:
 * @most_bytes: larger files are refused; an endless pipe is refused after so many bytes, or
 *   a quarter of the memory that is available (NN_ERROR_MEMORY), and a device that has any,
 *   but for a terminal, at once
 * @n_bytes: (out)
 *
 * Needs as much memory as the file is large.
 *
 * Returns: (transfer full) (nullable): the contents, terminated by NUL; NULL if the file
 *   cannot be read (NN_ERROR_FILE), needs more memory than there is (NN_ERROR_MEMORY), or a
 *   signal came (NN_ERROR_CANCELLED)
 */
char *
nn_file_read (const char *path, gsize most_bytes, gsize *n_bytes, GError **error)
{
  return nn_file_read_wanted (path, most_bytes, NULL, n_bytes, error);
}

/**
 * nn_file_read_wanted:
 * @wanted: (nullable): asked once about a stream of unknown size, if it is no shorter than
 *   NN_FILE_START
 *
 * nn_file_read () that stops in a stream which is not wanted, as it may have no end.
 *
 * Returns: (transfer full) (nullable): the contents, or the first bytes of what is not
 *   wanted
 */
char *
nn_file_read_wanted (const char *path,
                     gsize most_bytes,
                     NnFileWanted wanted,
                     gsize *n_bytes,
                     GError **error)
{
  g_return_val_if_fail (path != NULL && most_bytes < G_MAXSSIZE, NULL);

  Contents contents = { .most_bytes = most_bytes, .wanted = wanted };
  FILE *stream = g_fopen (path, "rbe");
  int failure = stream == NULL ? errno : read_stream (stream, &contents);

  if (stream != NULL)
    fclose (stream);
  if (failure != 0) {
    g_free (contents.bytes);
    set_read_error (error, path, failure, &contents);
    return NULL;
  }
  *n_bytes = contents.length;
  return contents.bytes;
}

/**
 * nn_file_replace:
 * @bytes: (nullable) (array length=n_bytes): may be NULL if @n_bytes is 0
 *
 * Replaces the contents of @path atomically (nn-atomic-file.h).
 *
 * Returns: FALSE if it cannot be written (NN_ERROR_FILE); then an existing file
 *   is unchanged
 */
gboolean
nn_file_replace (const char *path, const void *bytes, gsize n_bytes, GError **error)
{
  g_return_val_if_fail (path != NULL && (bytes != NULL || n_bytes == 0), FALSE);

  g_autoptr (NnAtomicFile) file = nn_atomic_file_new (path, error);

  return file != NULL &&
         (n_bytes == 0 || nn_atomic_file_write (file, bytes, n_bytes, error)) &&
         nn_atomic_file_commit (file, error);
}
