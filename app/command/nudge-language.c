/* nudge-language.c - the language that the program speaks
 *
 * SPDX-License-Identifier: MIT
 */

#include "app/command/nudge-language.h"

#include <libintl.h>
#include <locale.h>

#include "app/command/nudge-paths.h"

/* English needs no catalogue; the others are in resources/po/LINGUAS. */
static const NudgeLanguage languages[] = {
  { "", "" },
  { "en", "English" },
  { "zh_CN", "简体中文" },
};

/* Returns: (array length=n_languages): the first one is that of the environment */
const NudgeLanguage *
nudge_language_get_all (gsize *n_languages)
{
  *n_languages = G_N_ELEMENTS (languages);
  return languages;
}

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

/* A locale of these names is never translated. */
static gboolean
is_untranslatable (const char *locale)
{
  return g_strcmp0 (locale, "C") == 0 || g_strcmp0 (locale, "POSIX") == 0;
}

/**
 * nudge_language_prefer:
 * @code: of a language; "" for that of the environment
 *
 * For a window, before GTK is initialised, which is not to set the locale itself: all that
 * the environment says of it holds, but for the language and for numbers, which have a
 * decimal point everywhere. No other thread may be asking for the environment yet.
 */
void
nudge_language_prefer (const char *code)
{
  setlocale (LC_ALL, "");
  if (*code != '\0') {
    g_setenv ("LANGUAGE", code, TRUE);
    if (is_untranslatable (setlocale (LC_MESSAGES, NULL)))
      g_setenv ("LC_ALL", "C.UTF-8", TRUE);
    setlocale (LC_ALL, "");
  }
  setlocale (LC_NUMERIC, "C");
}
