/* nudge-help-page.c - a page of the help, read
 *
 * SPDX-License-Identifier: MIT
 */

#include "ui/text/nudge-help-page.h"

#include <string.h>

/* ---- blocks ------------------------------------------------------------------------ */

static void
block_free (NudgeHelpBlock *self)
{
  g_free (self->id);
  g_free (self->title);
  g_free (self->markup);
  g_free (self->text);
  g_free (self->source);
  g_ptr_array_unref (self->children);
  g_free (self);
}

static NudgeHelpBlock *
block_new (NudgeHelpKind kind)
{
  NudgeHelpBlock *self = g_new0 (NudgeHelpBlock, 1);

  self->kind = kind;
  self->children = g_ptr_array_new_with_free_func ((GDestroyNotify) block_free);
  return self;
}

/* ---- elements ---------------------------------------------------------------------- */

/* What becomes of the text in an element. */
typedef enum {
  TEXT_NONE,   /* there is none but blanks */
  TEXT_FLOWS,  /* blanks are one blank */
  TEXT_STAYS,  /* of code */
  TEXT_INLINE, /* it is part of what is around it */
} TextRule;

typedef struct {
  const char *name;
  TextRule text;
  int block;        /* the block that it makes, or -1 */
  const char *open; /* (nullable) Pango's markup for it, in text … */
  const char *close;
} Element;

/* A code in text is the second. */
static const Element elements[] = {
  { "page", TEXT_NONE, NUDGE_HELP_SECTION, NULL, NULL },
  { "section", TEXT_NONE, NUDGE_HELP_SECTION, NULL, NULL },
  { "info", TEXT_NONE, -1, NULL, NULL },
  { "desc", TEXT_FLOWS, -1, NULL, NULL },
  { "title", TEXT_FLOWS, -1, NULL, NULL },
  { "p", TEXT_FLOWS, NUDGE_HELP_PARAGRAPH, NULL, NULL },
  { "list", TEXT_NONE, NUDGE_HELP_LIST, NULL, NULL },
  { "steps", TEXT_NONE, NUDGE_HELP_STEPS, NULL, NULL },
  { "terms", TEXT_NONE, NUDGE_HELP_TERMS, NULL, NULL },
  { "item", TEXT_NONE, NUDGE_HELP_ITEM, NULL, NULL },
  { "media", TEXT_NONE, NUDGE_HELP_MEDIA, NULL, NULL },
  { "code", TEXT_STAYS, NUDGE_HELP_CODE, NULL, NULL },
  { "code", TEXT_INLINE, -1, "<tt>", "</tt>" },
  { "em", TEXT_INLINE, -1, "<i>", "</i>" },
  { "key", TEXT_INLINE, -1, "<tt>", "</tt>" },
  { "gui", TEXT_INLINE, -1, "<b>", "</b>" },
  { "link", TEXT_INLINE, -1, "", "</a>" }, /* opened with its address */
};

static const Element *
find_element (const char *name, gboolean in_text)
{
  for (gsize i = 0; i < G_N_ELEMENTS (elements); i++)
    if (g_str_equal (elements[i].name, name) &&
        (elements[i].text == TEXT_INLINE) == in_text)
      return &elements[i];
  return NULL;
}

/* ---- reading ----------------------------------------------------------------------- */

typedef struct {
  NudgeHelpPage *page;
  GPtrArray *blocks; /* (element-type NudgeHelpBlock) from the page to the newest */
  GArray *elements;  /* (element-type Element *) from the page to the newest */
  GString *text;     /* of the newest element that has some */
  gboolean sorts;    /* the title is where it stands */
} Reader;

static const Element *
get_element (const Reader *self)
{
  return self->elements->len > 0
             ? g_array_index (self->elements, const Element *, self->elements->len - 1)
             : NULL;
}

static gboolean
is_in_text (const Reader *self)
{
  const Element *around = get_element (self);

  return around != NULL && (around->text == TEXT_FLOWS || around->text == TEXT_INLINE);
}

static const char *
get_attribute (const char **names, const char **values, const char *name)
{
  for (gsize i = 0; names[i]; i++)
    if (g_str_equal (names[i], name))
      return values[i];
  return NULL;
}

static void
open_link (Reader *self, const char **names, const char **values)
{
  const char *page = get_attribute (names, values, "xref");
  const char *address = get_attribute (names, values, "href");
  g_autofree char *markup =
      g_markup_printf_escaped ("<a href=\"%s%s\">", page ? "help:" : "",
                               page      ? page
                               : address ? address
                                         : "");

  g_string_append (self->text, markup);
}

static void
open_block (Reader *self, const Element *element, const char **names, const char **values)
{
  NudgeHelpBlock *block = block_new ((NudgeHelpKind) element->block);

  block->id = g_strdup (get_attribute (names, values, "id"));
  block->source = g_strdup (get_attribute (names, values, "src"));
  if (self->blocks->len == 0)
    self->page->root = block;
  else
    g_ptr_array_add (
        ((NudgeHelpBlock *) self->blocks->pdata[self->blocks->len - 1])->children, block);
  g_ptr_array_add (self->blocks, block);
}

