/* nudge-help-page.h - a page of the help, read
 *
 * SPDX-License-Identifier: MIT
 *
 * Pages are Mallard (projectmallard.org), as Yelp shows it, of which these elements are
 * read: page, info, desc, section, title, p, list, steps, terms, item, code, media and,
 * in text, link, code, em, key, gui. resources/help/check.py fails the build where a page
 * has others.
 */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef enum {
  NUDGE_HELP_SECTION, /* title and blocks; a page is one */
  NUDGE_HELP_PARAGRAPH,
  NUDGE_HELP_LIST,  /* items */
  NUDGE_HELP_STEPS, /* items, which are numbered */
  NUDGE_HELP_TERMS, /* items with a title each */
  NUDGE_HELP_ITEM,  /* blocks */
  NUDGE_HELP_CODE,  /* lines as they are */
  NUDGE_HELP_MEDIA, /* a picture; its paragraph says what it shows */
} NudgeHelpKind;

typedef struct {
  NudgeHelpKind kind;
  char *id;     /* (owned) (nullable) */
  char *title;  /* (owned) (nullable) as Pango's markup */
  char *markup; /* (owned) (nullable) of a paragraph; links are "help:PAGE#ID" or an
                          address */
  char *text;   /* (owned) (nullable) of code */
  char *source; /* (owned) (nullable) a picture's file, in the folder of the page */
  GPtrArray *children; /* (element-type NudgeHelpBlock) (owned) */
} NudgeHelpBlock;

typedef struct {
  NudgeHelpBlock *root; /* (owned) */
  char *description;    /* (owned) (nullable) in a sentence, as Pango's markup */
  char *sort;           /* (owned) (nullable) where it stands among the pages */
} NudgeHelpPage;

NudgeHelpPage *nudge_help_page_new (const char *xml,
                                    gssize length,
                                    GError **error) G_GNUC_WARN_UNUSED_RESULT;
void nudge_help_page_free (NudgeHelpPage *self);
gboolean nudge_help_page_has (const NudgeHelpPage *self, const char *words);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (NudgeHelpPage, nudge_help_page_free)

G_END_DECLS
