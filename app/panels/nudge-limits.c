/* nudge-limits.c - what a document's engine cannot do is insensitive, and says why
 *
 * SPDX-License-Identifier: MIT
 */

#include "app/panels/nudge-limits.h"

#include <glib/gi18n.h>

/* Returns: why something cannot be used */
static const char *
get_sentence (void)
{
  return _ ("Only with Nudge’s own engine: a job that is attached to cannot do it");
}

/* Its own tooltip, while another one is shown. */
static GQuark
get_tooltip (void)
{
  return g_quark_from_static_string ("nudge-limits-tooltip");
}

/**
 * nudge_limits_set:
 * @widget: a #GtkWidget that has been made already
 * @document: (nullable)
 * @needed: by what it is for
 */
void
nudge_limits_set (gpointer widget, NudgeDocument *document, NnCapability needed)
{
  const gboolean can = document == NULL ||
                       nudge_session_can (nudge_document_get_session (document), needed);
  const gboolean limited = g_object_get_qdata (widget, get_tooltip ()) != NULL;

  if (can == !limited)
    return;
  gtk_widget_set_sensitive (widget, can);
  if (can) {
    g_autofree char *own = g_object_steal_qdata (widget, get_tooltip ());

    gtk_widget_set_tooltip_text (widget, *own ? own : NULL);
    gtk_accessible_reset_property (widget, GTK_ACCESSIBLE_PROPERTY_DESCRIPTION);
    return;
  }
  g_object_set_qdata_full (widget, get_tooltip (),
                           g_strdup (gtk_widget_get_tooltip_text (widget) ?: ""), g_free);
  gtk_widget_set_tooltip_text (widget, get_sentence ());
  gtk_accessible_update_property (widget, GTK_ACCESSIBLE_PROPERTY_DESCRIPTION,
                                  get_sentence (), -1);
}

/**
 * nudge_limits_set_actions:
 * @window: with its actions
 * @document: that it shows
 */
void
nudge_limits_set_actions (GActionMap *window, NudgeDocument *document)
{
  static const struct {
    const char *action;
    NnCapability needed;
  } limits[] = {
    { "step-phase", NN_CAN_WALK },    { "step-epoch", NN_CAN_PACE },
    { "run-to-loss", NN_CAN_PACE },   { "reset", NN_CAN_TRAVEL },
    { "export-script", NN_CAN_SAVE }, { "export-series", NN_CAN_COMPUTE },
    { "save", NN_CAN_SAVE },          { "save-as", NN_CAN_SAVE },
  };
  NudgeSession *session = nudge_document_get_session (document);
  GAction *detach = g_action_map_lookup_action (window, "detach");

  if (detach != NULL)
    g_simple_action_set_enabled (G_SIMPLE_ACTION (detach),
                                 nudge_document_get_job (document) != NULL);
  for (gsize i = 0; i < G_N_ELEMENTS (limits); i++) {
    GAction *action = g_action_map_lookup_action (window, limits[i].action);

    if (action != NULL)
      g_simple_action_set_enabled (G_SIMPLE_ACTION (action),
                                   nudge_session_can (session, limits[i].needed));
  }
}
