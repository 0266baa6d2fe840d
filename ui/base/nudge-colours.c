/* nudge-colours.c - the pair of colours for signs, in all windows
 *
 * SPDX-License-Identifier: MIT
 */

#include "ui/base/nudge-colours.h"

struct _NudgeColours {
  GObject parent_instance;

  NudgePair pair;
};

enum {
  PROP_PAIR = 1,
  N_PROPS,
};

static GParamSpec *props[N_PROPS];

G_DEFINE_FINAL_TYPE (NudgeColours, nudge_colours, G_TYPE_OBJECT)

static void
nudge_colours_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  if (id == PROP_PAIR)
    g_value_set_int (value, (int) NUDGE_COLOURS (object)->pair);
  else
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
}

static void
nudge_colours_set_property (GObject *object,
                            guint id,
                            const GValue *value,
                            GParamSpec *pspec)
{
  NudgeColours *self = NUDGE_COLOURS (object);

  if (id != PROP_PAIR) {
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    return;
  }
  if (self->pair == (NudgePair) g_value_get_int (value))
    return;
  self->pair = (NudgePair) g_value_get_int (value);
  g_object_notify_by_pspec (object, pspec);
}

static void
nudge_colours_class_init (NudgeColoursClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->get_property = nudge_colours_get_property;
  object_class->set_property = nudge_colours_set_property;
  props[PROP_PAIR] = g_param_spec_int ("pair", NULL, NULL, 0, NUDGE_N_PAIRS - 1, 0,
                                       G_PARAM_READWRITE | G_PARAM_EXPLICIT_NOTIFY |
                                           G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, props);
}

static void
nudge_colours_init (NudgeColours *self)
{
}

/* Returns: (transfer none): the same each time; on the main thread */
NudgeColours *
nudge_colours_get (void)
{
  static NudgeColours *colours;

  if (colours == NULL)
    colours = g_object_new (NUDGE_TYPE_COLOURS, NULL);
  return colours;
}

NudgePair
nudge_colours_get_pair (void)
{
  return nudge_colours_get ()->pair;
}
