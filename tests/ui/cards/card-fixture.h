/* card-fixture.h - a layer card in a window, and who shows it what it says
 *
 * SPDX-License-Identifier: MIT
 */

#pragma once

#include "tests/ui/drive.h"
#include "ui/cards/nudge-layer-card.h"

G_BEGIN_DECLS

typedef struct {
  GtkWindow *window;
  GtkWidget *elsewhere; /* a button beside the card */
  NudgeLayerCard *card;
  NudgeCardState state; /* what the card shows */
  NnFrame *frame;       /* (owned) (nullable) the newest */
  GtkRange *slider;
  GtkEditable *entry;
  GtkDropDown *function;
  GtkDropDown *target;
  GtkDropDown *repeat;
  GtkWidget *apply;
  guint n_applied;
  guint n_standing_changed;
  guint n_questions;
  guint n_previews; /* changes, to one and to none */
  char *text;       /* (owned) of the nudge at the newest of the first two signals */
} CardFixture;

void card_fixture_set_up (CardFixture *f, gconstpointer data);
void card_fixture_tear_down (CardFixture *f, gconstpointer data);

GtkWidget *card_fixture_find (CardFixture *f, const char *name, GtkAccessibleRole role);
GtkLabel *card_fixture_find_label (GtkWidget *widget);
void card_fixture_choose (GtkDropDown *drop_down, const char *row);

void card_fixture_show (CardFixture *f);
void card_fixture_set_frame (CardFixture *f, NnFrame *frame);
void card_fixture_set_nudge (CardFixture *f, const char *text);
void card_fixture_assert_nudge (CardFixture *f, const char *expected);
float card_fixture_get_amount (CardFixture *f);
void card_fixture_type_amount (CardFixture *f, const char *text);
double card_fixture_get_handle (CardFixture *f);

G_END_DECLS
