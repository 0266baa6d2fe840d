/* nn-words.c - the tables of names and functions of the expression language
 *
 * SPDX-License-Identifier: MIT
 */

#include "nn/expression/nn-words.h"

#include <glib/gi18n.h>
#include <string.h>

static const NnWord words[] = {
  { "w", NN_OP_WEIGHT, 0, N_ ("the weight's value"), NULL },
  { "w0", NN_OP_INITIAL, 0, N_ ("its initial value"), "w_0 w_init initial" },
  { "m", NN_OP_SLOW, 0, N_ ("its slow copy, which nudges keep; at first what w is"),
    NULL },
  { "g", NN_OP_GRAD, 0, N_ ("its last gradient"), "grad" },
  { "before", NN_OP_BEFORE, 0, N_ ("its value from before this step's optimizer"), NULL },
  { "rank", NN_OP_RANK, 0,
    N_ ("the fraction of the target's weights that are smaller, by |w| and then by "
        "index"),
    NULL },
  { "global_rank", NN_OP_GLOBAL_RANK, 0, N_ ("the same among the weights of all targets"),
    NULL },
  { "shuffled", NN_OP_SHUFFLED, 0, N_ ("the target's values in a random order"), NULL },
  { "fresh", NN_OP_FRESH, 0, N_ ("new values, as the experiment drew its first ones"),
    NULL },
  { "orthogonal", NN_OP_ORTHOGONAL, 0, N_ ("the orthogonal matrix in the target"), NULL },
  { "noise", NN_OP_NOISE, 0, N_ ("normal random numbers, mean 0 and deviation 1"),
    "randn" },
  { "rand", NN_OP_RAND, 0, N_ ("uniform random numbers, 0 or more and below 1"), NULL },
  { "i", NN_OP_ROW, 0, N_ ("the row, which is the output's index"), NULL },
  { "j", NN_OP_COLUMN, 0, N_ ("the column, which is the input's index"), NULL },
  { "a", NN_OP_AMOUNT, 0, N_ ("the amount: the slider"), "amount" },
  { "n", NN_OP_STEP, 0, N_ ("the step"), "step" },
  { "lr", NN_OP_RATE, 0, N_ ("the learning rate of this step"), "learning_rate" },
  { "mean", NN_OP_MEAN, 0, N_ ("the target's mean"), NULL },
  { "std", NN_OP_STD, 0, N_ ("the target's standard deviation, over n − 1"), NULL },
  { "norm", NN_OP_NORM, 0, N_ ("the target's norm, √Σw²"), NULL },
  { "min", NN_OP_LEAST, 0, N_ ("the target's least value"), NULL },
  { "max", NN_OP_MOST, 0, N_ ("the target's greatest value"), NULL },
  { "pi", NN_OP_NUMBER, G_PI, "3.1415927", NULL },
  { "e", NN_OP_NUMBER, G_E, "2.7182817", NULL },
};

#define DIM  " dim|axis= keepdim|keepdims="
#define X    "x|input|a"
#define XY   "x|input|x1 y|other|x2"
#define SIZE "size|shape="

