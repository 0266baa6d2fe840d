/* nudge-menus.h - the menus, each made once
 *
 * SPDX-License-Identifier: MIT
 */

#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

GMenuModel *nudge_menus_get (const char *id);

G_END_DECLS
