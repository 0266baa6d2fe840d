/* nudge-phase-strip.c - the phases of a training step, and where the newest nudge landed
 *
 * SPDX-License-Identifier: MIT
 */

#include "ui/network/nudge-phase-strip.h"

#include <glib/gi18n.h>

#include "ui/base/nudge-word.h"

#define SPACING 5

/* The sentence's least width, in digits; less where a step is walked, as the names are
 * needed then. */
#define LEAST_CHARS        30
#define LEAST_CHARS_WALKED 20

struct _NudgePhaseStrip {
  GtkWidget parent_instance;

  GtkWidget *names; /* what a step does, which is always the same: only where there is
                     * width to spare */
  GtkWidget *row;   /* where nudges land, and what the newest did */
  GtkWidget *forward;
  GtkWidget *backward;
  GtkWidget *optimizer;
  GtkLabel *section;
  GtkLabel *sentence;
  GtkWidget *pending;
  NudgePhase phase;
  gboolean is_pending;
};

G_DEFINE_FINAL_TYPE (NudgePhaseStrip, nudge_phase_strip, GTK_TYPE_WIDGET)

/**
 * nudge_phase_strip_set_sentence:
 * @text: (nullable): one line; cut at its end where space is short, the tooltip has it whole
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

/* What a class has to see beside the picture; and an assistive tool says it. */
static void
light (GtkWidget *name, gboolean lit, gboolean walks)
{
  if (lit)
    gtk_widget_add_css_class (name, "lit");
  else
    gtk_widget_remove_css_class (name, "lit");
  if (walks && !lit)
    gtk_widget_add_css_class (name, "unlit");
  else
    gtk_widget_remove_css_class (name, "unlit");
  gtk_accessible_update_property (GTK_ACCESSIBLE (name),
                                  GTK_ACCESSIBLE_PROPERTY_DESCRIPTION,
                                  lit ? _ ("The step is here") : "", -1);
}

/* A nudge waits in a badge of its own, or, where a step is walked, at the place where it
 * will land. */
static void
show_pending (NudgePhaseStrip *self)
{
  const gboolean walks = self->phase != NUDGE_PHASE_NONE;

  gtk_widget_set_visible (self->pending, self->is_pending && !walks);
  gtk_label_set_text (self->section, self->is_pending && walks
                                         ? _ ("◆ A nudge waits here")
                                         : _ ("◆ Gradient-free section"));
}

/**
 * nudge_phase_strip_set_phase:
 * @phase: at which a step is; none, if none is walked
 */
void
nudge_phase_strip_set_phase (NudgePhaseStrip *self, NudgePhase phase)
{
  GtkWidget *const names[] = {
    [NUDGE_PHASE_FORWARD] = self->forward,
    [NUDGE_PHASE_BACKWARD] = self->backward,
    [NUDGE_PHASE_OPTIMIZER] = self->optimizer,
    [NUDGE_PHASE_SECTION] = GTK_WIDGET (self->section),
  };

  g_return_if_fail (NUDGE_IS_PHASE_STRIP (self));

  if (self->phase == phase)
    return;
  self->phase = phase;
  for (guint i = NUDGE_PHASE_FORWARD; i <= NUDGE_PHASE_SECTION; i++)
    light (names[i], i == phase, phase != NUDGE_PHASE_NONE);
  gtk_label_set_width_chars (
      self->sentence, phase == NUDGE_PHASE_NONE ? LEAST_CHARS : LEAST_CHARS_WALKED);
  if (phase == NUDGE_PHASE_NONE)
    gtk_widget_remove_css_class (GTK_WIDGET (self), "walks");
  else
    gtk_widget_add_css_class (GTK_WIDGET (self), "walks");
  if (phase == NUDGE_PHASE_NONE || phase == NUDGE_PHASE_SECTION)
    gtk_widget_remove_css_class (GTK_WIDGET (self->sentence), "of-phase");
  else
    gtk_widget_add_css_class (GTK_WIDGET (self->sentence), "of-phase");
  show_pending (self);
  gtk_widget_queue_resize (GTK_WIDGET (self));
}

void
nudge_phase_strip_set_pending (NudgePhaseStrip *self, gboolean pending)
{
  g_return_if_fail (NUDGE_IS_PHASE_STRIP (self));

  self->is_pending = pending;
  show_pending (self);
}

