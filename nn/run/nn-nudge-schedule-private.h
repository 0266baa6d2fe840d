/* nn-nudge-schedule-private.h - a nudge schedule's inside
 *
 * SPDX-License-Identifier: MIT
 *
 * For its files: nn-nudge-schedule.c has the list, nn-nudge-landings.c applies what
 * is due and keeps the log, and -pack makes bytes of what became of it.
 */

#pragma once

#include "nn/run/nn-nudge-schedule.h"
#include "nn/run/nn-rollback.h"

G_BEGIN_DECLS

/* A nudge that repeats, and its entry in the log once it was due. */
typedef struct {
  NnStanding standing;
  NnBoundNudge *bound; /* (owned) (nullable) made at the first time */
  gssize landing;      /* index, or -1 */
  gboolean measure;    /* the next time, what it comes to is computed */

  /* In case the step fails after it was applied within it. */
  guint64 kept_step;   /* of which all this is; 0: of none */
  guint64 kept_times;  /* standing's before */
  gboolean kept_fresh; /* it had no landing before */
  NnLanding kept;      /* (owns its two texts alone) its landing before */
} NnScheduleEntry;

struct _NnNudgeSchedule {
  const NnNudgeHost *host;  /* (nullable) a copy has none */
  gpointer run;             /* (not owned) the host's */
  NnRollback *rollback;     /* (owned) (nullable) a copy has none */
  const GArray *deviations; /* (not owned) (nullable) NnDeviation */
  NnNudgeDemands demands;
  GArray *entries;  /* (owned) NnScheduleEntry, in the order they run */
  guint64 next_id;  /* greater than any that was given; it never goes back */
  GArray *landings; /* (owned) NnLanding, oldest first */
  guint64 n_landed; /* landings there ever were */
  guint64
      n_news; /* how often one was refused, or skipped something, for the first time */
};

G_END_DECLS
