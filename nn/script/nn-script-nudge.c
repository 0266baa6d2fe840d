/* nn-script-nudge.c - one application of a nudge, as lines of PyTorch
 *
 * SPDX-License-Identifier: MIT
 */

#include "nn/script/nn-script-nudge.h"

#include <string.h>

#include "nn/base/nn-number.h"
#include "nn/nudge/nn-bound-nudge.h"
#include "nn/script/nn-script-expression.h"
#include "nn/script/nn-script-names.h"

/* What a nudge changes in one parameter. */
typedef struct {
  char *name;  /* (owned) "fc1.weight" */
  char *path;  /* (owned) "model.fc1.weight" */
  char *index; /* (owned) "[0:3, 1]", or "" */
  char *part; /* (owned) (nullable) the same as an object: "(slice(0, 3), slice(1, 2))" */
} Place;

typedef struct {
  const NnNudge *nudge;
  const NnScriptSection *section;
  NnBody body;         /* (owned) */
  NnScriptScope scope; /* (owned) */
  GArray *places;      /* (owned) (element-type Place) */
  GError *refusal;     /* (owned) (nullable) why it never changes anything */
  gboolean edges;
  gboolean all;  /* of the network's parameters */
  char *amount;  /* (owned) */
  char *rate;    /* (owned) */
  GString *text; /* the lines */
} Writer;

void
nn_script_functions_init (NnScriptFunctions *self)
{
  self->names = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  self->text = g_string_new (NULL);
}

void
nn_script_functions_clear (NnScriptFunctions *self)
{
  g_hash_table_unref (self->names);
  g_string_free (self->text, TRUE);
}

/* ---- places ------------------------------------------------------------------------ */

static void
place_clear (gpointer data)
{
  Place *place = data;

  g_free (place->name);
  g_free (place->path);
  g_free (place->index);
  g_free (place->part);
}

static void
append_range (GString *index,
              GString *part,
              gsize first,
              gsize n,
              gsize step,
              gsize whole)
{
  const gsize end = first + (n - 1) * step + 1;

  if (n == whole) {
    g_string_append_c (index, ':');
    g_string_append (part, "slice(None)");
  } else if (step == 1) {
    g_string_append_printf (index, "%" G_GSIZE_FORMAT ":%" G_GSIZE_FORMAT, first, end);
    g_string_append_printf (part, "slice(%" G_GSIZE_FORMAT ", %" G_GSIZE_FORMAT ")",
                            first, end);
  } else {
    g_string_append_printf (index,
                            "%" G_GSIZE_FORMAT ":%" G_GSIZE_FORMAT ":%" G_GSIZE_FORMAT,
                            first, end, step);
    g_string_append_printf (
        part, "slice(%" G_GSIZE_FORMAT ", %" G_GSIZE_FORMAT ", %" G_GSIZE_FORMAT ")",
        first, end, step);
  }
}

static void
append_edges (GString *part, const NnArea *area)
{
  for (int input = 0; input < 2; input++) {
    g_string_append (part, input ? "], [" : "([");
    for (gsize i = 0; i < area->n; i++)
      g_string_append_printf (part, "%s%" G_GSIZE_FORMAT, i > 0 ? ", " : "",
                              input ? area->edges[i].input : area->edges[i].output);
  }
  g_string_append (part, "])");
}

static void
add_part (Place *place, const NnArea *area)
{
  const NnParameterShape *shape = area->parameter;
  const gboolean columns = shape->rank == 2 && area->n_columns < shape->shape[1];
  GString *index = g_string_new ("[");
  GString *part = g_string_new (NULL);

  if (area->edges) {
    append_edges (part, area);
  } else {
    g_string_append (part, columns ? "(" : "");
    append_range (index, part, area->first_row, area->n_rows, area->row_step,
                  shape->shape[0]);
    if (columns) {
      g_string_append (index, ", ");
      g_string_append (part, ", ");
      append_range (index, part, area->first_column, area->n_columns, area->column_step,
                    shape->shape[1]);
      g_string_append_c (part, ')');
    }
  }
  g_string_append_c (index, ']');
  place->index = g_string_free (index, FALSE);
  place->part = g_string_free (part, FALSE);
}

