/* test-nn-job.c - a PyTorch job's socket, without the job
 *
 * SPDX-License-Identifier: MIT
 *
 * With real ones: tests/attach.
 */

#include "nn/attach/nn-job.h"

#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#include "nn/attach/nn-job-folder.h"
#include "nn/attach/nn-job-losses.h"
#include "nn/attach/nn-job-model.h"
#include "nn/attach/nn-job-nudge.h"
#include "nn/attach/nn-job-state.h"
#include "nn/attach/nn-job-target.h"
#include "nn/base/nn-error.h"

#define SECOND_US G_USEC_PER_SEC

static GArray *
make_tensors (void)
{
  static const NnJobTensor some[] = {
    { .name = "encoder.0.weight", .rank = 2, .shape = { 4, 3 }, .is_parameter = TRUE },
    { .name = "encoder.0.bias", .rank = 1, .shape = { 4 }, .is_parameter = TRUE },
    { .name = "encoder.norm.running_mean", .rank = 1, .shape = { 4 } },
    { .name = "conv.weight", .rank = 4, .shape = { 2, 3, 5, 5 }, .is_parameter = TRUE },
    { .name = "scale", .rank = 0, .is_parameter = TRUE },
    { .name = "decoder.weight",
      .rank = 2,
      .shape = { 4, 3 },
      .is_parameter = TRUE,
      .tied = "encoder.0.weight" },
  };
  GArray *tensors = g_array_new (FALSE, FALSE, sizeof (NnJobTensor));

  return g_array_append_vals (tensors, some, G_N_ELEMENTS (some));
}

/* The targets as JSON, or the error. */
static char *
dup_targets (const char *target)
{
  g_autofree char *text = g_strconcat (target, ": 0", NULL);
  g_autoptr (GError) error = NULL;
  g_autoptr (NnNudge) nudge = nn_nudge_parse (text, &error);
  g_autoptr (GArray) tensors = make_tensors ();
  json_t *targets;
  g_autofree char *dumped = NULL;

  g_assert_no_error (error);
  targets = nn_job_target_resolve (&nudge->target, tensors, &error);
  if (targets == NULL)
    return g_strdup (error->message);
  dumped = json_dumps (targets, JSON_COMPACT);
  json_decref (targets);
  return g_strdup (dumped);
}

static void
assert_targets (const char *target, const char *expected)
{
  g_autofree char *found = dup_targets (target);

  g_assert_nonnull (strstr (found, expected));
}

static void
test_targets (void)
{
  assert_targets ("scale", "[{\"parameter\":\"scale\"}]");
  assert_targets ("scale.weight", "[{\"parameter\":\"scale\"}]");
  assert_targets ("encoder", "[{\"parameter\":\"encoder.0.weight\"},"
                             "{\"parameter\":\"encoder.0.bias\"}]");
  assert_targets ("*.weight", "[{\"parameter\":\"encoder.0.weight\"},"
                              "{\"parameter\":\"conv.weight\"}]");
  assert_targets ("decoder.weight", "[{\"parameter\":\"encoder.0.weight\"}]");
  assert_targets ("encoder.0[-1]",
                  "\"rows\":[3,1,1],\"columns\":[0,3,1]},"
                  "{\"parameter\":\"encoder.0.bias\",\"rows\":[3,1,1]}]");
  assert_targets ("conv.weight[:, 1:80:2]", "\"rows\":[0,2,1],\"columns\":[1,37,2]");
  assert_targets ("encoder.0.weight[0,1; 3,2]", "\"edges\":[[0,1],[3,2]]");
}

static void
test_targets_that_are_not_there (void)
{
  assert_targets ("encoder.norm.running_mean", "has no parameter");
  assert_targets ("encoder.0.wieght", "did you mean encoder.0.weight?");
  assert_targets ("scale[0]", "single number");
  assert_targets ("encoder.0.weight[9]", "has 4 rows");
  assert_targets ("encoder.0.weight[0,9; 1,1]", "there is no encoder.0.weight [0, 9]");
}

/* ---- models ------------------------------------------------------------------------- */

