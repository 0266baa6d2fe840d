/* test-nn-pickle.c - what a Python pickle holds, and what is refused in it
 *
 * SPDX-License-Identifier: MIT
 *
 * Pickles that Python wrote are the seeds of tests/fuzz; those that it never writes are
 * spelled out here, an instruction at a time (Python: pickletools.dis).
 */

#include "nn/arrays/nn-pickle.h"

#include <string.h>

#include "nn/base/nn-error.h"

static gboolean
allow_device (const char *name)
{
  return strcmp (name, "torch.device") == 0;
}

/* Into @depth containers, so that one that contains itself ends. */
static void
append_value (GString *text, const NnPickleValue *value, guint depth)
{
  static const char brackets[][3] = {
    [NN_PICKLE_LIST] = "[]", [NN_PICKLE_TUPLE] = "()",      [NN_PICKLE_SET] = "{}",
    [NN_PICKLE_DICT] = "<>", [NN_PICKLE_PERSISTENT] = "##", [NN_PICKLE_CALL] = "||",
  };
  g_autofree char *shown = nn_pickle_dup_shown (value);

  if (!nn_pickle_has_items (value)) {
    g_string_append (text, shown);
    return;
  }
  g_string_append_c (text, brackets[value->type][0]);
  for (gsize i = 0; i < value->n_items && depth > 0; i++) {
    g_string_append (text, i > 0 ? " " : "");
    append_value (text, nn_pickle_get_item (value, i), depth - 1);
  }
  g_string_append_c (text, brackets[value->type][1]);
}

static void
assert_reads_as (const char *bytes, gsize n_bytes, const char *expected)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (NnPickle) pickle =
      nn_pickle_new ((const guint8 *) bytes, n_bytes, allow_device, &error);
  g_autoptr (GString) text = g_string_new (NULL);

  g_assert_no_error (error);
  g_assert_cmpuint (nn_pickle_get_n_bytes (pickle), <=, n_bytes);
  append_value (text, nn_pickle_get_value (pickle), 4);
  g_assert_cmpstr (text->str, ==, expected);
}

static void
assert_seeds_read_as (const char *name, const char *expected)
{
  for (int protocol = 0; protocol <= 5; protocol++) {
    g_autofree char *file = g_strdup_printf ("%s-%d.pkl", name, protocol);
    g_autofree char *path =
        g_test_build_filename (G_TEST_DIST, "fuzz", "seeds", "pickle", file, NULL);
    g_autofree char *bytes = NULL;
    gsize n_bytes;

    g_assert_true (g_file_get_contents (path, &bytes, &n_bytes, NULL));
    assert_reads_as (bytes, n_bytes, expected);
    /* A pickle that is cut off anywhere has no end. */
    for (gsize n = 0; n < n_bytes; n++) {
      g_autoptr (GError) error = NULL;
      g_autofree guint8 *some = g_memdup2 (bytes, n);

      g_assert_null (nn_pickle_new (some, n, allow_device, &error));
      g_assert_error (error, NN_ERROR, NN_ERROR_FILE);
    }
  }
}

static void
test_every_protocol_reads_the_same (void)
{
  assert_seeds_read_as (
      "values",
      "<numbers [1 -2 300 70000 -70000 1099511627776 -1099511627776 a large "
      "number 1.5 -0.0] others (None True False) ordered <x () y (1) z (1 2 3)> "
      "set {1} bytes bytes text plain>");
}

static void
test_values_may_contain_themselves (void)
{
  assert_seeds_read_as ("shared", "[[1 [1 [1 []]]] [1 [1 [1 []]]]]");
}

static void
test_calls_are_kept_and_not_made (void)
{
  const char device[] = "\x80\2ctorch\ndevice\nX\3\0\0\0cpu\x85R.";
  const char stack[] = "\x80\4\x8c\5torch\x8c\6device\x93\x8c\3cpu\x85R}b.";
  const char persistent[] = "\x80\2X\3\0\0\0key\x85Q.";

  const char utf8[] = "X\2\0\0\0\xc3\xbc.";

  const char infinity[] = "G\x7f\xf0\0\0\0\0\0\0.";
  const char nan[] = "G\x7f\xf8\0\0\0\0\0\0.";

  assert_reads_as (infinity, sizeof infinity - 1, "inf");
  assert_reads_as (nan, sizeof nan - 1, "nan");
  assert_reads_as (utf8, sizeof utf8 - 1, "\xc3\xbc");
  assert_reads_as (device, sizeof device - 1, "|torch.device (cpu)|");
  assert_reads_as (stack, sizeof stack - 1, "|torch.device (cpu) <>|");
  assert_reads_as (persistent, sizeof persistent - 1, "#(key)#");
}

