/* nn-script-helpers.c - the functions of helpers.py that a program calls
 *
 * SPDX-License-Identifier: MIT
 */

#include "nn/script/nn-script-helpers.h"

#include <string.h>

#include "nn/nudge/nn-noise.h"
#include "nn/script/helpers.h" /* made of helpers.py: helpers[], each a name and a text */

/* Whether @text calls the function, or passes it as an argument. */
static gboolean
calls (const char *text, const char *name)
{
  g_autofree char *call = g_strconcat (name, "(", NULL);

  for (const char *at = strstr (text, call); at; at = strstr (at + 1, call))
    if (at == text || strchr (" =(-[{", at[-1]) || at[-1] == '\n')
      return TRUE;
  return FALSE;
}

/* Returns: the functions of helpers.py that @text calls, and those that these call, in
 * their order there */
static char *
collect_helpers (const char *text)
{
  gboolean used[G_N_ELEMENTS (helpers)] = { FALSE };
  GString *all = g_string_new (NULL);
  gboolean more = TRUE;

  while (more) {
    more = FALSE;
    for (gsize i = 0; i < G_N_ELEMENTS (helpers); i++) {
      if (used[i])
        continue;
      used[i] = calls (text, helpers[i].name);
      for (gsize k = 0; k < G_N_ELEMENTS (helpers) && !used[i]; k++)
        used[i] = used[k] && calls (helpers[k].text, helpers[i].name);
      more |= used[i];
    }
  }
  for (gsize i = 0; i < G_N_ELEMENTS (helpers); i++)
    if (used[i])
      g_string_append_printf (all, "%s\n\n", helpers[i].text);
  return g_string_free (all, FALSE);
}

/* Appends the variables that keep something besides the model, if @rest uses them.
 * @previous: the initial value of `previous`, the weights before the newest
 * optimizer step */
static void
append_memory (GString *text, const char *rest, guint32 seed, const char *previous)
{
  const gboolean edits = calls (rest, "change");

  if (strstr (rest, "generator=noise") || strstr (rest, "noise.get_state"))
    g_string_append_printf (
        text,
        "noise = torch.Generator().manual_seed(%u)  # the nudges' own random numbers\n",
        seed ^ NN_NOISE_SEED);
  if (edits || strstr (rest, "first["))
    g_string_append (text, "first = copies()  # the first weights\n");
  if (edits || strstr (rest, "previous["))
    g_string_append_printf (
        text, "previous = %s  # the weights before the optimizer's newest step\n",
        previous);
  if (edits || strstr (rest, "slow[") || strstr (rest, "slow."))
    g_string_append (text, "slow = {}  # slow copies of weights, by name\n");
}

/**
 * nn_script_collect_helpers:
 * @own: lines of a program
 * @seed: of the nudges' random numbers
 * @previous: the initial value of `previous`, the weights before the newest
 *   optimizer step
 * @memory: gets the lines of the variables that @own needs
 *
 * Returns: (transfer full): the helpers that @own and @memory call
 */
char *
nn_script_collect_helpers (const char *own,
                           guint32 seed,
                           const char *previous,
                           GString *memory)
{
  g_autofree char *helpers_text = collect_helpers (own);
  g_autofree char *rest = g_strconcat (helpers_text, own, NULL);
  g_autofree char *with_memory = NULL;

  append_memory (memory, rest, seed, previous);
  with_memory = g_strconcat (own, "\n", memory->str, NULL);
  return collect_helpers (with_memory);
}
