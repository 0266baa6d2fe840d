/* nudge-class-colour.h - the colours of classes
 *
 * SPDX-License-Identifier: MIT
 *
 * Private to the painters. Two classes have the colours of negative and positive numbers,
 * as a network with one output tells them apart by its sign. Of more, each has its own;
 * beyond NUDGE_N_CLASS_COLOURS they repeat.
 */

#pragma once

#include "ui/draw/base/nudge-palette.h"

G_BEGIN_DECLS

#define NUDGE_N_CLASS_COLOURS 10

const NudgeColour *
nudge_class_colour_get (const NudgePalette *palette, gsize number, gsize n_classes);

G_END_DECLS
