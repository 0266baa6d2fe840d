/* nn-job-tensors.c - reads a job's tensors, a few at a time
 *
 * SPDX-License-Identifier: MIT
 */

#include "nn/attach/nn-job-tensors.h"

#include <math.h>
#include <string.h>

#include "nn/attach/nn-job-opened.h"
#include "nn/attach/nn-job-target.h"

/* A round ends with the tensor that brings it to this many bytes. */
#define ROUND_BYTES (2u << 20)
/* Microseconds of pause after a round of ROUND_BYTES; in proportion after a
 * larger one. */
#define ROUND_US 300000
/* A larger tensor is read only while it is open. */
#define MOST_BYTES (64u << 20)

typedef enum {
  PHASE_FIRST,     /* values */
  PHASE_AGAIN,     /* values some steps later */
  PHASE_GRADIENTS, /* their gradients */
} Phase;

struct _NnJobTensors {
  const NnJobModel *model; /* (not owned) */
  NnTensors *tensors;      /* (owned) the newest, shared with frames */
  GArray *round;           /* (owned) (element-type guint) indices of tensors */
  guint64 round_bytes;
  guint next; /* where the next round begins, modulo the number of tensors */
  Phase phase;
  gboolean keeps;   /* all values, as they take at most NN_TENSORS_KEPT */
  gboolean waiting; /* a reply has not come yet */
  gint64 due_us;
  GPtrArray *before;  /* (owned) (element-type NnArray) the values of PHASE_FIRST */
  gint64 before_step; /* the step of before's values */
  NnTensorChoice choice;
  NnArray *opened;  /* (owned) (nullable) the newest values of the open tensor */
  NnNudge *preview; /* (owned) (nullable) */
};

/* ---- names -------------------------------------------------------------------------- */

static const char *
get_text (const json_t *description, guint index, const char *key)
{
  const json_t *tensor = json_array_get (json_object_get (description, "tensors"), index);
  const char *text = json_string_value (json_object_get (tensor, key));

  return text != NULL ? text : "";
}

static char *
dup_note (const NnJobTensor *tensor)
{
  if (tensor->tied != NULL)
    return g_strdup_printf ("= %s", tensor->tied);
  return g_strdup (tensor->is_parameter ? "" : "buffer");
}

/* All texts one after the other, NUL-terminated. */
static GBytes *
make_texts (const NnJobModel *model)
{
  GByteArray *texts = g_byte_array_new ();

  for (guint i = 0; i < model->tensors->len; i++) {
    const NnJobTensor *tensor = &g_array_index (model->tensors, NnJobTensor, i);
    const char *type = get_text (model->reply.head, i, "dtype");
    g_autofree char *note = dup_note (tensor);

    g_byte_array_append (texts, (const guint8 *) tensor->name,
                         (guint) strlen (tensor->name) + 1);
    g_byte_array_append (texts, (const guint8 *) type, (guint) strlen (type) + 1);
    g_byte_array_append (texts, (const guint8 *) note, (guint) strlen (note) + 1);
  }
  return g_byte_array_free_to_bytes (texts);
}

static const char *
take_text (const char **at)
{
  const char *text = *at;

  *at += strlen (text) + 1;
  return text;
}

static NnTensors *
make_tensors (const NnJobModel *model)
{
  g_autoptr (GBytes) texts = make_texts (model);
  NnTensors *tensors = nn_tensors_new (texts, model->tensors->len);
  const char *at = g_bytes_get_data (texts, NULL);

  for (guint i = 0; i < model->tensors->len; i++) {
    const NnJobTensor *tensor = &g_array_index (model->tensors, NnJobTensor, i);
    NnTensorFacts *facts = &tensors->facts[i];

    facts->name = take_text (&at);
    facts->type = take_text (&at);
    facts->note = take_text (&at);
    facts->rank = tensor->rank;
    memcpy (facts->shape, tensor->shape, sizeof facts->shape);
  }
  return tensors;
}

static guint64
get_n_bytes (const NnJobTensors *self, guint index)
{
  const NnTensorFacts *facts = &self->tensors->facts[index];
  guint64 n = 8;

  for (guint i = 0; i < facts->rank; i++)
    n *= facts->shape[i];
  return n;
}

NnJobTensors *
nn_job_tensors_new (const NnJobModel *model)
{
  NnJobTensors *self = g_new0 (NnJobTensors, 1);
  guint64 n_bytes = 0;

  self->model = model;
  self->tensors = make_tensors (model);
  self->round = g_array_new (FALSE, FALSE, sizeof (guint));
  self->before = g_ptr_array_new_with_free_func ((GDestroyNotify) nn_array_unref);
  self->choice.tensor = -1;
  for (guint i = 0; i < self->tensors->n; i++)
    n_bytes += get_n_bytes (self, i);
  self->keeps = n_bytes <= NN_TENSORS_KEPT;
  return self;
}