static const NnCall calls[] = {
  { "abs", NN_OP_ABS, X, NULL, N_ ("without its sign"), "absolute fabs" },
  { "sign", NN_OP_SIGN, X, NULL, N_ ("-1, 0 or 1"), "sgn" },
  { "sqrt", NN_OP_SQRT, X, NULL, N_ ("the square root"), NULL },
  { "exp", NN_OP_EXP, X, NULL, N_ ("e to the power x"), NULL },
  { "log", NN_OP_LOG, X, NULL, N_ ("the natural logarithm"), "ln" },
  { "sin", NN_OP_SIN, X, NULL, N_ ("the sine"), NULL },
  { "cos", NN_OP_COS, X, NULL, N_ ("the cosine"), NULL },
  { "tanh", NN_OP_TANH, X, NULL, N_ ("the hyperbolic tangent"), NULL },
  { "sigmoid", NN_OP_SIGMOID, X, NULL, N_ ("1/(1 + exp(-x))"), "expit" },
  { "relu", NN_OP_RELU, X, NULL, N_ ("x where it is above 0, else 0"), NULL },
  { "floor", NN_OP_FLOOR, X, NULL, N_ ("the whole number below"), NULL },
  { "round", NN_OP_ROUND, X " decimals|ndigits=", NULL,
    N_ ("the nearest whole number, half to even"), "rint", "round($1*10^$2)/10^$2" },
  { "clamp", NN_OP_CLAMP, X " min|a_min|low|lo|min_val= max|a_max|high|hi|max_val=", NULL,
    N_ ("moved to min or max where it is beyond"), "clip" },
  { "min", NN_OP_LEAST, X " y|other=" DIM, NULL, N_ ("the lesser of two, or of all"),
    NULL },
  { "max", NN_OP_MOST, X " y|other=" DIM, NULL, N_ ("the greater of two, or of all"),
    NULL },
  { "normal", NN_OP_NORMAL, "mean|loc=0 std|scale=1 " SIZE, NULL,
    N_ ("normal random numbers of a mean and a deviation"), "gauss" },
  { "uniform", NN_OP_UNIFORM, "low|a=0 high|b=1 " SIZE, NULL,
    N_ ("uniform random numbers between two"), NULL },
  { "mean", NN_OP_MEAN, X DIM, NULL, N_ ("the mean over the target"), "average" },
  { "sum", NN_OP_SUM, X DIM, NULL, N_ ("the sum over the target"), NULL },
  { "prod", NN_OP_PRODUCT, X DIM, NULL, N_ ("the product over the target"), NULL },
  { "std", NN_OP_STD, X DIM " correction|ddof= unbiased=", NULL,
    N_ ("the standard deviation over the target, over n − 1"), NULL },
  { "norm", NN_OP_NORM, X " p|ord=" DIM, NULL, N_ ("√Σx² over the target"), NULL },
  { "median", NN_OP_MEDIAN, X DIM, NULL,
    N_ ("the middle value of the target, the lower of two"), NULL },
  { "quantile", NN_OP_QUANTILE, X " q" DIM, NULL,
    N_ ("the value that a fraction q of the target is below"), NULL },
  { "any", NN_OP_ANY, X DIM, NULL, N_ ("1 if one of the target is not 0, else 0"), NULL },
  { "all", NN_OP_ALL, X DIM, NULL, N_ ("1 if none of the target is 0, else 0"), NULL },
  { "count", NN_OP_COUNT, X DIM, NULL, N_ ("how many of the target are not 0"),
    "count_nonzero" },

  /* Functions that are defined by the others. */
  { "amin", 0, X DIM, "min($1)", N_ ("min over the target"), NULL },
  { "amax", 0, X DIM, "max($1)", N_ ("max over the target"), NULL },
  { "minimum", 0, XY, "min($1, $2)", N_ ("the lesser of two"), NULL },
  { "maximum", 0, XY, "max($1, $2)", N_ ("the greater of two"), NULL },
  { "fmin", 0, XY, "$1 <= $2 or $2 != $2 ? $1 : $2",
    N_ ("the lesser of two, or the one that is a number"), NULL },
  { "fmax", 0, XY, "$1 >= $2 or $2 != $2 ? $1 : $2",
    N_ ("the greater of two, or the one that is a number"), NULL },
  { "clamp_min", 0, X " min", "clamp($1, min=$2)", N_ ("moved to min where it is below"),
    NULL },
  { "clamp_max", 0, X " max", "clamp($1, max=$2)", N_ ("moved to max where it is above"),
    NULL },
  { "where", 0, "condition x|input|self y|other", "$1 ? $2 : $3",
    N_ ("x where the condition holds, else y"), NULL },
  { "masked_fill", 0, X " mask value", "$2 ? $3 : $1", N_ ("value where the mask holds"),
    NULL },
  { "square", 0, X, "$1^2", "x·x", NULL },
  { "reciprocal", 0, X, "1/$1", N_ ("1 over x"), NULL },
  { "rsqrt", 0, X, "$1^-0.5", N_ ("1 over the square root"), NULL },
  { "neg", 0, X, "-$1", N_ ("with the other sign"), "negative" },
  { "ceil", 0, X, "-floor(-$1)", N_ ("the whole number above"), NULL },
  { "trunc", 0, X, "sign($1)*floor(abs($1))", N_ ("without what is behind the point"),
    "int long" },
  { "float", 0, X, "$1", N_ ("x: everything is float32"), NULL },
  { "var", 0, X DIM, "std($1)^2", N_ ("the variance over the target, over n − 1"), NULL },
  { "add", 0, XY " alpha=1", "$1 + $3*$2", "x + y", NULL, "$1 + $2" },
  { "sub", 0, XY " alpha=1", "$1 - $3*$2", "x − y", "subtract", "$1 - $2" },
  { "mul", 0, XY, "$1*$2", "x·y", "multiply" },
  { "div", 0, XY, "$1/$2", "x / y", "divide true_divide" },
  { "pow", 0, "x|input|self|x1 y|exponent|x2", "$1^$2", N_ ("x to the power y"),
    "power" },
  { "lerp", 0, X " end weight", "$1 + $3*($2 - $1)", N_ ("x, a part of the way to end"),
    NULL, NULL, "$2 - (1 - $3)*($2 - $1)" },
  { "gt", 0, XY, "$1 > $2", N_ ("1 or 0"), "greater" },
  { "ge", 0, XY, "$1 >= $2", N_ ("1 or 0"), "greater_equal" },
  { "lt", 0, XY, "$1 < $2", N_ ("1 or 0"), "less" },
  { "le", 0, XY, "$1 <= $2", N_ ("1 or 0"), "less_equal" },
  { "eq", 0, XY, "$1 == $2", N_ ("1 or 0"), "equal" },
  { "ne", 0, XY, "$1 != $2", N_ ("1 or 0"), "not_equal" },
  { "logical_and", 0, XY, "$1 and $2", N_ ("1 or 0"), NULL },
  { "logical_or", 0, XY, "$1 or $2", N_ ("1 or 0"), NULL },
  { "logical_not", 0, X, "not $1", N_ ("1 or 0"), NULL },
  { "zeros_like", 0, X, "0", "zeros", "zero_ zeros_ empty_like" },
  { "ones_like", 0, X, "1", "ones", "ones_" },
  { "full_like", 0, X " value|fill_value", "$2", N_ ("one value"),
    "fill_ copy_ constant_" },
  { "randn_like", 0, X, "noise", N_ ("normal random numbers"), NULL },
  { "rand_like", 0, X, "rand", N_ ("uniform random numbers"), NULL },
  { "bernoulli", 0, "p|input", "rand < $1", N_ ("1 with probability p, else 0"), NULL },
  { "zeros", 0, SIZE " size2=", "0", "zeros", NULL },
  { "ones", 0, SIZE " size2=", "1", "ones", NULL },
  { "randn", 0, SIZE " size2=", "noise", N_ ("normal random numbers"),
    "standard_normal" },
  { "rand", 0, SIZE " size2=", "rand", N_ ("uniform random numbers"), "random" },
  { "normal_", 0, X " mean=0 std=1", "normal($2, $3)", N_ ("normal random numbers"),
    NULL },
  { "uniform_", 0, X " a|from=0 b|to=1", "uniform($2, $3)", N_ ("uniform random numbers"),
    NULL },
  { "leaky_relu", 0, X " slope|negative_slope=0.01", "$1 > 0 ? $1 : $2*$1",
    N_ ("x where it is above 0, else a part of it"), NULL },
  { "hardtanh", 0, X " min|min_val=-1 max|max_val=1", "clamp($1, $2, $3)",
    N_ ("moved to -1 or 1 where it is beyond"), NULL },
  { "relu6", 0, X, "clamp($1, 0, 6)", N_ ("moved to 0 or 6 where it is beyond"), NULL },
  { "elu", 0, X " alpha=1", "$1 > 0 ? $1 : $2*(exp($1) - 1)",
    N_ ("x where it is above 0, else exp(x) - 1"), NULL, "$1 > 0 ? $1 : exp($1) - 1" },
  { "silu", 0, X, "$1/(1 + exp(-$1))", N_ ("x times its sigmoid"), "swish" },
  { "softplus", 0, X " beta=1", "$1*$2 > 20 ? $1 : log(1 + exp($1*$2))/$2",
    N_ ("log(1 + exp(x))"), NULL, "$1 > 20 ? $1 : log(1 + exp($1))" },
  { "softsign", 0, X, "$1/(1 + abs($1))", N_ ("x over 1 + |x|"), NULL },
  { "threshold", 0, X " threshold value", "$1 <= $2 ? $3 : $1",
    N_ ("x where it is above a threshold, else a value"), NULL },
  { "addcmul", 0, X " tensor1 tensor2 value=1", "$1 + $4*$2*$3", N_ ("x + value·y·z"),
    NULL, "$1 + $2*$3" },
  { "addcdiv", 0, X " tensor1 tensor2 value=1", "$1 + $4*$2/$3", N_ ("x + value·y / z"),
    NULL, "$1 + $2/$3" },
  { "exp2", 0, X, "2^$1", N_ ("2 to the power x"), NULL },
  { "hypot", 0, XY, "sqrt($1^2 + $2^2)", "√(x² + y²)", NULL },

  { "np.median", 0, X DIM, "quantile($1, 0.5)", N_ ("the middle value"), NULL },
  { "np.std", NN_OP_STD, X DIM " correction|ddof=0", NULL, N_ ("the deviation over n"),
    NULL },
  { "np.var", 0, X DIM, "std($1, correction=0)^2", N_ ("the variance over n"), NULL },
  { "np.percentile", 0, X " q", "quantile($1, $2/100)", N_ ("the value of a percentile"),
    NULL },
};

