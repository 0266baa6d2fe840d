/* nudge-tensor-columns.c - the columns of a table of tensors and of their modules
 *
 * SPDX-License-Identifier: MIT
 */

#include "ui/tensors/nudge-tensor-columns.h"

#include <glib/gi18n.h>
#include <math.h>

#include "ui/tensors/nudge-tensor-bars.h"
#include "ui/tensors/nudge-tensor-module.h"
#include "ui/text/nudge-number.h"

#define DIGITS       4
#define OTHER_DIGITS 3  /* of what only training or a change has */
#define NAME_WIDTH   10 /* characters, at least */

/* ---- numbers ----------------------------------------------------------------------- */

static const NnTensorSummary *
get_summary (gpointer item)
{
  return NUDGE_IS_TENSOR (item) ? nudge_tensor_get_summary (item) : NULL;
}

static double
get_values (gpointer item)
{
  return NUDGE_IS_TENSOR (item) ? (double) nudge_tensor_get_n_values (item)
                                : (double) nudge_tensor_module_get_n_values (item);
}

static double
get_min (gpointer item)
{
  const NnTensorSummary *summary = get_summary (item);

  return summary ? summary->min : (double) NAN;
}

static double
get_max (gpointer item)
{
  const NnTensorSummary *summary = get_summary (item);

  return summary ? summary->max : (double) NAN;
}

static double
get_mean (gpointer item)
{
  const NnTensorSummary *summary = get_summary (item);

  return summary ? summary->mean : (double) NAN;
}

static double
get_std (gpointer item)
{
  const NnTensorSummary *summary = get_summary (item);

  return summary ? summary->std : (double) NAN;
}

static double
get_norm (gpointer item)
{
  const NnTensorSummary *summary = get_summary (item);

  if (NUDGE_IS_TENSOR_MODULE (item))
    return nudge_tensor_module_get_norm (item);
  return summary ? summary->norm : (double) NAN;
}

static double
get_zeros (gpointer item)
{
  const NnTensorSummary *summary = get_summary (item);

  return summary ? (double) summary->n_zeros : (double) NAN;
}

static double
get_gradient (gpointer item)
{
  return NUDGE_IS_TENSOR (item) ? nudge_tensor_get_gradient_norm (item)
                                : nudge_tensor_module_get_gradient_norm (item);
}

static double
get_update (gpointer item)
{
  return NUDGE_IS_TENSOR (item) ? nudge_tensor_get_update_ratio (item) : (double) NAN;
}

static double
get_changed (gpointer item)
{
  return NUDGE_IS_TENSOR (item) ? (double) nudge_tensor_get_change (item)->n_changed
                                : (double) nudge_tensor_module_get_n_changed (item);
}

static double
get_change_norm (gpointer item)
{
  if (NUDGE_IS_TENSOR (item) && nudge_tensor_get_change (item)->n_changed > 0)
    return nudge_tensor_get_change (item)->norm;
  return (double) NAN;
}

/* ---- texts ------------------------------------------------------------------------- */

/* A number that is not there, as the values have not been read yet, or never will. */
static char *
dup_missing (gpointer item)
{
  if (!NUDGE_IS_TENSOR (item))
    return g_strdup ("");
  return g_strdup (
      nudge_tensor_get_summary (item) || nudge_tensor_get_fault (item) ? "–" : "…");
}

static char *
dup_number (gpointer item, double value)
{
  return isnan (value) ? dup_missing (item) : nudge_number_format (value, DIGITS);
}

static char *
dup_shape (gpointer item)
{
  g_autofree char *count = NULL;
  guint n;

  if (NUDGE_IS_TENSOR (item))
    return nudge_tensor_dup_shape_words (item);
  n = nudge_tensor_module_get_n_tensors (item);
  count = nudge_number_format_count (n);
  return g_strdup_printf (ngettext ("%s tensor", "%s tensors", n), count);
}

static char *
dup_type (gpointer item)
{
  return g_strdup (NUDGE_IS_TENSOR (item) ? nudge_tensor_get_dtype (item) : "");
}

/* The norm of a module is known when those of all its tensors are. */
static char *
dup_norm (gpointer item, double value)
{
  if (isnan (value) && NUDGE_IS_TENSOR_MODULE (item))
    return g_strdup ("…");
  return dup_number (item, value);
}

static char *
dup_count (gpointer item, double value)
{
  return isnan (value) ? dup_missing (item) : nudge_number_format_count ((guint64) value);
}