void
nn_job_tensors_free (NnJobTensors *self)
{
  nn_tensors_unref (self->tensors);
  g_array_unref (self->round);
  g_ptr_array_unref (self->before);
  g_clear_pointer (&self->opened, nn_array_unref);
  g_clear_pointer (&self->preview, nn_nudge_unref);
  g_free (self);
}

/* Returns: (transfer none): the newest */
NnTensors *
nn_job_tensors_get (const NnJobTensors *self)
{
  return self->tensors;
}

/* ---- requests ---------------------------------------------------------------------- */

static void
add_to_round (NnJobTensors *self, guint index)
{
  g_array_append_val (self->round, index);
  self->round_bytes += get_n_bytes (self, index);
}

static void
choose_round (NnJobTensors *self)
{
  const guint n = (guint) self->tensors->n;

  g_array_set_size (self->round, 0);
  self->round_bytes = 0;
  if (self->choice.tensor >= 0 && (gsize) self->choice.tensor < self->tensors->n)
    add_to_round (self, (guint) self->choice.tensor);
  for (guint i = 0; i < n && self->round_bytes < ROUND_BYTES; i++) {
    const guint index = self->next++ % n;

    if ((gssize) index != self->choice.tensor && get_n_bytes (self, index) <= MOST_BYTES)
      add_to_round (self, index);
  }
}

/* Returns: the monotonic time at which the next request is due; G_MAXINT64: after
 * the reply */
gint64
nn_job_tensors_get_due (const NnJobTensors *self)
{
  return self->waiting || self->tensors->n == 0 ? G_MAXINT64 : self->due_us;
}

/**
 * nn_job_tensors_make_request:
 *
 * Returns: (transfer full): the next request; its reply goes to nn_job_tensors_take ()
 */
json_t *
nn_job_tensors_make_request (NnJobTensors *self)
{
  json_t *names = json_array ();

  if (self->phase == PHASE_FIRST)
    choose_round (self);
  for (guint i = 0; i < self->round->len; i++) {
    const guint index = g_array_index (self->round, guint, i);

    json_array_append_new (names, json_string (self->tensors->facts[index].name));
  }
  self->waiting = TRUE;
  return json_pack ("{sssosb}", "do", "tensors", "names", names, "gradients",
                    self->phase == PHASE_GRADIENTS);
}

/* ---- replies ----------------------------------------------------------------------- */

static double
get_norm (const NnArray *array)
{
  g_autofree double *values = g_new (double, MAX (array->n_values, 1));
  double sum = 0;

  nn_array_get_doubles (array, values);
  for (gsize i = 0; i < array->n_values; i++)
    sum += values[i] * values[i];
  return sqrt (sum);
}

/* Returns: ‖change of one step‖ / ‖values‖ */
static double
get_ratio (const NnArray *before, const NnArray *after, double n_steps, double norm)
{
  g_autofree double *a = g_new (double, MAX (before->n_values, 1));
  g_autofree double *b = g_new (double, MAX (after->n_values, 1));
  double sum = 0;

  nn_array_get_doubles (before, a);
  nn_array_get_doubles (after, b);
  for (gsize i = 0; i < after->n_values; i++)
    sum += (b[i] - a[i]) * (b[i] - a[i]);
  return norm > 0 ? sqrt (sum) / n_steps / norm : (double) NAN;
}

static NnTensorFacts *
find_facts (NnTensors *tensors, const char *name)
{
  for (gsize i = 0; i < tensors->n; i++)
    if (strcmp (tensors->facts[i].name, name) == 0)
      return &tensors->facts[i];
  return NULL;
}

static const NnArray *
find_before (const NnJobTensors *self, const NnArray *after)
{
  for (guint i = 0; i < self->before->len; i++) {
    const NnArray *array = self->before->pdata[i];

    if (strcmp (array->name, after->name) == 0 && array->n_values == after->n_values)
      return array;
  }
  return NULL;
}

static void
take_values (NnJobTensors *self, NnTensors *tensors, NnArray *array, gint64 step)
{
  NnTensorFacts *facts = find_facts (tensors, array->name);
  const NnArray *before = find_before (self, array);
  const gboolean opened = facts != NULL && facts - tensors->facts == self->choice.tensor;

  if (facts == NULL)
    return;
  g_clear_pointer (&facts->summary, nn_tensor_summary_unref);
  facts->summary = nn_tensor_summary_new_of_array (array, opened);
  if (self->keeps) {
    g_clear_pointer (&facts->values, nn_array_unref);
    facts->values = nn_array_ref (array);
  }
  if (before != NULL && step > self->before_step)
    facts->update_ratio = get_ratio (before, array, (double) (step - self->before_step),
                                     facts->summary->norm);
  if (!opened)
    return;
  g_clear_pointer (&self->opened, nn_array_unref);
  self->opened = nn_array_ref (array);
}

