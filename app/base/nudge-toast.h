/* nudge-toast.h - what is said once, for a few seconds
 *
 * SPDX-License-Identifier: MIT
 */

#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

AdwToast *nudge_toast_new (AdwToastOverlay *overlay, const char *text);
const char *nudge_toast_get_text (AdwToast *toast);

G_END_DECLS
