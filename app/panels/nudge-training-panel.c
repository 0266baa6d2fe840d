/* nudge-training-panel.c - loss, optimizer, batches, speed and where to stop
 *
 * SPDX-License-Identifier: MIT
 */

#include "app/panels/nudge-training-panel.h"

#include <glib/gi18n.h>
#include <math.h>

#include "ui/base/nudge-word.h"
#include "ui/rows/nudge-choice-row.h"
#include "ui/rows/nudge-number-row.h"
#include "ui/rows/nudge-setting-rows.h"

struct _NudgeTrainingPanel {
  NudgeEditPanel parent_instance;

  GtkWidget *section; /* the only child: disposal finds it by this */
  GtkBox *column;

  NudgeChoiceRow *loss;
  NudgeSettingRows *loss_settings;
  NudgeChoiceRow *optimizer;
  NudgeSettingRows *optimizer_settings;
  NudgeNumberRow *batch;
  NudgeChoiceRow *shuffle;
  NudgeNumberRow *speed;
  NudgeNumberRow *stop_step;
  NudgeNumberRow *stop_loss;

  GSignalGroup *session; /* (owned) of the document's */
};

G_DEFINE_FINAL_TYPE (NudgeTrainingPanel, nudge_training_panel, NUDGE_TYPE_EDIT_PANEL)

static NudgeEdits *
get_edits (NudgeTrainingPanel *self)
{
  return nudge_edit_panel_get_edits (NUDGE_EDIT_PANEL (self));
}

static const NnSetting batch_size = { .type = NN_SETTING_COUNT,
                                      .least = 1,
                                      .most = G_MAXUINT32 };
static const NnSetting steps_per_second = { .type = NN_SETTING_NUMBER,
                                            .least = 0.01,
                                            .most = 1e6 };
static const NnSetting step_number = { .type = NN_SETTING_COUNT,
                                       .least = 1,
                                       .most = 1e15 };
static const NnSetting any_loss = { .type = NN_SETTING_NUMBER,
                                    .least = -NN_SETTING_LARGEST_FLOAT,
                                    .most = NN_SETTING_LARGEST_FLOAT };

/* As the experiment file has them. */
static const char *const shuffles[] = {
  [NN_SHUFFLE_NONE] = "false",
  [NN_SHUFFLE_RANDPERM] = "true",
  [NN_SHUFFLE_DATALOADER] = "dataloader",
  NULL,
};

static char *
dup_shuffle_label (const char *name)
{
  if (g_str_equal (name, "false"))
    return g_strdup (_ ("off"));
  return g_strdup (g_str_equal (name, "true") ? _ ("on") : _ ("DataLoader"));
}

static char *
dup_shuffle_note (const char *name)
{
  if (g_str_equal (name, "false"))
    return g_strdup (_ ("the data’s own order"));
  return g_strdup (g_str_equal (name, "true") ? _ ("a new order for each epoch")
                                              : _ ("the order of PyTorch’s DataLoader"));
}

static char *
dup_loss_note (const char *name)
{
  NnLossType type;

  return nn_loss_find (name, &type, NULL)
             ? g_strdup (_ (nn_loss_get_kind (type)->sentence))
             : NULL;
}

static char *
dup_optimizer_note (const char *name)
{
  NnOptimizerType type;

  return nn_optimizer_find (name, &type, NULL)
             ? g_strdup (_ (nn_optimizer_get_kind (type)->sentence))
             : NULL;
}

/* --- What a user does -------------------------------------------------------------- */

static void
loss_chosen_cb (NudgeTrainingPanel *self, const char *name)
{
  g_autoptr (NnEdit) edit = nn_edit_new ();
  g_autofree char *wrong = NULL;
  NnLossType type;

  if (!nn_loss_find (name, &type, NULL))
    return;
  edit->parts = NN_EDIT_HAS_LOSS;
  edit->loss = nn_loss_get_default (type);
  wrong = nudge_edits_try_fitted (get_edits (self), edit);
  if (wrong)
    nudge_choice_row_refuse (self->loss, wrong);
}

