/* nudge-layers-panel.c - the network as a list of layers, with initialisation and seed
 *
 * SPDX-License-Identifier: MIT
 */

#include "app/panels/nudge-layers-panel.h"

#include <glib/gi18n.h>

#include "ui/rows/nudge-choice-row.h"
#include "ui/rows/nudge-layer-row.h"
#include "ui/rows/nudge-message.h"
#include "ui/rows/nudge-number-row.h"
#include "ui/rows/nudge-setting-rows.h"

/* A random seed is short enough to write down. */
#define ROLLED_SEEDS 10000

struct _NudgeLayersPanel {
  NudgeEditPanel parent_instance;

  GtkWidget *section; /* the only child: disposal finds it by this */
  GtkBox *column;
  GtkBox *layers;
  GtkWidget *add;
  GtkWidget *message; /* what is wrong with adding one */
  NudgeChoiceRow *init;
  NudgeSettingRows *init_settings;
  NudgeNumberRow *seed;

  GPtrArray *rows; /* (owned) (element-type NudgeLayerRow) one for each layer */
};

G_DEFINE_FINAL_TYPE (NudgeLayersPanel, nudge_layers_panel, NUDGE_TYPE_EDIT_PANEL)

static NudgeEdits *
get_edits (NudgeLayersPanel *self)
{
  return nudge_edit_panel_get_edits (NUDGE_EDIT_PANEL (self));
}

static const NnSetting any_seed = { .type = NN_SETTING_COUNT,
                                    .most = G_MAXUINT32,
                                    .range = N_ ("a whole number from 0 to 4294967295") };

static char *
dup_init_note (const char *name)
{
  NnInitType type;

  return nn_init_find (name, &type, NULL)
             ? g_strdup (_ (nn_init_get_kind (type)->sentence))
             : NULL;
}

/* --- Layers ------------------------------------------------------------------------ */

/* Returns: (transfer full): one that says the network as it is */
static NnEdit *
new_edit (NudgeLayersPanel *self)
{
  const NnExperiment *experiment = nudge_edits_get_experiment (get_edits (self));
  NnEdit *edit = nn_edit_new ();

  nn_edit_set_network (edit, experiment->architecture, &experiment->init);
  return edit;
}

/* A layer that was @from stays so under a new name. */
static void
copy_layer (const NnEdit *edit, gsize from, gsize to, NnEdit *into)
{
  const NnEditLayer *layer = &edit->layers[from];
  const NnLayerSpec spec = { layer->name, layer->n_units, layer->activation,
                             layer->without_bias };

  nn_edit_insert_layer (into, to, &spec, NULL);
}

static void
move_layer (NnEdit *edit, gsize from, gsize to)
{
  g_autoptr (NnEdit) other = nn_edit_new ();

  copy_layer (edit, from, 0, other);
  nn_edit_remove_layer (edit, from);
  copy_layer (other, 0, to, edit);
}

static void
rename_layer (NnEdit *edit, gsize index, const char *name)
{
  NnEditLayer *layer = &edit->layers[index];

  layer->was = g_steal_pointer (&layer->name);
  layer->name = g_strdup (name);
}

static void
change_layer (NnEdit *edit,
              gsize index,
              NudgeLayerEdit what,
              const char *text,
              int number)
{
  switch (what) {
  case NUDGE_LAYER_NAME:
    rename_layer (edit, index, text);
    return;
  case NUDGE_LAYER_UNITS:
    edit->layers[index].n_units = (gsize) number;
    return;
  case NUDGE_LAYER_ACTIVATION:
    nn_activation_find (text, &edit->layers[index].activation, NULL);
    return;
  case NUDGE_LAYER_MOVE:
    move_layer (edit, index, (gsize) ((gssize) index + number));
    return;
  case NUDGE_LAYER_REMOVE:
    nn_edit_remove_layer (edit, index);
    return;
  }
}

static void focus_moved (NudgeLayersPanel *self, gsize index, int by);

static char *
edited_cb (NudgeLayersPanel *self,
           int what,
           const char *text,
           int number,
           NudgeLayerRow *row)
{
  g_autoptr (NnEdit) edit = new_edit (self);
  guint index = 0;
  char *wrong;

  g_ptr_array_find (self->rows, row, &index);
  change_layer (edit, index, (NudgeLayerEdit) what, text, number);
  wrong = nudge_edits_try (get_edits (self), edit);
  if (wrong == NULL && what == NUDGE_LAYER_MOVE)
    focus_moved (self, index + (gsize) number, number);
  return wrong;
}

