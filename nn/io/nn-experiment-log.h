/* nn-experiment-log.h - the key "log" of a .nudge file
 *
 * SPDX-License-Identifier: MIT
 *
 * A list of events (nn/experiment/nn-event.h), each an object: after which step, what is
 * done, and the keys of that kind.
 *
 *   { "step": 1204, "do": "nudge", "nudge": "fc1.weight: w + a*w a=0.1" }
 *   { "step": 1300, "do": "stand", "index": 0, "nudge": "fc2: w - a*w a=0.1" }
 *   { "step": 1310, "do": "replace", "index": 0, "nudge": "fc2: w - a*w a=0.2" }
 *   { "step": 1320, "do": "move", "index": 0, "to": 1 }
 *   { "step": 1400, "do": "remove", "index": 0 }      likewise "pause" and "resume"
 *   { "step": 1500, "do": "guard", "guard": "off" }
 *   { "step": 1600, "do": "edit", "optimizer": { "type": "adam", "lr": 0.05 } }
 *
 * A repeating nudge is named by its index in the list just before the event. Private to
 * the reader of experiment files.
 */

#pragma once

#include "nn/experiment/nn-edit.h"
#include "nn/files/nn-json.h"

G_BEGIN_DECLS

/* Reads an edit's keys, as the reader of experiments reads its own.
 * Returns: (transfer full) (nullable) */
typedef NnEdit *(*NnReadEdit) (const NnJson *object, gconstpointer data, GError **error);

gboolean nn_experiment_read_log (GArray *events,
                                 const GPtrArray *nudges,
                                 NnReadEdit read_edit,
                                 gconstpointer data,
                                 const NnJson *top,
                                 GError **error);

G_END_DECLS
