/* test-nn-experiment-refusals.c - what a .nudge file must not say, and what is said of it
 *
 * SPDX-License-Identifier: MIT
 */

#include "nn/io/nn-experiment-file.h"

#include <string.h>

#include "experiment-text.h"
#include "nn/base/nn-error.h"

typedef struct {
  const char *text;
  NnError code;
  const char *message;
} Refusal;

static void
assert_refused (const Refusal *refusals, gsize n)
{
  for (gsize i = 0; i < n; i++) {
    const char *text = refusals[i].text;
    g_autoptr (GError) error = NULL;

    g_assert_null (nn_experiment_file_parse (text, strlen (text), "name", &error));
    g_assert_error (error, NN_ERROR, (int) refusals[i].code);
    g_assert_cmpstr (error->message, ==, refusals[i].message);
    g_assert_null (nn_experiment_file_parse (text, strlen (text), "name", NULL));
  }
}

static void
test_what_is_not_json_is_refused (void)
{
  static const Refusal refusals[] = {
    { "", NN_ERROR_SYNTAX, "it is empty" },
    { " \n", NN_ERROR_SYNTAX, "it is empty" },
    { "{\n\"nudge\": 1,\n  \"seed\" 1}", NN_ERROR_SYNTAX,
      "line 3, column 10: ':' expected near '1'" },
    { "{\"nudge\":1,\"nudge\":1}", NN_ERROR_SYNTAX,
      "line 1, column 18: duplicate object key near '\"nudge\"': remove one of the two" },
    { "{} {}", NN_ERROR_SYNTAX, "line 1, column 4: end of file expected near '{'" },
    { "{\"seed\":1e400}", NN_ERROR_SYNTAX,
      "line 1, column 13: real number overflow near '1e400'" },
    { "{\"seed\":99999999999999999999}", NN_ERROR_SYNTAX,
      "line 1, column 28: too big integer near '99999999999999999999'" },
    { "{\"seed\":NaN}", NN_ERROR_SYNTAX, "line 1, column 11: invalid token near 'NaN'" },
    { "{\"title\":\"\xc3\xa9\n\"}", NN_ERROR_SYNTAX,
      "line 1, column 11: unexpected newline near '\"é'" },
    { "{\n\"é\xff", NN_ERROR_SYNTAX,
      "line 2, column 3: found the byte 0xff, expected UTF-8 text" },
    { "{\"title\":\"\xed\xa0\x80\"}", NN_ERROR_SYNTAX,
      "line 1, column 11: found the byte 0xed, expected UTF-8 text" },
    { "{\"title\":\"\\ud800\"}", NN_ERROR_SYNTAX,
      "line 1, column 17: invalid Unicode '\\uD800' near '\"\\ud800\"'" },
    { "{\"title\":\"a\\u0000b\"}", NN_ERROR_SYNTAX,
      "line 1, column 19: found \\u0000, which is not allowed in a text" },
  };

  assert_refused (refusals, G_N_ELEMENTS (refusals));
}

static void
test_other_versions_are_refused (void)
{
  static const Refusal refusals[] = {
    { "[]", NN_ERROR_SYNTAX, "expected an object, { … }, found an array" },
    { "{}", NN_ERROR_SYNTAX, "the key \"nudge\" is missing" },
    { "{\"nudge\":2,\"new\":0}", NN_ERROR_UNKNOWN,
      "nudge: version 2 of the format is newer than this program, which reads version "
      "1: update it" },
    { "{\"nudge\":0}", NN_ERROR_SYNTAX,
      "nudge: expected a whole number from 1 to 9223372036854775807, found 0" },
    { "{\"nudge\":1.0}", NN_ERROR_SYNTAX,
      "nudge: expected a whole number from 1 to 9223372036854775807, found 1.0" },
    { "{\"nudge\":\"1\"}", NN_ERROR_SYNTAX,
      "nudge: expected a whole number from 1 to 9223372036854775807, found \"1\"" },
  };

  assert_refused (refusals, G_N_ELEMENTS (refusals));
}