static Place
make_place (const NnArchitecture *architecture, const NnArea *area)
{
  const NnParameterShape *shape = area->parameter;
  g_autofree char *layer = nn_script_dup_layer (architecture->layers[shape->layer].name);
  g_autofree char *path = nn_script_dup_path ("model", layer);
  Place place = { .name = nn_script_dup_parameter (shape->name) };

  place.path = g_strconcat (path, shape->rank == 2 ? ".weight" : ".bias", NULL);
  if (area->whole && !area->edges)
    place.index = g_strdup ("");
  else
    add_part (&place, area);
  return place;
}

/* Whether the function can be applied to it at all. */
static gboolean
fits (Writer *self, const NnArea *area)
{
  const NnOperands shape = nn_bound_nudge_get_shape (area);

  g_clear_error (&self->refusal);
  return nn_expression_check (self->nudge->expression, &shape, &self->refusal);
}

static void
find_places (Writer *self)
{
  const NnArchitecture *architecture = self->section->architecture;
  const NnTarget *target = &self->nudge->target;
  NnAreaIter iter;
  NnArea area;

  self->places = g_array_new (FALSE, FALSE, sizeof (Place));
  g_array_set_clear_func (self->places, place_clear);
  self->all = target->next == NULL && target->selection == NN_SELECTION_ALL;
  self->scope.least_size = G_MAXSIZE;
  if (!nn_area_iter_init (&iter, target, architecture, &self->refusal))
    return;
  while (nn_area_iter_next (&iter, &area)) {
    Place place;

    if (!fits (self, &area)) {
      if (self->nudge->skips)
        continue;
      return;
    }
    place = make_place (architecture, &area);

    g_array_append_val (self->places, place);
    self->edges |= area.edges != NULL;
    self->scope.least_size = MIN (self->scope.least_size, area.n);
  }
  self->all &= self->places->len == architecture->n_parameters;
}

static Place *
get_place (const Writer *self, guint i)
{
  return &g_array_index (self->places, Place, i);
}

/* ---- what the function needs ------------------------------------------------------- */

static gboolean
needs (const Writer *self, NnNeeds what)
{
  return (nn_expression_get_needs (self->nudge->expression) & what) != 0;
}

static gboolean
mentions (const Writer *self, const char *name)
{
  const char *text = nn_expression_get_text (self->nudge->expression);

  return nn_script_mentions (text, name);
}

/* Whether the lines need to know what a parameter is called. */
static gboolean
needs_name (const Writer *self)
{
  return needs (self, NN_NEED_SLOW | NN_NEED_INITIAL | NN_NEED_INIT) ||
         (needs (self, NN_NEED_BEFORE) && self->section->after_optimizer);
}

static char *
dup_float (float number)
{
  GString *text = g_string_new (NULL);

  nn_number_append_float (text, number);
  return g_string_free (text, FALSE);
}

static char *
dup_number (double number)
{
  GString *text = g_string_new (NULL);

  nn_number_append (text, number);
  return g_string_free (text, FALSE);
}

static const char *
get_fresh (Writer *self, const char *name)
{
  const NnInit *init = self->section->init;
  g_autofree char *value = dup_float (init->constant);

  return init->type == NN_INIT_CONSTANT
             ? nn_script_scope_print (&self->scope, "fresh(w, %s, \"constant\", %s)",
                                      name, value)
             : nn_script_scope_print (&self->scope, "fresh(w, %s, \"%s\")", name,
                                      nn_init_get_name (init->type));
}

/* Each on a line: what the names in the expression are in one parameter.
 * @p: the whole one; @name: a string, or a variable */
static void
append_variables (Writer *self,
                  const char *indent,
                  const char *p,
                  const char *name,
                  const char *index)
{
  const NnScriptSection *section = self->section;

  if (needs (self, NN_NEED_INITIAL))
    g_string_append_printf (self->text, "%sw0 = first[%s]%s\n", indent, name, index);
  if (needs (self, NN_NEED_BEFORE) && section->after_optimizer)
    g_string_append_printf (self->text, "%sbefore = previous[%s]%s\n", indent, name,
                            index);
  else if (needs (self, NN_NEED_BEFORE))
    g_string_append_printf (self->text, "%sbefore = w.clone()\n", indent);
  if (needs (self, NN_NEED_GRAD) && section->at_start)
    g_string_append_printf (self->text, "%sg = torch.zeros_like(w)\n", indent);
  else if (needs (self, NN_NEED_GRAD) && section->may_lack_grads)
    g_string_append_printf (self->text, "%sg = gradient(%s)%s\n", indent, p, index);
  else if (needs (self, NN_NEED_GRAD))
    g_string_append_printf (self->text, "%sg = %s.grad%s\n", indent, p, index);
  for (int axis = 0; axis < 2; axis++)
    if (mentions (self, axis ? "j" : "i"))
      g_string_append_printf (self->text, "%s%c = index(%s, %d)%s\n", indent,
                              axis ? 'j' : 'i', p, axis, index);
}

