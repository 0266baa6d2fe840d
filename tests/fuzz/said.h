/* said.h - what every refusal of a reader must be like
 *
 * SPDX-License-Identifier: MIT
 */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

void assert_can_be_said (const GError *error);

G_END_DECLS
