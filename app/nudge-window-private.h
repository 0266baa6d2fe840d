/* nudge-window-private.h - what the window's files share
 *
 * SPDX-License-Identifier: MIT
 *
 *   nudge-window.c           its life, and what it is made of
 *   nudge-window-frames.c    how frames get from the session to the widgets
 *   nudge-window-labels.c    what it says of the newest frame
 *   nudge-window-commands.c  what a hand asks of the run
 *   nudge-window-timeline.c  along the run: undo, redo, go to
 *   nudge-window-lists.c     the standing nudges and the log
 *   nudge-window-export.c    the frame that is shown, as a file
 */

#pragma once

#include "app/nudge-window.h"

#include "app/nudge-card-column.h"
#include "app/nudge-cards.h"
#include "nn/train/nn-session.h"

G_BEGIN_DECLS

struct _NudgeWindow {
  AdwApplicationWindow parent_instance;

  NnSession *session;       /* (owned) (nullable) before nudge_window_open () */
  NnFrame *frame;           /* (owned) (nullable) the newest, which the widgets show */
  NnExperiment *experiment; /* (owned) (nullable) which the session was made of */
  NudgeCards *cards;        /* (owned) (nullable) as the session */
  NudgeCardColumn *column;  /* (owned) */

  /* Frames */
  guint tick;            /* 0 while no frame is expected, so that the CPU can rest */
  GSignalGroup *clock;   /* (owned) the frame clock's, while realized */
  gint64 cycle_began_us; /* of the frame clock's present cycle */
  gboolean took_frame;   /* in the present cycle */
  gint64 rest_until_us;  /* no frame is taken before */

  /* Labels */
  gint64 labels_shown_us;     /* when the labels were last set */
  gboolean labels_are_stale;  /* the frame is newer than the labels */
  gboolean labels_are_urgent; /* and says what a hand has just done */
  gint64 pressed_us;          /* when a mouse button went down; 0 once it is up again */
  gint64 told_us;             /* when the last nudge by hand landed */
  char *undone;               /* (owned) (nullable) said until something else is */
  AdwToast *toast;            /* (nullable) the newest, until it goes away */
  guint64 pending_until;      /* commands done when the last nudge will have landed */
  gint64 pending_since_us;    /* when it was made */
  gint64 rate_since_us;       /* the measured stretch began here, … */
  guint64 rate_since_step;    /* … at this step; 0 in time means not running */

  /* Along the timeline */
  gboolean has_place; /* the hand wants to see … */
  guint64 place; /* … the run after this step, once what it asked before is shown */
  guint64 travels_until; /* commands done when the last of such will have been */
  GListStore *landings;  /* (owned) of NudgeEntry */
  GListStore *repeating; /* (owned) of NudgeEntry */
  GQueue edits;          /* of Edit: of the standing nudges, not yet the session's */

  GtkWidget *run_button;
  GtkWidget *run_icon;
  GtkWidget *run_label;
  GtkAdjustment *speed;
  GtkWidget *speed_scale;
  GtkWidget *speed_label;
  GtkWidget *title_label;
  GtkWidget *step_label;
  GtkWidget *loss_label;
  GtkWidget *rate_box;
  GtkWidget *rate_label;
  GtkWidget *phase_strip;
  GtkWidget *guard_button;
  GtkWidget *guard_label;
  GtkWidget *failure_bar;
  GtkWidget *failure_label;
  GtkWidget *toasts;
  GtkWidget *network_view;
  GtkWidget *loss_legend;
  GtkWidget *loss_plot;
  GtkWidget *timeline;
  GtkWidget *cards_column;
  GtkWidget *all_layers;
  GtkWidget *lists;
  GtkWidget *log;
  GtkWidget *standing;
};

/* Frames */
void nudge_window_expect_frames (NudgeWindow *self);
void nudge_window_watch_clock (NudgeWindow *self);
gboolean nudge_window_is_up_to_date (NudgeWindow *self);

/* Labels */
void nudge_window_show_labels (NudgeWindow *self, gint64 now);
void nudge_window_show_pending (NudgeWindow *self, gint64 now);
void nudge_window_show_failure (NudgeWindow *self);
void nudge_window_show_running (NudgeWindow *self, gboolean running);
void nudge_window_toast (NudgeWindow *self, const char *text);

/* Commands */
void nudge_window_add_commands (NudgeWindow *self);
void nudge_window_apply_speed (NudgeWindow *self);
void nudge_window_apply_ghost (NudgeWindow *self);
void nudge_window_await_nudge (NudgeWindow *self);
void nudge_window_show_guard (NudgeWindow *self);

/* The timeline */
void nudge_window_add_timeline (NudgeWindow *self);
void nudge_window_follow_timeline (NudgeWindow *self, const NnFrame *previous);
void nudge_window_go_to (NudgeWindow *self, guint64 step);

/* The lists */
void nudge_window_add_lists (NudgeWindow *self);
void nudge_window_show_lists (NudgeWindow *self);
void nudge_window_send_edits (NudgeWindow *self);
void nudge_window_forget_edits (NudgeWindow *self);

/* Export */
void nudge_window_add_exports (NudgeWindow *self);

G_END_DECLS
