/* random-experiment.c - experiments and nudges that a seed makes up
 *
 * SPDX-License-Identifier: MIT
 */

#include "random-experiment.h"

#include <string.h>

#include "nn/experiment/nn-change.h"
#include "nn/io/nn-experiment-file.h"

#define MOST_UNITS 7

gboolean
random_chance (RandomExperiment *self, double chance)
{
  return g_rand_double (self->random) < chance;
}

guint
random_below (RandomExperiment *self, guint n)
{
  return (guint) g_rand_int_range (self->random, 0, (gint32) n);
}

#define PICK(self, array) ((array)[random_below ((self), G_N_ELEMENTS (array))])

/* ---- experiments ------------------------------------------------------------------- */

/* A source, and what can be compared with its targets. */
static const struct {
  const char *data; /* NULL: a table with rows of probabilities */
  const char *loss;
  guint n_outputs; /* 0: any number */
} problems[] = {
  { "'source':'uniform','features':1", "'type':'squared_sum'", 0 },
  { "'source':'uniform','features':3", "'type':'squared_sum','target':2", 0 },
  { "'source':'plane','noise':0.1", "'type':'mse'", 1 },
  { "'source':'sine'", "'type':'l1'", 1 },
  { "'source':'plane'", "'type':'huber','delta':0.3", 1 },
  { "'source':'moons','noise':0.2", "'type':'bce_logits'", 1 },
  { "'source':'xor'", "'type':'cross_entropy'", 2 },
  { "'source':'spiral'", "'type':'cross_entropy'", 3 },
  { NULL, "'type':'cross_entropy'", 3 },
};

static const char *const optimizers[] = {
  "'type':'sgd','lr':0.05",
  "'type':'sgd','lr':0.02,'momentum':0.9,'weight_decay':0.01",
  "'type':'sgd','lr':0.02,'momentum':0.8,'nesterov':true",
  "'type':'adam','lr':0.01",
  "'type':'adam','lr':0.01,'betas':[0.8,0.9],'weight_decay':0.1",
  "'type':'adamw','lr':0.01",
  "'type':'rmsprop','lr':0.005",
  "'type':'rmsprop','lr':0.005,'momentum':0.5,'centered':true,'weight_decay':0.01",
  "'type':'adagrad','lr':0.05",
  "'type':'adagrad','lr':0.05,'lr_decay':0.1,'initial_accumulator_value':0.2",
};

static const char *const inits[] = {
  "'torch'",          "'torch'", "'xavier_uniform'",
  "'xavier_normal'",  "'zeros'", "'kaiming_uniform'",
  "'kaiming_normal'", "'torch'", "{'type':'constant','value':0.2}",
};

static void
append_network (RandomExperiment *self, GString *text, guint n_outputs)
{
  const guint n_layers = 1 + random_below (self, RANDOM_LAYERS);

  g_string_append (text, "'network':{'layers':[");
  for (guint i = 0; i < n_layers; i++) {
    const gboolean last = i + 1 == n_layers;
    const guint n_units =
        last && n_outputs > 0 ? n_outputs : 1 + random_below (self, MOST_UNITS);
    const NnActivation activation =
        last ? NN_ACTIVATION_IDENTITY : random_below (self, NN_N_ACTIVATIONS);

    g_string_append_printf (text, "%s{'units':%u,'activation':'%s'%s}", i > 0 ? "," : "",
                            n_units, nn_activation_get_name (activation),
                            random_chance (self, 0.2) ? ",'bias':false" : "");
  }
  g_string_append_printf (text, "],'init':%s},", PICK (self, inits));
}

static void
append_rows (RandomExperiment *self, GString *text, guint n_rows, guint n_columns)
{
  for (guint i = 0; i < n_rows * n_columns; i++)
    g_string_append_printf (
        text, "%s%u.%u%s", i % n_columns == 0 ? "[" : "", random_below (self, 2),
        random_below (self, 10),
        (i + 1) % n_columns > 0 ? "," : (i + 1 < n_rows * n_columns ? "]," : "]"));
}

