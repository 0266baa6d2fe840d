/* nn-job-landing.c - a landing, from the reply of a job
 *
 * SPDX-License-Identifier: MIT
 */

#include "nn/attach/nn-job-landing.h"

#include <math.h>

#include "nn/attach/nn-job-losses.h"

/**
 * nn_job_landing_init:
 * @self: (out): a landing of @nudge at @step, with all numbers unknown
 */
void
nn_job_landing_init (NnLanding *self, NnNudge *nudge, guint64 step)
{
  *self = (NnLanding){ .nudge = nn_nudge_ref (nudge),
                       .first = step,
                       .last = step,
                       .change = NAN,
                       .loss_before = NAN,
                       .loss_after = NAN };
}

static char *
dup_text (const json_t *object, const char *key)
{
  const char *text = json_string_value (json_object_get (object, key));

  return g_utf8_make_valid (text != NULL ? text : "", -1);
}

static void
add_row (NnLandingReceipt *receipt, const json_t *json)
{
  g_autofree char *name = dup_text (json, "name");
  g_autofree char *before = dup_text (json, "sha256_before");
  g_autofree char *after = dup_text (json, "sha256_after");

  nn_landing_receipt_add (
      receipt, &(NnReceiptRow){
                   .name = name,
                   .n_values = json_integer_value (json_object_get (json, "values")),
                   .n_changed = json_integer_value (json_object_get (json, "changed")),
                   .norm = nn_job_losses_read (json_object_get (json, "norm")),
                   .before = before,
                   .after = after });
}

static NnLandingReceipt *
read_receipt (const json_t *head)
{
  const json_t *rows = json_object_get (head, "receipt");
  const json_t *others = json_object_get (head, "others");
  NnLandingReceipt *receipt;

  if (rows == NULL)
    return NULL;
  receipt = nn_landing_receipt_new ();
  for (gsize i = 0; i < json_array_size (rows); i++)
    add_row (receipt, json_array_get (rows, i));
  for (gsize i = 0; i < json_array_size (others); i++) {
    const char *text = json_string_value (json_array_get (others, i));

    g_ptr_array_add (receipt->others, g_utf8_make_valid (text != NULL ? text : "", -1));
  }
  return receipt;
}

static char *
dup_skipped (const json_t *skipped)
{
  g_autoptr (GString) text = g_string_new (NULL);

  for (gsize i = 0; i < json_array_size (skipped); i++) {
    const char *one = json_string_value (json_array_get (skipped, i));

    g_string_append_printf (text, "%s%s", i > 0 ? "; " : "", one != NULL ? one : "");
  }
  return text->len > 0 ? g_strdup (text->str) : NULL;
}

/**
 * nn_job_landing_read:
 * @self: from nn_job_landing_init ()
 * @reply: to the request "nudge"
 */
void
nn_job_landing_read (NnLanding *self, const NnMessage *reply)
{
  const json_t *step = json_object_get (reply->head, "step");

  if (json_is_integer (step) && json_integer_value (step) >= 0)
    self->first = self->last = (guint64) json_integer_value (step);
  self->n_times = 1;
  self->receipt = read_receipt (reply->head);
  if (self->receipt != NULL)
    self->change = nn_landing_receipt_get_norm (self->receipt);
  self->skipped = dup_skipped (json_object_get (reply->head, "skipped"));
  self->n_skipped = self->skipped != NULL;
}