static void
optimizer_chosen_cb (NudgeTrainingPanel *self, const char *name)
{
  g_autoptr (NnEdit) edit = nn_edit_new ();
  g_autofree char *wrong = NULL;
  NnOptimizerType type;

  if (!nn_optimizer_find (name, &type, NULL))
    return;
  edit->parts = NN_EDIT_HAS_OPTIMIZER;
  edit->optimizer = nn_optimizer_get_default (type);
  wrong = nudge_edits_try (get_edits (self), edit);
  if (wrong)
    nudge_choice_row_refuse (self->optimizer, wrong);
}

static char *
loss_set_cb (NudgeTrainingPanel *self, const char *key, guint index, double number)
{
  g_autoptr (NnEdit) edit = nn_edit_new ();

  edit->parts = NN_EDIT_HAS_LOSS;
  edit->loss = nudge_edits_get_experiment (get_edits (self))->loss;
  nn_settings_set_number (&nn_loss_get_kind (edit->loss.type)->settings, &edit->loss, key,
                          index, number);
  return nudge_edits_try (get_edits (self), edit);
}

static char *
optimizer_set_cb (NudgeTrainingPanel *self, const char *key, guint index, double number)
{
  g_autoptr (NnEdit) edit = nn_edit_new ();

  edit->parts = NN_EDIT_HAS_OPTIMIZER;
  edit->optimizer = nudge_edits_get_experiment (get_edits (self))->optimizer;
  nn_settings_set_number (&nn_optimizer_get_kind (edit->optimizer.type)->settings,
                          &edit->optimizer, key, index, number);
  return nudge_edits_try (get_edits (self), edit);
}

static char *
try_batch (NudgeTrainingPanel *self, gsize size, NnShuffle shuffle)
{
  g_autoptr (NnEdit) edit = nn_edit_new ();

  edit->parts = NN_EDIT_HAS_BATCH;
  edit->batch_size = size;
  edit->shuffle = shuffle;
  return nudge_edits_try (get_edits (self), edit);
}

static char *
batch_set_cb (NudgeTrainingPanel *self, double number)
{
  return try_batch (self, isnan (number) ? 0 : (gsize) number,
                    nudge_edits_get_experiment (get_edits (self))->shuffle);
}

static void
shuffle_chosen_cb (NudgeTrainingPanel *self, const char *name)
{
  g_autofree char *wrong = NULL;

  for (guint i = 0; shuffles[i] != NULL; i++)
    if (g_str_equal (shuffles[i], name))
      wrong = try_batch (self, nudge_edits_get_experiment (get_edits (self))->batch_size,
                         (NnShuffle) i);
  if (wrong)
    nudge_choice_row_refuse (self->shuffle, wrong);
}

static char *
set_session (NudgeTrainingPanel *self, const char *property, double number)
{
  g_autoptr (GObject) session = g_signal_group_dup_target (self->session);

  if (session && g_str_equal (property, "stop-step"))
    g_object_set (session, property, (guint64) number, NULL);
  else if (session)
    g_object_set (session, property, number, NULL);
  return NULL;
}

static char *
speed_set_cb (NudgeTrainingPanel *self, double number)
{
  return set_session (self, "speed", isnan (number) ? 0 : number);
}

static char *
stop_step_set_cb (NudgeTrainingPanel *self, double number)
{
  return set_session (self, "stop-step", isnan (number) ? 0 : number);
}

static char *
stop_loss_set_cb (NudgeTrainingPanel *self, double number)
{
  return set_session (self, "stop-loss", number);
}

/* --- What is shown ----------------------------------------------------------------- */

