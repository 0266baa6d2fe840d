/* try-experiment.h - what any bytes must do when they are read as a document
 *
 * SPDX-License-Identifier: MIT
 *
 * Shared by libFuzzer's target and by the ordinary test that mutates seeds by itself.
 */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

gboolean try_experiment (const void *bytes, gsize size);

G_END_DECLS
