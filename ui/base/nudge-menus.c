/* nudge-menus.c - the application's menus, each built once
 *
 * SPDX-License-Identifier: MIT
 *
 * Not in the templates: GtkBuilder 4.8 forgets to free the items of a menu, which each
 * window and each row of a list would leave.
 */

#include "ui/base/nudge-menus.h"

#include <gtk/gtk.h>

/**
 * nudge_menus_get:
 * @id: of one in nudge-menus.ui
 *
 * Returns: (transfer none): the same each time, as menus do not change
 */
GMenuModel *
nudge_menus_get (const char *id)
{
  static GtkBuilder *builder;

  if (!builder)
    builder = gtk_builder_new_from_resource ("/org/nudgelab/Nudge/ui/nudge-menus.ui");
  return G_MENU_MODEL (gtk_builder_get_object (builder, id));
}
