/* nudge-settings.c - what is remembered from one start to the next
 *
 * SPDX-License-Identifier: MIT
 */

#include "app/base/nudge-settings.h"

#include "app/command/nudge-paths.h"

#define ID "org.nudgelab.Nudge"

/* Ours comes first: an installed one may be of another version.
 *
 * Returns: (transfer full) (nullable) */
static GSettingsSchema *
find_schema (void)
{
  g_autofree char *folder = nudge_paths_dup_data ("schemas");
  GSettingsSchemaSource *system = g_settings_schema_source_get_default ();
  GSettingsSchemaSource *ours =
      g_settings_schema_source_new_from_directory (folder, system, FALSE, NULL);
  GSettingsSchema *schema;

  if (ours == NULL)
    return system ? g_settings_schema_source_lookup (system, ID, TRUE) : NULL;
  schema = g_settings_schema_source_lookup (ours, ID, TRUE);
  g_settings_schema_source_unref (ours);
  return schema;
}

/**
 * nudge_settings_get:
 *
 * Returns: (transfer none) (nullable): the same each time; %NULL without a schema
 */
GSettings *
nudge_settings_get (void)
{
  static gsize once;
  static GSettings *settings;

  if (g_once_init_enter (&once)) {
    g_autoptr (GSettingsSchema) schema = find_schema ();

    if (schema != NULL)
      settings = g_settings_new_full (schema, NULL, NULL);
    g_once_init_leave (&once, 1);
  }
  return settings;
}

/**
 * nudge_settings_are_kept:
 *
 * Returns: whether the next start will find what is set now: not without a schema, nor
 *   where GLib has nowhere to keep settings but memory
 */
gboolean
nudge_settings_are_kept (void)
{
  GSettings *settings = nudge_settings_get ();
  g_autoptr (GObject) backend = NULL;

  if (settings == NULL)
    return FALSE;
  g_object_get (settings, "backend", &backend, NULL);
  return !g_str_equal (G_OBJECT_TYPE_NAME (backend), "GMemorySettingsBackend");
}

/* Returns: (nullable): the settings, if they have @key */
static GSettings *
get_with_key (const char *key)
{
  GSettings *settings = nudge_settings_get ();
  g_autoptr (GSettingsSchema) schema = NULL;

  if (settings == NULL)
    return NULL;
  g_object_get (settings, "settings-schema", &schema, NULL);
  return g_settings_schema_has_key (schema, key) ? settings : NULL;
}

/**
 * nudge_settings_bind:
 *
 * @property and @key follow each other for as long as @object is there.
 */
void
nudge_settings_bind (const char *key, gpointer object, const char *property)
{
  GSettings *settings = get_with_key (key);

  if (settings != NULL)
    g_settings_bind (settings, key, object, property, G_SETTINGS_BIND_DEFAULT);
}

/**
 * nudge_settings_remember:
 *
 * @property becomes what @key is, and @key from then on what @property becomes; so each
 * of several windows has its own, and the last change is remembered.
 */
void
nudge_settings_remember (const char *key, gpointer object, const char *property)
{
  GSettings *settings = get_with_key (key);

  if (settings != NULL)
    g_settings_bind (settings, key, object, property,
                     G_SETTINGS_BIND_DEFAULT | G_SETTINGS_BIND_GET_NO_CHANGES);
}

/**
 * nudge_settings_get_boolean:
 * @otherwise: what it is without the key
 */
gboolean
nudge_settings_get_boolean (const char *key, gboolean otherwise)
{
  GSettings *settings = get_with_key (key);

  return settings ? g_settings_get_boolean (settings, key) : otherwise;
}

/**
 * nudge_settings_get_int:
 * @otherwise: what it is without the key
 */
int
nudge_settings_get_int (const char *key, int otherwise)
{
  GSettings *settings = get_with_key (key);

  return settings ? g_settings_get_int (settings, key) : otherwise;
}

/**
 * nudge_settings_get_double:
 * @otherwise: what it is without the key
 */
double
nudge_settings_get_double (const char *key, double otherwise)
{
  GSettings *settings = get_with_key (key);

  return settings ? g_settings_get_double (settings, key) : otherwise;
}

/**
 * nudge_settings_dup_string:
 *
 * Returns: (transfer full): "" without the key
 */
char *
nudge_settings_dup_string (const char *key)
{
  GSettings *settings = get_with_key (key);

  return settings ? g_settings_get_string (settings, key) : g_strdup ("");
}

void
nudge_settings_set_boolean (const char *key, gboolean value)
{
  GSettings *settings = get_with_key (key);

  if (settings != NULL)
    g_settings_set_boolean (settings, key, value);
}

void
nudge_settings_set_int (const char *key, int value)
{
  GSettings *settings = get_with_key (key);

  if (settings != NULL)
    g_settings_set_int (settings, key, value);
}

void
nudge_settings_set_double (const char *key, double value)
{
  GSettings *settings = get_with_key (key);

  if (settings != NULL)
    g_settings_set_double (settings, key, value);
}
