/* nudge-setting-words.h - settings and kinds of things, as a person reads them
 *
 * SPDX-License-Identifier: MIT
 *
 * What the tables of the engine call a thing, by the key that a file has. A key that is
 * not known here is shown as it is written, so that a new row needs nothing here.
 */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

char *nudge_words_for_setting (const char *key);
char *nudge_words_for_data (const char *name);
char *nudge_words_for_optimizer (const char *name);

G_END_DECLS
