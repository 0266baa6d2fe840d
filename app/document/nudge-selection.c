/* nudge-selection.c - what is selected in the network: the target of each layer's card
 *
 * SPDX-License-Identifier: MIT
 */

#include "app/document/nudge-selection.h"

struct _NudgeSelection {
  GObject parent_instance;

  NudgeCards *cards; /* (owned) */
  char **wholes;     /* (owned) of each card: its target before it was aimed at a part */
  char **targets;    /* (owned) */
};

enum {
  PROP_TARGETS = 1,
  N_PROPS,
};

static GParamSpec *props[N_PROPS];

G_DEFINE_FINAL_TYPE (NudgeSelection, nudge_selection, G_TYPE_OBJECT)

static const NnNudge *
get_nudge (NudgeSelection *self, guint index)
{
  return nudge_cards_get_state (self->cards, index)->nudge;
}

static gboolean
is_part (const NnNudge *nudge)
{
  return nudge->target.selection != NN_SELECTION_ALL;
}

/* A card's target may have changed. */
static void
follow (NudgeSelection *self)
{
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();
  g_auto (GStrv) targets = NULL;

  for (guint i = 0; i < nudge_cards_get_n (self->cards); i++) {
    g_autofree char *target = nn_nudge_dup_target (get_nudge (self, i));

    if (is_part (get_nudge (self, i))) {
      g_strv_builder_add (builder, target);
    } else {
      g_free (self->wholes[i]);
      self->wholes[i] = g_steal_pointer (&target);
    }
  }
  targets = g_strv_builder_end (builder);
  if (g_strv_equal ((const char *const *) targets, (const char *const *) self->targets))
    return;
  g_strfreev (self->targets);
  self->targets = g_steal_pointer (&targets);
  g_object_notify_by_pspec (G_OBJECT (self), props[PROP_TARGETS]);
}

/* Ends the selections, except in the layer @but and of repeating nudges, which keep
 * their targets. */
static void
end_others (NudgeSelection *self, const char *but)
{
  for (guint i = 0; i < nudge_cards_get_n (self->cards); i++) {
    const NnNudge *nudge = get_nudge (self, i);

    if (is_part (nudge) && nudge->time.when == NN_WHEN_MANUAL &&
        g_strcmp0 (nudge->target.layer, but) != 0)
      nudge_cards_aim (self->cards, i, self->wholes[i], NULL);
  }
}

static gboolean
aim (NudgeSelection *self, const NnTarget *target, GError **error)
{
  g_autofree char *text = nn_target_dup_text (target);

  for (guint i = 0; i < nudge_cards_get_n (self->cards); i++)
    if (g_str_equal (get_nudge (self, i)->target.layer, target->layer))
      return nudge_cards_aim (self->cards, i, text, error);
  return TRUE;
}

/**
 * nudge_selection_select:
 * @target: (nullable): such as "fc1.weight[2]"; %NULL: ends all selections
 *
 * A nudge that repeats keeps its target: only the user changes that, on its card.
 */
gboolean
nudge_selection_select (NudgeSelection *self, const char *target, GError **error)
{
  const char *at = target;
  NnTarget parsed = { NULL };
  gboolean selected;

  g_return_val_if_fail (NUDGE_IS_SELECTION (self), FALSE);

  selected = !target || (nn_target_parse (&parsed, target, &at, error) &&
                         aim (self, &parsed, error));
  if (selected)
    end_others (self, parsed.layer);
  nn_target_clear (&parsed);
  return selected;
}

/* Returns: (transfer none): until the next change */
const char *const *
nudge_selection_get_targets (NudgeSelection *self)
{
  g_return_val_if_fail (NUDGE_IS_SELECTION (self), NULL);

  return (const char *const *) self->targets;
}

static void
nudge_selection_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  if (id == PROP_TARGETS)
    g_value_set_boxed (value, NUDGE_SELECTION (object)->targets);
  else
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
}

static void
nudge_selection_finalize (GObject *object)
{
  NudgeSelection *self = NUDGE_SELECTION (object);

  g_strfreev (self->wholes);
  g_strfreev (self->targets);
  g_object_unref (self->cards);
  G_OBJECT_CLASS (nudge_selection_parent_class)->finalize (object);
}

static void
nudge_selection_class_init (NudgeSelectionClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->get_property = nudge_selection_get_property;
  object_class->finalize = nudge_selection_finalize;
  props[PROP_TARGETS] = g_param_spec_boxed ("targets", NULL, NULL, G_TYPE_STRV,
                                            G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, props);
}

static void
nudge_selection_init (NudgeSelection *self)
{
  self->targets = g_new0 (char *, 1);
}

static void
set_layers (NudgeSelection *self)
{
  const guint n = nudge_cards_get_n (self->cards);

  g_strfreev (self->wholes);
  self->wholes = g_new0 (char *, n + 1);
  for (guint i = 0; i < n; i++)
    self->wholes[i] = g_strconcat (get_nudge (self, i)->target.layer, ".weight", NULL);
  follow (self);
}

NudgeSelection *
nudge_selection_new (NudgeCards *cards)
{
  NudgeSelection *self = g_object_new (NUDGE_TYPE_SELECTION, NULL);

  self->cards = g_object_ref (cards);
  g_signal_connect_object (cards, "changed", G_CALLBACK (follow), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (cards, "layers", G_CALLBACK (set_layers), self,
                           G_CONNECT_SWAPPED);
  set_layers (self);
  return self;
}
