/* nudge-target-choice.c - the target of a card: a layer, a tensor or several, or a part
 *
 * SPDX-License-Identifier: MIT
 */

#include "ui/cards/nudge-target-choice.h"

#include <glib/gi18n.h>

#include "nn/nudge/nn-area.h"
#include "nn/patch/nn-array-area.h"
#include "ui/base/nudge-drop-down.h"

/* The drop-down's strings are targets without the layer's name. One that starts with this
 * is a question: what follows is an example of an answer. */
#define ASK '?'

/* A target without the card's own, and what it is called. */
typedef struct {
  const char *text;
  const char *words;
  const char *note; /* (nullable) */
} Part;

struct _NudgeTargetChoice {
  GObject parent_instance;

  GtkDropDown *drop_down; /* (unowned) both live as long as the card */
  NudgeLine *line;
  const Part *parts;       /* those of a layer, a tensor or a file */
  char *layer;             /* (owned) what all targets begin with */
  NnFileVersion *file;     /* (owned) (nullable) which has to have it */
  char *target;            /* (owned) shown, or chosen last */
  NnArchitecture *network; /* (owned) (nullable) which has to have it */
  gboolean has_bias;       /* what is known of the layer, or of one of all */
  gboolean showing;        /* what changes is not a choice */
};

static guint chosen;

G_DEFINE_FINAL_TYPE (NudgeTargetChoice, nudge_target_choice, G_TYPE_OBJECT)

/* --- Words ------------------------------------------------------------------------- */

/* The weight, which every layer has, comes first. */
static const Part parts_of_layer[] = {
  { ".weight", N_ ("weight"), NULL },
  { ".bias", N_ ("bias"), NULL },
  { "", N_ ("weight and bias"), NULL },
  { "?[0]", N_ ("Neuron…"), N_ ("its incoming edges and its bias") },
  { "?.weight[0]", N_ ("Incoming edges…"), N_ ("of one neuron of this layer") },
  { "?.weight[:,0]", N_ ("Outgoing edges…"), N_ ("of one neuron of the layer before") },
  { "?.weight[0,0]", N_ ("Chosen edges…"), N_ ("output and input of each") },
  { NULL },
};

static const Part parts_of_tensor[] = {
  { "", N_ ("all"), NULL },
  { "?[0]", N_ ("Rows…"), N_ ("by the first index") },
  { "?[:,0]", N_ ("Columns…"), N_ ("by the others, counted as one") },
  { "?[0,0]", N_ ("Chosen values…"), N_ ("row and column of each") },
  { NULL },
};

static const Part parts_of_file[] = {
  { "*", N_ ("all"), N_ ("tensors of floating-point numbers") },
  { "*.weight", N_ ("weights"), N_ ("names that end in .weight") },
  { "*.bias", N_ ("biases"), N_ ("names that end in .bias") },
  { "?*.weight", N_ ("Others…"), N_ ("names, with * for any characters") },
  { NULL },
};

static const Part *
find_part (NudgeTargetChoice *self, const char *text)
{
  for (const Part *part = self->parts; part->text != NULL; part++)
    if (g_str_equal (part->text, text))
      return part;
  return NULL;
}

static char *
dup_words (gpointer data, const char *text)
{
  NudgeTargetChoice *self = data;
  const Part *part = find_part (self, text);

  if (self->parts == parts_of_layer && *text == '\0' && !self->has_bias)
    return g_markup_escape_text (_ ("the whole layer"), -1);
  if (part)
    return g_markup_escape_text (_ (part->words), -1);
  if (self->parts != parts_of_layer)
    return g_markup_escape_text (text, -1);
  /* Translators: %s is an index such as [2] */
  return *text == '[' ? g_markup_printf_escaped (_ ("neuron %s"), text)
                      : g_markup_escape_text (text + (*text == '.'), -1);
}