static void
test_unknown_keys_are_refused (void)
{
  static const Refusal refusals[] = {
    { WITH ("\"sead\":1"), NN_ERROR_UNKNOWN,
      "unknown key \"sead\": the keys here are nudge, title, story, speed, seed, "
      "data, network, parameters, loss, optimizer, batch, guard, nudges, log, "
      "lesson" },
    { WITH ("\"\\n\\u202e\\u0007\":1"), NN_ERROR_UNKNOWN,
      "unknown key \"\xef\xbf\xbd\xef\xbf\xbd\xef\xbf\xbd\": the keys here are nudge, "
      "title, story, speed, seed, data, network, parameters, loss, optimizer, batch, "
      "guard, nudges, log, lesson" },
    { LAYER ("{\"units\":1},{\"units\":1,\"Activation\":\"relu\"}"), NN_ERROR_UNKNOWN,
      "network.layers[1]: unknown key \"Activation\": the keys here are name, units, "
      "activation, bias" },
    { NET ("{\"layers\":[{\"units\":1}],\"depth\":1}"), NN_ERROR_UNKNOWN,
      "network: unknown key \"depth\": the keys here are layers, init" },
    { NET ("{\"layers\":[{\"units\":1}],\"init\":{\"type\":\"zeros\",\"value\":1}}"),
      NN_ERROR_UNKNOWN, "network.init: unknown key \"value\": the keys here are type" },
    { LOSSES ("{\"type\":\"mse\",\"delta\":1}"), NN_ERROR_UNKNOWN,
      "loss: unknown key \"delta\": the keys here are type" },
    { LOSSES ("{\"type\":\"huber\",\"target\":1}"), NN_ERROR_UNKNOWN,
      "loss: unknown key \"target\": the keys here are type, delta" },
    { LOSSES ("{\"type\":\"squared_sum\",\"delta\":1}"), NN_ERROR_UNKNOWN,
      "loss: unknown key \"delta\": the keys here are type, target" },
    { OPTI ("\"sgd\",\"betas\":[0,0]"), NN_ERROR_UNKNOWN,
      "optimizer: unknown key \"betas\": the keys here are type, lr, momentum, "
      "nesterov, weight_decay" },
    { OPTI ("\"adam\",\"momentum\":0"), NN_ERROR_UNKNOWN,
      "optimizer: unknown key \"momentum\": the keys here are type, lr, betas, eps, "
      "weight_decay" },
    { OPTI ("\"rmsprop\",\"nesterov\":true"), NN_ERROR_UNKNOWN,
      "optimizer: unknown key \"nesterov\": the keys here are type, lr, alpha, eps, "
      "momentum, centered, weight_decay" },
    { OPTI ("\"adagrad\",\"alpha\":0"), NN_ERROR_UNKNOWN,
      "optimizer: unknown key \"alpha\": the keys here are type, lr, lr_decay, "
      "initial_accumulator_value, eps, weight_decay" },
    { WITH ("\"batch\":{\"Size\":1}"), NN_ERROR_UNKNOWN,
      "batch: unknown key \"Size\": the keys here are size, shuffle" },
    { DATA ("{\"source\":\"uniform\",\"examples\":1,\"features\":1,\"noise\":0}"),
      NN_ERROR_UNKNOWN,
      "data: unknown key \"noise\": the keys here are source, examples, features, "
      "validation, seed" },
    { DATA ("{\"source\":\"xor\",\"examples\":1,\"features\":2}"), NN_ERROR_UNKNOWN,
      "data: unknown key \"features\": the keys here are source, examples, noise, "
      "validation, seed" },
    { INLINE ("\"inputs\":[[1]],\"examples\":1"), NN_ERROR_UNKNOWN,
      "data: unknown key \"examples\": the keys here are source, inputs, targets, "
      "validation, seed" },
  };

  assert_refused (refusals, G_N_ELEMENTS (refusals));
}