static void
append_data (RandomExperiment *self, GString *text, const char *data, guint n_examples)
{
  g_string_append (text, "'data':{");
  if (data != NULL) {
    g_string_append_printf (text, "%s,'examples':%u", data, n_examples);
  } else {
    g_string_append (text, "'source':'inline','inputs':[");
    append_rows (self, text, n_examples, 2);
    g_string_append (text, "],'targets':[");
    append_rows (self, text, n_examples, 3);
    g_string_append_c (text, ']');
  }
  if (n_examples > 4 && random_chance (self, 0.3))
    g_string_append (text, ",'validation':0.25");
  g_string_append (text, "},");
}

static char *
write_experiment (RandomExperiment *self)
{
  static const char *const shuffles[] = { "false", "false", "true", "'dataloader'" };
  static const char *const guards[] = { "shield", "shield", "off", "check" };
  const guint problem = random_below (self, G_N_ELEMENTS (problems));
  const guint n_examples = 1 + random_below (self, 12);
  GString *text = g_string_new ("{'nudge':1,");

  g_string_append_printf (text, "'seed':%u,", random_below (self, 1000));
  append_data (self, text, problems[problem].data, n_examples);
  append_network (self, text, problems[problem].n_outputs);
  g_string_append_printf (text, "'loss':{%s},", problems[problem].loss);
  g_string_append_printf (text, "'optimizer':{%s},", PICK (self, optimizers));
  g_string_append_printf (text, "'batch':{'size':%u,'shuffle':%s},",
                          random_below (self, n_examples + 1), PICK (self, shuffles));
  g_string_append_printf (text, "'guard':'%s'}", PICK (self, guards));
  g_strdelimit (text->str, "'", '"');
  return g_string_free (text, FALSE);
}

void
random_experiment_init (RandomExperiment *self, guint32 seed)
{
  g_autofree char *text = NULL;
  g_autoptr (GError) error = NULL;

  self->random = g_rand_new_with_seed (seed);
  self->n_names = 0;
  text = write_experiment (self);
  g_test_message ("seed %u%s%s", seed, g_test_verbose () ? ": " : "",
                  g_test_verbose () ? text : "");
  self->experiment = nn_experiment_file_parse (text, strlen (text), "random", &error);
  g_assert_no_error (error);
}

void
random_experiment_clear (RandomExperiment *self)
{
  nn_experiment_free (self->experiment);
  g_rand_free (self->random);
}

/* ---- targets ----------------------------------------------------------------------- */

/* Rows or columns, as Python slices them. */
static char *
write_range (RandomExperiment *self, gsize n)
{
  const guint first = random_below (self, (guint) n);
  const guint end = first + 1 + random_below (self, (guint) n - first);

  if (random_chance (self, 0.2))
    return g_strdup (":");
  if (end == first + 1)
    return g_strdup_printf ("%u", first);
  return g_strdup_printf ("%u:%u", first, end);
}

/* Each once. */
static char *
write_edges (RandomExperiment *self, const NnLayerShape *layer)
{
  const guint n = (guint) (layer->n_units * layer->n_inputs);
  const guint first = random_below (self, n);
  const guint step = 1 + random_below (self, n);
  GString *text = g_string_new (NULL);

  for (guint edge = first; edge < n; edge += step)
    g_string_append_printf (text, "%s%u,%u", edge > first ? "; " : "",
                            edge / (guint) layer->n_inputs,
                            edge % (guint) layer->n_inputs);
  return g_string_free (text, FALSE);
}

/* In brackets, or nothing. */
static char *
write_selection (RandomExperiment *self, const NnLayerShape *layer, guint part)
{
  g_autofree char *rows = write_range (self, layer->n_units);
  g_autofree char *columns = write_range (self, layer->n_inputs);
  g_autofree char *edges = write_edges (self, layer);
  const guint kind = random_below (self, 5);

  if (kind == 1)
    return g_strdup_printf ("[%s]", rows);
  if (part == 1 && kind == 2)
    return g_strdup_printf ("[%s,%s]", rows, columns);
  if (part == 1 && kind == 3)
    return g_strdup_printf ("[%s]", edges);
  return g_strdup ("");
}

