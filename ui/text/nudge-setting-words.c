/* nudge-setting-words.c - settings and kinds of things, as people read them
 *
 * SPDX-License-Identifier: MIT
 */

#include "ui/text/nudge-setting-words.h"

#include <glib/gi18n.h>

/* Where the key alone would not say it. */
static const struct {
  const char *key;
  const char *words;
} known[] = {
  { "lr", N_ ("Learning rate") },
  { "lr_decay", N_ ("Rate decay") },
  { "betas[0]", N_ ("Beta 1") },
  { "betas[1]", N_ ("Beta 2") },
  { "eps", N_ ("Epsilon") },
  { "weight_decay", N_ ("Weight decay") },
  { "momentum", N_ ("Momentum") },
  { "nesterov", N_ ("Nesterov") },
  { "alpha", N_ ("Alpha") },
  { "centered", N_ ("Centered") },
  { "initial_accumulator_value", N_ ("First sum") },
  { "delta", N_ ("Delta") },
  { "target", N_ ("Target") },
  { "value", N_ ("Value") },
  { "examples", N_ ("Count") },
  { "features", N_ ("Features") },
  { "noise", N_ ("Noise") },
  { "validation", N_ ("Held out") },
  { "seed", N_ ("Data seed") },
  { "standardise", N_ ("Standardise") },
  { "file", N_ ("File") },
  { "images", N_ ("Images") },
  { "labels", N_ ("Labels") },
};

/* "weight_decay" is "Weight decay". */
static char *
dup_readable (const char *key)
{
  char *words = g_strdelimit (g_strdup (key), "_", ' ');

  words[0] = g_ascii_toupper (words[0]);
  return words;
}

/**
 * nudge_words_for_setting:
 * @key: as nn_setting_dup_key () gives it
 *
 * Returns: (transfer full): "Learning rate"
 */
char *
nudge_words_for_setting (const char *key)
{
  for (gsize i = 0; i < G_N_ELEMENTS (known); i++)
    if (g_str_equal (known[i].key, key))
      return g_strdup (_ (known[i].words));
  return dup_readable (key);
}

/* The keys of a file that are not those of a setting. */
static const struct {
  const char *key;
  const char *words;
} parts[] = {
  { "loss.type", N_ ("Loss") },
  { "optimizer.type", N_ ("Optimizer") },
  { "batch.size", N_ ("Batch") },
  { "batch.shuffle", N_ ("Shuffle") },
  { "data.source", N_ ("Set") },
  { "network.layers", N_ ("Network") },
  { "network.init", N_ ("Initialisation") },
};

/* Returns: (transfer full) (nullable): "Held out" of "data.validation" */
static char *
name_key (const char *key)
{
  const char *last = strrchr (key, '.');

  for (gsize i = 0; i < G_N_ELEMENTS (parts); i++)
    if (g_str_equal (parts[i].key, key))
      return g_strdup (_ (parts[i].words));
  for (gsize i = 0; last && i < G_N_ELEMENTS (known); i++)
    if (g_str_equal (known[i].key, last + 1))
      return g_strdup (_ (known[i].words));
  return NULL;
}

/**
 * nudge_words_for_wrong_setting:
 * @message: of an error, which may begin with a key as a file has it: "loss.type: …"
 *
 * Returns: (transfer full): with the setting's name in the window in its place: "Loss: …"
 */
char *
nudge_words_for_wrong_setting (const char *message)
{
  const gsize length = strspn (message, "abcdefghijklmnopqrstuvwxyz_.[]0123456789");
  g_autofree char *key = g_strndup (message, length);
  g_autofree char *words =
      strchr (key, '.') != NULL && message[length] == ':' ? name_key (key) : NULL;

  return words ? g_strconcat (words, message + length, NULL) : g_strdup (message);
}

/**
 * nudge_words_for_data:
 * @name: of a source
 *
 * Returns: (transfer full): "Circle"; formats of files in capitals
 */
char *
nudge_words_for_data (const char *name)
{
  static const char *const formats[] = { "csv", "npz", "idx", NULL };

  if (g_strv_contains (formats, name))
    return g_ascii_strup (name, -1);
  return g_str_equal (name, "inline") ? g_strdup (_ ("Own points")) : dup_readable (name);
}

/**
 * nudge_words_for_optimizer:
 * @name: of a type
 *
 * Returns: (transfer full): "Adam", as papers call it
 */
char *
nudge_words_for_optimizer (const char *name)
{
  static const char *const names[][2] = { { "sgd", "SGD" },
                                          { "adamw", "AdamW" },
                                          { "rmsprop", "RMSprop" } };

  for (gsize i = 0; i < G_N_ELEMENTS (names); i++)
    if (g_str_equal (names[i][0], name))
      return g_strdup (names[i][1]);
  return dup_readable (name);
}
