/* nn-data-spec.c - the description of an experiment's data
 *
 * SPDX-License-Identifier: MIT
 */

#include "nn/data/nn-data-spec.h"

#include <glib/gi18n.h>
#include <inttypes.h>

#include "nn/base/nn-error.h"
#include "nn/base/nn-names.h"

#define MAX_NUMBERS (G_GUINT64_CONSTANT (1) << 31) /* 8 GiB of them */

static const NnDataKind *const kinds[] = {
#define ROW(source, name) [source] = &nn_data_##name,
#include "nn/data/sources.inc"
#undef ROW
};

static const char *const names[] = {
#define ROW(source, name) [source] = #name,
#include "nn/data/sources.inc"
#undef ROW
};

/**
 * nn_data_source_get_kind:
 *
 * Returns: (transfer none): the row of @source
 */
const NnDataKind *
nn_data_source_get_kind (NnDataSource source)
{
  g_return_val_if_fail (source < NN_N_DATA_SOURCES, NULL);

  return kinds[source];
}

const char *
nn_data_source_get_name (NnDataSource source)
{
  g_return_val_if_fail (source < NN_N_DATA_SOURCES, NULL);
  return names[source];
}

/**
 * nn_data_source_find:
 * @source: (out): the one called @name; unchanged on failure
 *
 * Returns: FALSE if there is no such source (NN_ERROR_UNKNOWN); the message lists them
 */
gboolean
nn_data_source_find (const char *name, NnDataSource *source, GError **error)
{
  guint index;

  if (!nn_names_find (names, NN_N_DATA_SOURCES, N_ ("data source"), name, &index, error))
    return FALSE;
  *source = index;
  return TRUE;
}

/**
 * nn_data_spec_init:
 * @self: (out): may be uninitialised; previous contents are not freed
 *
 * Sets the defaults of @source.
 */
void
nn_data_spec_init (NnDataSpec *self, NnDataSource source)
{
  *self = (NnDataSpec){ .source = source };
  nn_settings_set_usual (&nn_data_source_get_kind (source)->settings, self);
}

/**
 * nn_data_spec_copy:
 * @self: (out): may be uninitialised; previous contents are not freed
 *
 * Shares the table, if the source is one.
 */
void
nn_data_spec_copy (NnDataSpec *self, const NnDataSpec *from)
{
  *self = *from;
  self->file = g_strdup (from->file);
  self->labels = g_strdup (from->labels);
  self->inputs = g_strdupv (from->inputs);
  self->targets = g_strdupv (from->targets);
  self->table = NULL;
  if (kinds[from->source]->is_table && from->table != NULL)
    self->table = nn_table_ref (from->table);
}

void
nn_data_spec_clear (NnDataSpec *self)
{
  g_clear_pointer (&self->file, g_free);
  g_clear_pointer (&self->labels, g_free);
  g_clear_pointer (&self->inputs, g_strfreev);
  g_clear_pointer (&self->targets, g_strfreev);
  g_clear_pointer (&self->table, nn_table_unref);
}

/**
 * nn_data_spec_load_sheet:
 * @self: of a source with load_sheet
 * @progress: (nullable)
 *
 * Returns: (transfer full) (nullable): a preview of its file; NULL if that cannot be read
 *   or @progress cancelled
 */
NnSheet *
nn_data_spec_load_sheet (const NnDataSpec *self,
                         const NnProgress *progress,
                         GError **error)
{
  const NnDataKind *kind = nn_data_source_get_kind (self->source);

  g_return_val_if_fail (kind->load_sheet != NULL, NULL);

  return kind->load_sheet (self, progress, error);
}

/**
 * nn_data_spec_load:
 * @progress: (nullable)
 *
 * Reads the table from the file that the settings name. Does nothing for a source without
 * a file. On failure the previous table stays.
 *
 * Returns: FALSE if the file cannot be read, does not fit the settings, or
 *   @progress cancelled
 */
gboolean
nn_data_spec_load (NnDataSpec *self, const NnProgress *progress, GError **error)
{
  const NnDataKind *kind = nn_data_source_get_kind (self->source);
  NnTable *table;

  if (kind->load == NULL)
    return TRUE;
  table = kind->load (self, progress, error);
  if (table == NULL)
    return FALSE;
  g_clear_pointer (&self->table, nn_table_unref);
  self->table = table;
  return TRUE;
}

/**
 * nn_data_spec_parse:
 * @self: of a source with parse
 * @bytes: (transfer full) (array length=n_bytes): the whole file, from g_malloc ()
 * @progress: (nullable)
 *
 * nn_data_spec_load () of a file that was read already.
 *
 * Returns: FALSE with a message that does not name the file
 */
gboolean
nn_data_spec_parse (NnDataSpec *self,
                    char *bytes,
                    gsize n_bytes,
                    const NnProgress *progress,
                    GError **error)
{
  const NnDataKind *kind = nn_data_source_get_kind (self->source);
  NnTable *table;

  g_return_val_if_fail (kind->parse != NULL, FALSE);

  table = kind->parse (self, bytes, n_bytes, progress, error);
  if (table == NULL)
    return FALSE;
  g_clear_pointer (&self->table, nn_table_unref);
  self->table = table;
  return TRUE;
}

/**
 * nn_data_spec_is_equal:
 *
 * Returns: whether @other has the same settings and, to the bit, the same table
 */
