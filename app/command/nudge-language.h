/* nudge-language.h - the language that the program speaks
 *
 * SPDX-License-Identifier: MIT
 */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* One that the program speaks. */
typedef struct {
  const char *code; /* of a catalogue; "": as the environment says */
  const char *name; /* in the language itself */
} NudgeLanguage;

const NudgeLanguage *nudge_language_get_all (gsize *n_languages);

void nudge_language_start (void);
void nudge_language_prefer (const char *code);

G_END_DECLS