#define LINEAR(name, out, in)                                                            \
  "{\"name\":\"" name ".weight\",\"kind\":\"parameter\",\"shape\":[" out "," in "]},"    \
  "{\"name\":\"" name ".bias\",\"kind\":\"parameter\",\"shape\":[" out "]}"
#define MODULE(name, type, settings)                                                     \
  "{\"name\":\"" name "\",\"type\":\"" type "\",\"settings\":\"" settings "\"}"

/* (transfer full): of what "describe" would reply */
static NnJobModel *
make_model (const char *tensors, const char *modules, const char *sequence)
{
  g_autofree char *text =
      g_strdup_printf ("{\"ok\":true,\"tensors\":[%s],\"modules\":[%s],\"sequence\":%s,"
                       "\"notes\":[\"a note\"]}",
                       tensors, modules, sequence);
  NnMessage reply = { json_loads (text, 0, NULL), NULL };
  GArray *found;

  g_assert_nonnull (reply.head);
  found = nn_job_read_tensors (&reply, NULL);
  g_assert_nonnull (found);
  return nn_job_model_new_of (&reply, found);
}

static void
test_a_sequence_is_a_chain (void)
{
  g_autoptr (NnJobModel) model =
      make_model (LINEAR ("0", "8", "3") "," LINEAR ("2", "1", "8"),
                  MODULE ("0", "Linear",
                          "") "," MODULE ("1", "Tanh", "") "," MODULE ("2", "Linear", ""),
                  "true");

  g_assert_true (model->architecture->is_chain);
  g_assert_cmpuint (model->architecture->n_features, ==, 3);
  g_assert_cmpuint (model->architecture->n_layers, ==, 2);
  g_assert_cmpint (model->architecture->layers[0].activation, ==, NN_ACTIVATION_TANH);
  g_assert_cmpint (model->architecture->layers[1].activation, ==, NN_ACTIVATION_IDENTITY);
  g_assert_cmpstr (nn_job_model_get_tensor (model, 2)->name, ==, "2.weight");
  g_assert_cmpuint (model->notes->len, ==, 1);
}

static void
assert_loose (const char *tensors, const char *modules, const char *sequence)
{
  g_autoptr (NnJobModel) model = make_model (tensors, modules, sequence);

  g_assert_false (model->architecture->is_chain);
}

static void
test_what_is_no_chain (void)
{
  const char *two = LINEAR ("0", "8", "3") "," LINEAR ("1", "1", "8");

  /* The order in which they are called is not known. */
  assert_loose (two, MODULE ("0", "Linear", "") "," MODULE ("1", "Linear", ""), "false");
  /* An activation that Nudge has not, or not so. */
  assert_loose (two,
                MODULE ("0", "Linear", "") "," MODULE (
                    "s", "Softmax", "dim=1") "," MODULE ("1", "Linear", ""),
                "true");
  assert_loose (
      two,
      MODULE ("0", "Linear", "") "," MODULE (
          "s", "LeakyReLU", "negative_slope=0.2") "," MODULE ("1", "Linear", ""),
      "true");
  /* Sizes that do not follow each other. */
  assert_loose (LINEAR ("0", "8", "3") "," LINEAR ("1", "1", "7"),
                MODULE ("0", "Linear", "") "," MODULE ("1", "Linear", ""), "true");
}

/* Rows and columns as targets have them; a parameter that is no weight is a layer. */
static void
test_loose_layers (void)
{
  g_autoptr (NnJobModel) model = make_model (
      "{\"name\":\"conv.weight\",\"kind\":\"parameter\",\"shape\":[4,1,3,3]},"
      "{\"name\":\"conv.bias\",\"kind\":\"parameter\",\"shape\":[4]},"
      "{\"name\":\"norm.running_mean\",\"kind\":\"buffer\",\"shape\":[4]},"
      "{\"name\":\"attn.in_proj_weight\",\"kind\":\"parameter\",\"shape\":[6,2]}",
      MODULE ("conv", "Conv2d", ""), "false");

  g_assert_cmpuint (model->architecture->n_layers, ==, 2);
  g_assert_cmpstr (model->architecture->layers[0].name, ==, "conv");
  g_assert_cmpuint (model->architecture->layers[0].n_inputs, ==, 9);
  g_assert_true (model->architecture->layers[0].has_bias);
  g_assert_cmpstr (model->architecture->layers[1].name, ==, "attn.in_proj_weight");
  g_assert_cmpint (nn_job_model_find_parameter (model, "conv.bias"), ==, 1);
  g_assert_cmpint (nn_job_model_find_parameter (model, "norm.running_mean"), ==, -1);
}