/* Returns: how wide the names are where they are in a strip of @width, else 0 */
static int
get_width_of_names (NudgePhaseStrip *self, int width)
{
  int names, row;

  gtk_widget_measure (self->names, GTK_ORIENTATION_HORIZONTAL, -1, NULL, &names, NULL,
                      NULL);
  gtk_widget_measure (self->row, GTK_ORIENTATION_HORIZONTAL, -1, &row, NULL, NULL, NULL);
  return width >= names + SPACING + row ? names + SPACING : 0;
}

static void
nudge_phase_strip_measure (GtkWidget *widget,
                           GtkOrientation orientation,
                           int for_size,
                           int *minimum,
                           int *natural,
                           int *minimum_baseline,
                           int *natural_baseline)
{
  NudgePhaseStrip *self = NUDGE_PHASE_STRIP (widget);
  int names, row_size;

  gtk_widget_measure (self->names, orientation, -1, NULL, &names, NULL, NULL);
  if (orientation == GTK_ORIENTATION_HORIZONTAL) {
    gtk_widget_measure (self->row, orientation, -1, minimum, natural, NULL, NULL);
    *natural += SPACING + names;
    return;
  }
  row_size = for_size < 0 ? -1 : for_size - get_width_of_names (self, for_size);
  gtk_widget_measure (self->row, orientation, row_size, minimum, natural, NULL, NULL);
  *minimum = MAX (*minimum, names);
  *natural = MAX (*natural, names);
}

static void
nudge_phase_strip_size_allocate (GtkWidget *widget, int width, int height, int baseline)
{
  NudgePhaseStrip *self = NUDGE_PHASE_STRIP (widget);
  gboolean from_right = gtk_widget_get_direction (widget) == GTK_TEXT_DIR_RTL;
  int names = get_width_of_names (self, width);
  GtkAllocation row = { from_right ? 0 : names, 0, width - names, height };
  GtkAllocation start = { from_right ? width - names + SPACING : 0, 0, names - SPACING,
                          height };

  gtk_widget_set_child_visible (self->names, names > 0);
  if (names > 0)
    gtk_widget_size_allocate (self->names, &start, -1);
  gtk_widget_size_allocate (self->row, &row, -1);
}

static GtkSizeRequestMode
nudge_phase_strip_get_request_mode (GtkWidget *widget)
{
  return GTK_SIZE_REQUEST_HEIGHT_FOR_WIDTH;
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
  widget_class->measure = nudge_phase_strip_measure;
  widget_class->size_allocate = nudge_phase_strip_size_allocate;
  widget_class->get_request_mode = nudge_phase_strip_get_request_mode;
  gtk_widget_class_set_template_from_resource (
      widget_class, "/org/nudgelab/Nudge/ui/nudge-phase-strip.ui");
  gtk_widget_class_bind_template_child (widget_class, NudgePhaseStrip, names);
  gtk_widget_class_bind_template_child (widget_class, NudgePhaseStrip, row);
  gtk_widget_class_bind_template_child (widget_class, NudgePhaseStrip, forward);
  gtk_widget_class_bind_template_child (widget_class, NudgePhaseStrip, backward);
  gtk_widget_class_bind_template_child (widget_class, NudgePhaseStrip, optimizer);
  gtk_widget_class_bind_template_child (widget_class, NudgePhaseStrip, section);
  gtk_widget_class_bind_template_child (widget_class, NudgePhaseStrip, sentence);
  gtk_widget_class_bind_template_child (widget_class, NudgePhaseStrip, pending);
  gtk_widget_class_set_css_name (widget_class, "phase-strip");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_GROUP);
}

static void
nudge_phase_strip_init (NudgePhaseStrip *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  nudge_word_explain (self->forward, "words#forward");
  nudge_word_explain (self->backward, "words#backward");
  nudge_word_explain (self->optimizer, "words#optimizer");
  nudge_word_explain (GTK_WIDGET (self->section), "words#section");
}

GtkWidget *
nudge_phase_strip_new (void)
{
  return g_object_new (NUDGE_TYPE_PHASE_STRIP, NULL);
}