static gboolean
has_bias (const NnArchitecture *architecture)
{
  for (gsize i = 0; i < architecture->n_layers; i++)
    if (architecture->layers[i].has_bias)
      return TRUE;
  return FALSE;
}

/* Of any form that there is, within the network. */
static char *
make_target (RandomExperiment *self, const NnArchitecture *architecture)
{
  static const char *const parts[] = { "", ".weight", ".bias" };
  guint part = random_below (self, G_N_ELEMENTS (parts));
  const gboolean all = random_chance (self, 0.15);
  const NnLayerShape *layer =
      &architecture->layers[random_below (self, (guint) architecture->n_layers)];
  g_autofree char *selection = NULL;

  if (part == 2 && !(all ? has_bias (architecture) : layer->has_bias))
    part = 0;
  selection = write_selection (self, layer, part);
  if (all)
    return g_strconcat ("*", parts[part], NULL);
  return g_strconcat (layer->name, parts[part], selection, NULL);
}

char *
random_target (RandomExperiment *self)
{
  return make_target (self, self->experiment->architecture);
}

static gboolean
range_has (const NnRange *range, gsize index)
{
  return (gssize) index >= range->first && (gssize) index < range->end;
}

/* Whether @target has that element of that parameter: what the engine's own way of going
 * through a target is held against. */
gboolean
random_target_has (const NnTarget *target,
                   const NnArchitecture *architecture,
                   gsize parameter,
                   gsize element)
{
  const NnLayerShape *layer =
      &architecture->layers[architecture->parameters[parameter].layer];
  const gboolean is_bias = architecture->parameters[parameter].rank == 1;
  const gsize row = is_bias ? element : element / layer->n_inputs;
  const gsize column = is_bias ? 0 : element % layer->n_inputs;

  if (strcmp (target->layer, "*") != 0 && strcmp (target->layer, layer->name) != 0)
    return FALSE;
  if (target->part == (is_bias ? NN_PART_WEIGHT : NN_PART_BIAS))
    return FALSE;
  if (target->selection == NN_SELECTION_BLOCK)
    return range_has (&target->rows, row) &&
           (is_bias || range_has (&target->columns, column));
  for (gsize i = 0; i < target->n_edges; i++)
    if (target->edges[i].output == row && target->edges[i].input == column)
      return TRUE;
  return target->selection == NN_SELECTION_ALL;
}

/* ---- update functions -------------------------------------------------------------- */

static const char *const leaves[] = {
  "w",      "w",          "w",     "m",       "m",     "w0",       "g",
  "before", "rank",       "i",     "j",       "n",     "mean",     "norm",
  "min",    "max",        "std",   "0.5",     "-1.25", "1e-3",     "pi/4",
  "e",      "orthogonal", "noise", "noise/9", "rand",  "shuffled", "fresh",
};
#define N_RANDOM_LEAVES 5 /* the last ones */

static const char *const unary[] = {
  "abs",  "sign",    "sqrt", "exp",   "log",   "sin", "cos",
  "tanh", "sigmoid", "relu", "floor", "round", "-",   "+",
};

static const char *const binary[] = {
  "+", "+", "-", "-", "*", "*", "*", "/", "^", "**", "<", "<=", ">", ">=", "==", "!=",
};