static void
test_missing_keys_are_refused (void)
{
  static const Refusal refusals[] = {
    { "{\"nudge\":1," NETWORK "," LOSS "}", NN_ERROR_SYNTAX,
      "the key \"data\" is missing" },
    { "{\"nudge\":1," UNIFORM "," LOSS "}", NN_ERROR_SYNTAX,
      "the key \"network\" is missing" },
    { "{\"nudge\":1," UNIFORM "," NETWORK "}", NN_ERROR_SYNTAX,
      "the key \"loss\" is missing" },
    { NET ("{}"), NN_ERROR_SYNTAX, "network: the key \"layers\" is missing" },
    { LAYER ("{\"name\":\"a\"}"), NN_ERROR_SYNTAX,
      "network.layers[0]: the key \"units\" is missing" },
    { LOSSES ("{}"), NN_ERROR_SYNTAX, "loss: the key \"type\" is missing" },
    { WITH ("\"optimizer\":{\"lr\":1}"), NN_ERROR_SYNTAX,
      "optimizer: the key \"type\" is missing" },
    { NET ("{\"layers\":[{\"units\":1}],\"init\":{}}"), NN_ERROR_SYNTAX,
      "network.init: the key \"type\" is missing" },
    { NET ("{\"layers\":[{\"units\":1}],\"init\":{\"type\":\"constant\"}}"),
      NN_ERROR_SYNTAX, "network.init: the key \"value\" is missing" },
    { NET ("{\"layers\":[{\"units\":1}],\"init\":\"constant\"}"), NN_ERROR_SYNTAX,
      "network.init: constant needs a value: write { \"type\": \"constant\", "
      "\"value\": 0.5 }" },
    { DATA ("{}"), NN_ERROR_SYNTAX, "data: the key \"source\" is missing" },
    { DATA ("{\"source\":\"uniform\",\"features\":1}"), NN_ERROR_SYNTAX,
      "data: the key \"examples\" is missing" },
    { DATA ("{\"source\":\"uniform\",\"examples\":1}"), NN_ERROR_SYNTAX,
      "data: the key \"features\" is missing" },
    { DATA ("{\"source\":\"moons\"}"), NN_ERROR_SYNTAX,
      "data: the key \"examples\" is missing" },
    { DATA ("{\"source\":\"inline\",\"targets\":[1]}"), NN_ERROR_SYNTAX,
      "data: the key \"inputs\" is missing" },
  };

  assert_refused (refusals, G_N_ELEMENTS (refusals));
}

static void
test_wrong_types_in_the_network_are_refused (void)
{
  static const Refusal refusals[] = {
    { LAYER ("{\"units\":1},{\"units\":\"two\"}"), NN_ERROR_SYNTAX,
      "network.layers[1].units: expected a whole number from 1 to 65536, found "
      "\"two\"" },
    { LAYER ("{\"units\":2.5}"), NN_ERROR_SYNTAX,
      "network.layers[0].units: expected a whole number from 1 to 65536, found 2.5" },
    { LAYER ("{\"units\":0}"), NN_ERROR_SYNTAX,
      "network.layers[0].units: expected a whole number from 1 to 65536, found 0" },
    { LAYER ("{\"units\":65537}"), NN_ERROR_SYNTAX,
      "network.layers[0].units: expected a whole number from 1 to 65536, found 65537" },
    { LAYER ("{\"units\":1,\"name\":null}"), NN_ERROR_SYNTAX,
      "network.layers[0].name: expected text in quotes, found null" },
    { LAYER ("{\"units\":1,\"activation\":3}"), NN_ERROR_SYNTAX,
      "network.layers[0].activation: expected a name in quotes, found 3" },
    { LAYER ("4"), NN_ERROR_SYNTAX,
      "network.layers[0]: expected an object, { … }, found 4" },
    { NET ("{\"layers\":{\"units\":1}}"), NN_ERROR_SYNTAX,
      "network.layers: expected an array, [ … ], found an object" },
    { NET ("[]"), NN_ERROR_SYNTAX, "network: expected an object, { … }, found an array" },
    { NET ("{\"layers\":[{\"units\":1}],\"init\":[]}"), NN_ERROR_SYNTAX,
      "network.init: expected a name in quotes, found an array" },
    { NET ("{\"layers\":[{\"units\":1}],\"init\":{\"type\":\"constant\","
           "\"value\":1e39}}"),
      NN_ERROR_SYNTAX,
      "network.init.value: expected a number that float32 can hold, up to "
      "3.4028235e+38, found 1e+39" },
  };

  assert_refused (refusals, G_N_ELEMENTS (refusals));
}

