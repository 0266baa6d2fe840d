/* nudge-edit.c - the command `nudge edit`: nudges of the arrays in a file
 *
 * SPDX-License-Identifier: MIT
 */

#include "app/command/nudge-edit.h"

#include <glib/gi18n.h>
#include <inttypes.h>
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "app/command/nudge-columns.h"
#include "app/command/nudge-complain.h"
#include "app/command/nudge-own-functions.h"
#include "app/command/nudge-progress.h"
#include "app/command/nudge-run.h"
#include "app/command/nudge-signals.h"
#include "app/command/nudge-whole.h"
#include "app/command/nudge-width.h"
#include "nn/base/nn-error.h"
#include "nn/files/nn-file.h"
#include "nn/files/nn-path.h"
#include "nn/patch/nn-patch.h"

enum {
  COLUMN_NAME,
  COLUMN_TYPE,
  COLUMN_SHAPE,
  COLUMN_CHANGED,
  COLUMN_NORM,
  COLUMN_LARGEST,
  COLUMN_WHERE,
  COLUMN_BEFORE,
  COLUMN_AFTER,
  N_COLUMNS,
};

static const char *const usage = N_ (
    "Usage:\n"
    "  nudge edit IN OUT --nudge TEXT [--nudge TEXT …] [--seed S] [--initial FILE]\n"
    "             [--receipt FILE.json]\n"
    "\n"
    "Changes arrays of a snapshot or checkpoint of any architecture and size by update\n"
    "functions, and nothing else: OUT has the same format, metadata, names, order and\n"
    "alignment, and every other byte as in IN. Formats: safetensors, pt and pth (by\n"
    "torch.save), npz (also compressed), npy. The nudges are applied in order, once "
    "each,\n"
    "all or none; OUT is written to a temporary file, read again, and moved into place, "
    "so\n"
    "that nothing half-written is left.\n"
    "\n"
    "A nudge is TARGET: FUNCTION, as nudge run --nudge takes it. Targets are names, "
    "patterns\n"
    "with * and parts by Python's slices; quote names with other characters. i is the "
    "first\n"
    "index and j the others, flattened. float64 is computed in double, the other types "
    "in\n"
    "float32 and rounded once to their own. Integers, booleans and float8 are left as "
    "they\n"
    "are by a pattern, and refused when they are named. The only array of an npy file "
    "is\n"
    "called array. Tensors that share a storage are changed once.\n"
    "\n"
    "  --nudge TEXT       may be given several times\n"
    "  --seed S           of noise, rand and shuffled, 0 if not given: the numbers are\n"
    "                     torch.Generator ().manual_seed (S ^ 0x6e756467)'s\n"
    "  --initial FILE     take w0 from its arrays of the same names\n"
    "  --receipt FILE     write the receipt as JSON, with whole hashes\n"
    "\n"
    "Then OUT is read again and compared with IN, and the receipt is printed: for each "
    "array\n"
    "that was changed the number of values, the norm of the change, the largest one, "
    "and\n"
    "the SHA-256 before and after (of the values row after row).\n"
    "\n"
    "Arrays are read in blocks: once for what is elementwise, again for each statistic\n"
    "(median and quantile: up to six times). All of an array is in memory only for "
    "rank,\n"
    "prune, shuffled, permute, orthogonal and statistics with dim=, and where it is not\n"
    "stored row after row; for global_rank all targets are.\n"
    "\n"
    "For example:\n"
    "  nudge edit in.safetensors out.safetensors --nudge \"fc1.weight: 0.9*w\"\n"
    "  nudge edit in.pt out.pt --nudge \"*.weight: clamp(w, -2*std, 2*std)\"\n"
    "  nudge edit in.npz out.npz --nudge \"fc2.bias[0] = 0\" --nudge \"*: w + "
    "1e-3*noise\" --seed 7\n"
    "  nudge edit tuned.safetensors half.safetensors --initial base.safetensors \\\n"
    "      --nudge \"*: w0 + 0.5*(w - w0)\"\n");

typedef struct {
  const char *in;
  const char *out;
  const char *initial; /* (nullable) */
  const char *receipt; /* (nullable) */
  guint64 seed;
  GPtrArray *texts;  /* (owned) (element-type utf8) not owned */
  GPtrArray *nudges; /* (owned) (element-type NnNudge) */
} Asked;

static void
unref_nudge (gpointer data)
{
  nn_nudge_unref (data);
}

static void
asked_clear (Asked *self)
{
  g_ptr_array_unref (self->texts);
  g_ptr_array_unref (self->nudges);
}

/* ---- arguments --------------------------------------------------------------------- */

static gboolean
fail (GError **error, const char *what, const char *why)
{
  g_set_error (error, NN_ERROR, NN_ERROR_SYNTAX, "%s%s%s", what, *why ? ": " : "", why);
  return FALSE;
}

