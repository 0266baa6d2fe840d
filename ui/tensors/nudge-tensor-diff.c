/* nudge-tensor-diff.c - the differences between the tensors of two files
 *
 * SPDX-License-Identifier: MIT
 */

#include "ui/tensors/nudge-tensor-diff.h"

#include <glib/gi18n.h>
#include <math.h>

#include "ui/tensors/nudge-tensor-column.h"
#include "ui/tensors/nudge-tensor-map.h"
#include "ui/tensors/nudge-tensor-pair.h"
#include "ui/text/nudge-number.h"

#define DIGITS        4
#define COSINE_DIGITS 6

/* Of a hash, shown. */
#define HASH_LENGTH 16

struct _NudgeTensorDiff {
  GtkWidget parent_instance;

  NnFileDifference *difference;  /* (owned) (nullable) */
  GListStore *pairs;             /* (owned) of NudgeTensorPair */
  GtkFilter *filter;             /* (owned) */
  GtkSingleSelection *selection; /* (owned) */
  NudgeTensorPair *chosen;       /* (owned) (nullable) */

  GtkWidget *column;
  GtkLabel *files;
  GtkCheckButton *only_differing;
  GtkLabel *metadata;
  GtkStack *stack;
  GtkLabel *none;
  GtkColumnView *view;
  GtkWidget *details;
  GtkLabel *name;
  GtkLabel *sentence;
  GtkLabel *hashes;
  GtkWidget *map_title;
  NudgeTensorMap *map;
};

enum {
  PROP_ONLY_DIFFERING = 1,
  N_PROPS,
};

static GParamSpec *props[N_PROPS];
static guint picture_wanted;
static guint window_wanted;

G_DEFINE_FINAL_TYPE (NudgeTensorDiff, nudge_tensor_diff, GTK_TYPE_WIDGET)

/* ---- the columns ------------------------------------------------------------------- */

/* NULL: there are no numbers to be told apart. */
static const NnArrayDifference *
get_difference (gpointer item)
{
  return nudge_tensor_pair_has_picture (item) ? &nudge_tensor_pair_get (item)->difference
                                              : NULL;
}

static double
get_changed (gpointer item)
{
  const NnArrayDifference *d = get_difference (item);

  return d ? (double) d->n_changed : (double) NAN;
}

static double
get_norm (gpointer item)
{
  const NnArrayDifference *d = get_difference (item);

  return d ? d->norm : (double) NAN;
}

static double
get_largest (gpointer item)
{
  const NnArrayDifference *d = get_difference (item);

  return d ? d->largest : (double) NAN;
}

static double
get_cosine (gpointer item)
{
  const NnArrayDifference *d = get_difference (item);

  return d ? d->cosine : (double) NAN;
}

static char *
dup_number (gpointer item, double value)
{
  return isnan (value) ? g_strdup ("") : nudge_number_format (value, DIGITS);
}

static char *
dup_cosine (gpointer item, double value)
{
  return isnan (value) ? g_strdup ("") : nudge_number_format (value, COSINE_DIGITS);
}

static char *
dup_count (gpointer item, double value)
{
  return isnan (value) ? g_strdup ("") : nudge_number_format_count ((guint64) value);
}

static char *
dup_name (gpointer item)
{
  return g_strdup (nudge_tensor_pair_get (item)->name);
}

static char *
dup_kind (gpointer item)
{
  return g_strdup (nudge_tensor_pair_get_kind_words (item));
}

static char *
dup_shape (gpointer item)
{
  return nudge_tensor_pair_dup_shape_words (item);
}

static char *
dup_type (gpointer item)
{
  return nudge_tensor_pair_dup_type_words (item);
}

/* Whether the bytes are the same, as SHA-256 tells. */
static char *
dup_hash (gpointer item)
{
  const NnArrayPair *pair = nudge_tensor_pair_get (item);
  const NnArrayDifference *d = &pair->difference;

  if (pair->kind == NN_PAIR_SAME)
    return g_strdup (_ ("same"));
  if (d->hash_a == NULL || d->hash_b == NULL)
    return g_strdup ("");
  return g_strdup (g_str_equal (d->hash_a, d->hash_b) ? _ ("same") : _ ("other"));
}

static const NudgeTensorColumn kinds[] = {
  { N_ ("Name"), TRUE, 20, dup_name },
  { N_ ("What"), FALSE, 12, dup_kind },
  { N_ ("Values"), FALSE, 11, NUDGE_TENSOR_COLUMN_OF (get_changed, dup_count) },
  { N_ ("Norm"), FALSE, 8, NUDGE_TENSOR_COLUMN_OF (get_norm, dup_number) },
  { N_ ("Largest"), FALSE, 8, NUDGE_TENSOR_COLUMN_OF (get_largest, dup_number) },
  { N_ ("Cosine"), FALSE, 8, NUDGE_TENSOR_COLUMN_OF (get_cosine, dup_cosine) },
  { N_ ("SHA-256"), FALSE, 7, dup_hash },
  { N_ ("Shape"), FALSE, 14, dup_shape },
  { N_ ("Type"), FALSE, 16, dup_type },
};