/* ---- landings ----------------------------------------------------------------------- */

static NnJobState *
make_state (void)
{
  const NnJobFacts facts = { .step = 1 };

  return nn_job_state_new (
      make_model (LINEAR ("fc1", "2", "3"), MODULE ("fc1", "Linear", ""), "true"),
      &facts);
}

static void
repeat (NnJobState *state, const char *key, guint64 step)
{
  NnMessage event = { json_pack ("{ss sI}", "standing", key, "step", (json_int_t) step),
                      NULL };

  nn_job_state_repeat (state, &event);
  nn_message_clear (&event);
}

static void
test_a_nudge_that_repeats_keeps_its_landing (void)
{
  g_autoptr (NnJobState) state = make_state ();
  g_autoptr (NnNudge) repeating = nn_nudge_parse ("fc1: w*0.9 @ every step", NULL);
  g_autoptr (NnNudge) once = nn_nudge_parse ("fc1: w*0.8", NULL);
  g_autoptr (NnFrame) frame = NULL;

  g_assert_nonnull (repeating);
  g_assert_nonnull (once);
  nn_job_state_stand (state, 1, repeating, "1");
  repeat (state, "1", 2);
  for (guint i = 0; i < 2 * NN_LANDING_MOST; i++)
    nn_job_state_refuse (state, once, "no");
  repeat (state, "1", 3);

  frame = nn_job_state_make_frame (state);
  g_assert_cmpuint (frame->n_landings, ==, NN_LANDING_MOST);
  g_assert_true (frame->landings[0].nudge == repeating);
  g_assert_cmpuint (frame->landings[0].first, ==, 2);
  g_assert_cmpuint (frame->landings[0].last, ==, 3);
  g_assert_cmpuint (frame->landings[0].n_times, ==, 2);
  g_assert_cmpuint (frame->landings[1].serial, ==, NN_LANDING_MOST + 2);

  nn_job_state_remove_standing (state, 1);
  nn_job_state_refuse (state, once, "no");
  g_clear_pointer (&frame, nn_frame_unref);
  frame = nn_job_state_make_frame (state);
  g_assert_true (frame->landings[0].nudge == once);
}

/* ---- losses ------------------------------------------------------------------------- */

static void
add_losses (NnHistory *history, const char *pairs)
{
  g_autofree char *text = g_strdup_printf ("{\"losses\":%s}", pairs);
  g_auto (NnMessage) frame = { json_loads (text, 0, NULL), NULL };

  g_assert_nonnull (frame.head);
  nn_job_losses_add (history, &frame);
}

static void
test_losses_begin_where_they_are_heard (void)
{
  g_autoptr (NnHistory) history = nn_history_new (NN_HISTORY_WHOLE);
  float losses[5];

  add_losses (history, "[[1001,0.5],[1002,0.25]]");
  g_assert_cmpuint (nn_history_get_first_step (history), ==, 1001);
  add_losses (history, "[[1002,9],[1004,0.125],[1005,\"nan\"]]");
  g_assert_cmpuint (nn_history_get_n_steps (history), ==, 1005);
  g_assert_cmpuint (nn_history_read (history, 1001, 5, losses), ==, 5);
  g_assert_cmpfloat (losses[1], ==, 0.25f); /* known already */
  g_assert_cmpfloat (losses[2], ==, 0.25f); /* not told: as before */
  g_assert_cmpfloat (losses[3], ==, 0.125f);
  g_assert_cmpfloat (losses[4], ==, 0.125f); /* no number */
  add_losses (history, "\"rubbish\"");
  g_assert_cmpuint (nn_history_get_n_steps (history), ==, 1005);
}

