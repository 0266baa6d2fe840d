/* nudge-settings.h - what is remembered from one start to the next
 *
 * SPDX-License-Identifier: MIT
 *
 * The keys are those of resources/schemas. If the schema is missing, or has no such key,
 * all of these do nothing, and nothing is remembered. Main thread only.
 */

#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

GSettings *nudge_settings_get (void);
gboolean nudge_settings_are_kept (void);

void nudge_settings_bind (const char *key, gpointer object, const char *property);
void nudge_settings_remember (const char *key, gpointer object, const char *property);

gboolean nudge_settings_get_boolean (const char *key, gboolean otherwise);
int nudge_settings_get_int (const char *key, int otherwise);
char *nudge_settings_dup_string (const char *key);
double nudge_settings_get_double (const char *key, double otherwise);
void nudge_settings_set_boolean (const char *key, gboolean value);
void nudge_settings_set_int (const char *key, int value);
void nudge_settings_set_double (const char *key, double value);

G_END_DECLS
