/* nudge-pointing.c - finding and highlighting the control that a lesson speaks of
 *
 * SPDX-License-Identifier: MIT
 */

#include "app/panels/nudge-pointing.h"

#include "ui/cards/nudge-layer-card.h"
#include "ui/loss/nudge-loss-plot.h"
#include "ui/network/nudge-network-view.h"

#define POINTED "nudge-pointed"

/* A control is known by its action, its name or its type. */
static const struct {
  const char *control;
  const char *action;       /* (nullable) */
  const char *name;         /* (nullable) of the widget */
  GType (*get_type) (void); /* (nullable) */
} controls[] = {
  { "Run", "win.run" },
  { "Step", "win.step" },
  { "Reset", "win.reset" },
  { "Undo", "win.undo" },
  { "Redo", "win.redo" },
  { "Guard", NULL, "guard" },
  { "Speed", NULL, "speed" },
  { "Network", NULL, NULL, nudge_network_view_get_type },
  { "Loss plot", NULL, NULL, nudge_loss_plot_get_type },
};

/* What a card has, and the widget's name there. */
static const struct {
  const char *start;
  const char *name;
} parts[] = {
  { "Apply to ", "apply" },
  { "Amount for ", "amount" },
  { "Repeat ", "repeat" },
};

typedef struct {
  const char *action; /* (nullable) */
  const char *name;   /* (nullable) */
  GType type;         /* 0: any */
  const char *layer;  /* (nullable) of a card */
} Sought;

static gboolean
is_sought (GtkWidget *widget, const Sought *sought)
{
  g_autofree char *layer = NULL;

  if (sought->layer != NULL) {
    if (!NUDGE_IS_LAYER_CARD (widget))
      return FALSE;
    g_object_get (widget, "layer", &layer, NULL);
    return g_strcmp0 (layer, sought->layer) == 0;
  }
  if (sought->action != NULL)
    return GTK_IS_ACTIONABLE (widget) &&
           g_strcmp0 (gtk_actionable_get_action_name (GTK_ACTIONABLE (widget)),
                      sought->action) == 0;
  if (sought->name != NULL)
    return g_strcmp0 (gtk_widget_get_name (widget), sought->name) == 0;
  return g_type_is_a (G_OBJECT_TYPE (widget), sought->type);
}

/* Of several, the one that is visible: another may be in a hidden bar. */
static GtkWidget *
find (GtkWidget *root, const Sought *sought)
{
  if (!gtk_widget_get_mapped (root))
    return NULL;
  if (is_sought (root, sought))
    return root;
  for (GtkWidget *child = gtk_widget_get_first_child (root); child != NULL;
       child = gtk_widget_get_next_sibling (child)) {
    GtkWidget *found = find (child, sought);

    if (found != NULL)
      return found;
  }
  return NULL;
}

/* The part of a card, or else all of it. */
static GtkWidget *
find_part (GtkWidget *root, const char *layer, const char *name)
{
  GtkWidget *card = find (root, &(Sought){ .layer = layer });
  GtkWidget *part = card != NULL ? find (card, &(Sought){ .name = name }) : NULL;

  return part != NULL ? part : card;
}

/**
 * nudge_pointing_get_layer:
 *
 * Returns: (nullable): whose card @control is a part of; "*" of all of them
 */
const char *
nudge_pointing_get_layer (const char *control)
{
  for (gsize i = 0; i < G_N_ELEMENTS (parts); i++)
    if (g_str_has_prefix (control, parts[i].start)) {
      const char *layer = control + strlen (parts[i].start);

      return g_str_equal (layer, "every layer") ? "*" : layer;
    }
  return NULL;
}

/**
 * nudge_pointing_find:
 *
 * Returns: (transfer none) (nullable): %NULL if none of that name can be seen below @root
 */
GtkWidget *
nudge_pointing_find (GtkWidget *root, const char *control)
{
  for (gsize i = 0; i < G_N_ELEMENTS (parts); i++)
    if (g_str_has_prefix (control, parts[i].start))
      return find_part (root, nudge_pointing_get_layer (control), parts[i].name);
  for (gsize i = 0; i < G_N_ELEMENTS (controls); i++)
    if (g_str_equal (control, controls[i].control))
      return find (
          root, &(Sought){ .action = controls[i].action,
                           .name = controls[i].name,
                           .type = controls[i].get_type ? controls[i].get_type () : 0 });
  return NULL;
}

/**
 * nudge_pointing_move:
 * @pointed: (inout) (nullable): a weak pointer to what is pointed at; gets @to
 * @to: (nullable)
 */
void
nudge_pointing_move (GtkWidget **pointed, GtkWidget *to)
{
  if (*pointed == to)
    return;
  if (*pointed != NULL)
    gtk_widget_remove_css_class (*pointed, POINTED);
  g_set_weak_pointer (pointed, to);
  if (to != NULL)
    gtk_widget_add_css_class (to, POINTED);
}