static char *
dup_changed (gpointer item, double value)
{
  return value > 0 ? nudge_number_format_count ((guint64) value) : g_strdup ("");
}

static char *
dup_known (gpointer item, double value)
{
  return isnan (value) ? g_strdup ("") : nudge_number_format (value, OTHER_DIGITS);
}

/* ---- the name ---------------------------------------------------------------------- */

static char *
dup_name (gpointer item)
{
  return g_strdup (NUDGE_IS_TENSOR (item) ? nudge_tensor_get_name (item)
                                          : nudge_tensor_module_get_path (item));
}

/* Returns: (nullable): what there is to say of it besides */
static const char *
get_note (gpointer item)
{
  const char *fault =
      NUDGE_IS_TENSOR (item) ? nudge_tensor_get_fault (NUDGE_TENSOR (item)) : NULL;

  if (fault != NULL || !NUDGE_IS_TENSOR (item))
    return fault;
  return nudge_tensor_get_note (NUDGE_TENSOR (item));
}

/* The whole name, and the note. Setting it for each row as it is shown would ask the screen each time. */
static gboolean
query_tooltip_cb (GtkWidget *child,
                  int x,
                  int y,
                  gboolean by_keyboard,
                  GtkTooltip *tooltip)
{
  GtkTreeListRow *row = gtk_tree_expander_get_list_row (GTK_TREE_EXPANDER (child));
  g_autoptr (GObject) item = row ? gtk_tree_list_row_get_item (row) : NULL;
  const char *note = get_note (item);
  g_autofree char *name = item ? dup_name (item) : NULL;
  g_autofree char *words = note ? g_strdup_printf ("%s · %s", name, note) : NULL;

  gtk_tooltip_set_text (tooltip, words ? words : name);
  return name != NULL;
}

/* The name, in the row of a tree; dim if there is a note, which a pointer brings. */
static GtkWidget *
make_name (void)
{
  GtkWidget *expander = gtk_tree_expander_new ();
  GtkWidget *name = gtk_inscription_new (NULL);

  gtk_inscription_set_text_overflow (GTK_INSCRIPTION (name),
                                     GTK_INSCRIPTION_OVERFLOW_ELLIPSIZE_MIDDLE);
  gtk_inscription_set_min_chars (GTK_INSCRIPTION (name), NAME_WIDTH);
  gtk_widget_set_hexpand (name, TRUE);
  gtk_tree_expander_set_child (GTK_TREE_EXPANDER (expander), name);
  gtk_widget_set_has_tooltip (expander, TRUE);
  g_signal_connect (expander, "query-tooltip", G_CALLBACK (query_tooltip_cb), NULL);
  return expander;
}

/* The whole row, for a screen reader. */
static char *
dup_row_words (gpointer item)
{
  g_autofree char *shape = dup_shape (item);
  g_autofree char *type = dup_type (item);
  g_autofree char *mean = dup_number (item, get_mean (item));
  g_autofree char *std = dup_number (item, get_std (item));
  g_autofree char *norm = dup_norm (item, get_norm (item));
  g_autofree char *words = NULL;

  if (NUDGE_IS_TENSOR_MODULE (item))
    /* Translators: "12 tensors", and of all their values */
    return g_strdup_printf (_ ("%s, norm %s"), shape, norm);
  /* Translators: "3 × 2", "float32", and three numbers */
  words = g_strdup_printf (_ ("%s, %s, mean %s, std %s, norm %s"), shape, type, mean, std,
                           norm);
  return get_note (item) ? g_strdup_printf ("%s, %s", words, get_note (item))
                         : g_steal_pointer (&words);
}

/* In its module, if it is seen to be in one. */
static const char *
get_name_in (gpointer item, GtkTreeListRow *row)
{
  g_autoptr (GtkTreeListRow) parent = row ? gtk_tree_list_row_get_parent (row) : NULL;
  g_autoptr (GObject) module = parent ? gtk_tree_list_row_get_item (parent) : NULL;

  if (NUDGE_IS_TENSOR_MODULE (item))
    return nudge_tensor_module_get_name (item);
  return nudge_tensor_module_get_name_of (module ? NUDGE_TENSOR_MODULE (module) : NULL,
                                          item);
}

static void
set_class (GtkWidget *child, const char *class, gboolean has)
{
  if (has)
    gtk_widget_add_css_class (child, class);
  else
    gtk_widget_remove_css_class (child, class);
}

