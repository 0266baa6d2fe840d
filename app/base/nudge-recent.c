/* nudge-recent.c - the files that were opened or saved last, on the system's list
 *
 * SPDX-License-Identifier: MIT
 */

#include "app/base/nudge-recent.h"

#include <glib/gi18n.h>
#include <gtk/gtk.h>

#include "nn/files/nn-path.h"

#define OURS "Nudge" /* as the list has who added a file */
#define MOST 10

/**
 * nudge_recent_add:
 *
 * As the newest.
 */
void
nudge_recent_add (GFile *file)
{
  g_autofree char *uri = g_file_get_uri (file);
  g_autofree char *base = g_file_get_basename (file);
  g_autofree char *guessed = g_content_type_guess (base, NULL, 0, NULL);
  g_autofree char *mime = nn_path_has_ending (base, ".nudge")
                              ? g_strdup ("application/x-nudge")
                              : g_content_type_get_mime_type (guessed);
  char program[] = OURS;
  char command[] = "nudge %f";
  char unknown[] = "application/octet-stream";
  const GtkRecentData what = {
    .mime_type = mime ? mime : unknown,
    .app_name = program,
    .app_exec = command,
  };

  gtk_recent_manager_add_full (gtk_recent_manager_get_default (), uri, &what);
}

static int
compare_newest_first (gconstpointer a, gconstpointer b)
{
  GtkRecentInfo *const *of_a = a;
  GtkRecentInfo *const *of_b = b;

  return g_date_time_compare (gtk_recent_info_get_modified (*of_b),
                              gtk_recent_info_get_modified (*of_a));
}

/* Returns: (transfer full): what is on the list, newest first */
static GPtrArray *
dup_infos (void)
{
  GList *list = gtk_recent_manager_get_items (gtk_recent_manager_get_default ());
  GPtrArray *infos =
      g_ptr_array_new_with_free_func ((GDestroyNotify) gtk_recent_info_unref);

  for (GList *each = list; each != NULL; each = each->next)
    g_ptr_array_add (infos, each->data);
  g_list_free (list);
  g_ptr_array_sort (infos, compare_newest_first);
  return infos;
}

static void
append (GMenu *menu, const char *action, GtkRecentInfo *info)
{
  g_autofree char *name = g_strdup (gtk_recent_info_get_display_name (info));
  g_auto (GStrv) parts = g_strsplit (name, "_", -1);
  g_autofree char *label = g_strjoinv ("__", parts); /* one alone is a mnemonic */
  g_autoptr (GMenuItem) item = g_menu_item_new (label, NULL);

  g_menu_item_set_action_and_target (item, action, "s", gtk_recent_info_get_uri (info));
  g_menu_append_item (menu, item);
}

static void
fill (GMenu *menu)
{
  const char *action = g_object_get_data (G_OBJECT (menu), "action");
  g_autoptr (GPtrArray) infos = dup_infos ();
  int n = 0;

  g_menu_remove_all (menu);
  for (guint i = 0; i < infos->len && n < MOST; i++) {
    GtkRecentInfo *info = infos->pdata[i];

    if (!gtk_recent_info_has_application (info, OURS) ||
        (gtk_recent_info_is_local (info) && !gtk_recent_info_exists (info)))
      continue;
    append (menu, action, info);
    n++;
  }
  if (n == 0)
    g_menu_append (menu, _ ("No Recent Files"), "win.none");
}

/**
 * nudge_recent_keep_menu:
 * @menu: has the newest files from now on
 * @action: a literal; with a file's URI as its target it opens that file
 */
void
nudge_recent_keep_menu (GMenu *menu, const char *action)
{
  g_object_set_data_full (G_OBJECT (menu), "action", g_strdup (action), g_free);
  g_signal_connect_object (gtk_recent_manager_get_default (), "changed",
                           G_CALLBACK (fill), menu, G_CONNECT_SWAPPED);
  fill (menu);
}
