/* nudge-attach-options.h - what `nudge attach` is asked to do
 *
 * SPDX-License-Identifier: MIT
 */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef enum {
  NUDGE_ATTACH_NUDGE,
  NUDGE_ATTACH_TAKE_BACK,
  NUDGE_ATTACH_REMOVE,
  NUDGE_ATTACH_PAUSE,
  NUDGE_ATTACH_STEP,
  NUDGE_ATTACH_CONTINUE,
  NUDGE_ATTACH_SNAPSHOT,
} NudgeAttachDo;

/* One thing to be done, in the order in which they are typed. */
typedef struct {
  NudgeAttachDo what;
  /* (nullable) not owned: of a nudge, a file, a standing nudge's name */
  const char *text;
  guint64 n_steps; /* of a step */
} NudgeAttachAction;

typedef struct {
  gboolean help;
  gboolean headless;
  gboolean receipt;
  const char *job;    /* (nullable) a process's number or the path of a socket */
  const char *client; /* (nullable) where the client is to be written */
  guint64 wait_s;     /* for the job's next step */
  gboolean has_seed;
  guint64 seed;
  GArray *actions; /* (owned) (element-type NudgeAttachAction) */
} NudgeAttachOptions;

gboolean
nudge_attach_options_read (NudgeAttachOptions *self, char *argv[], GError **error);
void nudge_attach_options_clear (NudgeAttachOptions *self);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (NudgeAttachOptions, nudge_attach_options_clear)

G_END_DECLS