static void
show_name (GtkWidget *child, gpointer item, GtkTreeListRow *row)
{
  GtkWidget *name = gtk_tree_expander_get_child (GTK_TREE_EXPANDER (child));
  g_autofree char *told = dup_row_words (item);

  gtk_tree_expander_set_list_row (GTK_TREE_EXPANDER (child), row);
  gtk_inscription_set_text (GTK_INSCRIPTION (name), get_name_in (item, row));
  set_class (child, "module", !NUDGE_IS_TENSOR (item));
  set_class (child, "noted", get_note (item) != NULL);
  gtk_accessible_update_property (GTK_ACCESSIBLE (name),
                                  GTK_ACCESSIBLE_PROPERTY_DESCRIPTION, told, -1);
}

/* ---- the histogram ----------------------------------------------------------------- */

static void
show_bars (GtkWidget *child, gpointer item, GtkTreeListRow *row)
{
  g_autofree char *name = dup_name (item);
  g_autofree char *words = g_strdup_printf (_ ("Histogram of %s"), name);

  gtk_accessible_update_property (GTK_ACCESSIBLE (child), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  words, -1);
  nudge_tensor_bars_show (NUDGE_TENSOR_BARS (child), NUDGE_IS_TENSOR (item)
                                                         ? nudge_tensor_get_summary (item)
                                                         : NULL);
}

/* ---- all of them ------------------------------------------------------------------- */

typedef struct {
  NudgeTensorColumnGroup group;
  NudgeTensorColumn column;
} Kind;

#define USUAL    NUDGE_TENSOR_COLUMN_USUAL
#define FORM     NUDGE_TENSOR_COLUMN_FORM
#define TRAINING NUDGE_TENSOR_COLUMN_TRAINING
#define CHANGE   NUDGE_TENSOR_COLUMN_CHANGE

static const Kind kinds[] = {
  { USUAL, { N_ ("Name"), TRUE, 0, NULL, make_name, show_name, .dup_key = dup_name } },
  { CHANGE,
    { N_ ("Changed"), FALSE, 9, NUDGE_TENSOR_COLUMN_OF (get_changed, dup_changed) } },
  { CHANGE,
    { N_ ("Change"), FALSE, 9, NUDGE_TENSOR_COLUMN_OF (get_change_norm, dup_known) } },
  { FORM, { N_ ("Shape"), FALSE, 13, dup_shape } },
  { FORM, { N_ ("Histogram"), FALSE, 0, NULL, nudge_tensor_bars_new, show_bars } },
  { USUAL, { N_ ("Norm"), FALSE, 9, NUDGE_TENSOR_COLUMN_OF (get_norm, dup_norm) } },
  { TRAINING,
    { N_ ("Gradient norm"), FALSE, 8, NUDGE_TENSOR_COLUMN_OF (get_gradient, dup_known),
      .heading = N_ ("Gradient") } },
  { TRAINING,
    { N_ ("Update / weight"), FALSE, 8, NUDGE_TENSOR_COLUMN_OF (get_update, dup_known),
      .heading = N_ ("Update") } },
  { USUAL, { N_ ("Mean"), FALSE, 10, NUDGE_TENSOR_COLUMN_OF (get_mean, dup_number) } },
  { USUAL, { N_ ("Std"), FALSE, 8, NUDGE_TENSOR_COLUMN_OF (get_std, dup_number) } },
  { USUAL, { N_ ("Min"), FALSE, 9, NUDGE_TENSOR_COLUMN_OF (get_min, dup_number) } },
  { USUAL, { N_ ("Max"), FALSE, 8, NUDGE_TENSOR_COLUMN_OF (get_max, dup_number) } },
  { USUAL, { N_ ("Zeros"), FALSE, 9, NUDGE_TENSOR_COLUMN_OF (get_zeros, dup_count) } },
  { USUAL, { N_ ("Values"), FALSE, 12, NUDGE_TENSOR_COLUMN_OF (get_values, dup_count) } },
  { USUAL, { N_ ("Type"), FALSE, 9, dup_type } },
};

gsize
nudge_tensor_columns_count (void)
{
  return G_N_ELEMENTS (kinds);
}

/* @group: (out) (optional) */
const NudgeTensorColumn *
nudge_tensor_columns_get (gsize i, NudgeTensorColumnGroup *group)
{
  g_return_val_if_fail (i < G_N_ELEMENTS (kinds), NULL);

  if (group)
    *group = kinds[i].group;
  return &kinds[i].column;
}
