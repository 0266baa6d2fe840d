/* nudge-session-private.h - a session's inside
 *
 * SPDX-License-Identifier: MIT
 *
 * For its files: nudge-session.c has what was asked for and the frames, -steps takes single
 * steps and runs to a place, -undo undoes and resets, -keeping has the state kept in a
 * file, and -shown is what frames carry besides.
 */

#pragma once

#include "app/document/nudge-session.h"
#include "nn/io/nn-checkpoint-saver.h"

G_BEGIN_DECLS

struct _NudgeSession {
  GObject parent_instance;

  NnSession *session; /* (owned) */
  NnFrame *frame;     /* (owned) (nullable) the newest */
  gboolean travelled; /* the run went back or forth to get there */

  /* What was asked for. */
  gboolean running;
  double speed;
  guint64 stop_step;
  double stop_loss; /* NAN: none */
  gboolean ghost;
  gboolean has_place;    /* to go to … */
  guint64 place;         /* … after this step, once what was asked before is shown */
  guint64 travels_until; /* commands done when it will have gone back or forth */
  guint previewing;      /* whose preview the frames show … */
  gboolean previews;     /* … if any */
  NnQuantities quantities[NUDGE_SESSION_ASKERS]; /* that frames have of all weights */
  gboolean layers; /* frames have the measures of every layer */
  gssize watched;  /* the value of which they have all; -1: none */

  gboolean can_undo;
  gboolean can_redo;

  NnCheckpointSaver *saver; /* (owned) (nullable) */
  gint trains;              /* atomic: what the saver writes changes by itself */
  guint64 kept_step;        /* of a pause that it was asked to write */
};

/* nudge-session.c */
void nudge_session_commanded (NudgeSession *self);
void nudge_session_did (NudgeSession *self, int kind);
void nudge_session_set_trains (NudgeSession *self, gboolean trains);
void nudge_session_will_travel (NudgeSession *self);
gboolean nudge_session_is_walk (double speed);

/* nudge-session-keeping.c */
void nudge_session_keep_pause (NudgeSession *self, const NnFrame *frame);
void nudge_session_keep_no_more (NudgeSession *self);

G_END_DECLS