/* ---- in place ---------------------------------------------------------------------- */

static gboolean
is_variable (const NnTerm *term, char variable)
{
  return term->kind == NN_TERM_VALUE &&
         term->op == (variable == 'w' ? NN_OP_WEIGHT : NN_OP_SLOW);
}

static const char *
get_method (NnOp op)
{
  return op == NN_OP_ADD        ? "add_"
         : op == NN_OP_SUBTRACT ? "sub_"
         : op == NN_OP_MULTIPLY ? "mul_"
                                : "div_";
}

/* "mul_(0.9)" for "w*0.9": what is called to change it. */
static const char *
write_change (Writer *self, const NnStatement *statement)
{
  const NnTerm *value = statement->value;
  NnScriptScope *scope = &self->scope;
  NnScriptText text;

  if (value->kind == NN_TERM_OPERATION && value->op == NN_OP_NEGATE &&
      is_variable (value->arguments[0], statement->variable))
    return "neg_()";
  if (value->kind == NN_TERM_OPERATION && value->op >= NN_OP_ADD &&
      value->op <= NN_OP_DIVIDE) {
    const gboolean swapped = value->op == NN_OP_MULTIPLY &&
                             is_variable (value->arguments[1], statement->variable);

    if (swapped || is_variable (value->arguments[0], statement->variable))
      return nn_script_scope_print (
          scope, "%s(%s)", get_method (value->op),
          nn_script_write_value (scope, value->arguments[swapped ? 0 : 1]).text);
  }
  text = nn_script_write_value (scope, value);
  if (value->kind == NN_TERM_CALL && g_str_has_prefix (text.text, "w.clamp(") &&
      statement->variable == 'w')
    return nn_script_scope_print (scope, "clamp_(%s", text.text + strlen ("w.clamp("));
  if (text.tensor)
    return nn_script_scope_print (scope, "copy_(%s)", text.text);
  return strcmp (text.text, "0") == 0
             ? "zero_()"
             : nn_script_scope_print (scope, "fill_(%s)", text.text);
}

/* In [2:3] the dimension is kept, which only some functions ask for. */
static char *
dup_short_index (const Writer *self, const char *index)
{
  guint64 first, end;
  const char *text = nn_expression_get_text (self->nudge->expression);
  char *rest;

  if (*index == '\0' || strstr (text, "dim=") || mentions (self, "orthogonal"))
    return g_strdup (index);
  first = g_ascii_strtoull (index + 1, &rest, 10);
  if (*rest != ':' || rest == index + 1)
    return g_strdup (index);
  end = g_ascii_strtoull (rest + 1, &rest, 10);
  if (end != first + 1 || *rest == ':')
    return g_strdup (index);
  return g_strdup_printf ("[%" G_GUINT64_FORMAT "%s", first, rest);
}

static void
append_statements (Writer *self, const char *indent, const char *w)
{
  for (guint i = 0; i < self->body.n; i++)
    g_string_append_printf (self->text, "%s%s.%s\n", indent,
                            self->body.statements[i].variable == 'w' ? w : "m",
                            write_change (self, &self->body.statements[i]));
}

/* Lines for one parameter by itself. */
static void
write_single (Writer *self, const Place *place)
{
  g_autofree char *name = nn_script_dup_quoted (place->name);
  g_autofree char *index = dup_short_index (self, place->index);
  g_autofree char *w =
      g_strconcat (place->path, self->section->unseen ? ".data" : "", index, NULL);
  g_autofree char *lines = NULL;
  GString *text = self->text;

  self->scope.fresh = get_fresh (self, name);
  self->text = g_string_new (NULL);
  append_variables (self, "", place->path, name, index);
  append_statements (self, "", "w");
  lines = g_string_free (self->text, FALSE);
  self->text = text;
  /* model.fc1.weight.mul_(0.9) says it all. */
  if (self->body.n == 1 && !needs (self, NN_NEED_SLOW) &&
      g_str_has_prefix (lines, "w.") && !nn_script_mentions (lines + 1, "w")) {
    g_string_append_printf (text, "%s%s", w, lines + 1);
    return;
  }
  g_string_append_printf (text, "w = %s\n", w);
  if (needs (self, NN_NEED_SLOW))
    g_string_append_printf (text, "m = slow.setdefault(%s, %s.detach().clone())%s\n",
                            name, place->path, index);
  g_string_append (text, lines);
}

