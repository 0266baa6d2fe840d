/* nudge-phases.c - the phases of a step, the sentence under them, and the guard
 *
 * SPDX-License-Identifier: MIT
 */

#include "app/panels/nudge-phases.h"

#include <glib/gi18n.h>

#include "app/panels/nudge-limits.h"
#include "ui/base/nudge-word.h"
#include "ui/network/nudge-phase-strip.h"

struct _NudgePhases {
  NudgePanel parent_instance;

  GtkWidget *row; /* the only child: disposal finds it by this */
  NudgePhaseStrip *strip;
  GtkWidget *guard_button;
  GtkLabel *guard_label;
};

G_DEFINE_FINAL_TYPE (NudgePhases, nudge_phases, NUDGE_TYPE_PANEL)

static void
show_pending (NudgePhases *self, GParamSpec *pspec, GObject *document)
{
  gboolean pending;

  g_object_get (document, "pending", &pending, NULL);
  nudge_phase_strip_set_pending (self->strip, pending);
}

static void
show_guard (NudgePhases *self, GParamSpec *pspec, GObject *document)
{
  static const struct {
    const char *guard;
    const char *label;
  } labels[] = {
    { "shield", N_ ("Guard: shield") },
    { "check", N_ ("Guard: check") },
    { "off", N_ ("Guard: off") },
  };
  g_autofree char *guard = NULL;

  g_object_get (document, "guard", &guard, NULL);
  for (gsize i = 0; i < G_N_ELEMENTS (labels); i++) {
    if (!g_str_equal (labels[i].guard, guard))
      continue;
    gtk_label_set_text (self->guard_label, _ (labels[i].label));
    gtk_accessible_update_property (GTK_ACCESSIBLE (self->guard_button),
                                    GTK_ACCESSIBLE_PROPERTY_LABEL, _ (labels[i].label),
                                    -1);
  }
}

static void
nudge_phases_show_words (NudgePanel *panel, NnFrame *frame)
{
  NudgePhases *self = NUDGE_PHASES (panel);
  g_autofree char *sentence =
      nudge_document_dup_sentence (nudge_panel_get_document (panel));

  nudge_phase_strip_set_phase (
      self->strip,
      nudge_walk_get_phase (nudge_document_get_walk (nudge_panel_get_document (panel))));
  nudge_phase_strip_set_sentence (self->strip, sentence);
}

static void
nudge_phases_document_changed (NudgePanel *panel, NudgeDocument *document)
{
  NudgePhases *self = NUDGE_PHASES (panel);

  nudge_phase_strip_set_sentence (self->strip, NULL);
  nudge_phase_strip_set_phase (self->strip, NUDGE_PHASE_NONE);
  nudge_phase_strip_set_pending (self->strip, FALSE);
  nudge_limits_set (self->guard_button, document, NN_CAN_GUARD);
  if (!document)
    return;
  show_guard (self, NULL, G_OBJECT (document));
  show_pending (self, NULL, G_OBJECT (document));
}

static void
nudge_phases_dispose (GObject *object)
{
  gtk_widget_dispose_template (GTK_WIDGET (object), NUDGE_TYPE_PHASES);
  G_OBJECT_CLASS (nudge_phases_parent_class)->dispose (object);
}

static void
nudge_phases_class_init (NudgePhasesClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = nudge_phases_dispose;
  NUDGE_PANEL_CLASS (klass)->document_changed = nudge_phases_document_changed;
  NUDGE_PANEL_CLASS (klass)->show_words = nudge_phases_show_words;
  g_type_ensure (NUDGE_TYPE_PHASE_STRIP);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/org/nudgelab/Nudge/ui/nudge-phases.ui");
  gtk_widget_class_bind_template_child (widget_class, NudgePhases, row);
  gtk_widget_class_bind_template_child (widget_class, NudgePhases, strip);
  gtk_widget_class_bind_template_child (widget_class, NudgePhases, guard_button);
  gtk_widget_class_bind_template_child (widget_class, NudgePhases, guard_label);
}

static void
nudge_phases_init (NudgePhases *self)
{
  GSignalGroup *signals = nudge_panel_get_signals (NUDGE_PANEL (self));

  gtk_widget_init_template (GTK_WIDGET (self));
  nudge_word_set_address (self->guard_button, "words#guard");
  g_signal_group_connect_swapped (signals, "notify::pending", G_CALLBACK (show_pending),
                                  self);
  g_signal_group_connect_swapped (signals, "notify::guard", G_CALLBACK (show_guard),
                                  self);
}
