/* nudge-network-reading.h - all numbers of one weight, bias or neuron
 *
 * SPDX-License-Identifier: MIT
 *
 * Drawn below all neurons, so that it hides none. Its rows are also the
 * accessible description.
 */

#pragma once

#include "ui/draw/network/nudge-network-canvas.h"

G_BEGIN_DECLS

#define NUDGE_READING_ROWS 10

typedef struct {
  char *label;  /* (owned) */
  char *number; /* (owned) */
} NudgeReadingRow;

typedef struct {
  NudgeReadingRow rows[NUDGE_READING_ROWS];
  gsize n_rows;
} NudgeReading;

gssize nudge_network_get_index (const NnArchitecture *architecture,
                                const NudgeNetworkThing *thing);
void nudge_reading_init (NudgeReading *self,
                         const NnFrame *frame,
                         const NudgeNetworkThing *thing);
void nudge_reading_clear (NudgeReading *self);
char *nudge_reading_dup_words (const NudgeReading *self);

gboolean nudge_network_reading_takes_legend (const NudgeNetworkCanvas *self,
                                             double width,
                                             double height);
void
nudge_draw_network_reading (const NudgeNetworkCanvas *self, double width, double height);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (NudgeReading, nudge_reading_clear)

G_END_DECLS
