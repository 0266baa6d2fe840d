/* nn-wire.h - messages over a socket: JSON, then tensors
 *
 * SPDX-License-Identifier: MIT
 *
 * A message is the four bytes "NUDG", the number of bytes of its JSON (32 bits) and of
 * its tensors (64 bits), both little-endian, the JSON, which is an object, and the
 * tensors. Both numbers are checked against their limits before anything is read. A
 * function whose deadline has passed fails with NN_ERROR_CANCELLED.
 */

#pragma once

#include <glib.h>
#include <jansson.h>

G_BEGIN_DECLS

#define NN_WIRE_MOST_TEXT (64u << 20)                      /* bytes of JSON */
#define NN_WIRE_MOST_DATA (G_GUINT64_CONSTANT (256) << 30) /* bytes of tensors */

typedef struct {
  json_t *head; /* (owned) (nullable) an object */
  GBytes *data; /* (owned) (nullable) */
} NnMessage;

void nn_message_clear (NnMessage *self);

gboolean nn_wire_send (int fd, json_t *head, gint64 until_us, GError **error);
gboolean nn_wire_receive (int fd, NnMessage *message, gint64 until_us, GError **error);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (NnMessage, nn_message_clear)

G_END_DECLS
