/* nudge-text.h - text in a picture: four kinds of it, in figures of one width
 *
 * SPDX-License-Identifier: MIT
 *
 * Private to the painters. Lives as long as one drawing, and keeps one layout per
 * kind, so that a label costs its shaping and nothing else.
 */

#pragma once

#include <cairo.h>

#include "ui/draw/base/nudge-palette.h"

G_BEGIN_DECLS

typedef enum {
  NUDGE_TEXT_NAME,  /* bold 15: a layer's name, a title */
  NUDGE_TEXT_BODY,  /* 13: sentences */
  NUDGE_TEXT_LABEL, /* 12.5: axes, units, explanations */
  NUDGE_TEXT_NOTE,  /* bold 12: what a nudge did */
  NUDGE_N_TEXT_KINDS,
} NudgeTextKind;

typedef struct _NudgeText NudgeText;

NudgeText *nudge_text_new (cairo_t *cr) G_GNUC_WARN_UNUSED_RESULT;
void nudge_text_record (cairo_surface_t *surface, GString *svg);
void nudge_text_free (NudgeText *self);

double nudge_text_measure (NudgeText *self, NudgeTextKind kind, const char *text);
void nudge_text_draw (NudgeText *self,
                      NudgeTextKind kind,
                      const NudgeColour *colour,
                      double x,
                      double baseline,
                      double align,
                      const char *text);
void nudge_text_draw_within (NudgeText *self,
                             NudgeTextKind kind,
                             const NudgeColour *colour,
                             double x,
                             double baseline,
                             double align,
                             double width,
                             const char *text);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (NudgeText, nudge_text_free)

G_END_DECLS