static void
test_wrong_types_are_refused (void)
{
  static const Refusal refusals[] = {
    { WITH ("\"title\":7"), NN_ERROR_SYNTAX, "title: expected text in quotes, found 7" },
    { WITH ("\"seed\":-1"), NN_ERROR_SYNTAX,
      "seed: expected a whole number from 0 to 4294967295, found -1" },
    { WITH ("\"seed\":4294967296"), NN_ERROR_SYNTAX,
      "seed: expected a whole number from 0 to 4294967295, found 4294967296" },
    { LOSSES ("\"mse\""), NN_ERROR_SYNTAX,
      "loss: expected an object, { … }, found \"mse\"" },
    { LOSSES ("{\"type\":\"squared_sum\",\"target\":\"5\"}"), NN_ERROR_SYNTAX,
      "loss.target: expected a number, found \"5\"" },
    { OPTI ("\"adam\",\"lr\":true"), NN_ERROR_SYNTAX,
      "optimizer.lr: expected a number, found true" },
    { OPTI ("\"adam\",\"betas\":0.9"), NN_ERROR_SYNTAX,
      "optimizer.betas: expected an array, [ … ], found 0.9" },
    { OPTI ("\"adam\",\"betas\":[0.9]"), NN_ERROR_SHAPE,
      "optimizer.betas: expected two numbers, found 1" },
    { OPTI ("\"adam\",\"betas\":[0.9,\"x\"]"), NN_ERROR_SYNTAX,
      "optimizer.betas[1]: expected a number, found \"x\"" },
    { OPTI ("\"sgd\",\"nesterov\":1"), NN_ERROR_SYNTAX,
      "optimizer.nesterov: expected true or false, found 1" },
    { LAYER ("{\"units\":1,\"bias\":0}"), NN_ERROR_SYNTAX,
      "network.layers[0].bias: expected true or false, found 0" },
    { "{\"nudge\":1," UNIFORM "," LOSS ",\"network\":{\"layers\":[{\"units\":1,"
      "\"bias\":false}]},\"nudges\":[\"fc1.bias: w\"]}",
      NN_ERROR_UNKNOWN, "nudges[0]: fc1 has no bias: name fc1.weight" },
    { WITH ("\"batch\":10"), NN_ERROR_SYNTAX,
      "batch: expected an object, { … }, found 10" },
    { WITH ("\"batch\":{\"size\":false}"), NN_ERROR_SYNTAX,
      "batch.size: expected a whole number from 0 to 4294967295, found false" },
    { WITH ("\"batch\":{\"shuffle\":1}"), NN_ERROR_SYNTAX,
      "batch.shuffle: expected true, false or \"dataloader\", found 1" },
    { WITH ("\"batch\":{\"shuffle\":\"DataLoader\"}"), NN_ERROR_SYNTAX,
      "batch.shuffle: expected true, false or \"dataloader\", found \"DataLoader\"" },
    { WITH ("\"guard\":{}"), NN_ERROR_SYNTAX,
      "guard: expected a name in quotes, found an object" },
    { WITH ("\"nudges\":\"fc1: w\""), NN_ERROR_SYNTAX,
      "nudges: expected an array, [ … ], found \"fc1: w\"" },
    { WITH ("\"nudges\":[\"fc1: w\",[]]"), NN_ERROR_SYNTAX,
      "nudges[1]: expected text in quotes, found an array" },
    { DATA ("{\"source\":\"xor\",\"examples\":0}"), NN_ERROR_SYNTAX,
      "data.examples: expected a whole number from 1 to 2147483647, found 0" },
    { DATA ("{\"source\":\"xor\",\"examples\":1,\"noise\":\"\"}"), NN_ERROR_SYNTAX,
      "data.noise: expected a number, found \"\"" },
  };

  assert_refused (refusals, G_N_ELEMENTS (refusals));
}

