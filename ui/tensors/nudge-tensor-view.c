/* nudge-tensor-view.c - one tensor: its description, statistics, heat map and histogram
 *
 * SPDX-License-Identifier: MIT
 */

#include "ui/tensors/nudge-tensor-view.h"

#include <glib/gi18n.h>
#include <math.h>

#include "ui/tensors/nudge-tensor-histogram-view.h"
#include "ui/tensors/nudge-tensor-map.h"
#include "ui/text/nudge-number.h"

#define DIGITS         5
#define PREVIEW_DIGITS 4
#define N_FIGURES      8
#define FIGURE_WIDTH   9 /* characters: there are as many beside each other as fit */

/* One of the statistics: its name above it. */
typedef struct {
  GtkWidget *value;
  GtkWidget *preview; /* what a nudge would make of it */
} Figure;

struct _NudgeTensorView {
  GtkWidget parent_instance;

  NudgeTensor *tensor; /* (owned) (nullable) */
  /* (owned) (nullable) the summary that the picture is asked for */
  NnTensorSummary *shown;
  NnTensorSummary *preview; /* (owned) (nullable) */
  gsize n_others;           /* tensors that its nudge changes, too */
  gboolean asked;           /* for the picture */
  gboolean awaiting;        /* it has not come yet */

  GtkWidget *stack;
  GtkLabel *name;
  GtkLabel *kind;
  GtkFlowBox *statistics;
  Figure figures[N_FIGURES];
  GtkWidget *mean;
  NudgeTensorMap *map;
  GtkWidget *logarithmic;
  NudgeTensorHistogramView *histogram;
};

static guint picture_wanted;
static guint window_wanted;

G_DEFINE_FINAL_TYPE (NudgeTensorView, nudge_tensor_view, GTK_TYPE_WIDGET)

/* ---- the statistics ---------------------------------------------------------------- */

static const char *const titles[N_FIGURES] = {
  N_ ("min"),  N_ ("max"),   N_ ("mean"), N_ ("std"),
  N_ ("norm"), N_ ("zeros"), N_ ("NaN"),  N_ ("infinite"),
};

static char *
dup_number (double value, int digits)
{
  return isnan (value) ? g_strdup ("–") : nudge_number_format (value, digits);
}

static char *
dup_figure (const NnTensorSummary *summary, guint i, int digits)
{
  switch (i) {
  case 0:
    return dup_number (summary->min, digits);
  case 1:
    return dup_number (summary->max, digits);
  case 2:
    return dup_number (summary->mean, digits);
  case 3:
    return dup_number (summary->std, digits);
  case 4:
    return dup_number (summary->norm, digits);
  case 5:
    return nudge_number_format_count (summary->n_zeros);
  case 6:
    return nudge_number_format_count (summary->n_nans);
  default:
    return nudge_number_format_count (summary->n_infinities);
  }
}

/* As a part of all values beside the count of zeros, if there are some. */
static void
show_zeros (NudgeTensorView *self, const NnTensorSummary *summary)
{
  g_autofree char *count = nudge_number_format_count (summary->n_zeros);
  g_autofree char *percent = NULL;
  g_autofree char *words = NULL;

  if (summary->n_zeros == 0 || summary->n_values == 0)
    return;
  percent = nudge_number_format_percent ((double) summary->n_zeros /
                                         (double) summary->n_values);
  words = g_strdup_printf ("%s · %s", count, percent);
  gtk_label_set_text (GTK_LABEL (self->figures[5].value), words);
}

/* What a nudge would make of it, where that is another number. */
static void
show_preview (NudgeTensorView *self, guint i, const NnTensorSummary *now)
{
  g_autofree char *value = NULL;
  g_autofree char *before = NULL;
  g_autofree char *words = NULL;

  if (self->preview && now) {
    value = dup_figure (self->preview, i, PREVIEW_DIGITS);
    before = dup_figure (now, i, PREVIEW_DIGITS);
  }
  if (g_strcmp0 (value, before) != 0)
    words = g_strdup_printf ("→ %s", value);
  gtk_label_set_text (GTK_LABEL (self->figures[i].preview), words ? words : "");
  gtk_widget_set_visible (self->figures[i].preview, self->preview != NULL);
}