/* ---- the chosen one ---------------------------------------------------------------- */

static void
show_hashes (NudgeTensorDiff *self, const NnArrayDifference *d)
{
  g_autofree char *whole = NULL;
  g_autofree char *words = NULL;

  gtk_widget_set_visible (GTK_WIDGET (self->hashes), d && d->hash_a && d->hash_b);
  if (d == NULL || d->hash_a == NULL || d->hash_b == NULL)
    return;
  words = g_strdup_printf (_ ("SHA-256: A %.*s…, B %.*s…"), HASH_LENGTH, d->hash_a,
                           HASH_LENGTH, d->hash_b);
  whole = g_strdup_printf ("A %s\nB %s", d->hash_a, d->hash_b);
  gtk_label_set_text (self->hashes, words);
  gtk_widget_set_tooltip_text (GTK_WIDGET (self->hashes), whole);
}

static void
show_chosen (NudgeTensorDiff *self)
{
  const NnArrayPair *pair = self->chosen ? nudge_tensor_pair_get (self->chosen) : NULL;
  const gboolean has_picture =
      self->chosen && nudge_tensor_pair_has_picture (self->chosen);
  g_autofree char *sentence =
      self->chosen ? nudge_tensor_pair_dup_sentence (self->chosen) : NULL;

  gtk_widget_set_visible (self->details, pair != NULL);
  gtk_widget_set_visible (self->map_title, has_picture);
  gtk_widget_set_visible (GTK_WIDGET (self->map), has_picture);
  nudge_tensor_map_set_tensor (self->map, has_picture ? pair->name : NULL,
                               has_picture ? pair->rank : 0,
                               has_picture ? pair->shape : NULL);
  if (pair == NULL)
    return;
  gtk_label_set_text (self->name, pair->name);
  gtk_label_set_text (self->sentence, sentence);
  show_hashes (self, has_picture ? &pair->difference : NULL);
  if (has_picture)
    g_signal_emit (self, picture_wanted, 0, pair->name);
}

static void
selected_cb (NudgeTensorDiff *self)
{
  NudgeTensorPair *pair = gtk_single_selection_get_selected_item (self->selection);

  if (g_set_object (&self->chosen, pair))
    show_chosen (self);
}

static gboolean
is_chosen (NudgeTensorDiff *self, const char *name)
{
  return self->chosen && g_str_equal (nudge_tensor_pair_get (self->chosen)->name, name);
}

/**
 * nudge_tensor_diff_set_picture:
 * @name: that it is of; if another one is chosen by now, it is dropped
 * @picture: of B − A; gets a reference
 */
void
nudge_tensor_diff_set_picture (NudgeTensorDiff *self,
                               const char *name,
                               NnTensorPicture *picture)
{
  g_return_if_fail (NUDGE_IS_TENSOR_DIFF (self));

  if (is_chosen (self, name))
    nudge_tensor_map_set_picture (self->map, picture);
}

/**
 * nudge_tensor_diff_set_window:
 * @name: that it is of; if another one is chosen by now, it is dropped
 * @window: of B − A; gets a reference
 */
void
nudge_tensor_diff_set_window (NudgeTensorDiff *self,
                              const char *name,
                              NnTensorWindow *window)
{
  g_return_if_fail (NUDGE_IS_TENSOR_DIFF (self));

  if (is_chosen (self, name))
    nudge_tensor_map_set_window (self->map, window);
}

static void
window_wanted_cb (NudgeTensorDiff *self,
                  guint64 first_row,
                  guint64 first_column,
                  guint64 n_rows,
                  guint64 n_columns)
{
  if (self->chosen)
    g_signal_emit (self, window_wanted, 0, nudge_tensor_pair_get (self->chosen)->name,
                   first_row, first_column, n_rows, n_columns);
}

/* ---- all of them ------------------------------------------------------------------- */

static gboolean
fits_cb (gpointer item, gpointer data)
{
  NudgeTensorDiff *self = data;

  return !gtk_check_button_get_active (self->only_differing) ||
         nudge_tensor_pair_get (item)->kind != NN_PAIR_SAME;
}

/* Why there is no row, if there is none. */
static void
show_whether_any (NudgeTensorDiff *self)
{
  const gboolean any = g_list_model_get_n_items (G_LIST_MODEL (self->selection)) > 0;
  const NnFileDifference *d = self->difference;

  gtk_stack_set_visible_child_name (self->stack, any ? "table" : "none");
  if (d == NULL)
    gtk_label_set_text (self->none, "");
  else if (d->identical)
    gtk_label_set_text (self->none, _ ("The files are the same, byte for byte"));
  else if (d->same)
    gtk_label_set_text (self->none, _ ("All tensors are the same, to the bit"));
  else
    gtk_label_set_text (self->none, _ ("No tensor differs, only the metadata"));
}

