/* nudge-help-pages.c - the pages of the help, in the user's language and in order
 *
 * SPDX-License-Identifier: MIT
 */

#include "app/help/nudge-help-pages.h"

#include <gio/gio.h>
#include <glib/gi18n.h>
#include <string.h>

#include "nn/expression/nn-catalogue.h"

#define FOLDER "/org/nudgelab/Nudge/help/"

struct _NudgeHelpPages {
  char *folder;     /* (owned) a resource's path */
  GPtrArray *pages; /* (element-type NudgeHelpPage) (owned) */
};

/* ---- where they come from ---------------------------------------------------------- */

/* Of the user's languages the first that there is; pages are written in C's. */
static char *
find_folder (void)
{
  const char *const *languages = g_get_language_names ();

  for (gsize i = 0; languages[i]; i++) {
    g_autofree char *folder = g_strconcat (FOLDER, languages[i], NULL);
    g_auto (GStrv) files = g_resources_enumerate_children (folder, 0, NULL);

    if (files != NULL)
      return g_steal_pointer (&folder);
  }
  return g_strdup (FOLDER "C");
}

static void
add_page (NudgeHelpPages *self, const char *xml, gssize length, const char *name)
{
  g_autoptr (GError) error = NULL;
  NudgeHelpPage *page = nudge_help_page_new (xml, length, &error);

  if (page)
    g_ptr_array_add (self->pages, page);
  else
    g_critical ("%s: %s", name, error->message); /* the build has checked it */
}

/* The index has links to the others, for Yelp. */
static void
add_files (NudgeHelpPages *self)
{
  g_auto (GStrv) files = g_resources_enumerate_children (self->folder, 0, NULL);

  for (gsize i = 0; files && files[i]; i++) {
    g_autofree char *path = g_strconcat (self->folder, "/", files[i], NULL);
    g_autoptr (GBytes) bytes = NULL;
    gsize length;
    const char *xml;

    if (!g_str_has_suffix (files[i], ".page") || g_str_equal (files[i], "index.page"))
      continue;
    bytes = g_resources_lookup_data (path, 0, NULL);
    xml = g_bytes_get_data (bytes, &length);
    add_page (self, xml, (gssize) length, files[i]);
  }
}

static void
add_functions (NudgeHelpPages *self)
{
  g_autoptr (GString) xml = g_string_new (NULL);
  gsize n;
  const NnFunction *functions = nn_catalogue_get (&n);

  g_string_append_printf (xml,
                          "<page id=\"functions\"><info><title type=\"sort\">7</title>"
                          "</info><title>%s</title><p>%s</p><terms>",
                          _ ("Functions with a name"), _ ("w is a weight, a the amount"));
  for (gsize i = 0; i < n; i++) {
    g_autofree char *item = g_markup_printf_escaped (
        "<item><title>%s <code>%s</code></title><p>%s</p></item>", functions[i].name,
        functions[i].symbol, _ (functions[i].sentence));

    g_string_append (xml, item);
  }
  g_string_append (xml, "</terms></page>");
  add_page (self, xml->str, (gssize) xml->len, "functions");
}

static int
compare_pages (gconstpointer a, gconstpointer b)
{
  const NudgeHelpPage *x = *(NudgeHelpPage *const *) a, *y = *(NudgeHelpPage *const *) b;

  return g_strcmp0 (x->sort, y->sort);
}

NudgeHelpPages *
nudge_help_pages_new (void)
{
  NudgeHelpPages *self = g_new0 (NudgeHelpPages, 1);

  self->folder = find_folder ();
  self->pages = g_ptr_array_new_with_free_func ((GDestroyNotify) nudge_help_page_free);
  add_files (self);
  add_functions (self);
  g_ptr_array_sort (self->pages, compare_pages);
  return self;
}

void
nudge_help_pages_free (NudgeHelpPages *self)
{
  g_free (self->folder);
  g_ptr_array_unref (self->pages);
  g_free (self);
}

/* ---- reading ----------------------------------------------------------------------- */

guint
nudge_help_pages_get_n (const NudgeHelpPages *self)
{
  return self->pages->len;
}

const NudgeHelpPage *
nudge_help_pages_get (const NudgeHelpPages *self, guint index)
{
  return self->pages->pdata[index];
}

const char *
nudge_help_pages_get_id (const NudgeHelpPages *self, guint index)
{
  return nudge_help_pages_get (self, index)->root->id;
}

/* Returns: a resource's path, where pictures are */
const char *
nudge_help_pages_get_folder (const NudgeHelpPages *self)
{
  return self->folder;
}

/* Returns: an index, or -1 if there is no page @id */
gssize
nudge_help_pages_find (const NudgeHelpPages *self, const char *id)
{
  for (guint i = 0; i < self->pages->len; i++)
    if (g_str_equal (nudge_help_pages_get_id (self, i), id))
      return i;
  return -1;
}
