/* nudge-help-view.c - shows a page of the help
 *
 * SPDX-License-Identifier: MIT
 */

#include "ui/base/nudge-help-view.h"

#define MAX_WIDTH 640 /* some 80 letters to a line */

struct _NudgeHelpView {
  AdwBin parent_instance;

  GtkWidget *scroller;
  const char *folder; /* (borrowed) while a page is built: a resource's path */
  char *section; /* (owned) (nullable) that it is to be scrolled to, once it has a size */
  GtkWidget *target; /* (borrowed) (nullable) where that begins */
};

enum { OPEN, N_SIGNALS };

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (NudgeHelpView, nudge_help_view, ADW_TYPE_BIN)

static void add_blocks (NudgeHelpView *self, GtkBox *box, const GPtrArray *blocks);

/* ---- what blocks become ------------------------------------------------------------ */

static gboolean
activate_link_cb (NudgeHelpView *self, const char *uri)
{
  if (!g_str_has_prefix (uri, "help:"))
    return FALSE;
  g_signal_emit (self, signals[OPEN], 0, uri + strlen ("help:"));
  return TRUE;
}

static GtkWidget *
label_new (NudgeHelpView *self, const char *markup, const char *style)
{
  GtkWidget *label = gtk_label_new (NULL);

  gtk_label_set_markup (GTK_LABEL (label), markup ? markup : "");
  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_label_set_wrap_mode (GTK_LABEL (label), PANGO_WRAP_WORD_CHAR);
  gtk_label_set_selectable (GTK_LABEL (label), TRUE);
  gtk_widget_set_hexpand (label, TRUE);
  if (style)
    gtk_widget_add_css_class (label, style);
  g_signal_connect_swapped (label, "activate-link", G_CALLBACK (activate_link_cb), self);
  return label;
}

static GtkWidget *
column_new (int spacing)
{
  return gtk_box_new (GTK_ORIENTATION_VERTICAL, spacing);
}

static GtkWidget *
code_new (NudgeHelpView *self, const NudgeHelpBlock *block)
{
  g_autofree char *escaped = g_markup_escape_text (block->text ? block->text : "", -1);
  g_autofree char *markup = g_strconcat ("<tt>", escaped, "</tt>", NULL);
  GtkWidget *label = label_new (self, markup, "help-code");
  GtkWidget *scroller = gtk_scrolled_window_new ();

  gtk_label_set_wrap (GTK_LABEL (label), FALSE);
  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (scroller), GTK_POLICY_AUTOMATIC,
                                  GTK_POLICY_NEVER);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scroller), label);
  return scroller;
}

/* The accessible description of a picture. */
static char *
dup_alternative (const NudgeHelpBlock *media)
{
  const NudgeHelpBlock *paragraph =
      media->children->len > 0 ? media->children->pdata[0] : NULL;
  char *text = NULL;

  if (paragraph && paragraph->markup)
    pango_parse_markup (paragraph->markup, -1, 0, NULL, &text, NULL, NULL);
  return text;
}

/* As wide as the text, but no larger than it is, as its words would be blurred. A picture
 * that can shrink asks for no height by itself. */
static GtkWidget *
media_new (NudgeHelpView *self, const NudgeHelpBlock *block)
{
  g_autofree char *path = g_strdup_printf ("%s/%s", self->folder, block->source);
  g_autofree char *text = dup_alternative (block);
  GtkWidget *picture = gtk_picture_new_for_resource (path);
  GdkPaintable *paintable = gtk_picture_get_paintable (GTK_PICTURE (picture));
  const int width = paintable ? gdk_paintable_get_intrinsic_width (paintable) : 0;
  const int height = paintable ? gdk_paintable_get_intrinsic_height (paintable) : 0;

  gtk_picture_set_alternative_text (GTK_PICTURE (picture), text);
  gtk_picture_set_can_shrink (GTK_PICTURE (picture), TRUE);
  gtk_widget_set_halign (picture, GTK_ALIGN_START);
  if (width > 0)
    gtk_widget_set_size_request (picture, -1, MIN (height, height * MAX_WIDTH / width));
  gtk_widget_add_css_class (picture, "help-picture");
  return picture;
}

/* @number: from 1; 0: the list has none */
static GtkWidget *
item_new (NudgeHelpView *self, const NudgeHelpBlock *item, guint number)
{
  GtkWidget *row = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 9);
  GtkWidget *column = column_new (6);
  g_autofree char *text = number ? g_strdup_printf ("%u.", number) : g_strdup ("•");
  GtkWidget *mark = gtk_label_new (text);

  gtk_widget_set_valign (mark, GTK_ALIGN_START);
  gtk_label_set_width_chars (GTK_LABEL (mark), 2);
  gtk_label_set_xalign (GTK_LABEL (mark), 1);
  gtk_widget_add_css_class (mark, "dim-label");
  add_blocks (self, GTK_BOX (column), item->children);
  gtk_box_append (GTK_BOX (row), mark);
  gtk_box_append (GTK_BOX (row), column);
  return row;
}

static GtkWidget *
list_new (NudgeHelpView *self, const NudgeHelpBlock *list)
{
  GtkWidget *column = column_new (6);

  for (guint i = 0; i < list->children->len; i++)
    gtk_box_append (GTK_BOX (column),
                    item_new (self, list->children->pdata[i],
                              list->kind == NUDGE_HELP_STEPS ? i + 1 : 0));
  return column;
}

