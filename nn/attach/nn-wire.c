/* nn-wire.c - messages over a socket: JSON, then tensors
 *
 * SPDX-License-Identifier: MIT
 */

#include "nn/attach/nn-wire.h"

#include <errno.h>
#include <glib/gi18n.h>
#include <poll.h>
#include <string.h>
#include <sys/socket.h>

#include "nn/base/nn-error.h"
#include "nn/files/nn-file.h"
#include "nn/files/nn-json.h"
#include "nn/files/nn-little-endian.h"

#define MAGIC        "NUDG"
#define HEADER_BYTES 16
/* the longest wait in poll () before the deadline is checked again */
#define POLL_MS 1000

void
nn_message_clear (NnMessage *self)
{
  g_clear_pointer (&self->head, json_decref);
  g_clear_pointer (&self->data, g_bytes_unref);
}

static gboolean
fail (GError **error, const char *why)
{
  g_set_error_literal (error, NN_ERROR, NN_ERROR_FILE, why);
  return FALSE;
}

/* @until_us: by g_get_monotonic_time () */
static gboolean
wait_for (int fd, short events, gint64 until_us, GError **error)
{
  for (;;) {
    struct pollfd poller = { .fd = fd, .events = events };
    const gint64 left_ms = (until_us - g_get_monotonic_time ()) / 1000;
    const int n = left_ms > 0 ? poll (&poller, 1, (int) MIN (left_ms, POLL_MS)) : 0;

    if (n > 0)
      return TRUE;
    if (n < 0 && errno != EINTR)
      return fail (error, nn_error_describe (errno));
    if (left_ms <= 0) {
      g_set_error_literal (error, NN_ERROR, NN_ERROR_CANCELLED,
                           _ ("the job has not answered in time"));
      return FALSE;
    }
  }
}

static gboolean
send_all (int fd, const void *data, gsize n_bytes, gint64 until_us, GError **error)
{
  const guint8 *at = data;

  while (n_bytes > 0) {
    ssize_t n;

    if (!wait_for (fd, POLLOUT, until_us, error))
      return FALSE;
    n = send (fd, at, n_bytes, MSG_NOSIGNAL | MSG_DONTWAIT);
    if (n < 0 && errno != EINTR && errno != EAGAIN)
      return fail (error, _ ("the job has closed the connection"));
    if (n > 0) {
      at += n;
      n_bytes -= (gsize) n;
    }
  }
  return TRUE;
}

static gboolean
receive_all (int fd, void *data, gsize n_bytes, gint64 until_us, GError **error)
{
  guint8 *at = data;

  while (n_bytes > 0) {
    ssize_t n;

    if (!wait_for (fd, POLLIN, until_us, error))
      return FALSE;
    n = recv (fd, at, n_bytes, MSG_DONTWAIT);
    if (n == 0 || (n < 0 && errno != EINTR && errno != EAGAIN))
      return fail (error, _ ("the job has ended, or closed the connection"));
    if (n > 0) {
      at += n;
      n_bytes -= (gsize) n;
    }
  }
  return TRUE;
}

/**
 * nn_wire_send:
 * @until_us: the deadline, by g_get_monotonic_time ()
 *
 * Returns: FALSE with NN_ERROR_FILE if the connection has ended, with NN_ERROR_CANCELLED
 *   after the deadline
 */
gboolean
nn_wire_send (int fd, json_t *head, gint64 until_us, GError **error)
{
  g_autofree char *text = json_dumps (head, JSON_COMPACT);
  guint8 header[HEADER_BYTES] = MAGIC;
  guint32 n_bytes;

  g_return_val_if_fail (text != NULL, FALSE);

  n_bytes = GUINT32_TO_LE ((guint32) strlen (text));
  memcpy (header + 4, &n_bytes, sizeof n_bytes);
  return send_all (fd, header, sizeof header, until_us, error) &&
         send_all (fd, text, strlen (text), until_us, error);
}

static gboolean
read_header (const guint8 *header, gsize *n_text, gsize *n_data, GError **error)
{
  const guint64 data = nn_little_endian_get_u64 (header + 8);

  *n_text = nn_little_endian_get_u32 (header + 4);
  *n_data = (gsize) data;
  if (memcmp (header, MAGIC, 4) != 0)
    return fail (error, _ ("the program at that socket is not nudge_attach"));
  if (*n_text <= NN_WIRE_MOST_TEXT &&
      data <= MIN (NN_WIRE_MOST_DATA, nn_file_get_memory_limit ()))
    return TRUE;
  return fail (error, _ ("the job sent a message that is larger than Nudge accepts"));
}

static gboolean
receive_head (int fd, NnMessage *message, gsize n, gint64 until_us, GError **error)
{
  g_autofree char *text = g_malloc (n + 1);

  if (!receive_all (fd, text, n, until_us, error))
    return FALSE;
  text[n] = '\0';
  message->head = nn_json_parse (text, n, error);
  if (message->head == NULL) {
    g_prefix_error (error, _ ("message of the job: "));
    return FALSE;
  }
  return json_is_object (message->head) ||
         fail (error, _ ("the job sent something that is not a JSON object"));
}

/**
 * nn_wire_receive:
 * @message: (out): the caller clears it, even on failure
 * @until_us: the deadline, by g_get_monotonic_time ()
 *
 * Returns: FALSE as nn_wire_send (), or if the bytes are not a message
 */
gboolean
nn_wire_receive (int fd, NnMessage *message, gint64 until_us, GError **error)
{
  guint8 header[HEADER_BYTES];
  gsize n_text, n_data;
  guint8 *data;

  *message = (NnMessage){ NULL, NULL };
  if (!receive_all (fd, header, sizeof header, until_us, error) ||
      !read_header (header, &n_text, &n_data, error) ||
      !receive_head (fd, message, n_text, until_us, error))
    return FALSE;
  data = g_try_malloc (MAX (n_data, 1));
  if (data == NULL)
    return fail (error, _ ("not enough memory for the message of the job"));
  message->data = g_bytes_new_take (data, n_data);
  return receive_all (fd, data, n_data, until_us, error);
}
