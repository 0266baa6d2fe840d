/* window-dialogs.h - dialogs of the program, answered as a user does
 *
 * SPDX-License-Identifier: MIT
 *
 * Each function waits for its dialog to be there, and fails the test if it does not come.
 */

#pragma once

#include "tests/app/window-fixture.h"

G_BEGIN_DECLS

void dialogs_key (const char *key);
GtkWidget *dialogs_find (const char *heading);
GtkWidget *dialogs_wait_for (const char *heading) G_GNUC_WARN_UNUSED_RESULT;
void dialogs_answer (const char *heading, const char *button);
void dialogs_answer_by_key (const char *heading, const char *key);

void dialogs_save_as (const char *folder, const char *name);

/* For tests with a file chooser. */
void set_up_for_chooser (Fixture *f, gconstpointer data);
void tear_down_after_chooser (Fixture *f, gconstpointer data);

G_END_DECLS