static GtkWidget *
terms_new (NudgeHelpView *self, const NudgeHelpBlock *terms)
{
  GtkWidget *column = column_new (12);

  for (guint i = 0; i < terms->children->len; i++) {
    const NudgeHelpBlock *item = terms->children->pdata[i];
    GtkWidget *entry = column_new (3);

    gtk_box_append (GTK_BOX (entry), label_new (self, item->title, "heading"));
    add_blocks (self, GTK_BOX (entry), item->children);
    gtk_box_append (GTK_BOX (column), entry);
    if (item->id && g_strcmp0 (item->id, self->section) == 0)
      self->target = entry;
  }
  return column;
}

static GtkWidget *
section_new (NudgeHelpView *self, const NudgeHelpBlock *section, const char *style)
{
  GtkWidget *column = column_new (12);

  gtk_box_append (GTK_BOX (column), label_new (self, section->title, style));
  add_blocks (self, GTK_BOX (column), section->children);
  if (section->id && g_strcmp0 (section->id, self->section) == 0)
    self->target = column;
  return column;
}

static GtkWidget *
block_new (NudgeHelpView *self, const NudgeHelpBlock *block)
{
  switch (block->kind) {
  case NUDGE_HELP_SECTION:
    return section_new (self, block, "title-3");
  case NUDGE_HELP_PARAGRAPH:
    return label_new (self, block->markup, NULL);
  case NUDGE_HELP_LIST:
  case NUDGE_HELP_STEPS:
    return list_new (self, block);
  case NUDGE_HELP_TERMS:
    return terms_new (self, block);
  case NUDGE_HELP_CODE:
    return code_new (self, block);
  case NUDGE_HELP_MEDIA:
    return media_new (self, block);
  case NUDGE_HELP_ITEM:
    break;
  }
  g_assert_not_reached ();
}

static void
add_blocks (NudgeHelpView *self, GtkBox *box, const GPtrArray *blocks)
{
  for (guint i = 0; i < blocks->len; i++)
    gtk_box_append (box, block_new (self, blocks->pdata[i]));
}

/* ---- the widget -------------------------------------------------------------------- */

/* When it is first drawn, its parts are allocated. */
static gboolean
scroll_cb (GtkWidget *widget, GdkFrameClock *clock, gpointer data)
{
  NudgeHelpView *self = NUDGE_HELP_VIEW (widget);
  GtkAdjustment *adjustment =
      gtk_scrolled_window_get_vadjustment (GTK_SCROLLED_WINDOW (self->scroller));
  double x, y;

  if (self->target == NULL)
    return G_SOURCE_REMOVE;
  if (gtk_widget_get_height (self->target) == 0)
    return G_SOURCE_CONTINUE;
  if (gtk_widget_translate_coordinates (self->target, self->scroller, 0, 0, &x, &y))
    gtk_adjustment_set_value (adjustment, gtk_adjustment_get_value (adjustment) + y - 12);
  self->target = NULL;
  return G_SOURCE_REMOVE;
}

static void
name_page (NudgeHelpView *self, const NudgeHelpPage *page)
{
  g_autofree char *title = NULL;

  pango_parse_markup (page->root->title, -1, 0, NULL, &title, NULL, NULL);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  title, -1);
}

static void
nudge_help_view_finalize (GObject *object)
{
  g_free (NUDGE_HELP_VIEW (object)->section);
  G_OBJECT_CLASS (nudge_help_view_parent_class)->finalize (object);
}

static void
nudge_help_view_class_init (NudgeHelpViewClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = nudge_help_view_finalize;
  gtk_widget_class_set_accessible_role (GTK_WIDGET_CLASS (klass),
                                        GTK_ACCESSIBLE_ROLE_GROUP);
  signals[OPEN] = g_signal_new ("open", NUDGE_TYPE_HELP_VIEW, G_SIGNAL_RUN_LAST, 0, NULL,
                                NULL, NULL, G_TYPE_NONE, 1, G_TYPE_STRING);
}

static void
nudge_help_view_init (NudgeHelpView *self)
{
  self->scroller = gtk_scrolled_window_new ();
  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (self->scroller), GTK_POLICY_NEVER,
                                  GTK_POLICY_AUTOMATIC);
  adw_bin_set_child (ADW_BIN (self), self->scroller);
}

/**
 * nudge_help_view_show:
 * @folder: a resource's path, where pictures of the page are
 * @section: (nullable): to show at the top; %NULL: the page's beginning is
 */
void
nudge_help_view_show (NudgeHelpView *self,
                      const NudgeHelpPage *page,
                      const char *folder,
                      const char *section)
{
  GtkWidget *clamp = adw_clamp_new ();
  GtkWidget *column;

  g_free (self->section);
  self->section = g_strdup (section);
  self->target = NULL;
  self->folder = folder;
  name_page (self, page);
  column = section_new (self, page->root, "title-1");
  self->folder = NULL;
  gtk_widget_set_margin_top (column, 24);
  gtk_widget_set_margin_bottom (column, 36);
  gtk_widget_set_margin_start (column, 24);
  gtk_widget_set_margin_end (column, 24);
  adw_clamp_set_maximum_size (ADW_CLAMP (clamp), MAX_WIDTH);
  adw_clamp_set_child (ADW_CLAMP (clamp), column);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (self->scroller), clamp);
  gtk_adjustment_set_value (
      gtk_scrolled_window_get_vadjustment (GTK_SCROLLED_WINDOW (self->scroller)), 0);
  gtk_widget_add_tick_callback (GTK_WIDGET (self), scroll_cb, NULL, NULL);
}