static void
nudge_training_panel_show_experiment (NudgeEditPanel *panel, NudgeEdits *edits)
{
  NudgeTrainingPanel *self = NUDGE_TRAINING_PANEL (panel);
  const NnExperiment *experiment = nudge_edits_get_experiment (edits);
  const NnLoss *loss = &experiment->loss;
  const NnOptimizerSettings *optimizer = &experiment->optimizer;

  nudge_choice_row_set_chosen (self->loss, nn_loss_get_name (loss->type));
  nudge_setting_rows_show (self->loss_settings, &nn_loss_get_kind (loss->type)->settings,
                           loss, FALSE);
  nudge_choice_row_set_chosen (self->optimizer, nn_optimizer_get_name (optimizer->type));
  nudge_setting_rows_show (self->optimizer_settings,
                           &nn_optimizer_get_kind (optimizer->type)->settings, optimizer,
                           FALSE);
  nudge_number_row_set_number (
      self->batch, experiment->batch_size > 0 ? (double) experiment->batch_size : NAN);
  nudge_choice_row_set_chosen (self->shuffle, shuffles[experiment->shuffle]);
}

static void
show_session (NudgeTrainingPanel *self, GParamSpec *pspec, GObject *session)
{
  double speed, loss;
  guint64 step;

  g_object_get (session, "speed", &speed, "stop-step", &step, "stop-loss", &loss, NULL);
  nudge_number_row_set_number (self->speed, speed > 0 ? speed : NAN);
  nudge_number_row_set_number (self->stop_step, step > 0 ? (double) step : NAN);
  nudge_number_row_set_number (self->stop_loss, loss);
}

static void
nudge_training_panel_document_changed (NudgePanel *panel, NudgeDocument *document)
{
  NudgeTrainingPanel *self = NUDGE_TRAINING_PANEL (panel);
  NudgeSession *session = document ? nudge_document_get_session (document) : NULL;

  NUDGE_PANEL_CLASS (nudge_training_panel_parent_class)
      ->document_changed (panel, document);
  g_signal_group_set_target (self->session, session);
  if (document)
    show_session (self, NULL, G_OBJECT (session));
}

/* --- Rows -------------------------------------------------------------------------- */

static NudgeChoiceRow *
new_choice (NudgeTrainingPanel *self,
            const char *title,
            const char *tooltip,
            const char *const *names,
            GCallback chosen_cb)
{
  GtkWidget *row = nudge_choice_row_new (title, tooltip);

  nudge_choice_row_set_names (NUDGE_CHOICE_ROW (row), names);
  g_signal_connect_object (row, "chosen", chosen_cb, self, G_CONNECT_SWAPPED);
  gtk_box_append (self->column, row);
  return NUDGE_CHOICE_ROW (row);
}

static NudgeSettingRows *
new_settings (NudgeTrainingPanel *self, GCallback set_cb)
{
  GtkWidget *rows = nudge_setting_rows_new ();

  g_signal_connect_object (rows, "set", set_cb, self, G_CONNECT_SWAPPED);
  gtk_box_append (self->column, rows);
  return NUDGE_SETTING_ROWS (rows);
}

static NudgeNumberRow *
new_number (NudgeTrainingPanel *self, GtkWidget *row, GCallback set_cb)
{
  g_signal_connect_object (row, "set", set_cb, self, G_CONNECT_SWAPPED);
  gtk_box_append (self->column, row);
  return NUDGE_NUMBER_ROW (row);
}