static void
only_toggled_cb (NudgeTensorDiff *self)
{
  gtk_filter_changed (self->filter, GTK_FILTER_CHANGE_DIFFERENT);
  show_whether_any (self);
  g_object_notify_by_pspec (G_OBJECT (self), props[PROP_ONLY_DIFFERING]);
}

/* "A old.safetensors · B new.safetensors · 3 of 148 tensors differ" */
static void
show_files (NudgeTensorDiff *self, const char *a, const char *b)
{
  const guint n = self->difference->pairs->len;
  g_autofree char *count = nudge_number_format_count (n);
  g_autofree char *differ = nudge_number_format_count (n - self->difference->n_same);
  g_autofree char *tensors = g_strdup_printf (
      ngettext ("%s of %s tensor differs", "%s of %s tensors differ", n), differ, count);
  /* Translators: two files, and "3 of 148 tensors differ" */
  g_autofree char *words = g_strdup_printf (_ ("A %s · B %s · %s"), a, b, tensors);

  gtk_label_set_text (self->files, words);
  gtk_widget_set_tooltip_text (GTK_WIDGET (self->files), words);
}

static void
show_metadata (NudgeTensorDiff *self)
{
  g_autoptr (GString) words = g_string_new (_ ("Metadata: "));

  for (guint i = 0; i < self->difference->metadata->len; i++)
    g_string_append_printf (words, "%s%s", i > 0 ? "; " : "",
                            (char *) self->difference->metadata->pdata[i]);
  gtk_label_set_text (self->metadata, words->str);
  gtk_widget_set_tooltip_text (GTK_WIDGET (self->metadata), words->str);
  gtk_widget_set_visible (GTK_WIDGET (self->metadata),
                          self->difference->metadata->len > 0);
}

/* The first one that can be drawn is chosen, so that there is something to be seen. */
static void
choose_first (NudgeTensorDiff *self)
{
  GListModel *rows = G_LIST_MODEL (self->selection);
  const guint n = g_list_model_get_n_items (rows);
  guint chosen = 0;

  for (guint i = 0; i < n; i++) {
    g_autoptr (NudgeTensorPair) pair = g_list_model_get_item (rows, i);

    if (nudge_tensor_pair_has_picture (pair)) {
      chosen = i;
      break;
    }
  }
  if (n > 0)
    gtk_single_selection_set_selected (self->selection, chosen);
  selected_cb (self);
}

/**
 * nudge_tensor_diff_take_difference:
 * @difference: (transfer full)
 * @a: what the first file is called
 * @b: what the second one is called
 */
void
nudge_tensor_diff_take_difference (NudgeTensorDiff *self,
                                   NnFileDifference *difference,
                                   const char *a,
                                   const char *b)
{
  g_autoptr (GPtrArray) items = g_ptr_array_new_with_free_func (g_object_unref);

  g_return_if_fail (NUDGE_IS_TENSOR_DIFF (self));

  g_clear_pointer (&self->difference, nn_file_difference_free);
  self->difference = difference;
  for (guint i = 0; i < difference->pairs->len; i++)
    g_ptr_array_add (items, nudge_tensor_pair_new (difference->pairs->pdata[i]));
  g_list_store_splice (self->pairs, 0,
                       g_list_model_get_n_items (G_LIST_MODEL (self->pairs)),
                       items->pdata, items->len);
  show_files (self, a, b);
  show_metadata (self);
  show_whether_any (self);
  choose_first (self);
}

/* ---- life -------------------------------------------------------------------------- */

static void
nudge_tensor_diff_get_property (GObject *object,
                                guint id,
                                GValue *value,
                                GParamSpec *pspec)
{
  NudgeTensorDiff *self = NUDGE_TENSOR_DIFF (object);

  if (id == PROP_ONLY_DIFFERING)
    g_value_set_boolean (value, gtk_check_button_get_active (self->only_differing));
  else
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
}

static void
nudge_tensor_diff_set_property (GObject *object,
                                guint id,
                                const GValue *value,
                                GParamSpec *pspec)
{
  NudgeTensorDiff *self = NUDGE_TENSOR_DIFF (object);

  if (id == PROP_ONLY_DIFFERING)
    gtk_check_button_set_active (self->only_differing, g_value_get_boolean (value));
  else
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
}

