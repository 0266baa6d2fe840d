/* nudge-sweep-view.c - the loss along the amount, above its slider
 *
 * SPDX-License-Identifier: MIT
 */

#include "ui/cards/nudge-sweep-view.h"

#include <glib/gi18n.h>
#include <math.h>

#include "ui/draw/loss/nudge-sweep-picture.h"
#include "ui/text/nudge-number.h"

/* In units, with a curve and without. */
#define CURVE_HEIGHT 34
#define WORDS_HEIGHT 22
/* An answer that is older than this, in microseconds, says which step it is of. */
#define OLD 500000
/* What the curve and the words need. */
#define LEAST_WIDTH 120

struct _NudgeSweepView {
  NudgePicture parent_instance;

  GtkRange *slider; /* (unowned) (nullable) in the same window, lives as long as we do */
  guint key;
  NnNudge *question; /* (owned) (nullable) which answers count */
  NnNudge *preview;  /* (owned) (nullable) which preview counts */
  double amount;
  double committed;
};

G_DEFINE_FINAL_TYPE (NudgeSweepView, nudge_sweep_view, NUDGE_TYPE_PICTURE)

/* An answer to an earlier question does not count. */
static const NnSweep *
find_sweep (NudgeSweepView *self)
{
  const NnFrame *frame = nudge_picture_get_frame (NUDGE_PICTURE (self));

  for (gsize i = 0; frame && i < frame->n_sweeps; i++)
    if (frame->sweeps[i].key == self->key &&
        frame->sweeps[i].question.nudge == self->question)
      return &frame->sweeps[i];
  return NULL;
}

static NudgeSweepMarks
make_marks (NudgeSweepView *self, const NnSweep *sweep)
{
  const NnFrame *frame = nudge_picture_get_frame (NUDGE_PICTURE (self));
  NudgeSweepMarks marks = { .amount = self->amount,
                            .committed = self->committed,
                            .present = NAN };

  marks.never = frame && frame->without_trials;
  if (marks.never)
    return marks;
  if (frame && frame->preview && frame->preview->nudge == self->preview) {
    marks.has_loss = TRUE;
    marks.loss = frame->preview->loss;
  } else if (sweep) {
    marks.has_loss = nudge_sweep_find_loss (sweep, self->amount, &marks.loss);
  }
  if (sweep) {
    marks.present = (double) sweep->present;
    marks.is_old = sweep->age_us > OLD && sweep->step != frame->step;
    marks.step = sweep->step;
  }
  return marks;
}

/* Where the middle of the handle is at either end of the range. Within its trough
 * it takes the space that it asks for, which is less than it covers: its margins
 * are negative. */
static void
find_track (NudgeSweepView *self, NudgeSweepStyle *style)
{
  double scale = nudge_picture_get_scale (NUDGE_PICTURE (self));
  GtkWidget *slider = GTK_WIDGET (self->slider);
  GtkWidget *trough = gtk_widget_get_first_child (slider);
  gboolean leftwards = gtk_widget_get_direction (slider) == GTK_TEXT_DIR_RTL;
  graphene_rect_t bounds;
  double left;
  double right;
  int space;

  if (!gtk_widget_compute_bounds (trough, GTK_WIDGET (self), &bounds))
    return;
  gtk_widget_measure (gtk_widget_get_last_child (trough), GTK_ORIENTATION_HORIZONTAL, -1,
                      &space, NULL, NULL, NULL);
  left = ((double) bounds.origin.x + space / 2.0) / scale;
  right = ((double) (bounds.origin.x + bounds.size.width) - space / 2.0) / scale;
  style->from = leftwards ? right : left;
  style->to = leftwards ? left : right;
}

static void
nudge_sweep_view_draw (NudgePicture *picture,
                       cairo_t *cr,
                       const NudgePalette *palette,
                       double width,
                       double height)
{
  NudgeSweepView *self = NUDGE_SWEEP_VIEW (picture);
  const NnSweep *sweep = find_sweep (self);
  NudgeSweepMarks marks = make_marks (self, sweep);
  NudgeSweepStyle style = { palette, 0, 0 };

  if (self->slider && gtk_widget_get_mapped (GTK_WIDGET (self->slider)))
    find_track (self, &style);
  nudge_draw_sweep (cr, sweep, &marks, &style, width, height);
}

static char *
nudge_sweep_view_describe (NudgePicture *picture)
{
  NudgeSweepView *self = NUDGE_SWEEP_VIEW (picture);
  NudgeSweepMarks marks = make_marks (self, find_sweep (self));
  g_autofree char *words = nudge_sweep_dup_words (&marks);
  g_autofree char *step = nudge_sweep_dup_step (&marks);
  g_autofree char *amount = NULL;

  if (!marks.has_loss || !self->slider)
    return g_steal_pointer (&words);
  amount = nudge_number_format_exact ((float) self->amount);
  if (step)
    /* Translators: "loss 0.0179 at 0.001, at step 120" */
    return g_strdup_printf (_ ("%s at %s, %s"), words, amount, step);
  /* Translators: "loss 0.0179 at 0.001" */
  return g_strdup_printf (_ ("%s at %s"), words, amount);
}

