/* window-side.h - what is done in the side panel, for tests
 *
 * SPDX-License-Identifier: MIT
 */

#pragma once

#include "tests/app/window-fixture.h"

#define CIRCLE                                                                           \
  "{'nudge': 1, 'title': 'A ring', 'data': {'source': 'circle', 'examples': 40,"         \
  " 'noise': 0.1}, 'network': {'layers': [{'units': 6, 'activation': 'relu'},"           \
  " {'units': 1}]}, 'loss': {'type': 'bce_logits'}}"
#define SINE                                                                             \
  "{'nudge': 1, 'title': 'A wave', 'data': {'source': 'sine', 'examples': 40},"          \
  " 'network': {'layers': [{'units': 6, 'activation': 'relu'}, {'units': 1}]},"          \
  " 'loss': {'type': 'mse'}}"
#define IRIS                                                                             \
  "{'nudge': 1, 'title': 'Flowers', 'data': {'source': 'iris'},"                         \
  " 'network': {'layers': [{'units': 6, 'activation': 'relu'}, {'units': 3}]},"          \
  " 'loss': {'type': 'cross_entropy'}}"

#define ADD_SIDE(path, text, function)                                                   \
  g_test_add (path, Fixture, text, set_up_text, function, tear_down)

G_BEGIN_DECLS

void set_up_text (Fixture *f, gconstpointer data);
const NnExperiment *experiment_of (Fixture *f);
const NnDataset *dataset_of (Fixture *f);
gboolean is_settled (gpointer data);
void reach (GtkWidget *widget);
void click (Fixture *f, const char *name);
GtkWidget *type (Fixture *f, const char *name, const char *text);
GtkDropDown *find_choice (Fixture *f, const char *name);
const char *get_choice (Fixture *f, const char *name);
void choose (Fixture *f, const char *name, const char *item);
void undo (Fixture *f);
const char *get_text (Fixture *f, const char *name);

G_END_DECLS
