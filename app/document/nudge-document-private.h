/* nudge-document-private.h - what the files of NudgeDocument share
 *
 * SPDX-License-Identifier: MIT
 *
 * nudge-document.c has the properties and gives the parts, -frames follows what is
 * commanded and what the session's frames show, -file knows what is in the file, and -new
 * puts them together.
 */

#pragma once

#include "app/document/nudge-document.h"
#include "app/document/nudge-news.h"
#include "app/document/nudge-pace.h"
#include "app/document/nudge-saved.h"

G_BEGIN_DECLS

typedef enum {
  NUDGE_DOCUMENT_PROP_GUARD = 1,
  NUDGE_DOCUMENT_PROP_PENDING,
  NUDGE_DOCUMENT_PROP_FAILURE,
  NUDGE_DOCUMENT_PROP_FILE,
  NUDGE_DOCUMENT_PROP_UNSAVED,
  NUDGE_DOCUMENT_PROP_NOTICE,
  NUDGE_DOCUMENT_PROP_EXPECTING,
  NUDGE_DOCUMENT_N_PROPS,
} NudgeDocumentProp;

typedef enum {
  NUDGE_DOCUMENT_FRAME,
  NUDGE_DOCUMENT_WORDS,
  NUDGE_DOCUMENT_LANDED,
  NUDGE_DOCUMENT_MESSAGE,
  NUDGE_DOCUMENT_WHY,
  NUDGE_DOCUMENT_N_SIGNALS,
} NudgeDocumentSignal;

struct _NudgeDocument {
  GObject parent_instance;

  NnExperiment *experiment;  /* (owned) */
  NudgeJob *job;             /* (owned) (nullable) that the session is attached to */
  NudgeSession *session;     /* (owned) */
  NudgeWalk *walk;           /* (owned) */
  NudgeCards *cards;         /* (owned) */
  NudgeSelection *selection; /* (owned) */
  NudgeLists *lists;         /* (owned) */
  NudgeEdits *edits;         /* (owned) */
  NudgeLearner *learner;     /* (owned) (nullable) of the experiment's lesson */
  NudgeNews news;
  NudgePace pace; /* of "words" */
  NudgeSaved saved;

  NnGuard guard; /* as asked for, until a frame shows it */
  char *failure; /* (owned) (nullable) */
  char *notice;  /* (owned) (nullable) */

  gboolean pending;
  guint pending_timer;   /* until it is so */
  guint64 pending_until; /* commands done when the newest nudge will have landed */

  gboolean expecting;
};

/* nudge-document.c */
void nudge_document_notify (NudgeDocument *self, NudgeDocumentProp prop);
void
nudge_document_emit (NudgeDocument *self, NudgeDocumentSignal signal, NnNudge *nudge);

/* nudge-document-frames.c */
void nudge_document_follow (NudgeDocument *self);

G_END_DECLS
