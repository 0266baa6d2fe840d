/* nudge-matrix-place.h - which rows and columns of a matrix are looked at, and how large
 *
 * SPDX-License-Identifier: MIT
 *
 * Plain values. All lengths are in the picture's units.
 */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

#define NUDGE_MATRIX_MOST_ZOOM 64.0

/* A matrix, and where a picture has space for it. */
typedef struct {
  double n_rows;
  double n_columns;
  double x;
  double y;
  double width;
  double height;
  double least_width; /* of a value */
  double least_height;
} NudgeMatrixField;

/* Where one looks. A value is as wide and high as the zoom, or the field's least. */
typedef struct {
  double zoom; /* 0: as much as fits */
  double x;    /* values to the left of the picture … */
  double y;    /* … and above it */
} NudgeMatrixPlace;

/* Some rows and columns. */
typedef struct {
  guint64 first_row;
  guint64 end_row;
  guint64 first_column;
  guint64 end_column;
} NudgeMatrixSeen;

void nudge_matrix_field_stretch (NudgeMatrixField *self);

double nudge_matrix_place_get_width (const NudgeMatrixPlace *self,
                                     const NudgeMatrixField *field);
double nudge_matrix_place_get_height (const NudgeMatrixPlace *self,
                                      const NudgeMatrixField *field);
void nudge_matrix_place_fit (NudgeMatrixPlace *self, const NudgeMatrixField *field);
void nudge_matrix_place_zoom (NudgeMatrixPlace *self,
                              const NudgeMatrixField *field,
                              double factor,
                              double x,
                              double y);
void nudge_matrix_place_move (NudgeMatrixPlace *self,
                              const NudgeMatrixField *field,
                              double dx,
                              double dy);
gboolean nudge_matrix_place_find (const NudgeMatrixPlace *self,
                                  const NudgeMatrixField *field,
                                  double x,
                                  double y,
                                  guint64 *row,
                                  guint64 *column);
void nudge_matrix_place_get_seen (const NudgeMatrixPlace *self,
                                  const NudgeMatrixField *field,
                                  NudgeMatrixSeen *seen);
double nudge_matrix_place_get_x (const NudgeMatrixPlace *self,
                                 const NudgeMatrixField *field,
                                 guint64 column);
double nudge_matrix_place_get_y (const NudgeMatrixPlace *self,
                                 const NudgeMatrixField *field,
                                 guint64 row);

G_END_DECLS
