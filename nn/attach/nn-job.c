/* nn-job.c - a connection to a PyTorch job
 *
 * SPDX-License-Identifier: MIT
 */

#define _GNU_SOURCE /* struct ucred */

#include "nn/attach/nn-job.h"

#include <errno.h>
#include <glib/gi18n.h>
#include <inttypes.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

#include "nn/arrays/nn-dtype.h"
#include "nn/base/nn-error.h"
#include "nn/files/nn-json.h"

struct _NnJob {
  int fd;
  NnMessage greeting; /* (owned) */
  NnJobFacts facts;
  gint64 next_id;
};

/* ---- connecting -------------------------------------------------------------------- */

static gboolean
check_peer (int fd, GError **error)
{
  struct ucred peer = { 0 };
  socklen_t n_bytes = sizeof peer;

  if (getsockopt (fd, SOL_SOCKET, SO_PEERCRED, &peer, &n_bytes) == 0 &&
      peer.uid == getuid ())
    return TRUE;
  g_set_error_literal (error, NN_ERROR, NN_ERROR_FILE,
                       _ ("the socket belongs to another user"));
  return FALSE;
}

/* A killed job leaves its socket, to which connecting fails with ECONNREFUSED. */
static const char *
describe (int code)
{
  return code == ENOENT || code == ECONNREFUSED
             ? _ ("no job listens there: it has ended, or was started without "
                  "nudge_attach; nudge attach lists the jobs")
             : nn_error_describe (code);
}