static void
show_statistics (NudgeTensorView *self)
{
  const NnTensorSummary *summary = nudge_tensor_get_summary (self->tensor);
  const gboolean fault = nudge_tensor_get_fault (self->tensor) != NULL;

  for (guint i = 0; i < N_FIGURES; i++) {
    g_autofree char *value =
        summary ? dup_figure (summary, i, DIGITS) : g_strdup (fault ? "–" : "…");

    gtk_label_set_text (GTK_LABEL (self->figures[i].value), value);
    show_preview (self, i, summary);
  }
  if (summary)
    show_zeros (self, summary);
}

static void
add_figure (NudgeTensorView *self, guint i)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  GtkWidget *title = gtk_label_new (_ (titles[i]));
  Figure *figure = &self->figures[i];

  figure->value = gtk_label_new (NULL);
  figure->preview = gtk_label_new (NULL);
  gtk_widget_add_css_class (title, "secondary");
  gtk_widget_add_css_class (figure->value, "figure");
  gtk_widget_add_css_class (figure->preview, "preview");
  for (guint k = 0; k < 3; k++) {
    GtkWidget *label = k == 0 ? title : k == 1 ? figure->value : figure->preview;

    gtk_label_set_xalign (GTK_LABEL (label), 0);
    gtk_label_set_ellipsize (GTK_LABEL (label), PANGO_ELLIPSIZE_END);
    gtk_box_append (GTK_BOX (box), label);
  }
  gtk_widget_set_visible (figure->preview, FALSE);
  gtk_accessible_update_property (GTK_ACCESSIBLE (figure->value),
                                  GTK_ACCESSIBLE_PROPERTY_DESCRIPTION, _ (titles[i]), -1);
  gtk_label_set_width_chars (GTK_LABEL (figure->value), FIGURE_WIDTH);
  gtk_flow_box_insert (self->statistics, box, -1);
}

/* ---- what is shown ----------------------------------------------------------------- */

/* "float32 · 768 × 3072 · 2 359 296 values" */
static char *
dup_kind (NudgeTensor *tensor)
{
  const guint64 n = nudge_tensor_get_n_values (tensor);
  const char *note = nudge_tensor_get_note (tensor);
  const char *fault = nudge_tensor_get_fault (tensor);
  g_autofree char *shape = nudge_tensor_dup_shape_words (tensor);
  g_autofree char *count = nudge_number_format_count (n);
  g_autofree char *values =
      g_strdup_printf (ngettext ("%s value", "%s values", (gulong) n), count);
  g_autoptr (GString) words = g_string_new (nudge_tensor_get_dtype (tensor));

  g_string_append_printf (words, " · %s · %s", shape, values);
  if (note)
    g_string_append_printf (words, " · %s", note);
  if (fault)
    g_string_append_printf (words, " · %s", fault);
  return g_string_free (g_steal_pointer (&words), FALSE);
}

/* For the picture, and again when the values are others; but not twice at a time. */
static void
ask (NudgeTensorView *self)
{
  NnTensorSummary *summary = nudge_tensor_get_summary (self->tensor);
  const gboolean other = summary != self->shown;

  if (nudge_tensor_get_fault (self->tensor) || (self->asked && !other))
    return;
  g_clear_pointer (&self->shown, nn_tensor_summary_unref);
  if (summary)
    self->shown = nn_tensor_summary_ref (summary);
  if (summary && summary->picture) {
    self->awaiting = FALSE;
    nudge_tensor_map_set_picture (self->map, summary->picture);
  } else if (!self->awaiting) {
    self->asked = self->awaiting = TRUE;
    g_signal_emit (self, picture_wanted, 0, self->tensor);
  }
}