static void
test_unknown_names_are_refused (void)
{
  static const Refusal refusals[] = {
    { WITH ("\"guard\":\"on\""), NN_ERROR_UNKNOWN,
      "guard: unknown guard 'on': there are shield, check and off" },
    { WITH ("\"guard\":\"o\\u001b[31mn\""), NN_ERROR_SYNTAX,
      "guard: expected a name in quotes, found \"o\xef\xbf\xbd[31mn\"" },
    { WITH ("\"nudges\":[\"fc1: w\",\"fc2: w\"]"), NN_ERROR_UNKNOWN,
      "nudges[1]: there is no layer 'fc2'; the layers are fc1, * (all); did you mean "
      "fc1?" },
    { WITH ("\"nudges\":[\"fc1 w\"]"), NN_ERROR_SYNTAX,
      "nudges[0]: column 5: found 'w', expected ':' after the target; try: fc1: w" },
    { DATA ("{\"source\":\"csv\",\"file\":\"a.csv\",\"missing\":\"keep\"}"),
      NN_ERROR_UNKNOWN,
      "data.missing: unknown missing 'keep': there are refuse, drop and mean" },
  };
  static const struct {
    const char *text;
    const char *start;
  } others[] = {
    { LAYER ("{\"units\":1,\"activation\":\"ReLU\"}"),
      "network.layers[0].activation: unknown activation 'ReLU': there are identity, "
      "relu, leaky_relu, tanh, sigmoid, gelu" },
    { LOSSES ("{\"type\":\"mean\"}"), "loss.type: " },
    { OPTI ("\"adan\""), "optimizer.type: " },
    { NET ("{\"layers\":[{\"units\":1}],\"init\":\"one\"}"), "network.init: " },
    { NET ("{\"layers\":[{\"units\":1}],\"init\":{\"type\":\"one\"}}"),
      "network.init.type: " },
    { DATA ("{\"source\":\"xxor\"}"), "data.source: " },
  };

  assert_refused (refusals, G_N_ELEMENTS (refusals));
  for (gsize i = 0; i < G_N_ELEMENTS (others); i++) {
    g_autoptr (GError) error = NULL;

    g_assert_null (nn_experiment_file_parse (others[i].text, strlen (others[i].text),
                                             "name", &error));
    g_assert_error (error, NN_ERROR, NN_ERROR_UNKNOWN);
    if (!g_str_has_prefix (error->message, others[i].start))
      g_assert_cmpstr (error->message, ==, others[i].start);
  }
}

static void
test_impossible_shapes_are_refused (void)
{
  static const Refusal refusals[] = {
    { NET ("{\"layers\":[]}"), NN_ERROR_SHAPE,
      "network.layers: expected 1 to 64 layers, found 0" },
    { LAYER ("{\"name\":\"a\",\"units\":1},{\"name\":\"a\",\"units\":1}"),
      NN_ERROR_SYNTAX,
      "network.layers[1].name: 'a' is the name of network.layers[0] already: choose "
      "another" },
    { LAYER ("{\"name\":\"fc2\",\"units\":1},{\"units\":1}"), NN_ERROR_SYNTAX,
      "network.layers[1].name: 'fc2' is the name of network.layers[0] already: choose "
      "another" },
    { LOSSES ("{\"type\":\"mse\"}"), NN_ERROR_SHAPE,
      "loss.type: mse needs targets, but the data have none: give them, or use "
      "squared_sum" },
    { LOSSES ("{\"type\":\"huber\",\"delta\":0}"), NN_ERROR_SYNTAX,
      "loss.delta: expected a finite number greater than 0" },
    { INLINE ("\"inputs\":[]"), NN_ERROR_SHAPE,
      "data.inputs: expected at least one row, as in [[0, 1]]" },
    { INLINE ("\"inputs\":[[]]"), NN_ERROR_SHAPE,
      "data.inputs[0]: expected at least one number" },
    { INLINE ("\"inputs\":[1]"), NN_ERROR_SYNTAX,
      "data.inputs[0]: expected an array, [ … ], found 1" },
    { INLINE ("\"inputs\":[[1,2],[3]]"), NN_ERROR_SHAPE,
      "data.inputs[1]: expected 2 numbers as in the rows before it, found 1" },
    { INLINE ("\"inputs\":[[1],[3.5e38]]"), NN_ERROR_SYNTAX,
      "data.inputs[1][0]: expected a number that float32 can hold, up to "
      "3.4028235e+38, found 3.5e+38" },
    { INLINE ("\"inputs\":[[1]],\"targets\":[]"), NN_ERROR_SHAPE,
      "data.targets: expected 1, one for each row of inputs, found 0" },
    { INLINE ("\"inputs\":[[1]],\"targets\":[[1],[2]]"), NN_ERROR_SHAPE,
      "data.targets: expected 1, one for each row of inputs, found 2" },
    { INLINE ("\"inputs\":[[1],[1]],\"targets\":[[1],2]"), NN_ERROR_SYNTAX,
      "data.targets[1]: expected an array, [ … ], found 2" },
    { INLINE ("\"inputs\":[[1],[1]],\"targets\":[1,[2]]"), NN_ERROR_SYNTAX,
      "data.targets[1]: expected a number, found an array" },
    { INLINE ("\"inputs\":[[1]],\"targets\":[0.5]"), NN_ERROR_SYNTAX,
      "data.targets[0]: expected the number of a class, 0 to 65535 (a target that is a "
      "number is a row: write it in brackets), found 0.5" },
    { INLINE ("\"inputs\":[[1]],\"targets\":[-1]"), NN_ERROR_SYNTAX,
      "data.targets[0]: expected the number of a class, 0 to 65535 (a target that is a "
      "number is a row: write it in brackets), found -1" },
    { INLINE ("\"inputs\":[[1]],\"targets\":[[1,2]]"), NN_ERROR_SHAPE,
      "loss.type: mse needs an output for each column of targets, but the columns "
      "are 2 and the last layer's units 1" },
  };

  assert_refused (refusals, G_N_ELEMENTS (refusals));
}

