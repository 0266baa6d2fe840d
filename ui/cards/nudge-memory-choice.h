/* nudge-memory-choice.h - what a nudge does to the optimizer's memory of its target
 *
 * SPDX-License-Identifier: MIT
 *
 * A drop-down whose items are those of NnMemory, in that order.
 */

#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

void nudge_memory_choice_set_up (GtkDropDown *drop_down);

G_END_DECLS