/**
 * nn_words_is_among:
 * @list: (nullable): names, separated by spaces
 *
 * Returns: whether @name is one of them
 */
gboolean
nn_words_is_among (const char *list, const char *name)
{
  const gsize length = strlen (name);

  for (const char *at = list; at != NULL && length > 0; at = strchr (at, ' ')) {
    at += *at == ' ';
    if (strncmp (at, name, length) == 0 && (at[length] == ' ' || at[length] == '\0'))
      return TRUE;
  }
  return FALSE;
}

/**
 * nn_words_get:
 *
 * Returns: (transfer none) (array length=n_words): in the order in which they are shown
 */
const NnWord *
nn_words_get (gsize *n_words)
{
  *n_words = G_N_ELEMENTS (words);
  return words;
}

/**
 * nn_words_find:
 * @name: a name or a synonym
 *
 * Returns: (transfer none) (nullable): NULL if there is none
 */
const NnWord *
nn_words_find (const char *name)
{
  for (gsize i = 0; i < G_N_ELEMENTS (words); i++)
    if (strcmp (words[i].name, name) == 0 || nn_words_is_among (words[i].synonyms, name))
      return &words[i];
  return NULL;
}

const NnWord *
nn_words_find_op (NnOp op)
{
  for (gsize i = 0; i < G_N_ELEMENTS (words); i++)
    if (words[i].op == op)
      return &words[i];
  return NULL;
}

