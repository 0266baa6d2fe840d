/* nn-parameters.c - initial parameters from a file
 *
 * SPDX-License-Identifier: MIT
 */

#include "nn/model/nn-parameters.h"

#include <glib/gi18n.h>
#include <string.h>

#include "nn/base/nn-error.h"
#include "nn/base/nn-text.h"

#define MAX_NAMED 8 /* parameters that a message lists */

/* Adds a note for each kind of conversion, with the number of arrays. */
static void
add_conversions (NnParameters *self)
{
  g_autoptr (GPtrArray) kinds = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (GArray) counts = g_array_new (FALSE, TRUE, sizeof (guint));

  for (guint i = 0; i < self->arrays->len; i++) {
    g_autofree char *kind = nn_array_dup_conversion (self->arrays->pdata[i]);
    guint index = kinds->len;

    if (kind == NULL)
      continue;
    if (!g_ptr_array_find_with_equal_func (kinds, kind, g_str_equal, &index)) {
      g_ptr_array_add (kinds, g_steal_pointer (&kind));
      g_array_set_size (counts, kinds->len);
    }
    g_array_index (counts, guint, index)++;
  }
  for (guint i = 0; i < kinds->len; i++)
    g_ptr_array_add (self->notes,
                     g_strdup_printf (_ ("%u of %u arrays: %s"),
                                      g_array_index (counts, guint, i), self->arrays->len,
                                      (const char *) kinds->pdata[i]));
}

static void
add_array (GChecksum *checksum, const NnArray *array)
{
  g_autofree float *values = g_new (float, array->n_values);

  nn_array_get_floats (array, values);
  g_checksum_update (checksum, (const guchar *) array->name,
                     (gssize) strlen (array->name) + 1);
  g_checksum_update (checksum, (const guchar *) array->shape,
                     (gssize) (array->rank * sizeof *array->shape));
  if (array->n_values > 0)
    g_checksum_update (checksum, (const guchar *) values,
                       (gssize) (array->n_values * sizeof *values));
}

/**
 * nn_parameters_dup_digest:
 *
 * Returns: (transfer full): the SHA-256 of names, shapes and values; for comparison on
 *   one kind of machine, as values are hashed in its byte order
 */
char *
nn_parameters_dup_digest (const NnParameters *self)
{
  g_autoptr (GChecksum) checksum = g_checksum_new (G_CHECKSUM_SHA256);

  for (guint i = 0; i < self->arrays->len; i++)
    add_array (checksum, self->arrays->pdata[i]);
  return g_strdup (g_checksum_get_string (checksum));
}

/**
 * nn_parameters_new:
 * @arrays: (element-type NnArray): a reference is taken; must not change any more
 * @file: (nullable): copied: the path they are from
 *
 * Notes which arrays are not row-major float32. The caller may add notes before
 * sharing it.
 *
 * Returns: (transfer full)
 */
NnParameters *
nn_parameters_new (GPtrArray *arrays, const char *file)
{
  NnParameters *self = g_atomic_rc_box_new0 (NnParameters);

  self->arrays = g_ptr_array_ref (arrays);
  self->file = g_strdup (file);
  self->notes = g_ptr_array_new_with_free_func (g_free);
  add_conversions (self);
  return self;
}

NnParameters *
nn_parameters_ref (NnParameters *self)
{
  return g_atomic_rc_box_acquire (self);
}

static void
clear (gpointer data)
{
  NnParameters *self = data;

  g_ptr_array_unref (self->arrays);
  g_ptr_array_unref (self->notes);
  g_free (self->file);
}

void
nn_parameters_unref (NnParameters *self)
{
  g_atomic_rc_box_release_full (self, clear);
}

/* In the state_dict of a single layer, parameters are just "weight" and "bias": they
 * match the parameters of a network with one layer. */
static const NnParameterShape *
find (const NnArchitecture *architecture, const char *name)
{
  const gsize skipped = architecture->n_layers == 1 && strchr (name, '.') == NULL
                            ? strlen (architecture->layers[0].name) + 1
                            : 0;

  for (gsize i = 0; i < architecture->n_parameters; i++)
    if (strcmp (architecture->parameters[i].name + skipped, name) == 0)
      return &architecture->parameters[i];
  return NULL;
}

static gboolean
has_shape (const NnArray *array, const NnParameterShape *parameter)
{
  if (array->rank != parameter->rank)
    return FALSE;
  for (gsize i = 0; i < parameter->rank; i++)
    if (array->shape[i] != parameter->shape[i])
      return FALSE;
  return TRUE;
}

static gboolean
is_transposed (const NnArray *array, const NnParameterShape *parameter)
{
  return array->rank == 2 && parameter->rank == 2 &&
         array->shape[0] == parameter->shape[1] && array->shape[1] == parameter->shape[0];
}

static void
append_parameter (GString *text, const NnParameterShape *parameter)
{
  g_string_append_printf (text, "%s (%" G_GSIZE_FORMAT, parameter->name,
                          parameter->shape[0]);
  if (parameter->rank == 2)
    g_string_append_printf (text, ", %" G_GSIZE_FORMAT ")", parameter->shape[1]);
  else
    g_string_append (text, ",)");
}

/* Lists all parameters, or only those of @array's shape.
 *
 * Returns: how many there are */
