/* nudge-target-choice.c - what of a layer: its weight, its bias, both, or a part
 *
 * SPDX-License-Identifier: MIT
 */

#include "ui/nudge-target-choice.h"

#include <glib/gi18n.h>

#include "nn/nudge/nn-area.h"
#include "ui/nudge-drop-down.h"

/* The drop-down's strings are targets without the layer's name. One that starts with this
 * is a question: what follows is an example of an answer. */
#define ASK '?'

struct _NudgeTargetChoice {
  GObject parent_instance;

  GtkDropDown *drop_down; /* (unowned) both live as long as the card */
  NudgeLine *line;
  char *layer;             /* (owned) */
  char *target;            /* (owned) shown, or chosen last */
  NnArchitecture *network; /* (owned) (nullable) which has to have it */
  gboolean has_bias;       /* what is known of the layer, or of one of all */
  gboolean showing;        /* what changes is not a choice */
};

static guint chosen;

G_DEFINE_FINAL_TYPE (NudgeTargetChoice, nudge_target_choice, G_TYPE_OBJECT)

/* --- Words ------------------------------------------------------------------------- */

/* The weight, which every layer has, comes first. */
static const struct {
  const char *text;
  const char *words;
} parts[] = {
  { ".weight", N_ ("weight") },
  { ".bias", N_ ("bias") },
  { "", N_ ("weight and bias") },
};

static const struct {
  const char *text;
  const char *words;
  const char *note;
} questions[] = {
  { "?[0]", N_ ("Neuron…"), N_ ("its incoming edges and its bias") },
  { "?.weight[0]", N_ ("Incoming edges…"), N_ ("of one neuron of this layer") },
  { "?.weight[:,0]", N_ ("Outgoing edges…"), N_ ("of one neuron of the layer before") },
  { "?.weight[0,0]", N_ ("Chosen edges…"), N_ ("output and input of each") },
};

static char *
dup_words (gpointer data, const char *part)
{
  const NudgeTargetChoice *self = data;

  if (*part == '\0' && !self->has_bias)
    return g_markup_escape_text (_ ("the whole layer"), -1);
  for (gsize i = 0; i < G_N_ELEMENTS (parts); i++)
    if (g_str_equal (parts[i].text, part))
      return g_markup_escape_text (_ (parts[i].words), -1);
  for (gsize i = 0; i < G_N_ELEMENTS (questions); i++)
    if (g_str_equal (questions[i].text, part))
      return g_markup_escape_text (_ (questions[i].words), -1);
  /* Translators: %s is an index such as [2] */
  return *part == '[' ? g_markup_printf_escaped (_ ("neuron %s"), part)
                      : g_markup_escape_text (part + (*part == '.'), -1);
}

static char *
dup_note (gpointer data, const char *part)
{
  const NudgeTargetChoice *self = data;

  if (g_str_equal (part, questions[0].text) && !self->has_bias)
    return g_markup_escape_text (_ ("its incoming edges"), -1);
  for (gsize i = 0; i < G_N_ELEMENTS (questions); i++)
    if (g_str_equal (questions[i].text, part))
      return g_markup_escape_text (_ (questions[i].note), -1);
  return NULL;
}

/* Layers differ in size, so parts are of a single one. */
static void
fill (NudgeTargetChoice *self)
{
  const NudgeDropDownWords words = { dup_words, dup_words, dup_note, self };
  gboolean one_layer = !g_str_equal (self->layer, "*");

  nudge_drop_down_set_words (self->drop_down, &words);
  for (gsize i = 0; i < (self->has_bias ? G_N_ELEMENTS (parts) : 1); i++)
    nudge_drop_down_append (self->drop_down, parts[i].text);
  for (gsize i = 0; one_layer && i < G_N_ELEMENTS (questions); i++)
    nudge_drop_down_append (self->drop_down, questions[i].text);
}

/* --- Showing ----------------------------------------------------------------------- */

static void
set_target (NudgeTargetChoice *self, const char *target)
{
  char *fresh = g_strdup (target); /* it may be the one before */

  g_free (self->target);
  self->target = fresh;
}

/**
 * nudge_target_choice_show:
 *
 * Chooses @target, in place of what may have been begun. No signal is emitted.
 */
void
nudge_target_choice_show (NudgeTargetChoice *self, const char *target)
{
  g_return_if_fail (NUDGE_IS_TARGET_CHOICE (self));
  g_return_if_fail (g_str_has_prefix (target, self->layer));

  set_target (self, target);
  self->showing = TRUE;
  nudge_drop_down_select (self->drop_down, self->target + strlen (self->layer));
  self->showing = FALSE;
  gtk_widget_set_visible (GTK_WIDGET (self->line), FALSE);
}

/**
 * nudge_target_choice_set_name:
 * @layer: what the controls are for, to those who cannot see them
 */
void
nudge_target_choice_set_name (NudgeTargetChoice *self, const char *layer)
{
  g_autofree char *target = g_strdup_printf (_ ("Target for %s"), layer);
  g_autofree char *line = g_strdup_printf (_ ("Part of %s"), layer);

  nudge_drop_down_set_name (self->drop_down, target);
  nudge_line_set_name (self->line, line);
}