/**
 * nn_calls_get:
 *
 * Returns: (transfer none) (array length=n_calls): in the order in which they are shown;
 *   those without a meaning come first
 */
const NnCall *
nn_calls_get (gsize *n_calls)
{
  *n_calls = G_N_ELEMENTS (calls);
  return calls;
}

/**
 * nn_calls_find:
 * @name: a name or a synonym; the name of an in-place method, mul_, finds the function
 * @numpy: whether it is written with np.
 *
 * Returns: (transfer none) (nullable): NULL if there is none
 */
const NnCall *
nn_calls_find (const char *name, gboolean numpy)
{
  g_autofree char *plain = g_strdup (name);
  const gsize length = strlen (plain);

  for (gsize i = 0; i < G_N_ELEMENTS (calls) && numpy; i++)
    if (g_str_has_prefix (calls[i].name, "np.") &&
        strcmp (calls[i].name + strlen ("np."), name) == 0)
      return &calls[i];
  for (gsize i = 0; i < G_N_ELEMENTS (calls); i++)
    if (!g_str_has_prefix (calls[i].name, "np.") &&
        (strcmp (calls[i].name, name) == 0 ||
         nn_words_is_among (calls[i].synonyms, name)))
      return &calls[i];
  if (length < 2 || plain[length - 1] != '_')
    return NULL;
  plain[length - 1] = '\0';
  return nn_calls_find (plain, numpy);
}