gboolean
nn_data_spec_is_equal (const NnDataSpec *self, const NnDataSpec *other)
{
  const NnDataKind *kind = nn_data_source_get_kind (self->source);

  return self->source == other->source &&
         nn_settings_are_equal (&kind->settings, self, other) &&
         (!kind->is_table || nn_table_is_equal (self->table, other->table));
}

/**
 * nn_data_spec_get_n_examples:
 *
 * Returns: how many examples there are, including those held out
 */
gsize
nn_data_spec_get_n_examples (const NnDataSpec *self)
{
  return kinds[self->source]->is_table ? self->table->n_examples : self->n_examples;
}

/**
 * nn_data_spec_get_n_features:
 *
 * Returns: how many input numbers an example has
 */
gsize
nn_data_spec_get_n_features (const NnDataSpec *self)
{
  const NnDataKind *kind = nn_data_source_get_kind (self->source);

  if (kind->is_table)
    return self->table->n_features;
  return kind->n_features > 0 ? kind->n_features : self->n_features;
}

/**
 * nn_data_spec_get_n_targets:
 *
 * Returns: how many target numbers an example has; 0 for none
 */
gsize
nn_data_spec_get_n_targets (const NnDataSpec *self)
{
  const NnDataKind *kind = nn_data_source_get_kind (self->source);

  return kind->is_table ? self->table->n_targets : kind->n_targets;
}

/**
 * nn_data_spec_get_n_classes:
 * @self: one that nn_data_spec_check () accepts
 *
 * Slow for a large table: reads every target.
 *
 * Returns: the number of classes, one more than the largest class number; 0 if the
 *   targets can only be numbers
 */
gsize
nn_data_spec_get_n_classes (const NnDataSpec *self)
{
  const NnDataKind *kind = nn_data_source_get_kind (self->source);

  return kind->is_table ? nn_table_get_n_classes (self->table) : kind->n_classes;
}

/**
 * nn_data_spec_has_numbers:
 *
 * Returns: whether a loss of numbers can be used: with two classes, 0 and 1 are
 *   numbers, too
 */
gboolean
nn_data_spec_has_numbers (const NnDataSpec *self)
{
  const NnDataKind *kind = nn_data_source_get_kind (self->source);

  if (nn_data_spec_get_n_targets (self) == 0)
    return FALSE;
  if (kind->is_table && self->table->targets_are != NN_TARGETS_CLASSES)
    return TRUE;
  return nn_data_spec_get_n_classes (self) <= 2;
}

static gboolean
check_settings (const NnDataSpec *self, const NnSettings *settings, GError **error)
{
  g_autofree char *range = NULL;
  char text[G_ASCII_DTOSTR_BUF_SIZE];
  const NnSetting *outside;
  gsize index;

  outside = nn_settings_find_outside (settings, self, &index);
  if (outside == NULL)
    return TRUE;
  range = nn_setting_dup_range (outside);
  g_set_error (error, NN_ERROR,
               outside->type == NN_SETTING_COUNT ? NN_ERROR_SHAPE : NN_ERROR_SYNTAX,
               _ ("data.%s is %s: it must be %s"), outside->key,
               g_ascii_formatd (text, sizeof text, "%.9g",
                                nn_setting_get_number (outside, self, index)),
               range);
  return FALSE;
}

static gboolean
check_count (const char *key, gsize count, gsize most, GError **error)
{
  if (count >= 1 && count <= most)
    return TRUE;
  g_set_error (error, NN_ERROR, NN_ERROR_SHAPE,
               _ ("data.%s is %zu: it must be from 1 to %zu"), key, count, most);
  return FALSE;
}

static gboolean
check_sizes (const NnDataSpec *self, GError **error)
{
  const gsize n_examples = nn_data_spec_get_n_examples (self);
  const gsize n_features = nn_data_spec_get_n_features (self);
  const gsize n_targets = nn_data_spec_get_n_targets (self);

  if (!check_count ("examples", n_examples, NN_DATA_MAX_EXAMPLES, error) ||
      !check_count ("features", n_features, NN_DATA_MAX_COLUMNS, error) ||
      (n_targets > 0 && !check_count ("targets", n_targets, NN_DATA_MAX_COLUMNS, error)))
    return FALSE;
  if ((guint64) n_examples * (n_features + n_targets) > MAX_NUMBERS) {
    g_set_error (
        error, NN_ERROR, NN_ERROR_SHAPE,
        _ ("data has %zu examples of %zu features and targets, more than %" PRIu64
           " numbers: give fewer of either"),
        n_examples, n_features + n_targets, MAX_NUMBERS);
    return FALSE;
  }
  return TRUE;
}

/**
 * nn_data_spec_check:
 * @self: with its table, if its source is one
 *
 * Checks that a data set can be made of @self. Messages name the key as in the experiment
 * file, and rows and columns from 0: "data.inputs[3][1]".
 *
 * Returns: FALSE if not (NN_ERROR_SYNTAX or NN_ERROR_SHAPE)
 */
gboolean
nn_data_spec_check (const NnDataSpec *self, GError **error)
{
  const NnDataKind *kind = nn_data_source_get_kind (self->source);

  g_return_val_if_fail (!kind->is_table || self->table != NULL, FALSE);

  return check_settings (self, &kind->settings, error) && check_sizes (self, error) &&
         (kind->check == NULL || kind->check (self, error));
}