/* ---- nudges ------------------------------------------------------------------------- */

static void
assert_refused (const char *text, const char *why)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (NnNudge) nudge = nn_nudge_parse (text, &error);
  g_autoptr (GArray) tensors = make_tensors ();

  g_assert_no_error (error);
  g_assert_null (nn_job_nudge_new (nudge, tensors, TRUE, 0, &error));
  g_assert_nonnull (strstr (error->message, why));
}

static void
test_times_that_a_job_has_not (void)
{
  assert_refused ("*: 0 @ every step before backward", "before backward");
  assert_refused ("*: 0 @ every epoch", "epochs");
  assert_refused ("*: 0 @ every example", "example");
}

static void
test_a_request (void)
{
  g_autoptr (NnNudge) nudge =
      nn_nudge_parse ("scale: w + a @ every 10 steps from 20 a=0.1 memory=zero", NULL);
  g_autoptr (GArray) tensors = make_tensors ();
  json_t *request = nn_job_nudge_new (nudge, tensors, TRUE, 7, NULL);
  const json_t *when = json_object_get (request, "when");

  g_assert_cmpfloat (json_real_value (json_object_get (request, "amount")), ==, 0.1);
  g_assert_cmpstr (json_string_value (json_object_get (request, "memory")), ==, "zero");
  g_assert_cmpint (json_integer_value (json_object_get (when, "every")), ==, 10);
  g_assert_cmpint (json_integer_value (json_object_get (when, "from")), ==, 20);
  json_decref (request);
}

/* ---- the wire ---------------------------------------------------------------------- */

static void
test_messages_come_as_they_were_sent (void)
{
  g_auto (NnMessage) message = { NULL };
  g_autoptr (GError) error = NULL;
  json_t *head = json_pack ("{ss}", "do", "describe");
  int ends[2];

  g_assert_cmpint (socketpair (AF_UNIX, SOCK_STREAM, 0, ends), ==, 0);
  g_assert_true (
      nn_wire_send (ends[0], head, g_get_monotonic_time () + SECOND_US, &error));
  g_assert_true (
      nn_wire_receive (ends[1], &message, g_get_monotonic_time () + SECOND_US, &error));
  g_assert_true (json_equal (head, message.head));
  json_decref (head);
  close (ends[0]);
  close (ends[1]);
}

static void
assert_not_received (const void *bytes, gsize n_bytes, gboolean closes, int code)
{
  g_auto (NnMessage) message = { NULL };
  g_autoptr (GError) error = NULL;
  int ends[2];

  g_assert_cmpint (socketpair (AF_UNIX, SOCK_STREAM, 0, ends), ==, 0);
  g_assert_cmpint (write (ends[0], bytes, n_bytes), ==, n_bytes);
  if (closes)
    close (ends[0]);
  g_assert_false (nn_wire_receive (ends[1], &message,
                                   g_get_monotonic_time () + SECOND_US / 10, &error));
  g_assert_error (error, NN_ERROR, code);
  if (!closes)
    close (ends[0]);
  close (ends[1]);
}

#define ASSERT_NOT_RECEIVED(text, closes, code)                                          \
  assert_not_received (text, sizeof text - 1, closes, code)

static void
test_bad_messages_are_refused (void)
{
  ASSERT_NOT_RECEIVED ("NUDG\2\0\0\0\0\0\0\0\0\0\0\0{", FALSE, NN_ERROR_CANCELLED);
  ASSERT_NOT_RECEIVED ("NUDG\2\0\0\0\0\0\0\0\0\0\0\0{", TRUE, NN_ERROR_FILE);
  ASSERT_NOT_RECEIVED ("NUDG\2\0\0\0\0\0\0\0\0\0\0\0[]", FALSE, NN_ERROR_FILE);
  ASSERT_NOT_RECEIVED ("NUDG\2\0\0\0\0\0\0\0\0\0\0\0{x", FALSE, NN_ERROR_SYNTAX);
  ASSERT_NOT_RECEIVED ("NUDG\377\377\377\377\0\0\0\0\0\0\0\0", FALSE, NN_ERROR_FILE);
  ASSERT_NOT_RECEIVED ("NUDG\2\0\0\0\377\377\377\377\377\377\377\377{}", FALSE,
                       NN_ERROR_FILE);
  ASSERT_NOT_RECEIVED ("HTTP/1.1 200 OK\r\n", FALSE, NN_ERROR_FILE);
}

