/* nudge-accounting.h - why the loss jumped at a step, computed on another thread
 *
 * SPDX-License-Identifier: MIT
 *
 * For the document's step, while the run goes on. The run is the same to the bit with and
 * without it. It may take a while: show nudge_accounting_get_progress (), and cancel the
 * GCancellable when it is not wanted.
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
