/* nudge-data-picture.h - a picture of the data that a run is trained on
 *
 * SPDX-License-Identifier: MIT
 *
 * Points in their classes' colours for two features, targets over one feature, a grid
 * of images, and else the first rows of the table. What is held out is hollow. A scene
 * is made once for each data set, from every example; drawing it, as often as
 * necessary, takes some thousand points at most.
 *
 * The scene also says where an example is drawn, and which one is at a point.
 */

#pragma once

#include <cairo.h>

#include "nn/data/nn-dataset.h"
#include "ui/draw/base/nudge-palette.h"

G_BEGIN_DECLS

typedef enum {
  NUDGE_DATA_TABLE,
  NUDGE_DATA_POINTS, /* of two features */
  NUDGE_DATA_CURVE,  /* the target over one feature */
  NUDGE_DATA_IMAGES,
} NudgeDataKind;

/* A plain value; its fields are its own. */
typedef struct {
  NnDataset *dataset; /* (owned) */
  NudgeDataKind kind;
  double least[2]; /* of the axes */
  double most[2];
  double limit;     /* largest |target|; of numbers, whose colour it scales */
  gsize stride;     /* every so many rows are drawn */
  guint8 *held_out; /* (owned) (nullable) [n_examples] flags */
} NudgeDataScene;

typedef struct {
  const NudgePalette *palette;
  gssize row;  /* drawn elsewhere: … */
  double x, y; /* … at these values; -1: none is */
  gboolean has_cursor;
  double cursor[2]; /* values */
} NudgeDataStyle;

void nudge_data_scene_init (NudgeDataScene *self,
                            NnDataset *dataset,
                            const NudgeDataScene *before);
void nudge_data_scene_clear (NudgeDataScene *self);

gboolean nudge_data_scene_is_plane (const NudgeDataScene *self);
void nudge_data_scene_get_values (const NudgeDataScene *self, gsize row, double *values);
void nudge_data_scene_find_place (const NudgeDataScene *self,
                                  double width,
                                  double height,
                                  const double *values,
                                  double *x,
                                  double *y);
void nudge_data_scene_find_values (const NudgeDataScene *self,
                                   double width,
                                   double height,
                                   double x,
                                   double y,
                                   double *values);
gssize nudge_data_scene_find_row (const NudgeDataScene *self,
                                  double width,
                                  double height,
                                  double x,
                                  double y);

void nudge_draw_data (cairo_t *cr,
                      const NudgeDataScene *scene,
                      const NudgeDataStyle *style,
                      double width,
                      double height);

G_END_DECLS
