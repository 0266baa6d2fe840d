/* nudge-pulse.h - something in a picture that lights up and fades
 *
 * SPDX-License-Identifier: MIT
 *
 * Without animations it stays lit for as long, and goes. A plain value of the widget that
 * draws it.
 */

#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

typedef struct _NudgePulse NudgePulse;

/* The widget has to be redrawn. */
typedef void (*NudgePulseChanged) (GtkWidget *widget);

NudgePulse *
nudge_pulse_new (GtkWidget *widget, NudgePulseChanged changed) G_GNUC_WARN_UNUSED_RESULT;
void nudge_pulse_free (NudgePulse *self);

void nudge_pulse_start (NudgePulse *self, gssize what);
double nudge_pulse_get (const NudgePulse *self, gssize *what);

G_END_DECLS
