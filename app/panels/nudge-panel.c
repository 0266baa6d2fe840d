/* nudge-panel.c - base class of the parts of a window that show a document
 *
 * SPDX-License-Identifier: MIT
 */

#include "app/panels/nudge-panel.h"

typedef struct {
  NudgeDocument *document; /* (owned) (nullable) */
  GSignalGroup *signals;   /* (owned) of the document */
  gboolean bare;
} NudgePanelPrivate;

enum {
  PROP_DOCUMENT = 1,
  PROP_BARE,
  N_PROPS,
};

static GParamSpec *props[N_PROPS];

G_DEFINE_ABSTRACT_TYPE_WITH_PRIVATE (NudgePanel, nudge_panel, GTK_TYPE_WIDGET)

static void
frame_cb (NudgePanel *self)
{
  NudgePanelPrivate *priv = nudge_panel_get_instance_private (self);

  if (NUDGE_PANEL_GET_CLASS (self)->show_frame)
    NUDGE_PANEL_GET_CLASS (self)->show_frame (self,
                                              nudge_document_get_frame (priv->document));
}

static void
words_cb (NudgePanel *self)
{
  NudgePanelPrivate *priv = nudge_panel_get_instance_private (self);

  if (NUDGE_PANEL_GET_CLASS (self)->show_words)
    NUDGE_PANEL_GET_CLASS (self)->show_words (self,
                                              nudge_document_get_frame (priv->document));
}

static void
set_document (NudgePanel *self, NudgeDocument *document)
{
  NudgePanelPrivate *priv = nudge_panel_get_instance_private (self);

  if (!g_set_object (&priv->document, document))
    return;
  g_signal_group_set_target (priv->signals, document);
  if (NUDGE_PANEL_GET_CLASS (self)->document_changed)
    NUDGE_PANEL_GET_CLASS (self)->document_changed (self, document);
  if (document && nudge_document_get_frame (document)) {
    frame_cb (self);
    words_cb (self);
  }
  g_object_notify_by_pspec (G_OBJECT (self), props[PROP_DOCUMENT]);
}

/* Returns: (transfer none) (nullable) */
NudgeDocument *
nudge_panel_get_document (NudgePanel *self)
{
  NudgePanelPrivate *priv = nudge_panel_get_instance_private (self);

  return priv->document;
}

/* Returns: (transfer none): of the document, whichever it is; for an instance to connect
 *   to while it is initialised */
GSignalGroup *
nudge_panel_get_signals (NudgePanel *self)
{
  NudgePanelPrivate *priv = nudge_panel_get_instance_private (self);

  return priv->signals;
}

static void
set_bare (NudgePanel *self, gboolean bare)
{
  NudgePanelPrivate *priv = nudge_panel_get_instance_private (self);

  if (priv->bare == bare)
    return;
  priv->bare = bare;
  g_object_notify_by_pspec (G_OBJECT (self), props[PROP_BARE]);
}

static void
nudge_panel_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  NudgePanelPrivate *priv = nudge_panel_get_instance_private (NUDGE_PANEL (object));

  if (id == PROP_DOCUMENT)
    g_value_set_object (value, priv->document);
  else if (id == PROP_BARE)
    g_value_set_boolean (value, priv->bare);
  else
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
}

static void
nudge_panel_set_property (GObject *object,
                          guint id,
                          const GValue *value,
                          GParamSpec *pspec)
{
  if (id == PROP_DOCUMENT)
    set_document (NUDGE_PANEL (object), g_value_get_object (value));
  else if (id == PROP_BARE)
    set_bare (NUDGE_PANEL (object), g_value_get_boolean (value));
  else
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
}

/* Before its children go, so that nothing is shown in them any more. */
static void
nudge_panel_dispose (GObject *object)
{
  NudgePanelPrivate *priv = nudge_panel_get_instance_private (NUDGE_PANEL (object));

  g_clear_object (&priv->signals);
  g_clear_object (&priv->document);
  G_OBJECT_CLASS (nudge_panel_parent_class)->dispose (object);
}

static void
nudge_panel_class_init (NudgePanelClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->get_property = nudge_panel_get_property;
  object_class->set_property = nudge_panel_set_property;
  object_class->dispose = nudge_panel_dispose;
  props[PROP_DOCUMENT] = g_param_spec_object (
      "document", NULL, NULL, NUDGE_TYPE_DOCUMENT,
      G_PARAM_READWRITE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS);
  props[PROP_BARE] = g_param_spec_boolean ("bare", NULL, NULL, FALSE,
                                           G_PARAM_READWRITE | G_PARAM_EXPLICIT_NOTIFY |
                                               G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, props);
  gtk_widget_class_set_layout_manager_type (GTK_WIDGET_CLASS (klass),
                                            GTK_TYPE_BIN_LAYOUT);
}

static void
nudge_panel_init (NudgePanel *self)
{
  NudgePanelPrivate *priv = nudge_panel_get_instance_private (self);

  priv->signals = g_signal_group_new (NUDGE_TYPE_DOCUMENT);
  g_signal_group_connect_swapped (priv->signals, "frame", G_CALLBACK (frame_cb), self);
  g_signal_group_connect_swapped (priv->signals, "words", G_CALLBACK (words_cb), self);
}