static void
append_paths (Writer *self, gboolean names)
{
  for (guint i = 0; i < self->places->len; i++) {
    const Place *place = get_place (self, i);
    g_autofree char *name = nn_script_dup_quoted (place->name);
    g_autofree char *index = dup_short_index (self, place->index);

    g_string_append (self->text, i > 0 ? ", " : "");
    if (names)
      g_string_append (self->text, name);
    else
      g_string_append_printf (self->text, "%s%s%s", place->path,
                              self->section->unseen ? ".data" : "", index);
  }
}

/* A loop over several whole parameters, or over parts, if w is all that it needs. */
static void
write_loop (Writer *self, gboolean named)
{
  GString *text = self->text;

  self->scope.fresh = get_fresh (self, "name");
  if (self->all && !self->section->unseen) {
    g_string_append (text, named ? "for name, w in model.named_parameters():\n"
                                 : "for w in model.parameters():\n");
  } else {
    g_string_append (text, named ? "for name in (" : "for w in (");
    append_paths (self, named);
    g_string_append (text, "):\n");
    if (named)
      g_string_append_printf (text, "    w = model.get_parameter(name)%s\n",
                              self->section->unseen ? ".data" : "");
  }
  if (needs (self, NN_NEED_SLOW))
    g_string_append (text, "    m = slow.setdefault(name, w.detach().clone())\n");
  append_variables (self, "    ", "w", "name", "");
  append_statements (self, "    ", "w");
}

static void
write_in_place (Writer *self)
{
  const gboolean named = needs_name (self);
  gboolean loops = self->places->len > 1;

  for (guint i = 0; i < self->places->len; i++)
    loops &= !((named || needs (self, NN_NEED_GRAD) || needs (self, NN_NEED_INDICES)) &&
               get_place (self, i)->part);
  if (loops)
    write_loop (self, named);
  else
    for (guint i = 0; i < self->places->len; i++)
      write_single (self, get_place (self, i));
}

static void
append_forget (Writer *self)
{
  if (self->nudge->memory == NN_MEMORY_ZERO_ALL)
    g_string_append (self->text, "forget_all()\n");
  for (guint i = 0; self->nudge->memory == NN_MEMORY_ZERO && i < self->places->len; i++) {
    const Place *place = get_place (self, i);
    g_autofree char *name = nn_script_dup_quoted (place->name);

    g_string_append_printf (self->text, "forget(%s%s%s)\n", name, place->part ? ", " : "",
                            place->part ? place->part : "");
  }
}

/* ---- as a function ----------------------------------------------------------------- */

/* Returns: (transfer none): its name */
static const char *
add_function (NnScriptFunctions *functions, const char *body, const NnNudge *nudge)
{
  const char *name = g_hash_table_lookup (functions->names, body);
  char *other;

  if (name)
    return name;
  other = g_strdup_printf ("nudge_%u", g_hash_table_size (functions->names) + 1);
  g_hash_table_insert (functions->names, g_strdup (body), other);
  g_string_append_printf (functions->text,
                          "def %s(name, p, part, together, k):\n"
                          "    # %s\n%s\n\n\n",
                          other, nn_expression_get_text (nudge->expression), body);
  return other;
}

static char *
write_function_body (Writer *self)
{
  const gboolean sets_w = nn_expression_sets_weights (self->nudge->expression);
  const gboolean sets_m = nn_expression_sets_slow (self->nudge->expression);
  GString *text = self->text;
  char *body;

  self->scope.fresh = get_fresh (self, "name");
  self->text = g_string_new ("    w = p[part]\n");
  if (needs (self, NN_NEED_SLOW))
    g_string_append (self->text, "    m = slow.get(name, p)[part].clone()\n");
  append_variables (self, "    ", "model.get_parameter(name)", "name", "[part]");
  for (guint i = 0; i < self->body.n; i++)
    g_string_append_printf (
        self->text, "    %c = %s\n", self->body.statements[i].variable,
        nn_script_write_full (&self->scope, self->body.statements[i].value).text);
  g_string_append_printf (self->text, "    return {%s%s%s}", sets_w ? "\"w\": w" : "",
                          sets_w && (sets_m || needs (self, NN_NEED_SLOW)) ? ", " : "",
                          sets_m || needs (self, NN_NEED_SLOW) ? "\"m\": m" : "");
  body = g_string_free (self->text, FALSE);
  self->text = text;
  return body;
}

