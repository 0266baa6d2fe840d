/* nn-column-choice.h - which columns of a table are inputs and which are targets
 *
 * SPDX-License-Identifier: MIT
 *
 * As the user names them; what is not named is guessed from names and contents. A plain
 * value of one owner.
 */

#pragma once

#include "nn/data/nn-columns.h"

G_BEGIN_DECLS

typedef struct {
  GArray *inputs;  /* (owned) (element-type guint) indices of columns */
  GArray *targets; /* (owned) */
  gboolean guessed_inputs;
  gboolean guessed_targets;
  GPtrArray *left_out; /* (owned) (element-type utf8) why columns were not guessed */
} NnColumnChoice;

gboolean nn_column_choice_init (NnColumnChoice *self,
                                const NnColumns *columns,
                                const NnDataSpec *spec,
                                GError **error);
void nn_column_choice_clear (NnColumnChoice *self);
void nn_column_choice_note (const NnColumnChoice *self, NnTable *table);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (NnColumnChoice, nn_column_choice_clear)

G_END_DECLS