static gboolean
read_option (Asked *self, const char *name, const char *value, GError **error)
{
  if (strcmp (name, "--nudge") == 0)
    g_ptr_array_add (self->texts, (gpointer) (guintptr) value);
  else if (strcmp (name, "--initial") == 0)
    self->initial = value;
  else if (strcmp (name, "--receipt") == 0)
    self->receipt = value;
  else if (strcmp (name, "--seed") == 0)
    return nudge_whole_parse (name, value, G_MAXUINT32, &self->seed, error);
  else
    return fail (error, name, _ ("not understood; see nudge edit --help"));
  return TRUE;
}

/* "--seed=7" or "--seed 7" */
static gboolean
read_one (Asked *self, char ***at, GError **error)
{
  const char *text = **at;
  const char *equal = strchr (text, '=');
  g_autofree char *name = NULL;

  if (text[0] != '-') {
    if (self->out != NULL)
      return fail (error, text,
                   _ ("one input and one output are needed, and quotes around a nudge "
                      "with spaces"));
    *(self->in == NULL ? &self->in : &self->out) = text;
    return TRUE;
  }
  name = equal != NULL ? g_strndup (text, (gsize) (equal - text)) : g_strdup (text);
  if (equal == NULL && (*at)[1] == NULL)
    return fail (error, text,
                 _ ("not understood, or its value is missing; see nudge edit --help"));
  if (equal == NULL)
    *at += 1;
  return read_option (self, name, equal != NULL ? equal + 1 : **at, error);
}

/* @input: (nullable): perhaps with :NAME behind it */
static gboolean
is_input (const char *path, const char *input)
{
  const char *member;
  g_autofree char *file = input ? nn_array_file_split_path (input, &member) : NULL;

  return file != NULL && nn_path_is_same_file (path, file);
}

/* None takes the place of another; of the input, only the whole is written again. */
static gboolean
check_paths (const Asked *self, GError **error)
{
  const char *member;
  g_autofree char *file = NULL;

  if (self->in == NULL || self->out == NULL || self->texts->len == 0)
    return fail (error,
                 _ ("an input, an output and a nudge are needed; for example: nudge edit "
                    "in.pt out.pt --nudge \"fc1.weight: 0.9*w\""),
                 "");
  if (is_input (self->out, self->in) || is_input (self->out, self->initial))
    return fail (error, _ ("input and output are the same file; name another output"),
                 "");
  if (self->receipt != NULL &&
      (nn_path_is_same_file (self->receipt, self->out) ||
       is_input (self->receipt, self->in) || is_input (self->receipt, self->initial)))
    return fail (error, "--receipt", _ ("the same file is something else already"));
  file = nn_array_file_split_path (self->in, &member);
  if (member != NULL)
    return fail (error, self->in,
                 _ ("a part of a file cannot be edited alone; name the file, and the "
                    "arrays in the nudge"));
  return TRUE;
}

/* A function of the user's own may be named; their list is read only if one may be. */
static gboolean
read_nudges (Asked *self, GError **error)
{
  g_autoptr (GError) missing = NULL;
  g_autoptr (NnFunctions) own = nudge_own_functions_load (&missing);

  if (g_error_matches (missing, NN_ERROR, NN_ERROR_CANCELLED)) {
    g_propagate_error (error, g_steal_pointer (&missing));
    return FALSE;
  }
  for (guint i = 0; i < self->texts->len; i++) {
    NnNudge *nudge = nn_nudge_parse_of_arrays (self->texts->pdata[i], own, error);

    if (nudge == NULL) {
      g_prefix_error (error, _ ("--nudge \"%s\": "),
                      (const char *) self->texts->pdata[i]);
      return FALSE;
    }
    g_ptr_array_add (self->nudges, nudge);
  }
  return TRUE;
}

static gboolean
read_arguments (Asked *self, char *argv[], GError **error)
{
  for (char **at = argv; *at != NULL; at++)
    if (!read_one (self, &at, error))
      return FALSE;
  return check_paths (self, error) && read_nudges (self, error);
}

/* ---- the receipt ------------------------------------------------------------------- */

static void
add_array (NudgeColumns *columns, const NnReceiptArray *array)
{
  const NnArrayDifference *d = &array->difference;

  nudge_columns_add (columns, array->name);
  nudge_columns_add (columns, array->type);
  nudge_columns_add (columns, array->shape);
  nudge_columns_take (
      columns, g_strdup_printf (_ ("%" PRIu64 " of %" PRIu64), d->n_changed, d->n));
  nudge_columns_add_number (columns, d->norm);
  nudge_columns_add_number (columns, d->largest);
  nudge_columns_add (columns, array->largest_at != NULL ? array->largest_at : "-");
  nudge_columns_add_hash (columns, d->hash_a);
  nudge_columns_add_hash (columns, d->hash_b);
}

static void
print_table (const NnReceipt *receipt)
{
  static const char *const heads[] = { N_ ("name"),           N_ ("type"),
                                       N_ ("shape"),          N_ ("changed"),
                                       N_ ("norm of change"), N_ ("largest"),
                                       N_ ("where"),          N_ ("SHA-256 before"),
                                       N_ ("SHA-256 after") };
  g_autoptr (NudgeColumns) columns = nudge_columns_new (N_COLUMNS, COLUMN_CHANGED);

  for (guint i = 0; i < N_COLUMNS; i++)
    nudge_columns_add (columns, _ (heads[i]));
  for (guint i = 0; i < receipt->arrays->len; i++)
    add_array (columns, receipt->arrays->pdata[i]);
  putchar ('\n');
  nudge_columns_print (columns);
}

