/* nn-script-file.c - a nudge of a file's tensors, as a PyTorch program
 *
 * SPDX-License-Identifier: MIT
 */

#include "nn/script/nn-script-file.h"

#include "nn/base/nn-number.h"
#include "nn/patch/nn-array-area.h"
#include "nn/script/nn-script-expression.h"
#include "nn/script/nn-script-helpers.h"
#include "nn/script/nn-script-names.h"

/* How a Python program reads and writes a format. */
typedef struct {
  const NnArrayFileKind *kind;
  const char *imports;
  const char *load; /* reads path */
  const char *save;
} Format;

static const Format formats[] = {
  { &nn_arrays_safetensors,
    "import torch\nfrom safetensors.torch import load_file, save_file\n",
    "tensors = load_file(path)\n", "save_file(tensors, \"out.safetensors\")\n" },
  { &nn_arrays_torch, "import torch\n",
    "tensors = torch.load(path, map_location=\"cpu\")\n",
    "torch.save(tensors, \"out.pt\")\n" },
  { &nn_arrays_npz, "import numpy\nimport torch\n",
    "tensors = {name: torch.from_numpy(a) for name, a in numpy.load(path).items()}\n",
    "numpy.savez(\"out.npz\", **{name: t.numpy() for name, t in tensors.items()})\n" },
  { &nn_arrays_npy, "import numpy\nimport torch\n",
    "tensors = {\"array\": torch.from_numpy(numpy.load(path))}\n",
    "numpy.save(\"out.npy\", tensors[\"array\"].numpy())\n" },
};

/* For nested dicts: their keys are joined by dots in Nudge. */
static const char find_tensor[] =
    "def find(name, at):\n"
    "    \"\"\"The tensor of that name in a dict, or in a dict in it.\"\"\"\n"
    "    if name in at:\n"
    "        return at[name]\n"
    "    key = next(k for k in at if isinstance(at[k], dict) and "
    "name.startswith(f\"{k}.\"))\n"
    "    return find(name[len(key) + 1:], at[key])\n\n\n";

static const Format *
find_format (const NnArrayStore *store)
{
  for (gsize i = 0; i < G_N_ELEMENTS (formats); i++)
    if (formats[i].kind == store->arrays->kind)
      return &formats[i];
  return &formats[0];
}

static void
append_range (GString *text, gsize first, gsize n, gsize step)
{
  g_string_append_printf (
      text, "slice(%" G_GSIZE_FORMAT ", %" G_GSIZE_FORMAT ", %" G_GSIZE_FORMAT ")", first,
      first + (n - 1) * step + 1, step);
}

/* The index of a part, of rows and columns. */
static void
append_part (GString *text, const NnArrayArea *area)
{
  if (area->edges != NULL) {
    for (int input = 0; input < 2; input++) {
      g_string_append (text, input ? "], [" : "([");
      for (guint64 i = 0; i < area->n; i++)
        g_string_append_printf (
            text, "%s%" G_GSIZE_FORMAT, i > 0 ? ", " : "",
            (gsize) (input ? area->edges[i].input : area->edges[i].output));
    }
    g_string_append (text, "])");
  } else if (area->whole) {
    g_string_append (text, "...");
  } else if (area->array->rank < 2) {
    append_range (text, area->first_row, area->n_rows, area->row_step);
  } else {
    g_string_append_c (text, '(');
    append_range (text, area->first_row, area->n_rows, area->row_step);
    g_string_append (text, ", ");
    append_range (text, area->first_column, area->n_columns, area->column_step);
    g_string_append_c (text, ')');
  }
}

static void
append_places (GString *text, const GArray *areas)
{
  for (guint i = 0; i < areas->len; i++) {
    const NnArrayArea *area = &g_array_index (areas, NnArrayArea, i);
    g_autofree char *name = nn_script_dup_quoted (nn_array_area_get_name (area->array));

    g_string_append_printf (text, "    (%s, ", name);
    append_part (text, area);
    g_string_append (text, "),\n");
  }
}

static gboolean
mentions (const NnNudge *nudge, const char *name)
{
  return nn_script_mentions (nn_expression_get_text (nudge->expression), name);
}

static gboolean
any_has_many_axes (const GArray *areas)
{
  for (guint i = 0; i < areas->len; i++)
    if (g_array_index (areas, NnArrayArea, i).array->rank > 2)
      return TRUE;
  return FALSE;
}

/* Of float16 a value may be too large that is none in float32. */
static gboolean
any_is_half (const GArray *areas)
{
  for (guint i = 0; i < areas->len; i++)
    if (g_array_index (areas, NnArrayArea, i).array->dtype == NN_DTYPE_FLOAT16)
      return TRUE;
  return FALSE;
}

/* Of all that is changed, as it was before. */
static void
append_together (GString *text, gboolean many_axes)
{
  g_string_append (text, "    together = []\n"
                         "    for name, part in places:\n"
                         "        p = find(name, tensors)\n");
  if (many_axes)
    g_string_append (text, "        p = p.flatten(1) if p.dim() > 2 else p\n");
  g_string_append (text, "        together.append(p[part].double().clone())\n");
}

