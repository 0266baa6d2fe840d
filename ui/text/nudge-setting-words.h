/* nudge-setting-words.h - settings and kinds of things, as people read them
 *
 * SPDX-License-Identifier: MIT
 *
 * Names for the keys of the engine's tables. A key that is not known here is shown as
 * it is, so that a new row of a table needs nothing here.
 */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

char *nudge_words_for_setting (const char *key);
char *nudge_words_for_wrong_setting (const char *message);
char *nudge_words_for_data (const char *name);
char *nudge_words_for_optimizer (const char *name);

G_END_DECLS
