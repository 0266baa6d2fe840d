/* nudge-attach-state.c - what there is in a job, as text
 *
 * SPDX-License-Identifier: MIT
 */

#include "app/command/nudge-attach-state.h"

#include <glib/gi18n.h>
#include <stdio.h>

#include "app/command/nudge-columns.h"

static char *
dup_shape (const NnJobTensor *tensor)
{
  GString *shape = g_string_new ("(");

  for (guint i = 0; i < tensor->rank; i++)
    g_string_append_printf (shape, i > 0 ? ", %" G_GUINT64_FORMAT : "%" G_GUINT64_FORMAT,
                            tensor->shape[i]);
  g_string_append (shape, tensor->rank == 1 ? ",)" : ")");
  return g_string_free (shape, FALSE);
}

static char *
dup_kind (const NnJobTensor *tensor, const json_t *facts)
{
  if (tensor->tied != NULL)
    return g_strdup_printf (_ ("the same as %s"), tensor->tied);
  if (!tensor->is_parameter)
    return g_strdup (_ ("buffer"));
  return g_strdup (json_is_true (json_object_get (facts, "trained"))
                       ? _ ("parameter")
                       : _ ("parameter, not trained"));
}

static void
print_tensors (const GArray *tensors, const json_t *facts)
{
  static const char *const heads[] = { N_ ("name"), N_ ("type"), N_ ("shape"),
                                       N_ ("kind") };
  g_autoptr (NudgeColumns) columns =
      nudge_columns_new (G_N_ELEMENTS (heads), G_N_ELEMENTS (heads));

  for (gsize i = 0; i < G_N_ELEMENTS (heads); i++)
    nudge_columns_add (columns, _ (heads[i]));
  for (guint i = 0; i < tensors->len; i++) {
    const NnJobTensor *tensor = &g_array_index (tensors, NnJobTensor, i);
    const json_t *fact = json_array_get (facts, i);

    nudge_columns_add (columns, tensor->name);
    nudge_columns_add (columns,
                       json_string_value (json_object_get (fact, "dtype")) ?: "–");
    nudge_columns_take (columns, dup_shape (tensor));
    nudge_columns_take (columns, dup_kind (tensor, fact));
  }
  putchar ('\n');
  nudge_columns_print (columns);
}

static void
print_optimizer (const json_t *optimizer)
{
  const json_t *rates = json_object_get (optimizer, "lr");
  g_autofree char *type = nudge_columns_dup_clean (
      json_string_value (json_object_get (optimizer, "type")) ?: "");

  printf (_ ("optimizer  %s, lr"), type);
  for (gsize i = 0; i < json_array_size (rates); i++)
    printf (" %.9g", json_number_value (json_array_get (rates, i)));
  putchar ('\n');
}

/**
 * nudge_attach_print_state:
 * @description: the job's reply to "describe"
 * @tensors: (element-type NnJobTensor): what it says that there is
 *
 * Prints its optimizers, the nudges that stand, and the names that nudges can aim at.
 */
void
nudge_attach_print_state (const NnMessage *description, const GArray *tensors)
{
  const json_t *optimizers = json_object_get (description->head, "optimizers");
  json_t *standing = json_object_get (description->head, "standing");
  const char *key;
  json_t *text;

  for (gsize i = 0; i < json_array_size (optimizers); i++)
    print_optimizer (json_array_get (optimizers, i));
  json_object_foreach (standing, key, text)
  {
    g_autofree char *name = nudge_columns_dup_clean (key);
    g_autofree char *clean = nudge_columns_dup_clean (json_string_value (text) ?: "");

    printf (_ ("repeats    as %s: %s\n"), name, clean);
  }
  print_tensors (tensors, json_object_get (description->head, "tensors"));
}