static void
add_loss_and_optimizer (NudgeTrainingPanel *self)
{
  const char *losses[NN_N_LOSSES + 1] = { NULL };
  const char *optimizers[NN_N_OPTIMIZERS + 1] = { NULL };

  for (guint i = 0; i < NN_N_LOSSES; i++)
    losses[i] = nn_loss_get_name ((NnLossType) i);
  for (guint i = 0; i < NN_N_OPTIMIZERS; i++)
    optimizers[i] = nn_optimizer_get_name ((NnOptimizerType) i);
  self->loss = new_choice (self, _ ("Loss"), _ ("What training makes small"), losses,
                           G_CALLBACK (loss_chosen_cb));
  nudge_choice_row_set_words (self->loss, NULL, dup_loss_note);
  nudge_word_set_address (GTK_WIDGET (self->loss), "words#loss");
  self->loss_settings = new_settings (self, G_CALLBACK (loss_set_cb));
  self->optimizer = new_choice (self, _ ("Optimizer"),
                                _ ("How gradients become changes of the weights"),
                                optimizers, G_CALLBACK (optimizer_chosen_cb));
  nudge_choice_row_set_words (self->optimizer, NULL, dup_optimizer_note);
  nudge_word_set_address (GTK_WIDGET (self->optimizer), "words#optimizer");
  self->optimizer_settings = new_settings (self, G_CALLBACK (optimizer_set_cb));
}

static void
add_batch (NudgeTrainingPanel *self)
{
  self->batch =
      new_number (self,
                  nudge_number_row_new (_ ("Batch"), _ ("How many examples a step takes"),
                                        &batch_size, _ ("all")),
                  G_CALLBACK (batch_set_cb));
  nudge_word_set_address (GTK_WIDGET (self->batch), "words#batch");
  self->shuffle =
      new_choice (self, _ ("Shuffle"), _ ("Whether each epoch takes them in a new order"),
                  shuffles, G_CALLBACK (shuffle_chosen_cb));
  nudge_choice_row_set_words (self->shuffle, dup_shuffle_label, dup_shuffle_note);
}

static void
add_pace (NudgeTrainingPanel *self)
{
  self->speed =
      new_number (self,
                  nudge_number_row_new (_ ("Speed"), _ ("Steps per second, at most"),
                                        &steps_per_second, _ ("fastest")),
                  G_CALLBACK (speed_set_cb));
  self->stop_step = new_number (self,
                                nudge_number_row_new (_ ("Stop at step"),
                                                      _ ("A run pauses after this step"),
                                                      &step_number, _ ("never")),
                                G_CALLBACK (stop_step_set_cb));
  self->stop_loss =
      new_number (self,
                  nudge_number_row_new (_ ("Stop at loss"),
                                        _ ("A run pauses when the loss falls to this"),
                                        &any_loss, _ ("never")),
                  G_CALLBACK (stop_loss_set_cb));
}

/* --- Life -------------------------------------------------------------------------- */

static void
nudge_training_panel_dispose (GObject *object)
{
  NudgeTrainingPanel *self = NUDGE_TRAINING_PANEL (object);

  g_clear_object (&self->session);
  gtk_widget_dispose_template (GTK_WIDGET (self), NUDGE_TYPE_TRAINING_PANEL);
  G_OBJECT_CLASS (nudge_training_panel_parent_class)->dispose (object);
}

static void
nudge_training_panel_class_init (NudgeTrainingPanelClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = nudge_training_panel_dispose;
  NUDGE_PANEL_CLASS (klass)->document_changed = nudge_training_panel_document_changed;
  NUDGE_EDIT_PANEL_CLASS (klass)->show_experiment = nudge_training_panel_show_experiment;
  gtk_widget_class_set_template_from_resource (
      widget_class, "/org/nudgelab/Nudge/ui/nudge-training-panel.ui");
  gtk_widget_class_bind_template_child (widget_class, NudgeTrainingPanel, section);
  gtk_widget_class_bind_template_child (widget_class, NudgeTrainingPanel, column);
}

static void
nudge_training_panel_init (NudgeTrainingPanel *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  add_loss_and_optimizer (self);
  add_batch (self);
  add_pace (self);
  self->session = g_signal_group_new (NUDGE_TYPE_SESSION);
  g_signal_group_connect_swapped (self->session, "notify::speed",
                                  G_CALLBACK (show_session), self);
  g_signal_group_connect_swapped (self->session, "notify::stop-step",
                                  G_CALLBACK (show_session), self);
  g_signal_group_connect_swapped (self->session, "notify::stop-loss",
                                  G_CALLBACK (show_session), self);
}