static void
write_call_of_function (Writer *self, NnScriptFunctions *functions)
{
  const gboolean skips = self->nudge->skips;
  g_autofree char *body = write_function_body (self);
  g_autoptr (GString) call = g_string_new (NULL);

  g_string_append_printf (call, "nudge(%s, [",
                          add_function (functions, body, self->nudge));
  for (guint i = 0; i < self->places->len; i++) {
    const Place *place = get_place (self, i);
    g_autofree char *name = nn_script_dup_quoted (place->name);

    g_string_append (call, i > 0 ? ", " : "");
    if (place->part)
      g_string_append_printf (call, "(%s, %s)", name, place->part);
    else
      g_string_append (call, name);
  }
  g_string_append_printf (call, "]%s%s)", skips ? ", skip=True" : "",
                          self->section->unseen ? ", unseen=True" : "");
  if (self->nudge->memory == NN_MEMORY_ZERO)
    g_string_append_printf (self->text, "for name, part in %s:\n    forget(name, part)\n",
                            call->str);
  else if (self->nudge->memory == NN_MEMORY_ZERO_ALL)
    g_string_append_printf (self->text, "if %s:\n    forget_all()\n", call->str);
  else
    g_string_append_printf (self->text, "%s\n", call->str);
}

/* ---- refused, whatever the weights are ---------------------------------------------- */

/* It would ask for what nothing keeps. */
static gboolean
lacks_before (const Writer *self)
{
  const NnScriptSection *section = self->section;

  return needs (self, NN_NEED_BEFORE) && !section->keeps_before &&
         (section->after_optimizer || section->at_start);
}

static gboolean
is_refused (const Writer *self)
{
  return lacks_before (self) || (self->refusal && !self->nudge->skips) ||
         self->places->len == 0;
}

static void
write_refusal (Writer *self)
{
  g_autofree char *text = nn_nudge_dup_text (self->nudge);

  g_string_append_printf (self->text, "pass  # %s: is refused: %s\n", text,
                          lacks_before (self)
                              ? "nothing keeps what was before the optimizer"
                          : self->refusal ? self->refusal->message
                                          : "it changes nothing");
}

/* ---- all --------------------------------------------------------------------------- */

static gboolean
read_body (Writer *self)
{
  const char *text = nn_expression_get_text (self->nudge->expression);
  g_auto (NnFault) fault = { .text = text };
  NnTokens tokens;

  nn_body_init (&self->body);
  nn_tokens_init (&tokens, text, text);
  return nn_grammar_read_statements (&self->body, &tokens, NULL, &fault);
}

/* Whether it gives finite values for any weights. */
static gboolean
is_finite (Writer *self)
{
  gboolean finite = TRUE;

  self->scope.fresh = "fresh"; /* whatever it will be called */
  for (guint i = 0; i < self->body.n; i++)
    finite &= nn_script_write_value (&self->scope, self->body.statements[i].value).finite;
  return finite;
}

/**
 * nn_script_write_nudge:
 * @functions: gets what the lines call
 *
 * Returns: lines that are not indented
 */
char *
nn_script_write_nudge (const NnNudge *nudge,
                       const NnScriptSection *section,
                       NnScriptFunctions *functions)
{
  Writer self = { .nudge = nudge, .section = section, .text = g_string_new (NULL) };

  nn_script_scope_init (&self.scope);
  find_places (&self);
  self.amount = dup_float (nudge->amount);
  self.rate = dup_number (section->rate);
  self.scope.amount = self.amount;
  self.scope.step = section->at_start ? "0" : "step";
  self.scope.rate = self.rate;
  if (!read_body (&self) || is_refused (&self)) {
    write_refusal (&self);
  } else if (!is_finite (&self) || nudge->skips || self.edges ||
             needs (&self, NN_NEED_GLOBAL_RANK) ||
             (section->unseen && needs (&self, NN_NEED_GRAD))) {
    write_call_of_function (&self, functions);
  } else {
    write_in_place (&self);
    append_forget (&self);
  }
  nn_body_clear (&self.body);
  nn_script_scope_clear (&self.scope);
  g_array_unref (self.places);
  g_clear_error (&self.refusal);
  g_free (self.amount);
  g_free (self.rate);
  return g_string_free (self.text, FALSE);
}