/**
 * nudge_sweep_view_set_slider:
 * @slider: (nullable): below it in the same window; %NULL: there are only words
 */
void
nudge_sweep_view_set_slider (NudgeSweepView *self, GtkRange *slider)
{
  g_return_if_fail (NUDGE_IS_SWEEP_VIEW (self));

  if (self->slider == slider)
    return;
  self->slider = slider;
  gtk_widget_queue_resize (GTK_WIDGET (self));
  nudge_picture_describe_again (NUDGE_PICTURE (self));
}

/**
 * nudge_sweep_view_set_question:
 * @key: whose answers are drawn …
 * @nudge: … if they are about this very one
 */
void
nudge_sweep_view_set_question (NudgeSweepView *self, guint key, NnNudge *nudge)
{
  g_return_if_fail (NUDGE_IS_SWEEP_VIEW (self));

  if (self->key == key && self->question == nudge)
    return;
  self->key = key;
  g_clear_pointer (&self->question, nn_nudge_unref);
  self->question = nn_nudge_ref (nudge);
  nudge_picture_describe_again (NUDGE_PICTURE (self));
}

/**
 * nudge_sweep_view_set_preview:
 * @nudge: (nullable): a preview of this very one counts
 */
void
nudge_sweep_view_set_preview (NudgeSweepView *self, NnNudge *nudge)
{
  g_return_if_fail (NUDGE_IS_SWEEP_VIEW (self));

  if (self->preview == nudge)
    return;
  g_clear_pointer (&self->preview, nn_nudge_unref);
  if (nudge)
    self->preview = nn_nudge_ref (nudge);
  nudge_picture_describe_again (NUDGE_PICTURE (self));
}

/**
 * nudge_sweep_view_set_amounts:
 * @amount: the one shown
 * @committed: the one in force; NAN: none
 */
void
nudge_sweep_view_set_amounts (NudgeSweepView *self, double amount, double committed)
{
  g_return_if_fail (NUDGE_IS_SWEEP_VIEW (self));

  if (self->amount == amount &&
      (self->committed == committed || (isnan (self->committed) && isnan (committed))))
    return;
  self->amount = amount;
  self->committed = committed;
  nudge_picture_describe_again (NUDGE_PICTURE (self));
}

void
nudge_sweep_view_set_frame (NudgeSweepView *self, NnFrame *frame)
{
  g_return_if_fail (NUDGE_IS_SWEEP_VIEW (self));

  nudge_picture_set_frame (NUDGE_PICTURE (self), frame);
}

static void
nudge_sweep_view_measure (GtkWidget *widget,
                          GtkOrientation orientation,
                          int for_size,
                          int *minimum,
                          int *natural,
                          int *minimum_baseline,
                          int *natural_baseline)
{
  NudgeSweepView *self = NUDGE_SWEEP_VIEW (widget);
  double scale = nudge_picture_get_scale (NUDGE_PICTURE (self));
  int units = orientation == GTK_ORIENTATION_HORIZONTAL ? LEAST_WIDTH
              : self->slider                            ? CURVE_HEIGHT
                                                        : WORDS_HEIGHT;

  *minimum = *natural = (int) ceil (units * scale);
}

static void
nudge_sweep_view_dispose (GObject *object)
{
  NudgeSweepView *self = NUDGE_SWEEP_VIEW (object);

  self->slider = NULL;
  g_clear_pointer (&self->question, nn_nudge_unref);
  g_clear_pointer (&self->preview, nn_nudge_unref);
  G_OBJECT_CLASS (nudge_sweep_view_parent_class)->dispose (object);
}

static void
nudge_sweep_view_class_init (NudgeSweepViewClass *klass)
{
  NudgePictureClass *picture_class = NUDGE_PICTURE_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = nudge_sweep_view_dispose;
  picture_class->draw = nudge_sweep_view_draw;
  picture_class->describe = nudge_sweep_view_describe;
  picture_class->see_through = TRUE;
  widget_class->measure = nudge_sweep_view_measure;
  gtk_widget_class_set_css_name (widget_class, "sweep-view");
}

static void
nudge_sweep_view_init (NudgeSweepView *self)
{
  self->committed = NAN;
  g_signal_connect_object (gtk_widget_get_settings (GTK_WIDGET (self)),
                           "notify::gtk-xft-dpi", G_CALLBACK (gtk_widget_queue_resize),
                           self, G_CONNECT_SWAPPED);
}
