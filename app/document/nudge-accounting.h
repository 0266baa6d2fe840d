/* nudge-accounting.h - the account of a step, made on another thread
 *
 * SPDX-License-Identifier: MIT
 *
 * The run goes on meanwhile, and is the same to the bit.
 */

#pragma once

#include <gio/gio.h>

#include "app/document/nudge-document.h"
#include "nn/whatif/nn-account.h"

G_BEGIN_DECLS

void nudge_accounting_async (NudgeDocument *document,
                             guint64 step,
                             GCancellable *cancellable,
                             GAsyncReadyCallback callback,
                             gpointer data);
double nudge_accounting_get_progress (GCancellable *cancellable);
NnAccount *
nudge_accounting_finish (GAsyncResult *result, GError **error) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
