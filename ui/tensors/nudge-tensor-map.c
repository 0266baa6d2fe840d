/* nudge-tensor-map.c - a tensor's values as a heat map, down to a pixel and more for each
 *
 * SPDX-License-Identifier: MIT
 */

#include "ui/tensors/nudge-tensor-map.h"

#include <glib/gi18n.h>
#include <string.h>

#include "nn/arrays/nn-array.h"
#include "ui/draw/tensors/nudge-tensor-picture.h"
#include "ui/text/nudge-number.h"

/* Of what is seen, asked for around it: a drag does not ask at each pixel. */
#define MARGIN_SHARE 0.5

struct _NudgeTensorMap {
  NudgeZoomPicture parent_instance;

  char *name; /* (owned) (nullable) */
  guint rank;
  guint64 shape[NN_ARRAY_MAX_RANK];
  gboolean means;
  double limits[2];         /* of values, and of the means of cells */
  NnTensorPicture *picture; /* (owned) (nullable) */
  NnTensorWindow *window;   /* (owned) (nullable) */
  NudgeMatrixSeen asked;    /* for these values; none if they are as many as 0 */
  guint asking;             /* an idle source */

  gboolean has_cursor; /* of the keys */
  guint64 cursor_row;
  guint64 cursor_column;
  char *reading; /* (owned) (nullable) */
};

enum {
  PROP_MEANS = 1,
  PROP_READING,
  N_PROPS,
};

static GParamSpec *props[N_PROPS];
static guint window_wanted;

G_DEFINE_FINAL_TYPE (NudgeTensorMap, nudge_tensor_map, NUDGE_TYPE_ZOOM_PICTURE)

static NudgeTensorSource
get_source (NudgeTensorMap *self)
{
  return (NudgeTensorSource){ self->name ? self->name : "",
                              self->rank,
                              self->shape,
                              self->picture,
                              self->window,
                              self->means };
}

/* ---- values one by one ------------------------------------------------------------- */

static gboolean
has_all (const NnTensorPicture *picture)
{
  return picture->n_cell_rows == picture->n_rows &&
         picture->n_cell_columns == picture->n_columns;
}

/* The values around what is seen, too, as far as they are not too many. */
static NudgeMatrixSeen
widen (const NudgeMatrixSeen *seen, const NudgeMatrixField *field)
{
  const guint64 rows =
      (guint64) (MARGIN_SHARE * (double) (seen->end_row - seen->first_row));
  const guint64 columns =
      (guint64) (MARGIN_SHARE * (double) (seen->end_column - seen->first_column));
  const NudgeMatrixSeen wide = {
    .first_row = seen->first_row - MIN (rows, seen->first_row),
    .end_row = MIN (seen->end_row + rows, (guint64) field->n_rows),
    .first_column = seen->first_column - MIN (columns, seen->first_column),
    .end_column = MIN (seen->end_column + columns, (guint64) field->n_columns),
  };

  return (wide.end_row - wide.first_row) * (wide.end_column - wide.first_column) <=
                 NUDGE_TENSOR_MAP_MOST
             ? wide
             : *seen;
}

static gboolean
has_asked (NudgeTensorMap *self, const NudgeMatrixSeen *seen)
{
  return seen->first_row >= self->asked.first_row &&
         seen->end_row <= self->asked.end_row &&
         seen->first_column >= self->asked.first_column &&
         seen->end_column <= self->asked.end_column;
}

static gboolean
ask_cb (gpointer data)
{
  NudgeTensorMap *self = data;
  NudgeMatrixField field;
  NudgeMatrixViewport viewport;
  NudgeMatrixSeen seen;

  self->asking = 0;
  if (self->picture == NULL || has_all (self->picture) ||
      !nudge_zoom_picture_get_viewport (NUDGE_ZOOM_PICTURE (self), &field, &viewport))
    return G_SOURCE_REMOVE;
  nudge_matrix_viewport_get_seen (&viewport, &field, &seen);
  if ((double) (seen.end_row - seen.first_row) *
              (double) (seen.end_column - seen.first_column) >
          NUDGE_TENSOR_MAP_MOST ||
      has_asked (self, &seen))
    return G_SOURCE_REMOVE;
  self->asked = widen (&seen, &field);
  g_signal_emit (self, window_wanted, 0, self->asked.first_row, self->asked.first_column,
                 self->asked.end_row - self->asked.first_row,
                 self->asked.end_column - self->asked.first_column);
  return G_SOURCE_REMOVE;
}

/* Soon, and once for several reasons. */
static void
ask_soon (NudgeTensorMap *self)
{
  if (self->asking == 0 && self->name != NULL)
    self->asking = g_idle_add (ask_cb, self);
}

