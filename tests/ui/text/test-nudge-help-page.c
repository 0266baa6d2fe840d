/* test-nudge-help-page.c - pages of the help, read
 *
 * SPDX-License-Identifier: MIT
 */

#include "ui/text/nudge-help-page.h"

#define PAGE                                                                             \
  "<page xmlns='http://projectmallard.org/1.0/' id='one'>\n"                             \
  "<info><link type='guide' xref='index'/><title type='sort'>10</title>"                 \
  "<desc>Of <em>this</em></desc></info>\n"                                               \
  "<title>The  title</title>\n"

static NudgeHelpPage *
read_page (const char *rest)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *xml = g_strconcat (PAGE, rest, "</page>", NULL);
  NudgeHelpPage *page = nudge_help_page_new (xml, -1, &error);

  g_assert_no_error (error);
  return page;
}

static const NudgeHelpBlock *
get_child (const NudgeHelpBlock *block, guint index)
{
  g_assert_cmpuint (index, <, block->children->len);
  return block->children->pdata[index];
}

static void
test_what_a_page_is (void)
{
  g_autoptr (NudgeHelpPage) page = read_page ("");

  g_assert_cmpstr (page->root->id, ==, "one");
  g_assert_cmpstr (page->root->title, ==, "The title");
  g_assert_cmpstr (page->sort, ==, "10");
  g_assert_cmpstr (page->description, ==, "Of <i>this</i>");
  g_assert_cmpuint (page->root->children->len, ==, 0);
}

static void
test_text_is_markup (void)
{
  g_autoptr (NudgeHelpPage) page = read_page (
      "<p>\n a &lt; b,\n <code>w</code> <link xref='two#x'>there</link>.\n</p>");

  g_assert_cmpstr (get_child (page->root, 0)->markup, ==,
                   "a &lt; b, <tt>w</tt> <a href=\"help:two#x\">there</a>.");
}

static void
test_blocks_nest (void)
{
  g_autoptr (NudgeHelpPage) page =
      read_page ("<section id='s'><title>S</title><steps><item><p>one</p></item>"
                 "<item><p>two</p><code>a\n  b</code></item></steps></section>"
                 "<media src='a.png'><p>A &amp; b</p></media>");
  const NudgeHelpBlock *section = get_child (page->root, 0);
  const NudgeHelpBlock *steps = get_child (section, 0);
  const NudgeHelpBlock *item = get_child (steps, 1);

  g_assert_cmpstr (section->id, ==, "s");
  g_assert_cmpint (steps->kind, ==, NUDGE_HELP_STEPS);
  g_assert_cmpstr (get_child (item, 0)->markup, ==, "two");
  g_assert_cmpint (get_child (item, 1)->kind, ==, NUDGE_HELP_CODE);
  g_assert_cmpstr (get_child (item, 1)->text, ==, "a\n  b");
  g_assert_cmpstr (get_child (page->root, 1)->source, ==, "a.png");
  g_assert_cmpstr (get_child (get_child (page->root, 1), 0)->markup, ==, "A &amp; b");
}

static void
test_what_is_not_shown_is_refused (void)
{
  static const char *const wrong[] = {
    "<page id='a'><table/></page>",
    "<page id='a'><p>a<list/></p></page>",
    "<page id='a'><p>a</page>",
    "<p>a</p>",
    "",
  };

  for (gsize i = 0; i < G_N_ELEMENTS (wrong); i++) {
    g_autoptr (GError) error = NULL;

    g_assert_null (nudge_help_page_new (wrong[i], -1, &error));
    g_assert_cmpuint (error->domain, ==, G_MARKUP_ERROR);
  }
}

static void
test_words_are_found (void)
{
  g_autoptr (NudgeHelpPage) page =
      read_page ("<list><item><p>Halve a layer</p></item></list>");

  g_assert_true (nudge_help_page_has (page, "halve A"));
  g_assert_true (nudge_help_page_has (page, "TITLE"));
  g_assert_false (nudge_help_page_has (page, "third"));
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/ui/help-page/what-a-page-is", test_what_a_page_is);
  g_test_add_func ("/ui/help-page/text-is-markup", test_text_is_markup);
  g_test_add_func ("/ui/help-page/blocks-nest", test_blocks_nest);
  g_test_add_func ("/ui/help-page/what-is-not-shown-is-refused",
                   test_what_is_not_shown_is_refused);
  g_test_add_func ("/ui/help-page/words-are-found", test_words_are_found);
  return g_test_run ();
}
