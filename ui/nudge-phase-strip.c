/* nudge-phase-strip.c - the phases of a training step, and where the newest nudge landed
 *
 * SPDX-License-Identifier: MIT
 */

#include "ui/nudge-phase-strip.h"

#include <glib/gi18n.h>

struct _NudgePhaseStrip {
  GtkWidget parent_instance;

  GtkWidget *row; /* the only child: disposal finds it by this */
  GtkLabel *sentence;
  GtkWidget *pending;
};

G_DEFINE_FINAL_TYPE (NudgePhaseStrip, nudge_phase_strip, GTK_TYPE_WIDGET)

/**
 * nudge_phase_strip_set_sentence:
 * @text: (nullable): one line; cut at its end where room is short, the tooltip has it whole
 */
void
nudge_phase_strip_set_sentence (NudgePhaseStrip *self, const char *text)
{
  g_return_if_fail (NUDGE_IS_PHASE_STRIP (self));

  if (!text)
    text = "";
  if (g_str_equal (gtk_label_get_text (self->sentence), text))
    return;
  gtk_label_set_text (self->sentence, text);
  gtk_widget_set_tooltip_text (GTK_WIDGET (self->sentence), *text ? text : NULL);

  /* Tests and assistive tools find the label by this, as its name is its text; the
   * tooltip has just put its own text there. */
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->sentence),
                                  GTK_ACCESSIBLE_PROPERTY_DESCRIPTION, _ ("Landing"), -1);
}

void
nudge_phase_strip_set_pending (NudgePhaseStrip *self, gboolean pending)
{
  g_return_if_fail (NUDGE_IS_PHASE_STRIP (self));

  gtk_widget_set_visible (self->pending, pending);
}

static void
nudge_phase_strip_dispose (GObject *object)
{
  gtk_widget_dispose_template (GTK_WIDGET (object), NUDGE_TYPE_PHASE_STRIP);
  G_OBJECT_CLASS (nudge_phase_strip_parent_class)->dispose (object);
}

static void
nudge_phase_strip_class_init (NudgePhaseStripClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = nudge_phase_strip_dispose;
  gtk_widget_class_set_template_from_resource (
      widget_class, "/org/nudgelab/Nudge/ui/nudge-phase-strip.ui");
  gtk_widget_class_bind_template_child (widget_class, NudgePhaseStrip, row);
  gtk_widget_class_bind_template_child (widget_class, NudgePhaseStrip, sentence);
  gtk_widget_class_bind_template_child (widget_class, NudgePhaseStrip, pending);
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_set_css_name (widget_class, "phase-strip");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_GROUP);
}

static void
nudge_phase_strip_init (NudgePhaseStrip *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

GtkWidget *
nudge_phase_strip_new (void)
{
  return g_object_new (NUDGE_TYPE_PHASE_STRIP, NULL);
}
