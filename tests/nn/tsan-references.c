/* tsan-references.c - GLib's atomic reference counts, where TSan sees them
 *
 * SPDX-License-Identifier: MIT
 *
 * The thread that lets go of an object last frees it, after all others that used it. GLib is not
 * instrumented, so TSan would call that a race. These functions are part of each test under
 * TSan, and a program's own function takes the place of a library's of the same name.
 */

#include <glib.h>
#include <stdalign.h>

typedef struct {
  alignas (max_align_t) int references;
  alignas (max_align_t) char contents[];
} Box;

static Box *
box_of (gpointer contents)
{
  return (Box *) ((char *) contents - G_STRUCT_OFFSET (Box, contents));
}

void (g_atomic_ref_count_init) (gatomicrefcount *count)
{
  *count = 1;
}

void (g_atomic_ref_count_inc) (gatomicrefcount *count)
{
  g_atomic_int_inc (count);
}

gboolean (g_atomic_ref_count_dec) (gatomicrefcount *count)
{
  return g_atomic_int_dec_and_test (count);
}

gpointer (g_atomic_rc_box_alloc) (gsize size)
{
  Box *box = g_malloc (sizeof (Box) + size);

  box->references = 1;
  return box->contents;
}

gpointer (g_atomic_rc_box_alloc0) (gsize size)
{
  Box *box = g_malloc0 (sizeof (Box) + size);

  box->references = 1;
  return box->contents;
}

gpointer (g_atomic_rc_box_acquire) (gpointer contents)
{
  g_atomic_int_inc (&box_of (contents)->references);
  return contents;
}

void (g_atomic_rc_box_release_full) (gpointer contents, GDestroyNotify clear)
{
  Box *box = box_of (contents);

  if (!g_atomic_int_dec_and_test (&box->references))
    return;
  clear (contents);
  g_free (box);
}
