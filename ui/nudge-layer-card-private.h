/* nudge-layer-card-private.h - what the files of the layer card share
 *
 * SPDX-License-Identifier: MIT
 *
 *   nudge-layer-card.c          its life, and how it looks
 *   nudge-layer-card-choices.c  its choosers, and what they ask for
 *   nudge-layer-card-hand.c     what follows from what a person does
 *   nudge-layer-card-nudge.c    the nudge that it shows
 *   nudge-layer-card-preview.c  what it asks about that nudge, and previews
 */

#pragma once

#include "ui/nudge-amount.h"
#include "ui/nudge-choosers.h"
#include "ui/nudge-layer-card.h"
#include "ui/nudge-line.h"
#include "ui/nudge-sweep-view.h"

G_BEGIN_DECLS

struct _NudgeLayerCard {
  GtkWidget parent_instance;

  GtkWidget *column; /* the only child: disposal finds it by this */
  GtkLabel *name;
  GtkDropDown *target;
  NudgeLine *target_line;
  GtkDropDown *function;
  GtkWidget *own_box;
  NudgeLine *own_line;
  GtkWidget *save;
  GtkWidget *save_popover;
  GtkEditable *save_entry;
  GtkLabel *save_message;
  NudgeSweepView *sweep;
  GtkWidget *pending;
  NudgeAmount *amount;
  GtkWidget *apply;
  GtkDropDown *repeat;
  NudgeLine *count_line;
  GtkWidget *more;
  GtkWidget *on_release;
  GtkWidget *before_backward;
  GtkDropDown *memory;

  /* What the nudge is made of; the choosers may be one question ahead. */
  char *layer;
  char *part;       /* (owned) of the target: ".weight" */
  char *expression; /* (owned) */
  gboolean uses_amount;
  NudgeRepeat when;
  char *own;               /* (owned) (nullable) a person's newest expression */
  char *back;              /* (owned) (nullable) where Escape goes back to from … */
  float back_amount;       /* … an own expression that was only begun */
  guint64 step;            /* of the newest frame */
  NnArchitecture *network; /* (owned) (nullable) of the first frame */

  guint key;
  NnQuestion question;
  NnNudge *preview;  /* (owned) (nullable) */
  guint preview_end; /* a source: no hand is here that could leave */
  GtkEventController *focus;
  GtkEventController *pointer;
  float landed;      /* the amount that was applied by hand; NAN: none */
  gboolean standing; /* a nudge has just landed */
  gboolean showing;  /* the choosers are being told, nobody chose */
};

enum {
  NUDGE_LAYER_CARD_APPLY,
  NUDGE_LAYER_CARD_STANDING_CHANGED,
  NUDGE_LAYER_CARD_QUESTION_CHANGED,
  NUDGE_LAYER_CARD_PREVIEW_CHANGED,
  NUDGE_LAYER_CARD_SAVE_FUNCTION,
  NUDGE_LAYER_CARD_N_SIGNALS,
};

extern guint nudge_layer_card_signals[NUDGE_LAYER_CARD_N_SIGNALS];

/* Looks */
void nudge_layer_card_show_standing (NudgeLayerCard *self);

/* The nudge */
gboolean nudge_layer_card_repeats (NudgeLayerCard *self);
NnNudge *
nudge_layer_card_make_nudge_by_hand (NudgeLayerCard *self) G_GNUC_WARN_UNUSED_RESULT;
NnFunction nudge_layer_card_get_range (NudgeLayerCard *self);
void nudge_layer_card_show_amounts (NudgeLayerCard *self);
void nudge_layer_card_show_function (NudgeLayerCard *self, float amount);

/* What would be */
void nudge_layer_card_change_question (NudgeLayerCard *self);
void nudge_layer_card_show_preview (NudgeLayerCard *self);
void nudge_layer_card_end_preview (NudgeLayerCard *self);
void nudge_layer_card_watch_hand (NudgeLayerCard *self);

/* The hand */
void nudge_layer_card_bind_hand (GtkWidgetClass *widget_class);
void nudge_layer_card_put_function (NudgeLayerCard *self,
                                    const char *expression,
                                    float amount);
void nudge_layer_card_put_part (NudgeLayerCard *self, const char *part);
void nudge_layer_card_put_when (NudgeLayerCard *self, const NudgeRepeat *when);
char *nudge_layer_card_save_function (NudgeLayerCard *self, const char *name);

/* Choices */
void nudge_layer_card_bind_choices (GtkWidgetClass *widget_class);
void nudge_layer_card_set_up_choices (NudgeLayerCard *self);
void nudge_layer_card_show_choices (NudgeLayerCard *self);

G_END_DECLS