static void
append_expression (RandomExperiment *self,
                   GString *text,
                   guint depth,
                   RandomLimits limits)
{
  const guint n_leaves =
      G_N_ELEMENTS (leaves) - (limits & RANDOM_WITHOUT_DRAWS ? N_RANDOM_LEAVES : 0);
  const guint kind = depth == 0 ? 0 : random_below (self, 6);
  const char *separator = NULL;

  if (kind == 0) {
    g_string_append (text, leaves[random_below (self, n_leaves)]);
    return;
  }
  if (kind == 1) {
    g_string_append_printf (text, "%s(", PICK (self, unary));
  } else if (kind <= 3) {
    g_string_append_c (text, '(');
    separator = PICK (self, binary);
  } else if (kind == 4) {
    g_string_append (text, random_chance (self, 0.5) ? "min(" : "max(");
    separator = ",";
  } else {
    g_string_append_c (text, '(');
    append_expression (self, text, depth - 1, limits);
    g_string_append (text, " > 0.1 ? ");
    separator = ":";
  }
  append_expression (self, text, depth - 1, limits);
  if (separator) {
    g_string_append_printf (text, " %s ", separator);
    append_expression (self, text, depth - 1, limits);
  }
  g_string_append_c (text, ')');
}

/* Kept from running away, so that the runs go on for some steps. */
char *
random_function (RandomExperiment *self, RandomLimits limits)
{
  GString *text = g_string_new (NULL);

  if (random_chance (self, 0.2)) {
    g_string_append (text, "m = clamp(");
    append_expression (self, text, 2, limits);
    g_string_append (text, ", -1.5, 1.5)");
    if (random_chance (self, 0.2))
      return g_string_free (text, FALSE);
    g_string_append (text, "; ");
  }
  if (random_chance (self, 0.5)) {
    g_string_append (text, "clamp(");
    append_expression (self, text, 3, limits);
    g_string_append (text, ", -1.5, 1.5)");
  } else {
    g_string_append (text, "w + clamp(");
    append_expression (self, text, 2, limits);
    g_string_append (text, ", -0.1, 0.1)");
  }
  return g_string_free (text, FALSE);
}

/* ---- nudges ------------------------------------------------------------------------ */

static NnWhen
pick_kind (RandomExperiment *self, RandomLimits limits)
{
  static const NnWhen whens[] = { NN_WHEN_EVERY_STEPS, NN_WHEN_EVERY_STEPS,
                                  NN_WHEN_AT_STEP,     NN_WHEN_AT_EPOCH,
                                  NN_WHEN_EVERY_EPOCH, NN_WHEN_EVERY_EXAMPLE };

  return whens[random_below (self, limits & (RANDOM_IN_SECTION | RANDOM_NO_EXAMPLES)
                                       ? G_N_ELEMENTS (whens) - 1
                                       : G_N_ELEMENTS (whens))];
}

static NnTime
make_time (RandomExperiment *self, RandomLimits limits)
{
  NnTime time = { .when = pick_kind (self, limits),
                  .interval = 1 + random_below (self, 6) };

  time.before_backward = !(limits & RANDOM_IN_SECTION) && random_chance (self, 0.3);
  for (guint64 last = time.interval; time.also.n < 4 && random_chance (self, 0.4);)
    time.also.values[time.also.n++] = last += 1 + random_below (self, 5);
  if (random_chance (self, 0.2))
    time.from = 1 + random_below (self, 9);
  if (random_chance (self, 0.2))
    time.to = time.from + 1 + random_below (self, 9);
  return time;
}

/* Its target and its function are given; when, and with what memory, is made up. */
NnNudge *
random_nudge_of (RandomExperiment *self,
                 const char *target,
                 const char *function,
                 RandomLimits limits)
{
  const NnNudgeSpec spec = {
    .target = target,
    .expression = function,
    .time = make_time (self, limits),
    .memory = limits & RANDOM_KEEPS_MEMORY || random_chance (self, 0.6)
                  ? NN_MEMORY_KEEP
                  : random_below (self, 3),
  };
  g_autoptr (GError) error = NULL;
  NnNudge *nudge = nn_nudge_make (&spec, &error);
  g_autofree char *text = NULL;

  g_assert_no_error (error);
  text = nn_nudge_dup_text (nudge);
  if (g_test_verbose ())
    g_test_message ("%s", text);
  return nudge;
}