/* A nudge that makes a value infinite is refused before anything is written. */
static void
append_refusal (GString *text, const NnNudge *nudge)
{
  g_string_append (
      text, nudge->skips
                ? "        if not w.to(p.dtype).isfinite().all():\n"
                  "            continue\n"
                : "        if not w.to(p.dtype).isfinite().all():\n"
                  "            raise ValueError(f\"{name} would not be finite\")\n");
}

/* The loop over the tensors, each as [rows, columns] as in Nudge. It computes in float32
 * or float64, as Nudge does, and rounds once to the tensor's dtype. What flatten () gives
 * of a tensor in another order is a copy. */
static void
append_loop (GString *text,
             const NnNudge *nudge,
             NnScriptScope *scope,
             const NnBody *body,
             const GArray *areas)
{
  const gboolean many_axes = any_has_many_axes (areas);
  const gboolean ranked = mentions (nudge, "global_rank");
  gboolean finite = !any_is_half (areas);

  if (ranked)
    append_together (text, many_axes);
  g_string_append (text, ranked ? "    for k, (name, part) in enumerate(places):\n"
                                : "    for name, part in places:\n");
  g_string_append (
      text, many_axes ? "        whole = find(name, tensors)\n"
                        "        p = whole.flatten(1) if whole.dim() > 2 else whole\n"
                      : "        p = find(name, tensors)\n");
  g_string_append (
      text, "        w = p[part] if p.dtype == torch.float64 else p[part].float()\n");
  if (mentions (nudge, "w0"))
    g_string_append (text, "        w0 = w  # as the file has them\n");
  for (int axis = 0; axis < 2; axis++)
    if (mentions (nudge, axis ? "j" : "i"))
      g_string_append_printf (text, "        %c = index(p.to(w.dtype), %d)[part]\n",
                              axis ? 'j' : 'i', axis);
  for (guint i = 0; i < body->n; i++) {
    const NnScriptText value = nn_script_write_full (scope, body->statements[i].value);

    finite &= value.finite;
    g_string_append_printf (text, "        %c = %s\n", body->statements[i].variable,
                            value.text);
  }
  if (!finite)
    append_refusal (text, nudge);
  g_string_append (text, "        p[part] = w.to(p.dtype)\n");
  if (many_axes)
    g_string_append (text, "        whole.copy_(p.reshape(whole.shape))\n");
}

static gsize
find_least (const GArray *areas)
{
  gsize least = G_MAXSIZE;

  for (guint i = 0; i < areas->len; i++)
    least = MIN (least, (gsize) g_array_index (areas, NnArrayArea, i).n);
  return least;
}

/* Returns: (transfer full) (nullable): the lines of the loop */
static char *
write_loop (const NnNudge *nudge, const GArray *areas)
{
  const char *expression = nn_expression_get_text (nudge->expression);
  g_auto (NnFault) fault = { .text = expression };
  g_auto (NnScriptScope) scope = { 0 };
  g_auto (NnBody) body = { 0 };
  g_autoptr (GString) amount = g_string_new (NULL);
  GString *text = g_string_new (NULL);
  NnTokens tokens;

  nn_script_scope_init (&scope);
  nn_body_init (&body);
  nn_tokens_init (&tokens, expression, expression);
  nn_number_append (amount, nudge->exact_amount);
  scope.amount = amount->str;
  scope.least_size = find_least (areas);
  if (nn_grammar_read_statements (&body, &tokens, NULL, &fault))
    append_loop (text, nudge, &scope, &body, areas);
  return g_string_free (text, FALSE);
}

/**
 * nn_script_dup_file_nudge:
 * @store: the opened file
 * @path: of the file
 *
 * Returns: (transfer full): a program that reads the file, applies @nudge once, and
 *   writes another file
 */
char *
nn_script_dup_file_nudge (const NnNudge *nudge,
                          const NnArrayStore *store,
                          const char *path)
{
  const Format *format = find_format (store);
  g_autoptr (GArray) areas = g_array_new (FALSE, FALSE, sizeof (NnArrayArea));
  g_autoptr (GPtrArray) left = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (GError) error = NULL;
  g_autoptr (GString) memory = g_string_new (NULL);
  g_autofree char *what = nn_nudge_dup_text (nudge);
  g_autofree char *quoted = nn_script_dup_quoted (path);
  g_autofree char *loop = NULL;
  g_autofree char *helpers = NULL;
  GString *text = g_string_new (NULL);

  g_string_append_printf (text, "# %s\n", what);
  if (!nn_array_area_find (areas, &nudge->target, store->arrays, left, &error)) {
    g_string_append_printf (text, "# is refused: %s\n", error->message);
    return g_string_free (text, FALSE);
  }
  loop = write_loop (nudge, areas);
  helpers = nn_script_collect_helpers (loop, 0, "{}", memory);
  g_string_append_printf (text, "%s%s\n\n%s%s%s",
                          nn_script_mentions (loop, "math") ? "import math\n\n" : "",
                          format->imports, helpers, find_tensor, memory->str);
  g_string_append_printf (text, "path = %s\n%s", quoted, format->load);
  g_string_append (text, "places = [\n");
  append_places (text, areas);
  g_string_append_printf (text, "]\nwith torch.no_grad():\n%s%s", loop, format->save);
  return g_string_free (text, FALSE);
}
