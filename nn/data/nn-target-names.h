/* nn-target-names.h - usual names of the column that is the target: "label", "y" …
 *
 * SPDX-License-Identifier: MIT
 */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

gsize nn_target_names_rank (const char *name);

G_END_DECLS