/* Returns: a connected socket; -1 on failure */
static int
reach (const char *path, GError **error)
{
  struct sockaddr_un address = { .sun_family = AF_UNIX };
  int fd;

  if (strlen (path) >= sizeof address.sun_path) {
    g_set_error (error, NN_ERROR, NN_ERROR_FILE,
                 _ ("a socket's path has at most %zu bytes"),
                 sizeof address.sun_path - 1);
    return -1;
  }
  memcpy (address.sun_path, path, strlen (path) + 1);
  fd = socket (AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
  if (fd >= 0 && connect (fd, (const struct sockaddr *) &address, sizeof address) == 0 &&
      check_peer (fd, error))
    return fd;
  if (error != NULL && *error == NULL)
    g_set_error_literal (error, NN_ERROR, NN_ERROR_FILE, describe (errno));
  if (fd >= 0)
    close (fd);
  return -1;
}

static gboolean
read_integer (const NnJson *top, const char *key, gint64 *value, GError **error)
{
  NnJson member;

  return nn_json_require (top, key, &member, error) &&
         nn_json_get_integer (&member, 0, G_MAXINT64, value, error);
}

static gboolean
read_facts (NnJob *self, GError **error)
{
  const NnJson top = { .value = self->greeting.head };
  NnJobFacts *facts = &self->facts;
  gint64 version;

  if (!read_integer (&top, "nudge_attach", &version, error))
    return FALSE;
  if (version != NN_JOB_VERSION) {
    g_set_error (
        error, NN_ERROR, NN_ERROR_UNKNOWN,
        _ ("the job's nudge_attach.py speaks version %" PRId64
           ", this Nudge version %d: replace it with nudge attach --client FILE"),
        version, NN_JOB_VERSION);
    return FALSE;
  }
  facts->script = "";
  facts->torch = "";
  return read_integer (&top, "pid", &facts->pid, error) &&
         read_integer (&top, "step", &facts->step, error) &&
         read_integer (&top, "ranks", &facts->n_ranks, error) &&
         nn_json_read_string (&top, "script", &facts->script, error) &&
         nn_json_read_string (&top, "torch", &facts->torch, error) &&
         nn_json_read_double (&top, "started", &facts->started, error) &&
         nn_json_read_boolean (&top, "paused", &facts->paused, error);
}

/**
 * nn_job_new:
 * @path: of its socket
 * @until_us: when to give up, by g_get_monotonic_time ()
 *
 * Returns: (nullable): NULL if it cannot be connected to (NN_ERROR_FILE), does not greet
 *   in time (NN_ERROR_CANCELLED), is another user's (NN_ERROR_FILE), or has another
 *   version of the protocol (NN_ERROR_UNKNOWN)
 */
NnJob *
nn_job_new (const char *path, gint64 until_us, GError **error)
{
  g_autoptr (NnJob) self = g_new0 (NnJob, 1);
  GError *failure = NULL;

  self->next_id = 1;
  self->fd = reach (path, &failure);
  if (self->fd >= 0 && nn_wire_receive (self->fd, &self->greeting, until_us, &failure) &&
      read_facts (self, &failure))
    return g_steal_pointer (&self);
  g_propagate_error (error, failure);
  return NULL;
}

void
nn_job_free (NnJob *self)
{
  if (self->fd >= 0)
    close (self->fd);
  nn_message_clear (&self->greeting);
  g_free (self);
}

const NnJobFacts *
nn_job_get_facts (const NnJob *self)
{
  return &self->facts;
}

/* ---- asking ------------------------------------------------------------------------ */

/* Returns: its socket, to poll for messages */
int
nn_job_get_fd (const NnJob *self)
{
  return self->fd;
}

/**
 * nn_job_check_reply:
 *
 * Returns: FALSE if the job refuses, with the job's message (NN_ERROR_UNKNOWN)
 */
gboolean
nn_job_check_reply (const NnMessage *reply, GError **error)
{
  const NnJson top = { .value = reply->head };
  const char *why = _ ("the job refused without giving a reason");
  gboolean ok = FALSE;

  if (!nn_json_read_boolean (&top, "ok", &ok, error) ||
      !nn_json_read_string (&top, "error", &why, error))
    return FALSE;
  if (!ok)
    g_set_error_literal (error, NN_ERROR, NN_ERROR_UNKNOWN, why);
  return ok;
}

/**
 * nn_job_send:
 * @request: (transfer full): an object with "do"; this function adds "id"
 * @until_us: when to give up, by g_get_monotonic_time ()
 *
 * Does not wait for the reply, which will have the same "id".
 *
 * Returns: the request's id; 0 if the connection has ended
 */
gint64
nn_job_send (NnJob *self, json_t *request, gint64 until_us, GError **error)
{
  const gint64 id = self->next_id++;
  gboolean sent;

  json_object_set_new (request, "id", json_integer (id));
  sent = nn_wire_send (self->fd, request, until_us, error);
  json_decref (request);
  return sent ? id : 0;
}

/**
 * nn_job_receive:
 * @message: (out): the next one of any kind; the caller clears it, even on failure
 */
gboolean
nn_job_receive (NnJob *self, NnMessage *message, gint64 until_us, GError **error)
{
  return nn_wire_receive (self->fd, message, until_us, error);
}

/**
 * nn_job_ask:
 * @request: (transfer full): as nn_job_send ()
 * @until_us: when to give up, by g_get_monotonic_time () (NN_ERROR_CANCELLED)
 * @reply: (out): the caller clears it, even on failure
 *
 * Messages that are not the reply are dropped.
 *
 * Returns: FALSE if the connection has ended, the job does not answer in time, or refuses
 */
gboolean
nn_job_ask (NnJob *self,
            json_t *request,
            gint64 until_us,
            NnMessage *reply,
            GError **error)
{
  const gint64 id = nn_job_send (self, request, until_us, error);

  *reply = (NnMessage){ NULL, NULL };
  while (id > 0) {
    nn_message_clear (reply);
    if (!nn_job_receive (self, reply, until_us, error))
      return FALSE;
    if (json_integer_value (json_object_get (reply->head, "id")) == id)
      return nn_job_check_reply (reply, error);
  }
  return FALSE;
}

/* ---- tensors ----------------------------------------------------------------------- */

static gboolean
read_shape (const NnJson *tensor, guint *rank, guint64 *shape, GError **error)
{
  NnJson list;

  if (!nn_json_require (tensor, "shape", &list, error) ||
      !nn_json_check_array (&list, error))
    return FALSE;
  if (json_array_size (list.value) > NN_ARRAY_MAX_RANK)
    return nn_json_refuse (&list, error, NN_ERROR_SHAPE, _ ("more than %d dimensions"),
                           NN_ARRAY_MAX_RANK);
  *rank = (guint) json_array_size (list.value);
  for (guint i = 0; i < *rank; i++) {
    const NnJson element = nn_json_get_element (&list, i);
    gint64 size;

    if (!nn_json_get_integer (&element, 0, G_MAXINT32, &size, error))
      return FALSE;
    shape[i] = (guint64) size;
  }
  return TRUE;
}

static gboolean
read_tensor (const NnJson *json, NnJobTensor *tensor, GError **error)
{
  NnJson name;
  const char *kind = "";

  if (!nn_json_check_object (json, error) ||
      !nn_json_require (json, "name", &name, error) ||
      !nn_json_get_string (&name, &tensor->name, error) ||
      !nn_json_read_string (json, "kind", &kind, error) ||
      !nn_json_read_string (json, "tied", &tensor->tied, error) ||
      !read_shape (json, &tensor->rank, tensor->shape, error))
    return FALSE;
  tensor->is_parameter = strcmp (kind, "parameter") == 0;
  return TRUE;
}

/**
 * nn_job_read_tensors:
 * @reply: to the request "describe"; the tensors' names point into it
 *
 * Returns: (transfer full) (nullable) (element-type NnJobTensor): in state_dict ()'s
 *   order; NULL if the reply is not as in nudge-attach(7)
 */
GArray *
nn_job_read_tensors (const NnMessage *reply, GError **error)
{
  g_autoptr (GArray) tensors = g_array_new (FALSE, TRUE, sizeof (NnJobTensor));
  const NnJson top = { .value = reply->head };
  NnJson list;

  if (!nn_json_require (&top, "tensors", &list, error) ||
      !nn_json_check_array (&list, error))
    return NULL;
  for (gsize i = 0; i < json_array_size (list.value); i++) {
    const NnJson element = nn_json_get_element (&list, i);
    NnJobTensor tensor = { NULL };

    if (!read_tensor (&element, &tensor, error))
      return NULL;
    g_array_append_val (tensors, tensor);
  }
  return g_steal_pointer (&tensors);
}

/**
 * nn_job_describe:
 * @reply: (out): as in nudge-attach(7); the caller clears it, even on failure
 *
 * Returns: (transfer full) (nullable): as nn_job_read_tensors ()
 */
GArray *
nn_job_describe (NnJob *self, gint64 until_us, NnMessage *reply, GError **error)
{
  return nn_job_ask (self, json_pack ("{ss}", "do", "describe"), until_us, reply, error)
             ? nn_job_read_tensors (reply, error)
             : NULL;
}

static gboolean
read_dtype (const NnJson *tensor, NnDtype *dtype, GError **error)
{
  NnJson member;
  const char *name;

  if (!nn_json_require (tensor, "dtype", &member, error) ||
      !nn_json_get_string (&member, &name, error))
    return FALSE;
  for (*dtype = 0; *dtype < NN_N_DTYPES; *dtype += 1)
    if (strcmp (nn_dtype_get_name (*dtype), name) == 0)
      return TRUE;
  return nn_json_refuse (&member, error, NN_ERROR_UNKNOWN,
                         _ ("dtype %s is not supported"), name);
}

/* @offset: (inout): of its bytes in @data */
static NnArray *
read_array (const NnJson *json, GBytes *data, gsize *offset, GError **error)
{
  NnJobTensor tensor = { NULL };
  NnDtype dtype;
  gsize n_bytes;
  gboolean fits;
  g_autoptr (GBytes) bytes = NULL;

  if (!read_tensor (json, &tensor, error) || !read_dtype (json, &dtype, error))
    return NULL;
  n_bytes = nn_dtype_get_size (dtype);
  fits = TRUE;
  for (guint i = 0; i < tensor.rank; i++)
    fits = fits && g_size_checked_mul (&n_bytes, n_bytes, (gsize) tensor.shape[i]);
  if (!fits || n_bytes > g_bytes_get_size (data) - *offset) {
    nn_json_refuse (json, error, NN_ERROR_SHAPE,
                    _ ("the message has fewer values than the tensor"));
    return NULL;
  }
  bytes = g_bytes_new_from_bytes (data, *offset, n_bytes);
  *offset += n_bytes;
  return nn_array_new (tensor.name, dtype, tensor.rank, tensor.shape, NULL, bytes, error);
}

/**
 * nn_job_add_arrays:
 * @reply: to the request "tensors"
 * @file: gets an array for each tensor
 *
 * Returns: FALSE if the reply's data do not fit its list of tensors
 */
gboolean
nn_job_add_arrays (const NnMessage *reply, NnArrayFile *file, GError **error)
{
  const NnJson top = { .value = reply->head };
  gsize offset = 0;
  NnJson list;

  if (!nn_json_require (&top, "tensors", &list, error) ||
      !nn_json_check_array (&list, error))
    return FALSE;
  for (gsize i = 0; i < json_array_size (list.value); i++) {
    const NnJson element = nn_json_get_element (&list, i);
    NnArray *array = read_array (&element, reply->data, &offset, error);

    if (array == NULL)
      return FALSE;
    g_ptr_array_add (file->arrays, array);
  }
  return TRUE;
}
