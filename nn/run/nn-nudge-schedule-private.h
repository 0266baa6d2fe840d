/* nn-nudge-schedule-private.h - the fields of a nudge schedule
 *
 * SPDX-License-Identifier: MIT
 *
 * For its files: nn-nudge-schedule.c has the list, nn-nudge-landings.c applies what is
 * due and keeps the landings, nn-nudge-schedule-pack.c packs them for a file.
 */

#pragma once

#include "nn/run/nn-nudge-schedule.h"
#include "nn/run/nn-rollback.h"

G_BEGIN_DECLS

/* A repeating nudge, and its landing once it was due. */
typedef struct {
  NnStanding standing;
  NnBoundNudge *bound; /* (owned) (nullable) made at the first time */
  gssize landing;      /* index, or -1 */
  gboolean measure;    /* its effect is measured the next time */

  /* To roll it back if a step fails after it was applied within it. */
  guint64 kept_step;   /* the step that these are of; 0: none */
  guint64 kept_times;  /* standing.n_times before */
  gboolean kept_fresh; /* it had no landing before */
  NnLanding kept;      /* its landing before; owns only its two texts */
} NnScheduleEntry;

struct _NnNudgeSchedule {
  const NnNudgeHost *host;  /* (nullable) a copy has none */
  gpointer run;             /* (not owned) the host's */
  NnRollback *rollback;     /* (owned) (nullable) a copy has none */
  const GArray *deviations; /* (not owned) (nullable) NnDeviation */
  NnNudgeDemands demands;
  GArray *entries;  /* (owned) NnScheduleEntry, in the order they run */
  guint64 next_id;  /* greater than any that was given; it never decreases */
  GArray *landings; /* (owned) NnLanding, oldest first */
  guint64 n_landed; /* landings so far, with those that are forgotten */
  /* how often one was refused, or skipped something, for the first time */
  guint64 n_news;
};

G_END_DECLS
