/* nn-job-log.c - the landings of a job's run, with receipts, as a JSON file
 *
 * SPDX-License-Identifier: MIT
 */

#include "nn/attach/nn-job-log.h"

#include <glib/gi18n.h>
#include <jansson.h>
#include <math.h>
#include <string.h>

#include "nn/base/nn-error.h"
#include "nn/files/nn-file.h"
#include "nn/files/nn-path.h"

#define VERSION 1
#define ENDING  ".json"

/* null for infinity and NaN, which JSON does not have. */
static json_t *
make_number (double number)
{
  return isfinite (number) ? json_real (number) : json_null ();
}

static json_t *
make_row (const NnReceiptRow *row)
{
  return json_pack ("{ss sI sI so ss ss}", "name", row->name, "values",
                    (json_int_t) row->n_values, "changed", (json_int_t) row->n_changed,
                    "norm", make_number (row->norm), "sha256_before", row->before,
                    "sha256_after", row->after);
}

static void
add_receipt (json_t *entry, const NnLandingReceipt *receipt)
{
  json_t *rows = json_array ();
  json_t *others = json_array ();

  for (guint i = 0; i < receipt->rows->len; i++)
    json_array_append_new (rows, make_row (receipt->rows->pdata[i]));
  for (guint i = 0; i < receipt->others->len; i++)
    json_array_append_new (others, json_string (receipt->others->pdata[i]));
  json_object_set_new (entry, "receipt", rows);
  json_object_set_new (entry, "other_ranks", others);
}

static json_t *
make_entry (const NnLanding *landing)
{
  g_autofree char *text = nn_nudge_dup_text (landing->nudge);
  json_t *entry = json_pack (
      "{ss sI sI sI}", "nudge", text, "first_step", (json_int_t) landing->first,
      "last_step", (json_int_t) landing->last, "times", (json_int_t) landing->n_times);

  if (landing->refusal != NULL)
    json_object_set_new (entry, "refused", json_string (landing->refusal));
  if (landing->skipped != NULL)
    json_object_set_new (entry, "skipped", json_string (landing->skipped));
  if (isfinite (landing->loss_before)) {
    json_object_set_new (entry, "loss_before", make_number (landing->loss_before));
    json_object_set_new (entry, "loss_after", make_number (landing->loss_after));
  }
  if (landing->taken_back)
    json_object_set_new (entry, "taken_back",
                         json_pack ("{sI sI}", "after_step",
                                    (json_int_t) landing->taken_back_at, "steps_lost",
                                    (json_int_t) landing->n_lost));
  if (landing->receipt != NULL)
    add_receipt (entry, landing->receipt);
  return entry;
}

/* Returns: FALSE if the ending of @path is not .json */
gboolean
nn_job_log_check_path (const char *path, GError **error)
{
  if (nn_path_has_ending (path, ENDING))
    return TRUE;
  g_set_error (error, NN_ERROR, NN_ERROR_FILE, _ ("the name of a log has to end in %s"),
               ENDING);
  return FALSE;
}

/**
 * nn_job_log_save:
 * @frame: its landings are written, oldest first
 * @title: of the run
 *
 * Replaces the file as a whole or not at all.
 */
gboolean
nn_job_log_save (const NnFrame *frame,
                 const char *title,
                 const char *path,
                 GError **error)
{
  json_t *log = json_array ();
  json_t *top;
  g_autofree char *text = NULL;

  if (!nn_job_log_check_path (path, error))
    return FALSE;
  for (gsize i = 0; i < frame->n_landings; i++)
    json_array_append_new (log, make_entry (&frame->landings[i]));
  top = json_pack ("{sI ss sI so}", "nudge_log", (json_int_t) VERSION, "of", title,
                   "step", (json_int_t) frame->step, "log", log);
  text = json_dumps (top, JSON_INDENT (2) | JSON_REAL_PRECISION (17));
  json_decref (top);
  return nn_file_replace (path, text, strlen (text), error);
}
