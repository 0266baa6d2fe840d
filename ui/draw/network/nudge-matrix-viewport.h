/* nudge-matrix-viewport.h - which part of a matrix is visible, and how large
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

/* The part that the picture shows. A value is as wide and high as the zoom, or the field's
 * least. */
typedef struct {
  double zoom; /* 0: as much as fits */
  double x;    /* values to the left of the picture … */
  double y;    /* … and above it */
} NudgeMatrixViewport;

/* The rows and columns that a viewport shows, in whole or in part. */
typedef struct {
  guint64 first_row;
  guint64 end_row;
  guint64 first_column;
  guint64 end_column;
} NudgeMatrixSeen;

void nudge_matrix_field_stretch (NudgeMatrixField *self);

double nudge_matrix_viewport_get_width (const NudgeMatrixViewport *self,
                                        const NudgeMatrixField *field);
double nudge_matrix_viewport_get_height (const NudgeMatrixViewport *self,
                                         const NudgeMatrixField *field);
void nudge_matrix_viewport_fit (NudgeMatrixViewport *self, const NudgeMatrixField *field);
void nudge_matrix_viewport_zoom (NudgeMatrixViewport *self,
                                 const NudgeMatrixField *field,
                                 double factor,
                                 double x,
                                 double y);
void nudge_matrix_viewport_move (NudgeMatrixViewport *self,
                                 const NudgeMatrixField *field,
                                 double dx,
                                 double dy);
gboolean nudge_matrix_viewport_find (const NudgeMatrixViewport *self,
                                     const NudgeMatrixField *field,
                                     double x,
                                     double y,
                                     guint64 *row,
                                     guint64 *column);
void nudge_matrix_viewport_get_seen (const NudgeMatrixViewport *self,
                                     const NudgeMatrixField *field,
                                     NudgeMatrixSeen *seen);
double nudge_matrix_viewport_get_x (const NudgeMatrixViewport *self,
                                    const NudgeMatrixField *field,
                                    guint64 column);
double nudge_matrix_viewport_get_y (const NudgeMatrixViewport *self,
                                    const NudgeMatrixField *field,
                                    guint64 row);

G_END_DECLS
