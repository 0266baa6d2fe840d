/* nudge-language.c - the language that the program speaks
 *
 * SPDX-License-Identifier: MIT
 */

#include "app/command/nudge-language.h"

#include <libintl.h>
#include <locale.h>

#include "app/command/nudge-paths.h"

static gboolean
is_translated (void)
{
  static const char header[] = ""; /* the message whose translation each catalogue has */

  return *dgettext (GETTEXT_PACKAGE, header) != '\0';
}

/**
 * nudge_language_start:
 *
 * Messages are in the language of the environment (LANGUAGE, LC_ALL, LC_MESSAGES, LANG) if
 * there is a catalogue of it, else in English: also the C library's and GLib's, so that no
 * line mixes two. Whatever else a locale says is left alone. Numbers in particular have a
 * decimal point everywhere, as files and expressions do; and the locale's other files take
 * longer to read than a short run does.
 *
 * To be called before GLib translates its first message: it then checks, once for all
 * libraries, whether this program is translated.
 */
void
nudge_language_start (void)
{
  g_autofree char *folder = nudge_paths_dup_data ("translations");

  bindtextdomain (GETTEXT_PACKAGE, folder);
  bind_textdomain_codeset (GETTEXT_PACKAGE, "UTF-8");
  textdomain (GETTEXT_PACKAGE);
  setlocale (LC_CTYPE, "");
  /* Where a terminal has not all characters, English has to do. */
  if (g_get_charset (NULL))
    setlocale (LC_MESSAGES, "");
  if (!is_translated ())
    setlocale (LC_MESSAGES, "C");
}