static void
assert_refused (const char *bytes, gsize n_bytes, NnError code, const char *why)
{
  g_autoptr (GError) error = NULL;
  g_autofree guint8 *copy = g_memdup2 (bytes, n_bytes);

  g_assert_null (nn_pickle_new (copy, n_bytes, allow_device, &error));
  g_assert_error (error, NN_ERROR, (int) code);
  g_test_message ("%s", error->message);
  g_assert_nonnull (strstr (error->message, why));
  g_assert_true (g_utf8_validate (error->message, -1, NULL));
  g_assert_null (strchr (error->message, '\n'));
}

#define ASSERT_REFUSED(bytes, code, why)                                                 \
  assert_refused (bytes, sizeof bytes - 1, code, why)

static void
test_other_globals_are_refused_by_name (void)
{
  ASSERT_REFUSED ("\x80\2cposix\nsystem\nX\2\0\0\0ls\x85R.", NN_ERROR_UNKNOWN,
                  "posix.system");
  ASSERT_REFUSED ("\x80\4\x8c\2os\x8c\6system\x93.", NN_ERROR_UNKNOWN, "os.system");
  ASSERT_REFUSED ("cos\n\xff\x1b[31m\n.", NN_ERROR_UNKNOWN, "a os.");
  ASSERT_REFUSED ("\x80\4\x8c\14torch.device\x8c\0\x93.", NN_ERROR_UNKNOWN, "torch");
}

static void
test_nonsense_is_refused (void)
{
  ASSERT_REFUSED ("", NN_ERROR_FILE, "cut off");
  ASSERT_REFUSED (".", NN_ERROR_FILE, "not on its stack");
  ASSERT_REFUSED ("\x80\7N.", NN_ERROR_FILE, "protocol is 7");
  ASSERT_REFUSED ("N\xffN.", NN_ERROR_FILE, "0xff");
  ASSERT_REFUSED ("t.", NN_ERROR_FILE, "mark that is not set");
  ASSERT_REFUSED ("N(s.", NN_ERROR_FILE, "not on its stack");
  ASSERT_REFUSED ("}(Nu.", NN_ERROR_FILE, "a key has no value");
  ASSERT_REFUSED ("(Nd.", NN_ERROR_FILE, "a key has no value");
  ASSERT_REFUSED ("(u.", NN_ERROR_FILE, "added to nothing");
  ASSERT_REFUSED ("NNNs.", NN_ERROR_FILE, "no dict");
  ASSERT_REFUSED (")Na.", NN_ERROR_FILE, "no list");
  ASSERT_REFUSED ("h\5.", NN_ERROR_FILE, "has not kept");
  ASSERT_REFUSED ("N)R.", NN_ERROR_FILE, "no name");
  ASSERT_REFUSED ("NNb.", NN_ERROR_FILE, "state");
  ASSERT_REFUSED ("Ix\n.", NN_ERROR_FILE, "a number");
  ASSERT_REFUSED ("X\xff\xff\xff\xffz.", NN_ERROR_FILE, "cut off");
  ASSERT_REFUSED ("\x8e\xff\xff\xff\xff\xff\xff\xff\xffz.", NN_ERROR_FILE, "cut off");
}

/* Each call would copy the list that all share: a square of the pickle's size. */
static void
test_copies_are_bounded (void)
{
  g_autoptr (GString) bytes = g_string_new (NULL);

  g_string_append_len (bytes, "cbuiltins\nset\nq\0](", 18);
  for (int i = 0; i < 10000; i++)
    g_string_append_c (bytes, 'N');
  g_string_append_len (bytes, "eq\1", 3);
  for (int i = 0; i < 10000; i++)
    g_string_append_len (bytes, "h\0h\1\x85R0", 7);
  g_string_append_c (bytes, '.');
  assert_refused (bytes->str, bytes->len, NN_ERROR_FILE, "copied too often");
}

static void
test_deep_nesting_is_read (void)
{
  g_autoptr (GString) bytes = g_string_new (NULL);
  g_autoptr (NnPickle) pickle = NULL;

  for (int i = 0; i < 1000000; i++)
    g_string_append_c (bytes, ']');
  for (int i = 1; i < 1000000; i++)
    g_string_append_c (bytes, 'a');
  g_string_append_c (bytes, '.');
  pickle = nn_pickle_new ((const guint8 *) bytes->str, bytes->len, allow_device, NULL);
  g_assert_nonnull (pickle);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/nn/pickle/every-protocol-reads-the-same",
                   test_every_protocol_reads_the_same);
  g_test_add_func ("/nn/pickle/values-may-contain-themselves",
                   test_values_may_contain_themselves);
  g_test_add_func ("/nn/pickle/calls-are-kept-and-not-made",
                   test_calls_are_kept_and_not_made);
  g_test_add_func ("/nn/pickle/other-globals-are-refused-by-name",
                   test_other_globals_are_refused_by_name);
  g_test_add_func ("/nn/pickle/nonsense-is-refused", test_nonsense_is_refused);
  g_test_add_func ("/nn/pickle/copies-are-bounded", test_copies_are_bounded);
  g_test_add_func ("/nn/pickle/deep-nesting-is-read", test_deep_nesting_is_read);
  return g_test_run ();
}