static gsize
append_parameters (GString *text,
                   const NnArchitecture *architecture,
                   const NnArray *array)
{
  gsize n = 0;

  for (gsize i = 0; i < architecture->n_parameters; i++) {
    if (array != NULL && !has_shape (array, &architecture->parameters[i]))
      continue;
    if (n < MAX_NAMED) {
      g_string_append (text, n > 0 ? ", " : "");
      append_parameter (text, &architecture->parameters[i]);
    }
    n++;
  }
  if (n > MAX_NAMED)
    g_string_append_printf (text, _ (" and %zu more"), n - MAX_NAMED);
  return n;
}

/* If only a prefix such as "module." is in the way, says how to leave it out. */
static void
append_member (GString *text, const NnArray *array, const NnArchitecture *architecture)
{
  for (gsize i = 0; i < architecture->n_parameters; i++) {
    const char *name = architecture->parameters[i].name;
    const gsize length = strlen (array->name);

    if (g_str_has_suffix (array->name, name) && length > strlen (name) + 1 &&
        array->name[length - strlen (name) - 1] == '.') {
      g_string_append_printf (text,
                              _ ("; without what is before it, as FILE:%.*s, it is %s"),
                              (int) (length - strlen (name) - 1), array->name, name);
      return;
    }
  }
}

static gboolean
refuse_name (const NnArray *array, const NnArchitecture *architecture, GError **error)
{
  g_autoptr (GString) fitting = g_string_new (NULL);
  g_autofree char *name = *array->name != '\0' ? nn_text_dup_quoted (array->name)
                                               : g_strdup (_ ("array without a name"));
  g_autofree char *shape = nn_array_dup_shape (array);
  const gsize n = append_parameters (fitting, architecture, array);

  if (n == 0)
    append_parameters (fitting, architecture, NULL);
  append_member (fitting, array, architecture);
  g_set_error (error, NN_ERROR, NN_ERROR_UNKNOWN,
               _ ("the network has no %s, which has shape %s; %s %s"), name, shape,
               n > 0 ? _ ("it would fit") : _ ("what it has is"), fitting->str);
  return FALSE;
}

static gboolean
refuse_shape (const NnArray *array, const NnParameterShape *parameter, GError **error)
{
  g_autoptr (GString) wanted = g_string_new (NULL);
  g_autofree char *name = nn_text_dup_quoted (array->name);
  g_autofree char *shape = nn_array_dup_shape (array);

  append_parameter (wanted, parameter);
  g_set_error (error, NN_ERROR, NN_ERROR_SHAPE, _ ("%s has shape %s, but %s is needed%s"),
               name, shape, wanted->str,
               is_transposed (array, parameter)
                   ? _ (": it fits only transposed; weights here are (outputs, inputs)")
                   : "");
  return FALSE;
}

/**
 * nn_parameters_check:
 *
 * Returns: FALSE if an array is not named like a parameter of @architecture
 *   (NN_ERROR_UNKNOWN) or has another shape (NN_ERROR_SHAPE); the message says what
 *   would fit
 */
gboolean
nn_parameters_check (const NnParameters *self,
                     const NnArchitecture *architecture,
                     GError **error)
{
  for (guint i = 0; i < self->arrays->len; i++) {
    const NnArray *array = self->arrays->pdata[i];
    const NnParameterShape *parameter = find (architecture, array->name);

    if (parameter == NULL)
      return refuse_name (array, architecture, error);
    if (!has_shape (array, parameter))
      return refuse_shape (array, parameter, error);
  }
  return TRUE;
}

/* Returns: whether an array is for @parameter */
static gboolean
has_parameter (const NnParameters *self,
               const NnArchitecture *architecture,
               const NnParameterShape *parameter)
{
  for (guint i = 0; i < self->arrays->len; i++)
    if (find (architecture, ((const NnArray *) self->arrays->pdata[i])->name) ==
        parameter)
      return TRUE;
  return FALSE;
}

/**
 * nn_parameters_dup_missing:
 *
 * Returns: (transfer full) (nullable): the parameters of @architecture that are not given,
 *   for the user: "fc1.bias (2,), fc2.bias (3,)"; NULL if all are
 */
char *
nn_parameters_dup_missing (const NnParameters *self, const NnArchitecture *architecture)
{
  GString *text = g_string_new (NULL);
  gsize n = 0;

  for (gsize i = 0; i < architecture->n_parameters; i++) {
    if (has_parameter (self, architecture, &architecture->parameters[i]))
      continue;
    if (n++ >= MAX_NAMED)
      continue;
    g_string_append (text, n > 1 ? ", " : "");
    append_parameter (text, &architecture->parameters[i]);
  }
  if (n > MAX_NAMED)
    g_string_append_printf (text, _ (" and %zu more"), n - MAX_NAMED);
  return g_string_free (text, n == 0);
}

/**
 * nn_parameters_put:
 * @architecture: one that nn_parameters_check () accepts
 * @values: (n_values) (inout): parameters that are not given stay as they are
 *
 * Copies the arrays into the flat vector, as float32.
 */
void
nn_parameters_put (const NnParameters *self,
                   const NnArchitecture *architecture,
                   float *values)
{
  for (guint i = 0; i < self->arrays->len; i++) {
    const NnArray *array = self->arrays->pdata[i];
    const NnParameterShape *parameter = find (architecture, array->name);

    g_return_if_fail (parameter != NULL && has_shape (array, parameter));

    nn_array_get_floats (array, values + parameter->offset);
  }
}
