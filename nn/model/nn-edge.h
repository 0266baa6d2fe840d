/* nn-edge.h - one weight of a layer, by the two units that it joins
 *
 * SPDX-License-Identifier: MIT
 */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef struct {
  gsize output;
  gsize input;
} NnEdge;

G_END_DECLS