static void
test_huge_networks_are_refused (void)
{
  g_autoptr (GString) layers = g_string_new ("{\"units\":65536}");
  g_autofree char *most = NULL;
  g_autofree char *more = NULL;
  g_autoptr (GError) error = NULL;

  for (int i = 1; i < 64; i++)
    g_string_append (layers, ",{\"units\":65536}");
  most = g_strdup_printf (LAYER ("%s"), layers->str);
  more = g_strdup_printf (LAYER ("%s,{\"units\":1}"), layers->str);
  g_assert_null (nn_experiment_file_parse (most, strlen (most), "name", &error));
  g_assert_error (error, NN_ERROR, NN_ERROR_SHAPE);
  g_assert_cmpstr (error->message, ==,
                   "network.layers: expected at most 268435456 weights and biases, "
                   "found 270587265024: remove layers or units");
  g_clear_error (&error);
  g_assert_null (nn_experiment_file_parse (more, strlen (more), "name", &error));
  g_assert_cmpstr (error->message, ==,
                   "network.layers: expected 1 to 64 layers, found 65");
}

/* An experiment with @n times @element in the array under @key. */
static char *
dup_many (const char *key, const char *element, int n)
{
  g_autoptr (GString) list = g_string_new (element);

  for (int i = 1; i < n; i++)
    g_string_append_printf (list, ",%s", element);
  return g_strdup_printf (WITH ("\"%s\":[%s]"), key, list->str);
}