/* ---- what is read ------------------------------------------------------------------ */

/* Under the pointer, or else at the keys' cursor. */
static gboolean
find_read (NudgeTensorMap *self, guint64 *row, guint64 *column)
{
  if (nudge_zoom_picture_find_pointed (NUDGE_ZOOM_PICTURE (self), row, column))
    return TRUE;
  *row = self->cursor_row;
  *column = self->cursor_column;
  return self->has_cursor;
}

static void
read_again (NudgeTensorMap *self)
{
  const NudgeTensorSource source = get_source (self);
  guint64 row, column;
  g_autofree char *reading = find_read (self, &row, &column)
                                 ? nudge_tensor_dup_reading (&source, row, column)
                                 : NULL;

  nudge_picture_refresh (NUDGE_PICTURE (self));
  if (g_strcmp0 (reading, self->reading) == 0)
    return;
  g_free (self->reading);
  self->reading = g_steal_pointer (&reading);
  nudge_picture_describe_again (NUDGE_PICTURE (self));
  g_object_notify_by_pspec (G_OBJECT (self), props[PROP_READING]);
}

static void
nudge_tensor_map_pointer_moved (NudgePicture *picture)
{
  read_again (NUDGE_TENSOR_MAP (picture));
}

static gsize
get_stride (guint64 n, guint n_cells)
{
  return (gsize) MAX (n / MAX (n_cells, 1), 1);
}

/* By one value where values are seen, else by one cell. */
static void
move_cursor (NudgeTensorMap *self, int rows, int columns)
{
  const NudgeTensorSource source = get_source (self);
  NudgeMatrixField field;
  NudgeMatrixViewport viewport;
  NudgeMatrixSeen seen;
  double row, column;

  if (!nudge_zoom_picture_get_viewport (NUDGE_ZOOM_PICTURE (self), &field, &viewport))
    return;
  nudge_matrix_viewport_get_seen (&viewport, &field, &seen);
  if (self->picture && !nudge_tensor_has_values (&source, &seen)) {
    rows *= (int) get_stride (self->picture->n_rows, self->picture->n_cell_rows);
    columns *= (int) get_stride (self->picture->n_columns, self->picture->n_cell_columns);
  }
  if (!self->has_cursor) { /* the first time, to the first one that is seen */
    self->cursor_row = seen.first_row;
    self->cursor_column = seen.first_column;
    rows = columns = 0;
  }
  row = (double) self->cursor_row + rows;
  column = (double) self->cursor_column + columns;
  self->has_cursor = TRUE;
  self->cursor_row = (guint64) CLAMP (row, 0, field.n_rows - 1);
  self->cursor_column = (guint64) CLAMP (column, 0, field.n_columns - 1);
  nudge_zoom_picture_move_to (NUDGE_ZOOM_PICTURE (self), self->cursor_row,
                              self->cursor_column);
  read_again (self);
}

static gboolean
remove_cursor (NudgeTensorMap *self)
{
  if (!self->has_cursor)
    return GDK_EVENT_PROPAGATE;
  self->has_cursor = FALSE;
  read_again (self);
  return GDK_EVENT_STOP;
}

static gboolean
nudge_tensor_map_handle_key (NudgeZoomPicture *picture, guint key, GdkModifierType state)
{
  NudgeTensorMap *self = NUDGE_TENSOR_MAP (picture);

  if (key == GDK_KEY_Escape)
    return remove_cursor (self);
  if (!(state & GDK_SHIFT_MASK))
    return GDK_EVENT_PROPAGATE;
  switch (key) {
  case GDK_KEY_Left:
    move_cursor (self, 0, -1);
    return GDK_EVENT_STOP;
  case GDK_KEY_Right:
    move_cursor (self, 0, 1);
    return GDK_EVENT_STOP;
  case GDK_KEY_Up:
    move_cursor (self, -1, 0);
    return GDK_EVENT_STOP;
  case GDK_KEY_Down:
    move_cursor (self, 1, 0);
    return GDK_EVENT_STOP;
  default:
    return GDK_EVENT_PROPAGATE;
  }
}

/* ---- the picture ------------------------------------------------------------------- */

static gboolean
nudge_tensor_map_get_field (NudgeZoomPicture *picture,
                            double width,
                            double height,
                            NudgeMatrixField *field)
{
  NudgeTensorMap *self = NUDGE_TENSOR_MAP (picture);
  const NudgeTensorSource source = get_source (self);

  return self->name != NULL && nudge_tensor_get_field (&source, width, height, field);
}

static void
nudge_tensor_map_place_changed (NudgeZoomPicture *picture)
{
  read_again (NUDGE_TENSOR_MAP (picture));
  ask_soon (NUDGE_TENSOR_MAP (picture));
}