static gsize
count_nudged (const NnJobTensors *self)
{
  gsize n = 0;

  for (guint i = 0; i < self->model->tensors->len; i++) {
    const NnJobTensor *tensor = &g_array_index (self->model->tensors, NnJobTensor, i);

    n += tensor->is_parameter && tensor->tied == NULL &&
         nn_job_target_names (&self->preview->target, tensor->name);
  }
  return n;
}

/* Renews the window and the preview of the open tensor. */
static void
renew_opened (NnJobTensors *self, NnTensors *tensors)
{
  NnTensorFacts *facts;

  g_clear_pointer (&tensors->window, nn_tensor_window_unref);
  tensors->n_previewed = 0;
  tensors->opened = self->opened != NULL ? self->choice.tensor : -1;
  for (gsize i = 0; i < tensors->n; i++)
    g_clear_pointer (&tensors->facts[i].preview, nn_tensor_summary_unref);
  if (tensors->opened < 0)
    return;
  facts = &tensors->facts[tensors->opened];
  tensors->window = nn_job_opened_cut (self->opened, &self->choice);
  if (self->preview != NULL)
    facts->preview = nn_job_opened_preview (self->opened, self->preview);
  tensors->n_previewed = facts->preview != NULL ? count_nudged (self) : 0;
}

/* @tensors: (transfer full) */
static void
publish (NnJobTensors *self, NnTensors *tensors)
{
  renew_opened (self, tensors);
  nn_tensors_unref (self->tensors);
  self->tensors = tensors;
}

static void
take_arrays (NnJobTensors *self, const NnArrayFile *file, gint64 step)
{
  NnTensors *tensors = nn_tensors_copy (self->tensors);

  for (guint i = 0; i < file->arrays->len; i++) {
    NnArray *array = file->arrays->pdata[i];
    NnTensorFacts *facts = find_facts (tensors, array->name);

    if (self->phase != PHASE_GRADIENTS)
      take_values (self, tensors, array, step);
    else if (facts != NULL)
      facts->gradient_norm = get_norm (array);
  }
  publish (self, tensors);
}

static void
remember (NnJobTensors *self, const NnArrayFile *file, gint64 step)
{
  g_ptr_array_set_size (self->before, 0);
  for (guint i = 0; i < file->arrays->len; i++)
    g_ptr_array_add (self->before, nn_array_ref (file->arrays->pdata[i]));
  self->before_step = step;
}

static void
end_round (NnJobTensors *self)
{
  g_ptr_array_set_size (self->before, 0);
  self->phase = PHASE_FIRST;
  self->due_us = g_get_monotonic_time () +
                 ROUND_US * (gint64) MAX (1, self->round_bytes / ROUND_BYTES);
}

/**
 * nn_job_tensors_take:
 * @reply: to the newest request
 *
 * Returns: FALSE if it cannot be read
 */
gboolean
nn_job_tensors_take (NnJobTensors *self, const NnMessage *reply, GError **error)
{
  g_autoptr (NnArrayFile) file = nn_array_file_new (NULL);
  const gint64 step = json_integer_value (json_object_get (reply->head, "step"));

  self->waiting = FALSE;
  if (!nn_job_add_arrays (reply, file, error))
    return FALSE;
  /* The first values are shown at once. */
  if (self->phase == PHASE_FIRST)
    remember (self, file, step);
  take_arrays (self, file, step);
  if (self->phase == PHASE_GRADIENTS)
    end_round (self);
  else
    self->phase++;
  return TRUE;
}

/* The job has refused the newest request. */
void
nn_job_tensors_give_up (NnJobTensors *self)
{
  self->waiting = FALSE;
  end_round (self);
}

/* ---- the open tensor --------------------------------------------------------------- */

/**
 * nn_job_tensors_open:
 *
 * The chosen tensor is in every round from now on; the next one is due at once if another
 * tensor was open.
 */
void
nn_job_tensors_open (NnJobTensors *self, const NnTensorChoice *choice)
{
  const gboolean other = self->choice.tensor != choice->tensor;

  self->choice = *choice;
  if (other) {
    g_clear_pointer (&self->opened, nn_array_unref);
    self->due_us = 0;
  }
  publish (self, nn_tensors_copy (self->tensors));
}

/* @nudge: (nullable) */
void
nn_job_tensors_preview (NnJobTensors *self, NnNudge *nudge)
{
  g_clear_pointer (&self->preview, nn_nudge_unref);
  self->preview = nudge != NULL ? nn_nudge_ref (nudge) : NULL;
  publish (self, nn_tensors_copy (self->tensors));
}