static gboolean
find_bias (const NnArchitecture *network, const char *layer)
{
  for (gsize i = 0; i < network->n_layers; i++)
    if ((g_str_equal (layer, "*") || g_str_equal (layer, network->layers[i].name)) &&
        network->layers[i].has_bias)
      return TRUE;
  return FALSE;
}

/**
 * nudge_target_choice_set_network:
 * @network: gets a reference; from now on what is typed has to be in it, and a bias that is
 *   not there is not offered
 */
void
nudge_target_choice_set_network (NudgeTargetChoice *self, NnArchitecture *network)
{
  g_return_if_fail (NUDGE_IS_TARGET_CHOICE (self));

  if (self->network == network)
    return;
  g_clear_pointer (&self->network, nn_architecture_unref);
  self->network = nn_architecture_ref (network);
  if (self->has_bias == find_bias (network, self->layer))
    return;
  self->has_bias = !self->has_bias;
  self->showing = TRUE;
  fill (self);
  self->showing = FALSE;
  nudge_target_choice_show (self, self->target);
}

/**
 * nudge_target_choice_commit:
 *
 * Takes what is typed, as Enter does.
 *
 * Returns: %FALSE if it is wrong; the line says so
 */
gboolean
nudge_target_choice_commit (NudgeTargetChoice *self)
{
  g_return_val_if_fail (NUDGE_IS_TARGET_CHOICE (self), FALSE);

  return !gtk_widget_get_visible (GTK_WIDGET (self->line)) ||
         nudge_line_commit (self->line);
}

/* --- Choosing ---------------------------------------------------------------------- */

static void
selected_cb (NudgeTargetChoice *self)
{
  g_autofree char *target = NULL;
  const char *part;
  gboolean asks;

  if (self->showing)
    return;
  part = nudge_drop_down_get (self->drop_down);
  asks = *part == ASK;
  target = g_strconcat (self->layer, asks ? part + 1 : part, NULL);
  gtk_widget_set_visible (GTK_WIDGET (self->line), asks);
  if (asks) {
    nudge_line_set_text (self->line, target);
    nudge_line_edit (self->line);
    return;
  }
  set_target (self, target);
  g_signal_emit (self, chosen, 0, self->target);
}

static void
accepted_cb (NudgeTargetChoice *self)
{
  gtk_widget_grab_focus (GTK_WIDGET (self->drop_down));
  nudge_target_choice_show (self, nudge_line_get_text (self->line));
  g_signal_emit (self, chosen, 0, self->target);
}

static void
given_up_cb (NudgeTargetChoice *self)
{
  nudge_target_choice_show (self, self->target);
}

static char *
check (const char *text, gpointer data)
{
  NudgeTargetChoice *self = data;
  g_autoptr (GError) error = NULL;
  const char *at = text;
  g_autofree char *wrong = NULL;
  NnTarget target;
  NnAreaIter iter;

  if (!nn_target_parse (&target, text, &at, &error))
    wrong = g_strdup (error->message);
  else if (*at != '\0')
    wrong = g_strdup_printf (_ ("expected the end at “%s”"), at);
  else if (!g_str_equal (target.layer, self->layer))
    wrong = g_strdup_printf (_ ("%s has a card of its own"), target.layer);
  else if (self->network && !nn_area_iter_init (&iter, &target, self->network, &error))
    wrong = g_strdup (error->message);
  nn_target_clear (&target);
  return g_steal_pointer (&wrong);
}

/* --- Life -------------------------------------------------------------------------- */

static void
nudge_target_choice_finalize (GObject *object)
{
  NudgeTargetChoice *self = NUDGE_TARGET_CHOICE (object);

  g_free (self->layer);
  g_free (self->target);
  g_clear_pointer (&self->network, nn_architecture_unref);
  G_OBJECT_CLASS (nudge_target_choice_parent_class)->finalize (object);
}

static void
nudge_target_choice_class_init (NudgeTargetChoiceClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = nudge_target_choice_finalize;
  chosen = g_signal_new ("chosen", NUDGE_TYPE_TARGET_CHOICE, G_SIGNAL_RUN_LAST, 0, NULL,
                         NULL, NULL, G_TYPE_NONE, 1, G_TYPE_STRING);
}

static void
nudge_target_choice_init (NudgeTargetChoice *self)
{
}

/**
 * nudge_target_choice_new:
 * @layer: its name, "fc1"; "*" for all layers
 *
 * Of the widgets, which live as long as the result or longer.
 */
NudgeTargetChoice *
nudge_target_choice_new (GtkDropDown *drop_down, NudgeLine *line, const char *layer)
{
  NudgeTargetChoice *self = g_object_new (NUDGE_TYPE_TARGET_CHOICE, NULL);
  g_autofree char *usual = g_strconcat (layer, parts[0].text, NULL);

  self->drop_down = drop_down;
  self->line = line;
  self->layer = g_strdup (layer);
  self->has_bias = TRUE;
  nudge_line_set_check (line, check, self);
  fill (self);
  g_signal_connect_object (drop_down, "notify::selected", G_CALLBACK (selected_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (line, "accepted", G_CALLBACK (accepted_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (line, "abandoned", G_CALLBACK (given_up_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (line, "left", G_CALLBACK (given_up_cb), self,
                           G_CONNECT_SWAPPED);
  nudge_target_choice_show (self, usual);
  return self;
}
