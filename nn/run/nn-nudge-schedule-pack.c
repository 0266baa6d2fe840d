/* nn-nudge-schedule-pack.c - what became of a schedule's nudges, as bytes and back
 *
 * SPDX-License-Identifier: MIT
 *
 * The list itself is not in the bytes: the log says what it is.
 */

#include "nn/run/nn-nudge-schedule-private.h"

static void
pack_landing (const NnLanding *landing, GByteArray *bytes)
{
  g_autofree char *nudge = nn_nudge_dup_text (landing->nudge);

  nn_pack_u64 (bytes, landing->serial);
  nn_pack_text (bytes, nudge);
  nn_pack_flag (bytes, landing->standing);
  nn_pack_u64 (bytes, landing->first);
  nn_pack_u64 (bytes, landing->last);
  nn_pack_u64 (bytes, landing->n_times);
  nn_pack_u64 (bytes, landing->measured);
  nn_pack_double (bytes, landing->change);
  nn_pack_double (bytes, landing->loss_before);
  nn_pack_double (bytes, landing->loss_after);
  nn_pack_text (bytes, landing->refusal);
  nn_pack_u64 (bytes, landing->n_refused);
  nn_pack_text (bytes, landing->skipped);
  nn_pack_u64 (bytes, landing->n_skipped);
}

/**
 * nn_nudge_schedule_pack:
 *
 * Between two steps.
 */
void
nn_nudge_schedule_pack (const NnNudgeSchedule *self, GByteArray *bytes)
{
  nn_pack_u64 (bytes, self->n_landed);
  nn_pack_u64 (bytes, self->landings->len);
  for (guint i = 0; i < self->landings->len; i++)
    pack_landing (&g_array_index (self->landings, NnLanding, i), bytes);
  nn_pack_u64 (bytes, self->entries->len);
  for (guint i = 0; i < self->entries->len; i++) {
    const NnScheduleEntry *entry = &g_array_index (self->entries, NnScheduleEntry, i);

    nn_pack_u64 (bytes, entry->standing.n_times);
    nn_pack_i64 (bytes, entry->landing);
    nn_pack_flag (bytes, entry->measure);
  }
}

/* @landing: (out) all zero before
 * @n_steps: of the run
 *
 * Returns: FALSE if it cannot be one */
static gboolean
unpack_landing (NnLanding *landing, NnUnpack *bytes, guint64 most_serial, guint64 n_steps)
{
  g_autofree char *nudge = NULL;

  landing->serial = nn_unpack_u64_up_to (bytes, most_serial);
  nudge = nn_unpack_text (bytes);
  landing->standing = nn_unpack_flag (bytes);
  landing->first = nn_unpack_u64_up_to (bytes, n_steps);
  landing->last = nn_unpack_u64_up_to (bytes, n_steps);
  landing->n_times = nn_unpack_u64 (bytes);
  landing->measured = nn_unpack_u64_up_to (bytes, n_steps);
  landing->change = nn_unpack_double (bytes);
  landing->loss_before = nn_unpack_double (bytes);
  landing->loss_after = nn_unpack_double (bytes);
  landing->refusal = nn_unpack_text (bytes);
  landing->n_refused = nn_unpack_u64 (bytes);
  landing->skipped = nn_unpack_text (bytes);
  landing->n_skipped = nn_unpack_u64 (bytes);
  if (!bytes->failed && nudge != NULL)
    landing->nudge = nn_nudge_parse (nudge, NULL);
  return landing->nudge != NULL && landing->first <= landing->last;
}

static gboolean
unpack_landings (GArray *landings, NnUnpack *bytes, guint64 n_landed, guint64 n_steps)
{
  const guint64 n = nn_unpack_u64_up_to (bytes, n_landed);
  guint64 least_serial = 0;

  g_array_set_size (landings, 0);
  for (guint64 i = 0; i < n; i++) {
    const NnLanding none = { 0 };
    NnLanding *landing;

    g_array_append_val (landings, none);
    landing = &g_array_index (landings, NnLanding, landings->len - 1);
    if (!unpack_landing (landing, bytes, n_landed - 1, n_steps) ||
        landing->serial < least_serial)
      return FALSE;
    least_serial = landing->serial + 1;
  }
  return !bytes->failed;
}

static gboolean
is_of (const NnLanding *landing, const NnNudge *nudge)
{
  g_autofree char *text = nn_nudge_dup_text (nudge);
  g_autofree char *other = nn_nudge_dup_text (landing->nudge);

  return landing->standing && g_strcmp0 (text, other) == 0;
}

/* A landing that still grows is that of the list's own nudge, and of no other entry. */
static gboolean
unpack_entry (NnNudgeSchedule *self, guint index, NnUnpack *bytes)
{
  NnScheduleEntry *entry = &g_array_index (self->entries, NnScheduleEntry, index);
  NnLanding *landing;
  gint64 which;

  entry->standing.n_times = nn_unpack_u64 (bytes);
  which = nn_unpack_i64 (bytes);
  entry->measure = nn_unpack_flag (bytes);
  entry->landing = -1;
  if (bytes->failed || which < -1 || which >= (gint64) self->landings->len)
    return FALSE;
  for (guint i = 0; i < index && which >= 0; i++)
    if (g_array_index (self->entries, NnScheduleEntry, i).landing == which)
      return FALSE;
  entry->landing = (gssize) which;
  if (which < 0)
    return TRUE;
  landing = &g_array_index (self->landings, NnLanding, which);
  if (!is_of (landing, entry->standing.nudge))
    return FALSE;
  nn_nudge_unref (landing->nudge);
  landing->nudge = nn_nudge_ref (entry->standing.nudge);
  return TRUE;
}

/**
 * nn_nudge_schedule_unpack:
 * @self: whose list is that of the schedule that was packed
 * @most_landed: more nudges than that cannot have landed
 * @n_steps: of the run
 *
 * Returns: FALSE if @bytes do not fit; the caller then frees @self
 */
gboolean
nn_nudge_schedule_unpack (NnNudgeSchedule *self,
                          NnUnpack *bytes,
                          guint64 most_landed,
                          guint64 n_steps)
{
  self->n_landed = nn_unpack_u64_up_to (bytes, most_landed);
  if (!unpack_landings (self->landings, bytes, self->n_landed, n_steps) ||
      nn_unpack_u64 (bytes) != self->entries->len)
    return FALSE;
  for (guint i = 0; i < self->entries->len; i++)
    if (!unpack_entry (self, i, bytes))
      return FALSE;
  return !bytes->failed;
}
