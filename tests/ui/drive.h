/* drive.h - a real mouse and keyboard for tests, and waits with a deadline
 *
 * SPDX-License-Identifier: MIT
 *
 * For windows of this process on a private X server (tests/with-display; keys need
 * its window manager, --wm). Buttons, motion and keys come from xdotool, through the
 * server, as a person's would; each function returns when the window has seen its
 * event, so that what follows from it at once has happened, and fails the test
 * after DRIVE_DEADLINE_MS. Positions are fractions of a widget: 0.5, 0.5 is its middle.
 */

#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

#ifdef __SANITIZE_ADDRESS__ /* a window is many times as slow */
#define DRIVE_DEADLINE_MS 60000
#else
#define DRIVE_DEADLINE_MS 20000
#endif

typedef gboolean (*DriveCondition) (gpointer data);

gboolean drive_until (DriveCondition condition, gpointer data);
void drive_settle (GtkWidget *widget);

void drive_present (GtkWindow *window);
void drive_close (GtkWindow *window);
void drive_load_style (gboolean dark);

void drive_move (GtkWidget *widget, double x, double y);
void drive_press (GtkWidget *widget, double x, double y);
void drive_release (GtkWidget *widget);
void drive_click (GtkWidget *widget, double x, double y);
void drive_click_secondary (GtkWidget *widget, double x, double y);
void drive_drag (GtkWidget *widget, double from_x, double to_x);
void drive_wheel (GtkWidget *widget, gboolean up);
void drive_key (GtkWidget *widget, const char *key);
void drive_wait_for_entry (GtkWidget *widget);
void drive_type (GtkWidget *widget, const char *text);

GtkWidget *drive_find (GtkWidget *root, const char *label, GtkAccessibleRole role);
GtkWidget *drive_find_label (GtkWidget *root, const char *text);
GBytes *drive_dup_pixels (GtkWidget *widget, const char *png);

G_END_DECLS