static void
nudge_tensor_diff_dispose (GObject *object)
{
  NudgeTensorDiff *self = NUDGE_TENSOR_DIFF (object);

  gtk_widget_dispose_template (GTK_WIDGET (self), NUDGE_TYPE_TENSOR_DIFF);
  g_clear_object (&self->selection);
  g_clear_object (&self->filter);
  g_clear_object (&self->pairs);
  g_clear_object (&self->chosen);
  g_clear_pointer (&self->difference, nn_file_difference_free);
  G_OBJECT_CLASS (nudge_tensor_diff_parent_class)->dispose (object);
}

static void
bind_template (GtkWidgetClass *widget_class)
{
  gtk_widget_class_set_template_from_resource (
      widget_class, "/org/nudgelab/Nudge/ui/nudge-tensor-diff.ui");
  gtk_widget_class_bind_template_child (widget_class, NudgeTensorDiff, column);
  gtk_widget_class_bind_template_child (widget_class, NudgeTensorDiff, files);
  gtk_widget_class_bind_template_child (widget_class, NudgeTensorDiff, only_differing);
  gtk_widget_class_bind_template_child (widget_class, NudgeTensorDiff, metadata);
  gtk_widget_class_bind_template_child (widget_class, NudgeTensorDiff, stack);
  gtk_widget_class_bind_template_child (widget_class, NudgeTensorDiff, none);
  gtk_widget_class_bind_template_child (widget_class, NudgeTensorDiff, view);
  gtk_widget_class_bind_template_child (widget_class, NudgeTensorDiff, details);
  gtk_widget_class_bind_template_child (widget_class, NudgeTensorDiff, name);
  gtk_widget_class_bind_template_child (widget_class, NudgeTensorDiff, sentence);
  gtk_widget_class_bind_template_child (widget_class, NudgeTensorDiff, hashes);
  gtk_widget_class_bind_template_child (widget_class, NudgeTensorDiff, map_title);
  gtk_widget_class_bind_template_child (widget_class, NudgeTensorDiff, map);
  gtk_widget_class_bind_template_callback (widget_class, only_toggled_cb);
  gtk_widget_class_bind_template_callback (widget_class, window_wanted_cb);
}

static void
install_signals (void)
{
  picture_wanted =
      g_signal_new ("picture-wanted", NUDGE_TYPE_TENSOR_DIFF, G_SIGNAL_RUN_LAST, 0, NULL,
                    NULL, NULL, G_TYPE_NONE, 1, G_TYPE_STRING);
  window_wanted =
      g_signal_new ("window-wanted", NUDGE_TYPE_TENSOR_DIFF, G_SIGNAL_RUN_LAST, 0, NULL,
                    NULL, NULL, G_TYPE_NONE, 5, G_TYPE_STRING, G_TYPE_UINT64,
                    G_TYPE_UINT64, G_TYPE_UINT64, G_TYPE_UINT64);
}

static void
nudge_tensor_diff_class_init (NudgeTensorDiffClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = nudge_tensor_diff_dispose;
  object_class->get_property = nudge_tensor_diff_get_property;
  object_class->set_property = nudge_tensor_diff_set_property;
  props[PROP_ONLY_DIFFERING] = g_param_spec_boolean (
      "only-differing", NULL, NULL, TRUE,
      G_PARAM_READWRITE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, props);
  install_signals ();
  g_type_ensure (NUDGE_TYPE_TENSOR_MAP);
  bind_template (widget_class);
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_set_css_name (widget_class, "tensor-diff");
}

static void
nudge_tensor_diff_init (NudgeTensorDiff *self)
{
  GtkFilterListModel *filtered;
  GtkSortListModel *sorted;
  GtkSorter *sorter;

  gtk_widget_init_template (GTK_WIDGET (self));
  for (gsize i = 0; i < G_N_ELEMENTS (kinds); i++)
    nudge_tensor_column_add (self->view, &kinds[i]);
  self->pairs = g_list_store_new (NUDGE_TYPE_TENSOR_PAIR);
  self->filter = GTK_FILTER (gtk_custom_filter_new (fits_cb, self, NULL));
  filtered = gtk_filter_list_model_new (g_object_ref (G_LIST_MODEL (self->pairs)),
                                        g_object_ref (self->filter));
  sorter = gtk_column_view_get_sorter (self->view);
  sorted = gtk_sort_list_model_new (G_LIST_MODEL (filtered), g_object_ref (sorter));
  self->selection = gtk_single_selection_new (G_LIST_MODEL (sorted));
  g_signal_connect_object (self->selection, "notify::selected-item",
                           G_CALLBACK (selected_cb), self, G_CONNECT_SWAPPED);
  gtk_column_view_set_model (self->view, GTK_SELECTION_MODEL (self->selection));
  show_chosen (self);
}

GtkWidget *
nudge_tensor_diff_new (void)
{
  return g_object_new (NUDGE_TYPE_TENSOR_DIFF, NULL);
}