static char *
dup_note (gpointer data, const char *text)
{
  NudgeTargetChoice *self = data;
  const Part *part = find_part (self, text);

  if (self->parts == parts_of_layer && g_str_equal (text, "?[0]") && !self->has_bias)
    return g_markup_escape_text (_ ("its incoming edges"), -1);
  return part && part->note ? g_markup_escape_text (_ (part->note), -1) : NULL;
}

/* Of a layer without a bias only the weight; and as layers differ in size, questions only
 * of a single one. */
static gboolean
offers (NudgeTargetChoice *self, const Part *part)
{
  if (self->parts != parts_of_layer || part == parts_of_layer)
    return TRUE;
  return *part->text == ASK ? !g_str_equal (self->layer, "*") : self->has_bias;
}

static void
fill (NudgeTargetChoice *self)
{
  const NudgeDropDownWords words = { dup_words, dup_words, dup_note, self };

  nudge_drop_down_set_words (self->drop_down, &words);
  for (const Part *part = self->parts; part->text != NULL; part++)
    if (offers (self, part))
      nudge_drop_down_append (self->drop_down, part->text);
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

/* Of a file. */
static char *
check_of_file (const char *text, gpointer data)
{
  NudgeTargetChoice *self = data;
  g_autoptr (GArray) areas = g_array_new (FALSE, FALSE, sizeof (NnArrayArea));
  g_autoptr (GPtrArray) left = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (GError) error = NULL;
  g_autofree char *wrong = NULL;
  const char *at = text;
  NnTarget target;

  if (!nn_target_parse_of_array (&target, text, &at, &error))
    wrong = g_strdup (error->message);
  else if (*at != '\0')
    wrong = g_strdup_printf (_ ("expected the end at “%s”"), at);
  else if (target.next != NULL && *self->layer != '\0')
    wrong = g_strdup (_ ("the other card takes several tensors"));
  else if (!g_str_has_prefix (text, self->layer))
    wrong = g_strdup_printf (_ ("this card is of %s"), self->layer);
  else if (!nn_array_area_find (areas, &target,
                                nn_file_version_get_store (self->file)->arrays, left,
                                &error))
    wrong = g_strdup (error->message);
  nn_target_clear (&target);
  return g_steal_pointer (&wrong);
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
  g_clear_pointer (&self->file, nn_file_version_unref);
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

/* @prefix: what all targets begin with */
static NudgeTargetChoice *
new_of (GtkDropDown *drop_down, NudgeLine *line, const Part *parts, const char *prefix)
{
  NudgeTargetChoice *self = g_object_new (NUDGE_TYPE_TARGET_CHOICE, NULL);
  g_autofree char *usual = g_strconcat (prefix, parts[0].text, NULL);

  self->drop_down = drop_down;
  self->line = line;
  self->parts = parts;
  self->layer = g_strdup (prefix);
  self->has_bias = TRUE;
  nudge_line_set_check (line, parts == parts_of_layer ? check : check_of_file, self);
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

/**
 * nudge_target_choice_new:
 * @layer: its name, "fc1"; "*" for all layers
 *
 * Of the widgets, which live as long as the result or longer.
 */
NudgeTargetChoice *
nudge_target_choice_new (GtkDropDown *drop_down, NudgeLine *line, const char *layer)
{
  return new_of (drop_down, line, parts_of_layer, layer);
}

/**
 * nudge_target_choice_new_of_file:
 * @target: a tensor of @file; "*" for several
 *
 * The same.
 */
NudgeTargetChoice *
nudge_target_choice_new_of_file (GtkDropDown *drop_down,
                                 NudgeLine *line,
                                 const char *target,
                                 NnFileVersion *file)
{
  const gboolean several = g_str_equal (target, "*");
  NudgeTargetChoice *self = new_of (
      drop_down, line, several ? parts_of_file : parts_of_tensor, several ? "" : target);

  self->file = nn_file_version_ref (file);
  return self;
}
