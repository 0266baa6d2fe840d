/* window-attached.h - the window on PyTorch jobs that are really running, for tests
 *
 * SPDX-License-Identifier: MIT
 *
 * The scripts (tests/attach/job.py) know nothing of Nudge.
 */

#pragma once

#include <gio/gio.h>

#include "tests/app/window-fixture.h"

G_BEGIN_DECLS

/* Seconds between two steps, so that the job is there for as long. */
#define ATTACHED_PAUSE "0.008"

typedef struct {
  Fixture f;
  GSubprocess *ranks[2]; /* (owned) (nullable) */
  guint64 step;          /* to be waited for */
} Attached;

GSubprocessLauncher *
attached_new_launcher (const char *edit_at) G_GNUC_WARN_UNUSED_RESULT;
GSubprocess *attached_spawn (GSubprocessLauncher *launcher,
                             const char *kind,
                             const char *steps,
                             const char *out,
                             const char *pause,
                             const char *edit) G_GNUC_WARN_UNUSED_RESULT;
void attached_start_one (Attached *a, const char *kind);

void attached_set_up (Attached *a, gconstpointer data);
void attached_tear_down (Attached *a, gconstpointer data);

gboolean attached_is_there (gpointer data);
gboolean attached_is_settled (gpointer window);
void attached_attach (Attached *a);
void attached_attach_second (Attached *a, Attached *second);
void attached_wait_for_steps (Attached *a, guint64 n);
void attached_click (Attached *a, const char *name);
void attached_retype (GtkWidget *entry, const char *text);
const NnLanding *attached_get_landing (Attached *a, gsize index);

G_END_DECLS
