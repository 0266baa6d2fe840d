/* window-fixture.h - the real window on a real session, for tests
 *
 * SPDX-License-Identifier: MIT
 *
 * Things are found as assistive tools find them, by name and role; waits have a deadline.
 */

#pragma once

#include "app/nudge-window.h"
#include "tests/nn/scratch.h"
#include "tests/ui/drive.h"

G_BEGIN_DECLS

typedef struct {
  Scratch scratch;
  NudgeWindow *window;
  GtkWidget *run;
  GtkWidget *step;
  GtkWidget *reset;
  GtkLabel *step_label;
  GtkLabel *loss_label;
  GtkLabel *landing;
  GtkWidget *network;
  NnFrame *start; /* (owned) the first frame */
} Fixture;

typedef struct {
  Fixture *f;
  guint64 step;
} AtStep;

int fixture_run (void);
gsize fixture_get_resident_kib (void);

GtkLabel *find_described (GtkWidget *root, const char *description);
GtkWidget *find_button (GtkWidget *root, const char *text);
GtkWidget *find (Fixture *f, const char *name, GtkAccessibleRole role);
const NnFrame *frame_of (Fixture *f);
gboolean has_frame (gpointer data);
gboolean has_trained (gpointer data);
gboolean is_running (gpointer data);
gboolean is_paused (gpointer data);
gboolean is_at_start (gpointer data);
gboolean has_landed (gpointer data);
void wait_for_landings (Fixture *f, gsize n);
NudgeLearner *get_learner (Fixture *f);
void wait_for_sentence (Fixture *f, gsize at);
gboolean is_refused (gpointer data);
gboolean has_failed (gpointer data);
gboolean is_at_step (gpointer data);
void step_to (Fixture *f, guint64 step);
GtkWidget *wait_for_item (GtkWidget *widget, const char *text);
void choose_item (GtkWidget *widget, const char *text);
void find_controls (Fixture *f);
void open_experiment (Fixture *f, NnExperiment *experiment);
void set_up (Fixture *f, gconstpointer data);
void tear_down (Fixture *f, gconstpointer data);
void assert_labels_agree (Fixture *f);
void assert_same_values (const NnFrame *a, const NnFrame *b);
void assert_scaled (const NnFrame *before,
                    const NnFrame *after,
                    const char *parameter,
                    float amount);
double get_handle (GtkWidget *slider);

G_END_DECLS
