/* nudge-copy.c - a nudge of a document, as text on the clipboard
 *
 * SPDX-License-Identifier: MIT
 */

#include "app/document/nudge-copy.h"

#include <glib/gi18n.h>

#include "nn/script/nn-script.h"

/**
 * nudge_copy_as_pytorch:
 * @widget: whose clipboard it is
 *
 * Copies the lines that do once what @nudge does to the network as it is now, edits
 * included, and says so.
 */
void
nudge_copy_as_pytorch (gpointer widget, NudgeDocument *document, const NnNudge *nudge)
{
  const NnFrame *frame = nudge_document_get_frame (document);
  g_autofree char *text = NULL;

  text = nn_script_dup_nudge (nudge, frame && frame->experiment
                                         ? frame->experiment
                                         : nudge_document_get_experiment (document));
  gdk_clipboard_set_text (gtk_widget_get_clipboard (widget), text);
  nudge_document_say (document, _ ("Copied as PyTorch"));
}
