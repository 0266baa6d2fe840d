/* nudge-session-private.h - what the files of NudgeSession share
 *
 * SPDX-License-Identifier: MIT
 *
 * nudge-session.c has the properties and takes the frames, -steps trains single steps and
 * runs to a step or a loss, -undo undoes and resets, -keeping writes the state to a file
 * as it changes, and -shown asks for what frames carry besides the usual.
 */

#pragma once

#include "app/document/nudge-session.h"
#include "nn/io/nn-checkpoint-saver.h"

G_BEGIN_DECLS

typedef struct _NudgeKeeping NudgeKeeping;

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
  gboolean has_place; /* there is a step to go to … */
  guint64 place; /* … this one, once a frame has seen the commands before, or before
                  * the next command */
  guint64 travels_until; /* commands done when it will have gone back or forth */
  guint previewing;      /* the caller whose preview frames show … */
  gboolean previews;     /* … if there is one */
  NnQuantities quantities[NUDGE_SESSION_ASKERS]; /* that frames have of all weights */
  gboolean layers; /* frames have the measures of every layer */
  gssize watched;  /* the value of which they have all; -1: none */

  gboolean can_undo;
  gboolean can_redo;

  NnCheckpointSaver *saver; /* (owned) (nullable) */
  NudgeKeeping *keeping;    /* (owned) (nullable) of the saver */
  gint trains;              /* atomic: what the saver writes changes by itself */
  guint64 kept_step;        /* of a pause that it was asked to write */
};

/* nudge-session.c */
void nudge_session_commanded (NudgeSession *self);
void nudge_session_did (NudgeSession *self, int kind);
void nudge_session_set_trains (NudgeSession *self, gboolean trains);
void nudge_session_will_travel (NudgeSession *self);
void nudge_session_go_to_place (NudgeSession *self);
gboolean nudge_session_is_walk (double speed);


/* nudge-session-keeping.c */
void nudge_session_keep_pause (NudgeSession *self, const NnFrame *frame);
void nudge_session_keep_no_more (NudgeSession *self);

G_END_DECLS
