/* nudge-attention.h - whether a user is at a widget, with the focus or the pointer
 *
 * SPDX-License-Identifier: MIT
 *
 * For what is shown only while a user is there, between nudge_attention_begin () and
 * _end ():
 *
 *   "lost"  focus and pointer have both left the widget; or neither was there, as with
 *           assistive tools, and some seconds have passed
 */

#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define NUDGE_TYPE_ATTENTION (nudge_attention_get_type ())
G_DECLARE_FINAL_TYPE (NudgeAttention, nudge_attention, NUDGE, ATTENTION, GObject)

NudgeAttention *nudge_attention_new (GtkWidget *widget) G_GNUC_WARN_UNUSED_RESULT;
void nudge_attention_begin (NudgeAttention *self);
void nudge_attention_end (NudgeAttention *self);

G_END_DECLS