/* The first name that no layer has. */
static char *
dup_free_name (const NnArchitecture *architecture)
{
  for (gsize i = 1;; i++) {
    char *name = g_strdup_printf ("fc%" G_GSIZE_FORMAT, i);

    if (nn_architecture_find_layer (architecture, name) < 0)
      return name;
    g_free (name);
  }
}

/* As many units as inputs, and the activation of the layer before, so that it can be
 * the identity. */
static void
add_cb (NudgeLayersPanel *self)
{
  const NnArchitecture *architecture =
      nudge_edits_get_experiment (get_edits (self))->architecture;
  const gsize last = architecture->n_layers - 1;
  g_autoptr (NnEdit) edit = new_edit (self);
  g_autofree char *name = dup_free_name (architecture);
  g_autofree char *wrong = NULL;
  const NnLayerSpec spec = { .name = name,
                             .n_units = architecture->layers[last].n_inputs,
                             .activation = last > 0
                                               ? architecture->layers[last - 1].activation
                                               : NN_ACTIVATION_RELU };

  nn_edit_insert_layer (edit, last, &spec, NULL);
  wrong = nudge_edits_try (get_edits (self), edit);
  nudge_message_show (self->message, self->add, wrong);
}

/* --- What it begins with ----------------------------------------------------------- */

static void
init_chosen_cb (NudgeLayersPanel *self, const char *name)
{
  g_autoptr (NnEdit) edit = new_edit (self);
  g_autofree char *wrong = NULL;
  NnInitType type;

  if (!nn_init_find (name, &type, NULL))
    return;
  edit->init = (NnInit){ .type = type };
  nn_settings_set_usual (&nn_init_get_kind (type)->settings, &edit->init);
  wrong = nudge_edits_try (get_edits (self), edit);
  if (wrong)
    nudge_choice_row_refuse (self->init, wrong);
}

static char *
init_set_cb (NudgeLayersPanel *self, const char *key, guint index, double number)
{
  g_autoptr (NnEdit) edit = new_edit (self);

  nn_settings_set_number (&nn_init_get_kind (edit->init.type)->settings, &edit->init, key,
                          index, number);
  return nudge_edits_try (get_edits (self), edit);
}

static char *
seed_set_cb (NudgeLayersPanel *self, double number)
{
  g_autoptr (NnEdit) edit = nn_edit_new ();

  edit->parts = NN_EDIT_HAS_SEED;
  edit->seed = (guint32) number;
  return nudge_edits_try (get_edits (self), edit);
}

static void
roll_cb (NudgeLayersPanel *self)
{
  const guint32 present = nudge_edits_get_experiment (get_edits (self))->seed;
  guint32 rolled;

  do
    rolled = (guint32) g_random_int_range (0, ROLLED_SEEDS);
  while (rolled == present);
  g_free (seed_set_cb (self, rolled));
}

/* --- What is shown ----------------------------------------------------------------- */

static void
set_n_rows (NudgeLayersPanel *self, gsize n)
{
  while (self->rows->len > n) {
    gtk_box_remove (self->layers, self->rows->pdata[self->rows->len - 1]);
    g_ptr_array_set_size (self->rows, (gint) self->rows->len - 1);
  }
  while (self->rows->len < n) {
    GtkWidget *row = nudge_layer_row_new ();

    g_signal_connect_object (row, "edited", G_CALLBACK (edited_cb), self,
                             G_CONNECT_SWAPPED);
    g_ptr_array_add (self->rows, row);
    gtk_box_append (self->layers, row);
  }
}

static void
nudge_layers_panel_show_experiment (NudgeEditPanel *panel, NudgeEdits *edits)
{
  NudgeLayersPanel *self = NUDGE_LAYERS_PANEL (panel);
  const NnExperiment *experiment = nudge_edits_get_experiment (edits);
  const NnArchitecture *architecture = experiment->architecture;

  set_n_rows (self, architecture->n_layers);
  for (gsize i = 0; i < architecture->n_layers; i++)
    nudge_layer_row_show (self->rows->pdata[i], &architecture->layers[i], i == 0,
                          i + 1 == architecture->n_layers);
  nudge_message_show (self->message, self->add, NULL);
  nudge_choice_row_set_chosen (self->init, nn_init_get_name (experiment->init.type));
  nudge_setting_rows_show (self->init_settings,
                           &nn_init_get_kind (experiment->init.type)->settings,
                           &experiment->init, FALSE);
  nudge_number_row_set_number (self->seed, experiment->seed);
}