static void
nudge_tensor_map_draw (NudgePicture *picture,
                       cairo_t *cr,
                       const NudgePalette *palette,
                       double width,
                       double height)
{
  NudgeTensorMap *self = NUDGE_TENSOR_MAP (picture);
  const NudgeTensorSource source = get_source (self);
  NudgeTensorStyle style = { .palette = palette };
  NudgeMatrixField field;
  NudgeMatrixViewport viewport;
  NudgeMatrixSeen seen;

  if (!nudge_zoom_picture_get_viewport (NUDGE_ZOOM_PICTURE (self), &field, &viewport))
    return;
  nudge_matrix_viewport_get_seen (&viewport, &field, &seen);
  style.limit = self->limits[self->means && !nudge_tensor_has_values (&source, &seen)];
  style.reading = find_read (self, &style.row, &style.column);
  nudge_draw_tensor (cr, &source, &style, &viewport, width, height);
}

static char *
nudge_tensor_map_describe (NudgePicture *picture)
{
  NudgeTensorMap *self = NUDGE_TENSOR_MAP (picture);
  guint64 n_rows, n_columns;
  g_autofree char *rows = NULL;
  g_autofree char *columns = NULL;

  if (self->reading || self->name == NULL)
    return g_strdup (self->reading ? self->reading : "");
  nn_tensor_get_matrix (self->rank, self->shape, &n_rows, &n_columns);
  rows = nudge_number_format_count (n_rows);
  columns = nudge_number_format_count (n_columns);
  return g_strdup_printf ("%s, %s × %s", self->name, rows, columns);
}

static void
nudge_tensor_map_size_allocate (GtkWidget *widget, int width, int height, int baseline)
{
  ask_soon (NUDGE_TENSOR_MAP (widget));
}

/* ---- what is shown ----------------------------------------------------------------- */

/**
 * nudge_tensor_map_set_tensor:
 * @name: (nullable): NULL: none
 * @shape: (array length=rank)
 *
 * Its picture comes later.
 */
void
nudge_tensor_map_set_tensor (NudgeTensorMap *self,
                             const char *name,
                             guint rank,
                             const guint64 *shape)
{
  g_return_if_fail (NUDGE_IS_TENSOR_MAP (self));
  g_return_if_fail (rank <= NN_ARRAY_MAX_RANK);

  g_free (self->name);
  self->name = g_strdup (name);
  self->rank = name ? rank : 0;
  if (self->rank > 0)
    memcpy (self->shape, shape, rank * sizeof *shape);
  g_clear_pointer (&self->picture, nn_tensor_picture_unref);
  g_clear_pointer (&self->window, nn_tensor_window_unref);
  self->asked = (NudgeMatrixSeen){ 0 };
  self->limits[0] = self->limits[1] = 1;
  self->has_cursor = FALSE;
  nudge_zoom_picture_show_all (NUDGE_ZOOM_PICTURE (self));
  nudge_picture_describe_again (NUDGE_PICTURE (self));
}

static void
fit_limits (NudgeTensorMap *self, gboolean again)
{
  NudgeTensorSource source = get_source (self);

  for (guint i = 0; i < 2 && self->picture; i++) {
    source.means = i == 1;
    self->limits[i] = nudge_tensor_find_limit (&source, again ? self->limits[i] : 0);
  }
}

/* The picture has all values, so that there is nothing to be asked for. */
static NnTensorWindow *
window_of_picture (const NnTensorPicture *picture)
{
  const gsize n = (gsize) picture->n_rows * (gsize) picture->n_columns;

  return nn_tensor_window_new (0, 0, (gsize) picture->n_rows, (gsize) picture->n_columns,
                               g_memdup2 (picture->extremes, n * sizeof (double)));
}

/**
 * nudge_tensor_map_set_picture:
 * @picture: (nullable): gets a reference
 *
 * Of the tensor, now or again: values that are shown one by one are requested again.
 */
void
nudge_tensor_map_set_picture (NudgeTensorMap *self, NnTensorPicture *picture)
{
  const gboolean again = self->picture != NULL;

  g_return_if_fail (NUDGE_IS_TENSOR_MAP (self));

  g_clear_pointer (&self->picture, nn_tensor_picture_unref);
  if (picture)
    self->picture = nn_tensor_picture_ref (picture);
  if (picture && has_all (picture)) {
    g_clear_pointer (&self->window, nn_tensor_window_unref);
    self->window = window_of_picture (picture);
  }
  fit_limits (self, again);
  self->asked = (NudgeMatrixSeen){ 0 };
  ask_soon (self);
  read_again (self);
}