static void
test_more_nudges_than_are_allowed_are_refused (void)
{
  static const struct {
    const char *key;
    const char *element;
    const char *message;
  } cases[] = {
    { "nudges", "\"fc1: w\"", "nudges: expected at most 1024, found 1025" },
    { "log", "{\"step\":1,\"do\":\"stand\",\"index\":0,\"nudge\":\"fc1: w\"}",
      "log[1024]: nudge: 1024 repeat already: remove one first" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++) {
    g_autoptr (NnExperiment) most = NULL;
    g_autoptr (GError) error = NULL;
    g_autofree char *good = dup_many (cases[i].key, cases[i].element, 1024);
    g_autofree char *more = dup_many (cases[i].key, cases[i].element, 1025);

    most = nn_experiment_file_parse (good, strlen (good), "name", &error);
    g_assert_no_error (error);
    g_assert_null (nn_experiment_file_parse (more, strlen (more), "name", &error));
    g_assert_error (error, NN_ERROR, NN_ERROR_SHAPE);
    g_assert_cmpstr (error->message, ==, cases[i].message);
  }
}

#define LOG(events)                                                                      \
  WITH ("\"nudges\":[\"fc1: w + 1\",\"fc1: w @ by hand\"],\"log\":[" events "]")

static void
test_log_that_does_not_fit_is_refused (void)
{
  static const Refusal refusals[] = {
    { WITH ("\"log\":{}"), NN_ERROR_SYNTAX,
      "log: expected an array, [ … ], found an object" },
    { LOG ("1"), NN_ERROR_SYNTAX, "log[0]: expected an object, { … }, found 1" },
    { LOG ("{\"step\":1}"), NN_ERROR_SYNTAX, "log[0]: the key \"do\" is missing" },
    { LOG ("{\"do\":\"remove\",\"index\":0}"), NN_ERROR_SYNTAX,
      "log[0]: the key \"step\" is missing" },
    { LOG ("{\"step\":1,\"do\":\"remove\"}"), NN_ERROR_SYNTAX,
      "log[0]: the key \"index\" is missing" },
    { LOG ("{\"step\":1,\"do\":\"undo\"}"), NN_ERROR_UNKNOWN,
      "log[0].do: unknown event 'undo': there are nudge, stand, replace, remove, pause, "
      "resume, move, guard and edit" },
    { LOG ("{\"step\":-1,\"do\":\"remove\",\"index\":0}"), NN_ERROR_SYNTAX,
      "log[0].step: expected a whole number from 0 to 9223372036854775807, found -1" },
    { LOG ("{\"step\":1,\"do\":\"remove\",\"index\":0,\"to\":0}"), NN_ERROR_UNKNOWN,
      "log[0]: unknown key \"to\": the keys here are step, do, index" },
    { LOG ("{\"step\":1,\"do\":\"guard\",\"guard\":\"on\"}"), NN_ERROR_UNKNOWN,
      "log[0].guard: unknown guard 'on': there are shield, check and off" },
    { LOG ("{\"step\":1,\"do\":\"nudge\",\"nudge\":\"fc9: w\"}"), NN_ERROR_UNKNOWN,
      "log[0]: there is no layer 'fc9'; the layers are fc1, * (all); did you mean "
      "fc1?" },
    { LOG ("{\"step\":1,\"do\":\"pause\",\"index\":1}"), NN_ERROR_UNKNOWN,
      "log[0]: index or to: only 1 nudges repeat here" },
    { LOG ("{\"step\":1,\"do\":\"move\",\"index\":0,\"to\":1}"), NN_ERROR_UNKNOWN,
      "log[0]: index or to: only 1 nudges repeat here" },
    { LOG ("{\"step\":1,\"do\":\"stand\",\"index\":2,\"nudge\":\"fc1: w\"}"),
      NN_ERROR_UNKNOWN, "log[0]: index or to: only 1 nudges repeat here" },
    { LOG ("{\"step\":1,\"do\":\"stand\",\"index\":1,"
           "\"nudge\":\"fc1: w @ by hand\"}"),
      NN_ERROR_SYNTAX,
      "log[0]: nudge: a manual nudge cannot repeat: add a time, as in '@ every step'" },
    { LOG ("{\"step\":2,\"do\":\"remove\",\"index\":0},"
           "{\"step\":2,\"do\":\"remove\",\"index\":0}"),
      NN_ERROR_UNKNOWN, "log[1]: index or to: only 0 nudges repeat here" },
    { LOG ("{\"step\":2,\"do\":\"pause\",\"index\":0},"
           "{\"step\":1,\"do\":\"resume\",\"index\":0}"),
      NN_ERROR_SYNTAX,
      "log[1].step: events are in the order of their steps, but the one before is after "
      "step 2" },
  };

  assert_refused (refusals, G_N_ELEMENTS (refusals));
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
#define add(name, test) g_test_add_func ("/nn/experiment-refusals/" name, test)
  add ("what-is-not-json-is-refused", test_what_is_not_json_is_refused);
  add ("other-versions-are-refused", test_other_versions_are_refused);
  add ("unknown-keys-are-refused", test_unknown_keys_are_refused);
  add ("missing-keys-are-refused", test_missing_keys_are_refused);
  add ("wrong-types-in-the-network-are-refused",
       test_wrong_types_in_the_network_are_refused);
  add ("wrong-types-are-refused", test_wrong_types_are_refused);
  add ("unknown-names-are-refused", test_unknown_names_are_refused);
  add ("impossible-shapes-are-refused", test_impossible_shapes_are_refused);
  add ("huge-networks-are-refused", test_huge_networks_are_refused);
  add ("more-nudges-than-are-allowed-are-refused",
       test_more_nudges_than_are_allowed_are_refused);
  g_test_add_func ("/nn/experiment-refusals/log-that-does-not-fit",
                   test_log_that_does_not_fit_is_refused);
  return g_test_run ();
}