NnNudge *
random_nudge (RandomExperiment *self, RandomLimits limits)
{
  g_autofree char *target = random_target (self);
  g_autofree char *function = random_function (self, limits);

  return random_nudge_of (self, target, function, limits);
}

/* ---- edits ------------------------------------------------------------------------- */

static const char *
pick_activation (RandomExperiment *self)
{
  return nn_activation_get_name (random_below (self, NN_N_ACTIVATIONS));
}

static void
append_layer (GString *text,
              const char *name,
              const char *was,
              gsize n_units,
              const char *activation,
              gboolean has_bias)
{
  g_string_append_printf (
      text, "%s{'name':'%s','units':%" G_GSIZE_FORMAT ",'activation':'%s','bias':%s",
      text->str[text->len - 1] == '}' ? "," : "", name, n_units, activation,
      has_bias ? "true" : "false");
  if (was)
    g_string_append_printf (text, ",'was':'%s'", was);
  g_string_append_c (text, '}');
}

/* One of the network's layers: as it is, changed, or gone. */
static void
append_edited_layer (RandomExperiment *self,
                     GString *text,
                     const NnLayerShape *layer,
                     guint n_outputs)
{
  g_autofree char *name = NULL;
  const gboolean renamed = random_chance (self, 0.2);
  const gboolean resized = random_chance (self, 0.3);
  gsize n_units = resized ? 1 + random_below (self, MOST_UNITS) : layer->n_units;

  if (n_outputs == 0 && random_chance (self, 0.15))
    return;
  if (n_outputs > 0)
    n_units = n_outputs;
  name = renamed ? g_strdup_printf ("r%u", self->n_names++) : g_strdup (layer->name);
  append_layer (text, name, renamed ? layer->name : NULL, n_units,
                random_chance (self, 0.2) ? pick_activation (self)
                                          : nn_activation_get_name (layer->activation),
                random_chance (self, 0.1) ? !layer->has_bias : layer->has_bias);
}

/* @n_outputs: units of the last layer; 0: it may have any */
static void
append_edited_network (RandomExperiment *self,
                       GString *text,
                       const NnArchitecture *architecture,
                       guint n_outputs)
{
  g_string_append (text, ",'network':{'layers':[");
  for (gsize i = 0; i < architecture->n_layers; i++) {
    const gboolean last = i + 1 == architecture->n_layers;

    if (architecture->n_layers < RANDOM_LAYERS && random_chance (self, 0.2)) {
      g_autofree char *name = g_strdup_printf ("n%u", self->n_names++);

      append_layer (text, name, NULL, 1 + random_below (self, MOST_UNITS),
                    pick_activation (self), random_chance (self, 0.8));
    }
    append_edited_layer (self, text, &architecture->layers[i],
                         last ? MAX (n_outputs, 1) : 0);
  }
  g_string_append_printf (text, "],'init':%s%s}", PICK (self, inits),
                          random_chance (self, 0.2) ? ",'new':'fresh'" : "");
}

/* The keys of an edit, each behind a comma. */
static char *
write_edit (RandomExperiment *self, const NnExperiment *now)
{
  static const char *const shuffles[] = { "false", "false", "true", "'dataloader'" };
  GString *text = g_string_new (NULL);
  const NnArchitecture *architecture = now->architecture;
  guint n_outputs = (guint) architecture->layers[architecture->n_layers - 1].n_units;
  gboolean network = random_chance (self, 0.4);

  if (random_chance (self, 0.3))
    g_string_append_printf (text, ",'optimizer':{%s}", PICK (self, optimizers));
  if (random_chance (self, 0.3))
    g_string_append_printf (text, ",'batch':{'size':%u,'shuffle':%s}",
                            random_below (self, 9), PICK (self, shuffles));
  if (random_chance (self, 0.1))
    g_string_append_printf (text, ",'seed':%u", random_below (self, 1000));
  if (random_chance (self, 0.25)) {
    const guint problem = random_below (self, G_N_ELEMENTS (problems));

    g_string_append_c (text, ',');
    append_data (self, text, problems[problem].data, 1 + random_below (self, 12));
    g_string_append_printf (text, "'loss':{%s}", problems[problem].loss);
    if (problems[problem].n_outputs > 0)
      n_outputs = problems[problem].n_outputs;
    network = TRUE;
  }
  if (network)
    append_edited_network (self, text, architecture, n_outputs);
  if (text->len == 0)
    g_string_append (text, ",'guard':'shield'");
  return g_string_free (text, FALSE);
}