static void
print_lines (const char *label, const GPtrArray *texts)
{
  for (guint i = 0; i < texts->len; i++) {
    g_autofree char *text = nudge_columns_dup_clean (texts->pdata[i]);

    nudge_width_print (label, NUDGE_WIDTH_LABEL);
    printf ("%s\n", text);
  }
}

static void
print_receipt (const char *out, const NnReceipt *receipt)
{
  g_autofree char *name = nn_path_dup_display_name (out);

  printf (_ ("written   %s, %" PRIu64 " bytes\n"), name, receipt->n_bytes);
  print_lines (_ ("nudge"), receipt->nudges);
  print_lines (_ ("note"), receipt->notes);
  printf (ngettext ("the same  %u other array, and %" PRIu64
                    " bytes outside of those changed: compared by reading both again\n",
                    "the same  %u other arrays, and %" PRIu64
                    " bytes outside of those changed: compared by reading both again\n",
                    receipt->n_same),
          receipt->n_same, receipt->n_bytes_same);
  print_table (receipt);
}

static gboolean
save_receipt (const Asked *asked, const NnReceipt *receipt, GError **error)
{
  g_autofree char *text = NULL;

  if (asked->receipt == NULL)
    return TRUE;
  text = nn_receipt_dup_json (receipt);
  return nn_file_replace (asked->receipt, text, strlen (text), error);
}

/* ---- the command ------------------------------------------------------------------- */

static gboolean
apply (const Asked *asked, NnPatch *patch, GError **error)
{
  for (guint i = 0; i < asked->nudges->len; i++)
    if (!nn_patch_apply (patch, asked->nudges->pdata[i], error))
      return FALSE;
  return TRUE;
}

static int
get_failure (const GError *error)
{
  return error != NULL &&
                 (error->code == NN_ERROR_UNKNOWN || error->code == NN_ERROR_SYNTAX ||
                  error->code == NN_ERROR_SHAPE)
             ? NUDGE_EXIT_USAGE
             : NUDGE_EXIT_FAILED;
}

static int
write_output (const Asked *asked,
              const NnArrayStore *in,
              const NnArrayStore *initial,
              GError **error)
{
  NudgeProgress bar;
  const NnProgress progress = { nudge_progress_report, &bar };
  g_autoptr (NnPatch) patch = NULL;
  const NnReceipt *receipt = NULL;
  GError *failure = NULL;
  int status;

  nudge_signals_watch ();
  nudge_progress_init_reading (&bar, FALSE);
  patch =
      nn_patch_new (in, initial, asked->out, (guint32) asked->seed, &progress, &failure);
  if (patch != NULL && apply (asked, patch, &failure))
    receipt = nn_patch_finish (patch, &failure);
  nudge_progress_clear (&bar);
  if (receipt != NULL && nn_patch_commit (patch, &failure)) {
    print_receipt (asked->out, receipt);
    if (save_receipt (asked, receipt, error))
      return NUDGE_EXIT_DONE;
    return NUDGE_EXIT_FAILED;
  }
  status = get_failure (failure);
  g_propagate_error (error, failure);
  return status;
}

static int
edit (const Asked *asked, GError **error)
{
  g_autofree char *folder = g_path_get_dirname (asked->out);
  g_autoptr (NnArrayStore) in = nn_array_store_open (asked->in, folder, error);
  g_autoptr (NnArrayStore) initial = NULL;

  if (in == NULL || !nn_array_kind_check_kept (in->arrays->kind, asked->out, error))
    return NUDGE_EXIT_USAGE;
  if (asked->initial != NULL &&
      (initial = nn_array_store_open (asked->initial, folder, error)) == NULL)
    return NUDGE_EXIT_USAGE;
  return write_output (asked, in, initial, error);
}

/**
 * nudge_edit:
 * @argv: (array zero-terminated=1): "edit" and what follows it
 *
 * Returns: the program's exit status
 */
int
nudge_edit (char *argv[])
{
  Asked asked = { .texts = g_ptr_array_new (),
                  .nudges = g_ptr_array_new_with_free_func (unref_nudge) };
  g_autoptr (GError) error = NULL;
  int status = NUDGE_EXIT_USAGE;

  if (argv[1] && (strcmp (argv[1], "--help") == 0 || strcmp (argv[1], "-h") == 0)) {
    fputs (_ (usage), stdout);
    status = NUDGE_EXIT_DONE;
  } else {
    nudge_signals_watch_reading ();
    if (read_arguments (&asked, argv + 1, &error))
      status = edit (&asked, &error);
    if (status != NUDGE_EXIT_DONE && nudge_signals_get () != 0)
      status = NUDGE_EXIT_SIGNALLED + nudge_signals_get ();
  }
  if (error != NULL)
    nudge_complain ("edit", error->message);
  asked_clear (&asked);
  return status;
}