/**
 * nn_call_is_method:
 *
 * Returns: whether it may be called as a method: w.abs()
 */
gboolean
nn_call_is_method (const NnCall *call)
{
  return !g_str_has_prefix (call->name, "np.") &&
         (*call->parameters == 'x' || g_str_has_prefix (call->parameters, "condition"));
}

/* ---- names that are nearly right --------------------------------------------------- */

#define LONGEST 32

/* The Damerau–Levenshtein distance (Damerau, 1964), ignoring case: how many letters have
 * to be changed, inserted, deleted or swapped with the next one. */
static guint
count_edits (const char *one, const char *other)
{
  const gsize n = strlen (one), m = strlen (other);
  guint edits[LONGEST + 1][LONGEST + 1];

  for (gsize i = 0; i <= n; i++)
    for (gsize k = 0; k <= m; k++) {
      const gboolean same =
          i > 0 && k > 0 &&
          g_ascii_tolower (one[i - 1]) == g_ascii_tolower (other[k - 1]);

      if (i == 0 || k == 0) {
        edits[i][k] = (guint) MAX (i, k);
        continue;
      }
      edits[i][k] =
          MIN (MIN (edits[i - 1][k], edits[i][k - 1]) + 1, edits[i - 1][k - 1] + !same);
      if (i > 1 && k > 1 && one[i - 1] == other[k - 2] && one[i - 2] == other[k - 1])
        edits[i][k] = MIN (edits[i][k], edits[i - 2][k - 2] + 1);
    }
  return edits[n][m];
}

/**
 * nn_words_get_distance:
 *
 * Returns: the edit distance of the two names; G_MAXUINT if more than a third of the
 *   letters differ, too many for a typing error
 */
guint
nn_words_get_distance (const char *one, const char *other)
{
  const gsize n = strlen (one), m = strlen (other);
  guint edits;

  if (n == 0 || m == 0 || n > LONGEST || m > LONGEST)
    return G_MAXUINT;
  edits = count_edits (one, other);
  return 3 * edits <= MAX (n, m) ? edits : G_MAXUINT;
}

/**
 * nn_words_get_slip:
 * @known: a word that may stand where @typed does
 *
 * As nn_words_get_distance (), but with one letter more or less a short word is most often
 * a word of its own: mine is not meant as min, which exo may be as exp.
 *
 * Returns: the distance; G_MAXUINT if it is too large for a typing error, or a quarter of
 *   @known's letters if @typed has not as many
 */
guint
nn_words_get_slip (const char *typed, const char *known)
{
  const guint distance = nn_words_get_distance (typed, known);
  const gsize length = strlen (known);

  return distance == G_MAXUINT || strlen (typed) == length || 4 * distance <= length
             ? distance
             : G_MAXUINT;
}

/**
 * nn_words_dup_nearest:
 * @of_calls: whether to search functions, not values
 *
 * Returns: (transfer full) (nullable): the name closest to @name; NULL if none is close
 */
char *
nn_words_dup_nearest (const char *name, gboolean of_calls)
{
  const char *nearest = NULL;
  guint least = G_MAXUINT;

  for (gsize i = 0; i < (of_calls ? G_N_ELEMENTS (calls) : G_N_ELEMENTS (words)); i++) {
    const char *known = of_calls ? calls[i].name : words[i].name;
    const guint distance = nn_words_get_slip (name, known);

    if (distance < least) {
      least = distance;
      nearest = known;
    }
  }
  return g_strdup (nearest);
}
