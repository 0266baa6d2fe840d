/* nudge-lecture-keys.c - what a key does in a lecture
 *
 * SPDX-License-Identifier: MIT
 */

#include "app/panels/nudge-lecture-keys.h"

/* The kinds of focus that differ for keys. */
typedef enum {
  NOTHING,
  CONTROL, /* uses arrows and Return */
  TEXT,    /* uses what is typed, too */
} Focus;

static const struct {
  guint key;
  NudgeLectureAction action;
  Focus most; /* with this focus, and those before it, the lecture gets the key */
} keys[] = {
  { GDK_KEY_space, NUDGE_LECTURE_NEXT, TEXT },
  { GDK_KEY_Page_Down, NUDGE_LECTURE_NEXT, TEXT },
  { GDK_KEY_KP_Page_Down, NUDGE_LECTURE_NEXT, TEXT },
  { GDK_KEY_Right, NUDGE_LECTURE_NEXT, NOTHING },
  { GDK_KEY_Page_Up, NUDGE_LECTURE_BACK, TEXT },
  { GDK_KEY_KP_Page_Up, NUDGE_LECTURE_BACK, TEXT },
  { GDK_KEY_Left, NUDGE_LECTURE_BACK, NOTHING },
  { GDK_KEY_BackSpace, NUDGE_LECTURE_BACK, CONTROL },
  { GDK_KEY_b, NUDGE_LECTURE_BLANK, CONTROL },
  { GDK_KEY_B, NUDGE_LECTURE_BLANK, CONTROL },
  { GDK_KEY_period, NUDGE_LECTURE_BLANK, CONTROL },
  { GDK_KEY_KP_Decimal, NUDGE_LECTURE_BLANK, CONTROL },
  { GDK_KEY_Escape, NUDGE_LECTURE_LEAVE, TEXT },
  { GDK_KEY_Up, NUDGE_LECTURE_CARD_ABOVE, NOTHING },
  { GDK_KEY_Down, NUDGE_LECTURE_CARD_BELOW, NOTHING },
};

/* The lecture never takes these. */
static const guint passed[] = { GDK_KEY_F1, GDK_KEY_F11, GDK_KEY_Tab,
                                GDK_KEY_ISO_Left_Tab };

static Focus
get_focus_kind (GtkWidget *focus)
{
  if (GTK_IS_TEXT (focus))
    return TEXT;
  return GTK_IS_RANGE (focus) || GTK_IS_BUTTON (focus) || GTK_IS_CHECK_BUTTON (focus)
             ? CONTROL
             : NOTHING;
}

/**
 * nudge_lecture_keys_find:
 * @focus: (nullable): the widget that has the focus
 */
NudgeLectureAction
nudge_lecture_keys_find (guint key, GdkModifierType state, GtkWidget *focus)
{
  const Focus kind = get_focus_kind (focus);

  /* An open list gets all keys. */
  if (focus != NULL && gtk_widget_get_ancestor (focus, GTK_TYPE_POPOVER) != NULL)
    return NUDGE_LECTURE_PROPAGATE;
  if (state & (GDK_CONTROL_MASK | GDK_ALT_MASK | GDK_SUPER_MASK))
    return NUDGE_LECTURE_PROPAGATE;
  for (gsize i = 0; i < G_N_ELEMENTS (keys); i++)
    if (key == keys[i].key && kind <= keys[i].most)
      return keys[i].action;
  for (gsize i = 0; i < G_N_ELEMENTS (passed); i++)
    if (key == passed[i])
      return NUDGE_LECTURE_PROPAGATE;
  if (kind != TEXT && key >= GDK_KEY_1 && key < GDK_KEY_1 + NUDGE_LECTURE_CHOICES)
    return (NudgeLectureAction) (NUDGE_LECTURE_CHOOSE + (key - GDK_KEY_1));
  /* No control uses any of these. */
  return kind == NOTHING || (key >= GDK_KEY_F2 && key <= GDK_KEY_F35)
             ? NUDGE_LECTURE_IGNORE
             : NUDGE_LECTURE_PROPAGATE;
}
