/* nn-in-place.c - what a reader of arrays keeps if the file stays on disk
 *
 * SPDX-License-Identifier: MIT
 */

#define _GNU_SOURCE /* O_TMPFILE */

#include "nn/files/nn-in-place.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gi18n.h>
#include <glib/gstdio.h>
#include <unistd.h>

#include "nn/base/nn-error.h"
#include "nn/files/nn-path.h"
#include "nn/files/nn-temporary.h"

static void
free_other (gpointer data)
{
  NnOtherArray *other = data;

  g_free (other->name);
  g_free (other->type);
  g_free (other->shape);
  g_bytes_unref (other->bytes);
  g_free (other);
}

static void
free_unpacked (gpointer data)
{
  NnUnpackedMember *unpacked = data;

  nn_mapped_file_free (unpacked->file);
  g_free (unpacked);
}

/**
 * nn_in_place_new:
 * @folder: for temporary files, one for each compressed array
 *
 * Returns: (transfer full)
 */
NnInPlace *
nn_in_place_new (const char *folder)
{
  NnInPlace *self = g_new0 (NnInPlace, 1);

  self->folder = g_strdup (folder);
  self->unpacked = g_ptr_array_new_with_free_func (free_unpacked);
  self->others = g_ptr_array_new_with_free_func (free_other);
  return self;
}

void
nn_in_place_free (NnInPlace *self)
{
  g_ptr_array_unref (self->unpacked);
  g_ptr_array_unref (self->others);
  g_free (self->folder);
  g_free (self);
}

/**
 * nn_in_place_add_other:
 * @shape: (nullable)
 */
void
nn_in_place_add_other (NnInPlace *self,
                       const char *name,
                       const char *type,
                       const char *shape,
                       GBytes *bytes)
{
  NnOtherArray *other = g_new0 (NnOtherArray, 1);

  other->name = g_strdup (name);
  other->type = g_strdup (type);
  other->shape = g_strdup (shape);
  other->bytes = g_bytes_ref (bytes);
  g_ptr_array_add (self->others, other);
}

/**
 * nn_in_place_create_file:
 *
 * Returns: a file descriptor of a new file without a name, for reading and
 *   writing, which disappears when it is closed, even by a crash; -1 if it cannot
 *   be made (NN_ERROR_FILE)
 */
int
nn_in_place_create_file (const char *folder, GError **error)
{
  int fd = g_open (folder, O_TMPFILE | O_RDWR | O_CLOEXEC, 0600);
  char *path;

  if (fd >= 0)
    return fd;
  /* Not every file system supports O_TMPFILE. */
  path = nn_temporary_create (folder, &fd);
  if (path == NULL) {
    g_autofree char *name = nn_path_dup_display_name (folder);

    g_set_error (error, NN_ERROR, NN_ERROR_FILE, _ ("cannot create a file in %s: %s"),
                 name, nn_error_describe (errno));
    return -1;
  }
  g_unlink (path);
  nn_temporary_free (path);
  return fd;
}
