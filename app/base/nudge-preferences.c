/* nudge-preferences.c - what the user prefers, applied to all windows
 *
 * SPDX-License-Identifier: MIT
 */

#include "app/base/nudge-preferences.h"

#include "app/base/nudge-settings.h"
#include "ui/base/nudge-colours.h"

#define LEAST_SIZE 50 /* percent */
#define USUAL_SIZE 100
#define MOST_SIZE  300

struct _NudgePreferences {
  GObject parent_instance;

  int text_size;
  gboolean still;
  int pair;
  gboolean autosave;
  double start_speed;
  char *language; /* (owned) a code; "": the system's */
};

enum {
  PROP_TEXT_SIZE = 1,
  PROP_STILL,
  PROP_PAIR,
  PROP_AUTOSAVE,
  PROP_START_SPEED,
  PROP_LANGUAGE,
  N_PROPS,
};

static GParamSpec *props[N_PROPS];

G_DEFINE_FINAL_TYPE (NudgePreferences, nudge_preferences, G_TYPE_OBJECT)

/* --- What comes of it -------------------------------------------------------------- */

/* In percent of the system's size, which is read behind our own setting. */
static void
set_text_size (NudgePreferences *self, int size)
{
  GtkSettings *settings = gtk_settings_get_default ();
  int dpi = -1;

  self->text_size = size;
  gtk_settings_reset_property (settings, "gtk-xft-dpi");
  g_object_get (settings, "gtk-xft-dpi", &dpi, NULL);
  if (size != USUAL_SIZE && dpi > 0)
    g_object_set (settings, "gtk-xft-dpi", dpi * size / USUAL_SIZE, NULL);
}

static void
set_still (NudgePreferences *self, gboolean still)
{
  GtkSettings *settings = gtk_settings_get_default ();

  self->still = still;
  gtk_settings_reset_property (settings, "gtk-enable-animations");
  if (still)
    g_object_set (settings, "gtk-enable-animations", FALSE, NULL);
}

static void
set_pair (NudgePreferences *self, int pair)
{
  self->pair = pair;
  g_object_set (nudge_colours_get (), "pair", pair, NULL);
}

/* In force from the next start on. */
static void
set_language (NudgePreferences *self, const char *language)
{
  g_free (self->language);
  self->language = g_strdup (language ? language : "");
}

/* --- Properties -------------------------------------------------------------------- */

static void
nudge_preferences_get_property (GObject *object,
                                guint id,
                                GValue *value,
                                GParamSpec *pspec)
{
  NudgePreferences *self = NUDGE_PREFERENCES (object);

  if (id == PROP_TEXT_SIZE)
    g_value_set_int (value, self->text_size);
  else if (id == PROP_STILL)
    g_value_set_boolean (value, self->still);
  else if (id == PROP_PAIR)
    g_value_set_int (value, self->pair);
  else if (id == PROP_AUTOSAVE)
    g_value_set_boolean (value, self->autosave);
  else if (id == PROP_START_SPEED)
    g_value_set_double (value, self->start_speed);
  else if (id == PROP_LANGUAGE)
    g_value_set_string (value, self->language);
  else
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
}

static void
set_value (NudgePreferences *self, guint id, const GValue *value)
{
  if (id == PROP_TEXT_SIZE)
    set_text_size (self, g_value_get_int (value));
  else if (id == PROP_STILL)
    set_still (self, g_value_get_boolean (value));
  else if (id == PROP_PAIR)
    set_pair (self, g_value_get_int (value));
  else if (id == PROP_AUTOSAVE)
    self->autosave = g_value_get_boolean (value);
  else if (id == PROP_START_SPEED)
    self->start_speed = g_value_get_double (value);
  else
    set_language (self, g_value_get_string (value));
}

static void
nudge_preferences_set_property (GObject *object,
                                guint id,
                                const GValue *value,
                                GParamSpec *pspec)
{
  g_auto (GValue) before = G_VALUE_INIT;

  if (id < PROP_TEXT_SIZE || id >= N_PROPS) {
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    return;
  }
  g_value_init (&before, pspec->value_type);
  nudge_preferences_get_property (object, id, &before, pspec);
  if (g_param_values_cmp (pspec, &before, value) == 0)
    return;
  set_value (NUDGE_PREFERENCES (object), id, value);
  g_object_notify_by_pspec (object, pspec);
}

static void
nudge_preferences_finalize (GObject *object)
{
  g_free (NUDGE_PREFERENCES (object)->language);
  G_OBJECT_CLASS (nudge_preferences_parent_class)->finalize (object);
}

static void
nudge_preferences_class_init (NudgePreferencesClass *klass)
{
  const GParamFlags flags =
      G_PARAM_READWRITE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS;
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->finalize = nudge_preferences_finalize;
  object_class->get_property = nudge_preferences_get_property;
  object_class->set_property = nudge_preferences_set_property;
  props[PROP_TEXT_SIZE] = g_param_spec_int ("text-size", NULL, NULL, LEAST_SIZE,
                                            MOST_SIZE, USUAL_SIZE, flags);
  props[PROP_STILL] = g_param_spec_boolean ("still", NULL, NULL, FALSE, flags);
  props[PROP_PAIR] =
      g_param_spec_int ("pair", NULL, NULL, 0, NUDGE_N_PAIRS - 1, 0, flags);
  props[PROP_AUTOSAVE] = g_param_spec_boolean ("autosave", NULL, NULL, TRUE, flags);
  props[PROP_START_SPEED] =
      g_param_spec_double ("start-speed", NULL, NULL, -1, G_MAXDOUBLE, -1, flags);
  props[PROP_LANGUAGE] = g_param_spec_string ("language", NULL, NULL, "", flags);
  g_object_class_install_properties (object_class, N_PROPS, props);
}

static void
nudge_preferences_init (NudgePreferences *self)
{
  self->text_size = USUAL_SIZE;
  self->autosave = TRUE;
  self->start_speed = -1;
  self->language = g_strdup ("");
  for (guint i = PROP_TEXT_SIZE; i < N_PROPS; i++)
    nudge_settings_bind (props[i]->name, self, props[i]->name);
}

/**
 * nudge_preferences_get:
 *
 * With the first call they come into force; GTK is initialised by then.
 *
 * Returns: (transfer none): the same each time
 */
NudgePreferences *
nudge_preferences_get (void)
{
  static NudgePreferences *preferences;

  if (preferences == NULL)
    preferences = g_object_new (NUDGE_TYPE_PREFERENCES, NULL);
  return preferences;
}

/**
 * nudge_preferences_change_text_size:
 * @by: percent; 0: back to the system's
 *
 * As far as there is.
 */
void
nudge_preferences_change_text_size (int by)
{
  NudgePreferences *self = nudge_preferences_get ();
  const int size = by == 0 ? USUAL_SIZE : self->text_size + by;

  g_object_set (self, "text-size", CLAMP (size, LEAST_SIZE, MOST_SIZE), NULL);
}
