/* window-language.c - the window in another language than English
 *
 * SPDX-License-Identifier: MIT
 */

#include "tests/app/window/window-language.h"

#include <libintl.h>
#include <locale.h>

/**
 * language_start:
 * @language: of a catalogue in NUDGE_TRANSLATIONS
 *
 * Before GTK is initialised.
 */
void
language_start (const char *language)
{
  const char *folder = g_getenv ("NUDGE_TRANSLATIONS");

  g_assert_nonnull (folder);
  g_setenv ("LANGUAGE", language, TRUE);
  g_setenv ("LC_ALL", "C.UTF-8", TRUE);
  g_assert_nonnull (setlocale (LC_ALL, ""));
  gtk_disable_setlocale ();
  bindtextdomain ("nudge", folder);
  bind_textdomain_codeset ("nudge", "UTF-8");
  textdomain ("nudge");
  g_assert_cmpstr (gettext ("Run"), !=, "Run");
}

/* What GTK's own check finds in place of a text that nothing has: it says so in quotes. */
static char *
dup_accessible (GtkWidget *widget, GtkAccessibleProperty property)
{
  g_autofree char *said = NULL;

  if (!gtk_test_accessible_has_property (GTK_ACCESSIBLE (widget), property))
    return NULL;
  said = gtk_test_accessible_check_property (GTK_ACCESSIBLE (widget), property, "\x01");
  return g_strdup (said);
}

static void
visit_accessible (GtkWidget *widget,
                  GtkAccessibleProperty property,
                  const char *what,
                  LanguageVisit visit,
                  gpointer data)
{
  g_autofree char *text = dup_accessible (widget, property);

  if (text != NULL && *text != '\0')
    visit (widget, what, text, data);
}

/**
 * language_walk:
 *
 * Visits each text of @root and of what is in it: labels, tooltips, and what assistive
 * tools are told.
 */
void
language_walk (GtkWidget *root, LanguageVisit visit, gpointer data)
{
  const char *tooltip = gtk_widget_get_tooltip_text (root);

  if (GTK_IS_LABEL (root) && *gtk_label_get_text (GTK_LABEL (root)) != '\0')
    visit (root, "label", gtk_label_get_text (GTK_LABEL (root)), data);
  if (tooltip != NULL && *tooltip != '\0')
    visit (root, "tooltip", tooltip, data);
  visit_accessible (root, GTK_ACCESSIBLE_PROPERTY_LABEL, "name", visit, data);
  visit_accessible (root, GTK_ACCESSIBLE_PROPERTY_DESCRIPTION, "description", visit,
                    data);
  for (GtkWidget *child = gtk_widget_get_first_child (root); child;
       child = gtk_widget_get_next_sibling (child))
    language_walk (child, visit, data);
}

/* As language_walk (), of every window there is. */
void
language_walk_all (LanguageVisit visit, gpointer data)
{
  g_autoptr (GList) windows = gtk_window_list_toplevels ();

  for (GList *w = windows; w; w = w->next)
    language_walk (w->data, visit, data);
}