/* Layers move, rows stay where they are. */
static void
focus_moved (NudgeLayersPanel *self, gsize index, int by)
{
  nudge_layer_row_focus_move (self->rows->pdata[index], by);
}

/* --- Life -------------------------------------------------------------------------- */

static void
add_init (NudgeLayersPanel *self)
{
  const char *names[NN_N_INITS + 1] = { NULL };
  GtkWidget *init = nudge_choice_row_new (
      _ ("Initialisation"),
      _ ("How first weights are drawn; takes effect at the next Reset"));
  GtkWidget *settings = nudge_setting_rows_new ();

  for (guint i = 0; i < NN_N_INITS; i++)
    names[i] = nn_init_get_name ((NnInitType) i);
  self->init = NUDGE_CHOICE_ROW (init);
  self->init_settings = NUDGE_SETTING_ROWS (settings);
  nudge_choice_row_set_names (self->init, names);
  nudge_choice_row_set_words (self->init, NULL, dup_init_note);
  g_signal_connect_object (init, "chosen", G_CALLBACK (init_chosen_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (settings, "set", G_CALLBACK (init_set_cb), self,
                           G_CONNECT_SWAPPED);
  gtk_box_append (self->column, init);
  gtk_box_append (self->column, settings);
}

static void
add_seed (NudgeLayersPanel *self)
{
  GtkWidget *row = nudge_number_row_new (
      _ ("Seed"), _ ("The seed of everything random; takes effect at the next Reset"),
      &any_seed, NULL);
  GtkWidget *roll = gtk_button_new_from_icon_name ("view-refresh-symbolic");

  self->seed = NUDGE_NUMBER_ROW (row);
  gtk_widget_add_css_class (roll, "flat");
  gtk_widget_set_valign (roll, GTK_ALIGN_CENTER);
  gtk_widget_set_tooltip_text (roll, _ ("Roll another seed"));
  gtk_accessible_update_property (GTK_ACCESSIBLE (roll), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _ ("Roll seed"), -1);
  g_signal_connect_object (roll, "clicked", G_CALLBACK (roll_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (row, "set", G_CALLBACK (seed_set_cb), self, G_CONNECT_SWAPPED);
  nudge_number_row_append (self->seed, roll);
  gtk_box_append (self->column, row);
}

static void
nudge_layers_panel_dispose (GObject *object)
{
  NudgeLayersPanel *self = NUDGE_LAYERS_PANEL (object);

  g_ptr_array_set_size (self->rows, 0);
  gtk_widget_dispose_template (GTK_WIDGET (self), NUDGE_TYPE_LAYERS_PANEL);
  G_OBJECT_CLASS (nudge_layers_panel_parent_class)->dispose (object);
}

static void
nudge_layers_panel_finalize (GObject *object)
{
  g_ptr_array_unref (NUDGE_LAYERS_PANEL (object)->rows);
  G_OBJECT_CLASS (nudge_layers_panel_parent_class)->finalize (object);
}

static void
nudge_layers_panel_class_init (NudgeLayersPanelClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = nudge_layers_panel_dispose;
  G_OBJECT_CLASS (klass)->finalize = nudge_layers_panel_finalize;
  NUDGE_EDIT_PANEL_CLASS (klass)->show_experiment = nudge_layers_panel_show_experiment;
  gtk_widget_class_set_template_from_resource (
      widget_class, "/org/nudgelab/Nudge/ui/nudge-layers-panel.ui");
  gtk_widget_class_bind_template_child (widget_class, NudgeLayersPanel, section);
  gtk_widget_class_bind_template_child (widget_class, NudgeLayersPanel, column);
  gtk_widget_class_bind_template_child (widget_class, NudgeLayersPanel, layers);
  gtk_widget_class_bind_template_child (widget_class, NudgeLayersPanel, add);
  gtk_widget_class_bind_template_child (widget_class, NudgeLayersPanel, message);
  gtk_widget_class_bind_template_callback (widget_class, add_cb);
}

static void
nudge_layers_panel_init (NudgeLayersPanel *self)
{
  self->rows = g_ptr_array_new ();
  gtk_widget_init_template (GTK_WIDGET (self));
  add_init (self);
  add_seed (self);
}