static void
start_cb (GMarkupParseContext *context,
          const char *name,
          const char **names,
          const char **values,
          gpointer data,
          GError **error)
{
  Reader *self = data;
  const Element *around = get_element (self);
  const gboolean in_text = is_in_text (self);
  const gboolean is_guide = around && g_str_equal (around->name, "info");
  const Element *element = find_element (name, in_text || is_guide);

  if (element == NULL)
    element = find_element (name, FALSE);
  if (element == NULL || (around == NULL) != g_str_equal (name, "page") ||
      (in_text && element->text != TEXT_INLINE)) {
    g_set_error (error, G_MARKUP_ERROR, G_MARKUP_ERROR_UNKNOWN_ELEMENT,
                 "<%s> cannot be here: see nudge-help-page.h for what can", name);
    return;
  }
  if (!in_text)
    g_string_truncate (self->text, 0);
  else if (g_str_equal (name, "link"))
    open_link (self, names, values);
  else
    g_string_append (self->text, element->open);
  self->sorts =
      !in_text && g_strcmp0 (get_attribute (names, values, "type"), "sort") == 0;
  if (element->block >= 0)
    open_block (self, element, names, values);
  g_array_append_val (self->elements, element);
}

static void
take_text (Reader *self, const char *name)
{
  NudgeHelpBlock *block = self->blocks->pdata[self->blocks->len - 1];
  g_autofree char *text = g_strdup (g_strstrip (self->text->str));

  if (g_str_equal (name, "title"))
    *(self->sorts ? &self->page->sort : &block->title) = g_steal_pointer (&text);
  else if (g_str_equal (name, "desc"))
    self->page->description = g_steal_pointer (&text);
  else if (block->kind == NUDGE_HELP_CODE)
    block->text = g_steal_pointer (&text);
  else
    block->markup = g_steal_pointer (&text);
  self->sorts = FALSE;
}

static void
end_cb (GMarkupParseContext *context, const char *name, gpointer data, GError **error)
{
  Reader *self = data;
  const Element *element = get_element (self);

  if (element->text == TEXT_FLOWS || element->text == TEXT_STAYS)
    take_text (self, name);
  g_array_set_size (self->elements, self->elements->len - 1);
  if (element->text == TEXT_INLINE && is_in_text (self))
    g_string_append (self->text, element->close);
  if (element->block >= 0)
    g_ptr_array_set_size (self->blocks, (int) self->blocks->len - 1);
}

/* A run of blanks is one. */
static void
append_flowing (GString *text, const char *more)
{
  for (const char *c = more; *c; c++)
    if (!g_ascii_isspace (*c))
      g_string_append_c (text, *c);
    else if (text->len > 0 && text->str[text->len - 1] != ' ')
      g_string_append_c (text, ' ');
}

static void
text_cb (GMarkupParseContext *context,
         const char *text,
         gsize length,
         gpointer data,
         GError **error)
{
  Reader *self = data;
  const Element *element = get_element (self);
  g_autofree char *whole = g_strndup (text, length);
  g_autofree char *escaped = g_markup_escape_text (whole, -1);

  if (element == NULL || element->text == TEXT_NONE)
    return;
  if (element->text == TEXT_STAYS)
    g_string_append (self->text, whole);
  else
    append_flowing (self->text, escaped);
}

/**
 * nudge_help_page_new:
 * @length: of @xml in bytes, or -1
 *
 * Returns: (nullable): %NULL with a %G_MARKUP_ERROR, which says the line, if it is not
 * such a page
 */
NudgeHelpPage *
nudge_help_page_new (const char *xml, gssize length, GError **error)
{
  static const GMarkupParser parser = { start_cb, end_cb, text_cb, NULL, NULL };
  g_autoptr (NudgeHelpPage) page = g_new0 (NudgeHelpPage, 1);
  g_autoptr (GPtrArray) blocks = g_ptr_array_new ();
  g_autoptr (GArray) open = g_array_new (FALSE, FALSE, sizeof (const Element *));
  g_autoptr (GString) text = g_string_new (NULL);
  Reader reader = { .page = page, .blocks = blocks, .elements = open, .text = text };
  g_autoptr (GMarkupParseContext) context =
      g_markup_parse_context_new (&parser, G_MARKUP_PREFIX_ERROR_POSITION, &reader, NULL);

  if (!g_markup_parse_context_parse (context, xml, length, error) ||
      !g_markup_parse_context_end_parse (context, error))
    return NULL;
  return g_steal_pointer (&page);
}

void
nudge_help_page_free (NudgeHelpPage *self)
{
  if (self->root)
    block_free (self->root);
  g_free (self->description);
  g_free (self->sort);
  g_free (self);
}

/* ---- searching --------------------------------------------------------------------- */

static gboolean
has (const char *text, const char *words)
{
  g_autofree char *folded = text ? g_utf8_casefold (text, -1) : NULL;

  return folded != NULL && strstr (folded, words) != NULL;
}

static gboolean
block_has (const NudgeHelpBlock *self, const char *words)
{
  if (has (self->title, words) || has (self->markup, words) || has (self->text, words))
    return TRUE;
  for (guint i = 0; i < self->children->len; i++)
    if (block_has (self->children->pdata[i], words))
      return TRUE;
  return FALSE;
}

/* Whether @words stand in it one behind the other, in capitals or not. */
gboolean
nudge_help_page_has (const NudgeHelpPage *self, const char *words)
{
  g_autofree char *folded = g_utf8_casefold (words, -1);

  return block_has (self->root, folded);
}