/* As a file has it, in the log of what is trained now. */
static NnEdit *
parse_edit (const NnExperiment *now, const char *keys)
{
  g_autofree char *text = nn_experiment_file_format (now);
  g_autoptr (NnExperiment) logged = NULL;
  g_autofree char *all = NULL;

  *strrchr (text, '}') = '\0';
  all = g_strdup_printf ("%s,'log':[{'step':0,'do':'edit'%s}]}", text, keys);
  g_strdelimit (all, "'", '"');
  logged = nn_experiment_file_parse (all, strlen (all), "edit", NULL);
  return logged ? nn_edit_ref (g_array_index (logged->events, NnEvent, 0).edit) : NULL;
}

static gboolean
keeps_nudges (const NnEdit *edit, const NnTrainer *trainer)
{
  g_autoptr (NnChange) change =
      nn_change_new (edit, nn_trainer_get_experiment (trainer), NULL);

  for (gsize i = 0; i < nn_trainer_get_n_standing (trainer); i++) {
    g_autoptr (NnNudge) followed =
        nn_change_follow (change, nn_trainer_get_standing (trainer, i)->nudge, NULL);

    if (followed == NULL)
      return FALSE;
  }
  return TRUE;
}

/* That can be done to @trainer now. */
static NnEdit *
make_edit (RandomExperiment *self, const NnTrainer *trainer)
{
  const NnExperiment *now = nn_trainer_get_experiment (trainer);

  for (guint i = 0; i < 4; i++) {
    g_autofree char *keys = write_edit (self, now);
    g_autoptr (NnEdit) edit = parse_edit (now, keys);

    if (edit && keeps_nudges (edit, trainer)) {
      if (g_test_verbose ())
        g_test_message ("edit%s", keys);
      return g_steal_pointer (&edit);
    }
  }
  return parse_edit (now, ",'guard':'shield'");
}

/* ---- events ------------------------------------------------------------------------ */

static NnNudge *
make_nudge (RandomExperiment *self, const NnTrainer *trainer)
{
  g_autofree char *target =
      make_target (self, nn_trainer_get_experiment (trainer)->architecture);
  g_autofree char *function = random_function (self, RANDOM_ANYTHING);

  return random_nudge_of (self, target, function, RANDOM_ANYTHING);
}

/* Something the user may do to @trainer now. */
void
random_event (RandomExperiment *self, const NnTrainer *trainer, NnEvent *event)
{
  const gsize n_standing = nn_trainer_get_n_standing (trainer);
  const NnEventKind kind = random_below (self, NN_N_EVENT_KINDS);

  *event = (NnEvent){ .kind = kind };
  if (n_standing == 0 && kind >= NN_EVENT_REPLACE && kind <= NN_EVENT_MOVE)
    event->kind = random_chance (self, 0.5) ? NN_EVENT_NUDGE : NN_EVENT_STAND;
  else {
    event->index = random_below (self, (guint) MAX (n_standing, 1));
    event->by =
        (gssize) random_below (self, (guint) MAX (n_standing, 1)) - (gssize) event->index;
  }
  if (event->kind >= NN_EVENT_REPLACE && event->kind <= NN_EVENT_MOVE)
    event->id = nn_trainer_get_standing (trainer, event->index)->id;
  event->guard = random_below (self, NN_N_GUARDS);
  if (event->kind <= NN_EVENT_REPLACE)
    event->nudge = make_nudge (self, trainer);
  if (event->kind == NN_EVENT_EDIT)
    event->edit = make_edit (self, trainer);
}
