/* nn-target-names.h - what people call the column or array that is to be learned
 *
 * SPDX-License-Identifier: MIT
 */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

gsize nn_target_names_rank (const char *name);

G_END_DECLS
