/* nudge-session-private.h - a session's inside
 *
 * SPDX-License-Identifier: MIT
 *
 * For its two files: nudge-session.c commands the run, nudge-session-shown.c what its frames
 * carry besides.
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

void nudge_session_commanded (NudgeSession *self);

G_END_DECLS