/* What it is; and of a preview, that it is not all. */
static char *
dup_line (NudgeTensorView *self)
{
  g_autofree char *kind = dup_kind (self->tensor);

  if (self->preview == NULL || self->n_others == 0)
    return g_steal_pointer (&kind);
  /* Translators: of a tensor, "float32 · 8 × 3 · 24 values", whose preview is shown */
  return g_strdup_printf (ngettext ("→ and %lu other tensor is nudged · %s",
                                    "→ and %lu other tensors are nudged · %s",
                                    (gulong) self->n_others),
                          (gulong) self->n_others, kind);
}

static void
show (NudgeTensorView *self)
{
  g_autofree char *kind = NULL;

  gtk_stack_set_visible_child_name (GTK_STACK (self->stack),
                                    self->tensor ? "tensor" : "none");
  if (self->tensor == NULL)
    return;
  kind = dup_line (self);
  gtk_label_set_text (self->name, nudge_tensor_get_name (self->tensor));
  gtk_label_set_text (self->kind, kind);
  gtk_widget_set_tooltip_text (GTK_WIDGET (self->kind), kind);
  show_statistics (self);
  nudge_tensor_histogram_view_show (
      self->histogram, nudge_tensor_get_summary (self->tensor), self->preview);
}

static void
changed_cb (NudgeTensorView *self)
{
  show (self);
  ask (self);
}

NudgeTensor *
nudge_tensor_view_get_tensor (NudgeTensorView *self)
{
  g_return_val_if_fail (NUDGE_IS_TENSOR_VIEW (self), NULL);

  return self->tensor;
}

static void
forget (NudgeTensorView *self)
{
  if (self->tensor)
    g_signal_handlers_disconnect_by_func (self->tensor, changed_cb, self);
  g_clear_object (&self->tensor);
  g_clear_pointer (&self->shown, nn_tensor_summary_unref);
  g_clear_pointer (&self->preview, nn_tensor_summary_unref);
  self->asked = self->awaiting = FALSE;
}

static void
follow (NudgeTensorView *self, NudgeTensor *tensor)
{
  self->tensor = g_object_ref (tensor);
  g_signal_connect_object (tensor, "changed", G_CALLBACK (changed_cb), self,
                           G_CONNECT_SWAPPED);
  nudge_tensor_map_set_tensor (self->map, nudge_tensor_get_name (tensor),
                               nudge_tensor_get_rank (tensor),
                               nudge_tensor_get_shape (tensor));
}

/**
 * nudge_tensor_view_set_tensor:
 * @tensor: (nullable): gets a reference
 *
 * There is no preview of it yet.
 */
void
nudge_tensor_view_set_tensor (NudgeTensorView *self, NudgeTensor *tensor)
{
  g_return_if_fail (NUDGE_IS_TENSOR_VIEW (self));

  if (self->tensor == tensor)
    return;
  forget (self);
  if (tensor)
    follow (self, tensor);
  show (self);
  if (tensor)
    ask (self);
}

/**
 * nudge_tensor_view_set_picture:
 * @tensor: that it is of; if another one is shown by now, it is dropped
 * @picture: gets a reference
 */
void
nudge_tensor_view_set_picture (NudgeTensorView *self,
                               NudgeTensor *tensor,
                               NnTensorPicture *picture)
{
  g_return_if_fail (NUDGE_IS_TENSOR_VIEW (self));

  if (tensor != self->tensor)
    return;
  self->awaiting = FALSE;
  nudge_tensor_map_set_picture (self->map, picture);
}

/**
 * nudge_tensor_view_set_window:
 * @tensor: that it is of; if another one is shown by now, it is dropped
 * @window: gets a reference
 */
void
nudge_tensor_view_set_window (NudgeTensorView *self,
                              NudgeTensor *tensor,
                              NnTensorWindow *window)
{
  g_return_if_fail (NUDGE_IS_TENSOR_VIEW (self));

  if (tensor == self->tensor)
    nudge_tensor_map_set_window (self->map, window);
}

/* @preview: (nullable): gets a reference */
void
nudge_tensor_view_set_preview (NudgeTensorView *self, NnTensorSummary *preview)
{
  g_return_if_fail (NUDGE_IS_TENSOR_VIEW (self));

  if (self->preview == preview)
    return;
  g_clear_pointer (&self->preview, nn_tensor_summary_unref);
  if (preview)
    self->preview = nn_tensor_summary_ref (preview);
  show (self);
}