/* ---- arrays ------------------------------------------------------------------------ */

static gboolean
add_arrays (const char *head, gsize n_bytes, NnArrayFile *file, GError **error)
{
  g_auto (NnMessage) reply = { .head = json_loads (head, 0, NULL),
                               .data = g_bytes_new_take (g_malloc0 (n_bytes), n_bytes) };

  g_assert_nonnull (reply.head);
  return nn_job_add_arrays (&reply, file, error);
}

static void
test_tensors_become_arrays (void)
{
  g_autoptr (NnArrayFile) file =
      nn_array_file_new (nn_array_kind_find ("x.npz", TRUE, NULL));
  g_autoptr (GError) error = NULL;

  g_assert_true (
      add_arrays ("{\"tensors\":[{\"name\":\"a\",\"dtype\":\"float32\",\"shape\":[2,3]},"
                  "{\"name\":\"b\",\"dtype\":\"int64\",\"shape\":[]}]}",
                  32, file, &error));
  g_assert_cmpuint (file->arrays->len, ==, 2);
  g_assert_false (
      add_arrays ("{\"tensors\":[{\"name\":\"a\",\"dtype\":\"float32\",\"shape\":"
                  "[2000000000,2000000000,2000000000]}]}",
                  32, file, &error));
  g_assert_error (error, NN_ERROR, NN_ERROR_SHAPE);
  g_clear_error (&error);
  g_assert_false (add_arrays ("{\"tensors\":[3]}", 0, file, &error));
}

static void
test_a_job_is_a_number_or_a_path (void)
{
  g_autofree char *folder = nn_job_folder_dup_path ();
  g_autofree char *by_number = nn_job_folder_dup_socket ("42");
  g_autofree char *by_path = nn_job_folder_dup_socket ("./42.sock");
  g_autofree char *expected = g_build_filename (folder, "42.sock", NULL);

  g_assert_cmpstr (by_number, ==, expected);
  g_assert_cmpstr (by_path, ==, "./42.sock");
}

static void
test_no_job_is_there (void)
{
  g_autoptr (GError) error = NULL;

  g_assert_null (nn_job_new ("./no.sock", g_get_monotonic_time () + SECOND_US, &error));
  g_assert_error (error, NN_ERROR, NN_ERROR_FILE);
  g_assert_nonnull (strstr (error->message, "it has ended"));
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/nn/job/a-sequence-is-a-chain", test_a_sequence_is_a_chain);
  g_test_add_func ("/nn/job/what-is-no-chain", test_what_is_no_chain);
  g_test_add_func ("/nn/job/loose-layers", test_loose_layers);
  g_test_add_func ("/nn/job/a-nudge-that-repeats-keeps-its-landing",
                   test_a_nudge_that_repeats_keeps_its_landing);
  g_test_add_func ("/nn/job/losses-begin-where-they-are-heard",
                   test_losses_begin_where_they_are_heard);
  g_test_add_func ("/nn/job/targets", test_targets);
  g_test_add_func ("/nn/job/targets-that-are-not-there", test_targets_that_are_not_there);
  g_test_add_func ("/nn/job/times-that-a-job-has-not", test_times_that_a_job_has_not);
  g_test_add_func ("/nn/job/a-request", test_a_request);
  g_test_add_func ("/nn/job/messages-come-as-they-were-sent",
                   test_messages_come_as_they_were_sent);
  g_test_add_func ("/nn/job/bad-messages-are-refused", test_bad_messages_are_refused);
  g_test_add_func ("/nn/job/tensors-become-arrays", test_tensors_become_arrays);
  g_test_add_func ("/nn/job/a-job-is-a-number-or-a-path",
                   test_a_job_is_a_number_or_a_path);
  g_test_add_func ("/nn/job/no-job-is-there", test_no_job_is_there);
  return g_test_run ();
}