/**
 * nudge_tensor_map_set_window:
 * @window: (nullable): gets a reference
 */
void
nudge_tensor_map_set_window (NudgeTensorMap *self, NnTensorWindow *window)
{
  g_return_if_fail (NUDGE_IS_TENSOR_MAP (self));

  g_clear_pointer (&self->window, nn_tensor_window_unref);
  if (window)
    self->window = nn_tensor_window_ref (window);
  read_again (self);
}

/* Whether a cell has the mean of its values, or the one of largest magnitude. */
void
nudge_tensor_map_set_means (NudgeTensorMap *self, gboolean means)
{
  g_return_if_fail (NUDGE_IS_TENSOR_MAP (self));

  if (self->means == means)
    return;
  self->means = means;
  nudge_picture_refresh (NUDGE_PICTURE (self));
  g_object_notify_by_pspec (G_OBJECT (self), props[PROP_MEANS]);
}

/* ---- life -------------------------------------------------------------------------- */

static void
nudge_tensor_map_get_property (GObject *object,
                               guint id,
                               GValue *value,
                               GParamSpec *pspec)
{
  NudgeTensorMap *self = NUDGE_TENSOR_MAP (object);

  if (id == PROP_MEANS)
    g_value_set_boolean (value, self->means);
  else if (id == PROP_READING)
    g_value_set_string (value, self->reading);
  else
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
}

static void
nudge_tensor_map_set_property (GObject *object,
                               guint id,
                               const GValue *value,
                               GParamSpec *pspec)
{
  if (id == PROP_MEANS)
    nudge_tensor_map_set_means (NUDGE_TENSOR_MAP (object), g_value_get_boolean (value));
  else
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
}

static void
nudge_tensor_map_dispose (GObject *object)
{
  NudgeTensorMap *self = NUDGE_TENSOR_MAP (object);

  g_clear_handle_id (&self->asking, g_source_remove);
  g_clear_pointer (&self->picture, nn_tensor_picture_unref);
  g_clear_pointer (&self->window, nn_tensor_window_unref);
  G_OBJECT_CLASS (nudge_tensor_map_parent_class)->dispose (object);
}

static void
nudge_tensor_map_finalize (GObject *object)
{
  NudgeTensorMap *self = NUDGE_TENSOR_MAP (object);

  g_free (self->name);
  g_free (self->reading);
  G_OBJECT_CLASS (nudge_tensor_map_parent_class)->finalize (object);
}

static void
install_properties (GObjectClass *object_class)
{
  props[PROP_MEANS] = g_param_spec_boolean ("means", NULL, NULL, FALSE,
                                            G_PARAM_READWRITE | G_PARAM_EXPLICIT_NOTIFY |
                                                G_PARAM_STATIC_STRINGS);
  props[PROP_READING] = g_param_spec_string ("reading", NULL, NULL, NULL,
                                             G_PARAM_READABLE | G_PARAM_EXPLICIT_NOTIFY |
                                                 G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, props);
}

static void
nudge_tensor_map_class_init (NudgeTensorMapClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  NudgePictureClass *picture_class = NUDGE_PICTURE_CLASS (klass);
  NudgeZoomPictureClass *zoom_class = NUDGE_ZOOM_PICTURE_CLASS (klass);

  object_class->dispose = nudge_tensor_map_dispose;
  object_class->finalize = nudge_tensor_map_finalize;
  object_class->get_property = nudge_tensor_map_get_property;
  object_class->set_property = nudge_tensor_map_set_property;
  GTK_WIDGET_CLASS (klass)->size_allocate = nudge_tensor_map_size_allocate;
  picture_class->draw = nudge_tensor_map_draw;
  picture_class->describe = nudge_tensor_map_describe;
  picture_class->pointer_moved = nudge_tensor_map_pointer_moved;
  picture_class->frameless = TRUE;
  zoom_class->get_field = nudge_tensor_map_get_field;
  zoom_class->place_changed = nudge_tensor_map_place_changed;
  zoom_class->handle_key = nudge_tensor_map_handle_key;
  install_properties (object_class);
  window_wanted = g_signal_new ("window-wanted", NUDGE_TYPE_TENSOR_MAP, G_SIGNAL_RUN_LAST,
                                0, NULL, NULL, NULL, G_TYPE_NONE, 4, G_TYPE_UINT64,
                                G_TYPE_UINT64, G_TYPE_UINT64, G_TYPE_UINT64);
  gtk_widget_class_set_css_name (GTK_WIDGET_CLASS (klass), "tensor-map");
}

static void
nudge_tensor_map_init (NudgeTensorMap *self)
{
  self->limits[0] = self->limits[1] = 1;
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _ ("Heat map"), -1);
}
