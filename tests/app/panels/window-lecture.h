/* window-lecture.h - a lecture in the window of the fixture, for tests
 *
 * SPDX-License-Identifier: MIT
 */

#pragma once

#include "app/panels/nudge-lecture.h"
#include "tests/app/window-fixture.h"

G_BEGIN_DECLS

GtkWidget *find_type (GtkWidget *root, GType type);
GtkWidget *get_lecture (Fixture *f);
GtkWidget *get_picture (Fixture *f, GType type);
void type_key (Fixture *f, const char *key);
void begin_lecture (Fixture *f);
void wait_for_window (Fixture *f);

G_END_DECLS
