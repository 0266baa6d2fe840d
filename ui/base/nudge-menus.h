/* nudge-menus.h - the application's menus, each built once
 *
 * SPDX-License-Identifier: MIT
 */

#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

GMenuModel *nudge_menus_get (const char *id);

G_END_DECLS
