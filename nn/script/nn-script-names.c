/* nn-script-names.c - names of layers and parameters, as Python can have them
 *
 * SPDX-License-Identifier: MIT
 */

#include "nn/script/nn-script-names.h"

#include <string.h>

/* Keywords of Python, which cannot be attributes. */
static const char *const keywords =
    " False None True and as assert async await break class continue def del elif else "
    "except finally for from global if import in is lambda nonlocal not or pass raise "
    "return try while with yield ";

/* Attributes of every nn.Module. */
static const char *const taken =
    " T_destination add_module apply bfloat16 buffers call_super_init children cpu cuda "
    "double dump_patches eval extra_repr float forward get_buffer get_extra_state "
    "get_parameter get_submodule half ipu load_state_dict modules named_buffers "
    "named_children named_modules named_parameters parameters register_backward_hook "
    "register_buffer register_forward_hook register_forward_pre_hook "
    "register_full_backward_hook register_load_state_dict_post_hook register_module "
    "register_parameter requires_grad_ set_extra_state share_memory state_dict to "
    "to_empty "
    "train training type xpu zero_grad compile mtia bias weight ";

static gboolean
is_among (const char *words, const char *word)
{
  g_autofree char *spaced = g_strdup_printf (" %s ", word);

  return strstr (words, spaced) != NULL;
}

/**
 * nn_script_dup_quoted:
 *
 * Returns: (transfer full): a string literal of Python
 */
char *
nn_script_dup_quoted (const char *text)
{
  GString *quoted = g_string_new ("\"");

  for (const char *at = text; *at; at++) {
    if (*at == '"' || *at == '\\')
      g_string_append_c (quoted, '\\');
    if ((guchar) *at < ' ')
      g_string_append_printf (quoted, "\\x%02x", (guchar) *at);
    else
      g_string_append_c (quoted, *at);
  }
  g_string_append_c (quoted, '"');
  return g_string_free (quoted, FALSE);
}

/**
 * nn_script_dup_layer:
 *
 * Returns: (transfer full): the layer's name, with a _ after each part that is an
 *   attribute of every module
 */
char *
nn_script_dup_layer (const char *name)
{
  g_auto (GStrv) parts = g_strsplit (name, ".", -1);

  for (char **part = parts; *part; part++)
    if (is_among (taken, *part) || **part == '\0' || **part == '_') {
      char *other = g_strconcat (*part, "_", NULL);

      g_free (*part);
      *part = other;
    }
  return g_strjoinv (".", parts);
}

/* Returns: whether @name can follow a dot: an identifier and no keyword */
gboolean
nn_script_is_attribute (const char *name)
{
  if (!g_ascii_isalpha (*name) || is_among (keywords, name))
    return FALSE;
  for (; *name; name++)
    if (!g_ascii_isalnum (*name) && *name != '_')
      return FALSE;
  return TRUE;
}

/**
 * nn_script_dup_path:
 * @owner: "model" or "self"
 * @name: of a layer, as nn_script_dup_layer () gives it
 *
 * Returns: (transfer full): "model.fc1", or model.get_submodule("net.0")
 */
char *
nn_script_dup_path (const char *owner, const char *name)
{
  g_auto (GStrv) parts = g_strsplit (name, ".", -1);
  g_autofree char *quoted = nn_script_dup_quoted (name);

  for (char **part = parts; *part; part++)
    if (!nn_script_is_attribute (*part))
      return g_strdup_printf ("%s.get_submodule(%s)", owner, quoted);
  return g_strdup_printf ("%s.%s", owner, name);
}

/**
 * nn_script_dup_parameter:
 * @name: "fc1.weight", as an architecture has it
 *
 * Returns: (transfer full): the same with the layer's name as nn_script_dup_layer ()
 *   gives it
 */
char *
nn_script_dup_parameter (const char *name)
{
  const char *dot = strrchr (name, '.');
  g_autofree char *layer = g_strndup (name, (gsize) (dot - name));
  g_autofree char *other = nn_script_dup_layer (layer);

  return g_strconcat (other, dot, NULL);
}

static gboolean
is_part_of_name (char c)
{
  return g_ascii_isalnum (c) || c == '_';
}

/**
 * nn_script_mentions:
 *
 * Returns: whether @text, of a program, has @name as a word that does not follow a dot
 */
gboolean
nn_script_mentions (const char *text, const char *name)
{
  const gsize length = strlen (name);

  for (const char *at = strstr (text, name); at; at = strstr (at + 1, name))
    if ((at == text || (!is_part_of_name (at[-1]) && at[-1] != '.' && at[-1] != '"')) &&
        !is_part_of_name (at[length]))
      return TRUE;
  return FALSE;
}
