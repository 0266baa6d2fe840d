/* nn-wire.h - messages over a socket: JSON, and tensors behind it
 *
 * SPDX-License-Identifier: MIT
 *
 * A message is "NUDG", the count of bytes of its JSON (32 bits) and of the tensors behind it
 * (64 bits), both little-endian, the JSON, an object, and the tensors. The counts are bounded
 * before anything is read, and what does not come in time is an error.
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