/**
 * nudge_tensor_view_set_n_others:
 * @n_others: that the nudge whose preview is shown changes besides
 */
void
nudge_tensor_view_set_n_others (NudgeTensorView *self, gsize n_others)
{
  g_return_if_fail (NUDGE_IS_TENSOR_VIEW (self));

  if (self->n_others == n_others)
    return;
  self->n_others = n_others;
  show (self);
}

static void
window_wanted_cb (NudgeTensorView *self,
                  guint64 first_row,
                  guint64 first_column,
                  guint64 n_rows,
                  guint64 n_columns)
{
  if (self->tensor && nudge_tensor_get_fault (self->tensor) == NULL)
    g_signal_emit (self, window_wanted, 0, self->tensor, first_row, first_column, n_rows,
                   n_columns);
}

/* ---- life -------------------------------------------------------------------------- */

static void
nudge_tensor_view_dispose (GObject *object)
{
  NudgeTensorView *self = NUDGE_TENSOR_VIEW (object);

  forget (self);
  gtk_widget_dispose_template (GTK_WIDGET (self), NUDGE_TYPE_TENSOR_VIEW);
  G_OBJECT_CLASS (nudge_tensor_view_parent_class)->dispose (object);
}

static void
install_signals (void)
{
  picture_wanted =
      g_signal_new ("picture-wanted", NUDGE_TYPE_TENSOR_VIEW, G_SIGNAL_RUN_LAST, 0, NULL,
                    NULL, NULL, G_TYPE_NONE, 1, NUDGE_TYPE_TENSOR);
  window_wanted =
      g_signal_new ("window-wanted", NUDGE_TYPE_TENSOR_VIEW, G_SIGNAL_RUN_LAST, 0, NULL,
                    NULL, NULL, G_TYPE_NONE, 5, NUDGE_TYPE_TENSOR, G_TYPE_UINT64,
                    G_TYPE_UINT64, G_TYPE_UINT64, G_TYPE_UINT64);
}

static void
nudge_tensor_view_class_init (NudgeTensorViewClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = nudge_tensor_view_dispose;
  g_type_ensure (NUDGE_TYPE_TENSOR_MAP);
  g_type_ensure (NUDGE_TYPE_TENSOR_HISTOGRAM_VIEW);
  gtk_widget_class_set_template_from_resource (
      widget_class, "/org/nudgelab/Nudge/ui/nudge-tensor-view.ui");
  gtk_widget_class_bind_template_child (widget_class, NudgeTensorView, stack);
  gtk_widget_class_bind_template_child (widget_class, NudgeTensorView, name);
  gtk_widget_class_bind_template_child (widget_class, NudgeTensorView, kind);
  gtk_widget_class_bind_template_child (widget_class, NudgeTensorView, statistics);
  gtk_widget_class_bind_template_child (widget_class, NudgeTensorView, mean);
  gtk_widget_class_bind_template_child (widget_class, NudgeTensorView, map);
  gtk_widget_class_bind_template_child (widget_class, NudgeTensorView, logarithmic);
  gtk_widget_class_bind_template_child (widget_class, NudgeTensorView, histogram);
  gtk_widget_class_bind_template_callback (widget_class, window_wanted_cb);
  install_signals ();
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_set_css_name (widget_class, "tensor-view");
}

static void
nudge_tensor_view_init (NudgeTensorView *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  for (guint i = 0; i < N_FIGURES; i++)
    add_figure (self, i);
  g_object_bind_property (self->mean, "active", self->map, "means",
                          G_BINDING_SYNC_CREATE);
  g_object_bind_property (self->logarithmic, "active", self->histogram, "logarithmic",
                          G_BINDING_SYNC_CREATE);
}

GtkWidget *
nudge_tensor_view_new (void)
{
  return g_object_new (NUDGE_TYPE_TENSOR_VIEW, NULL);
}
