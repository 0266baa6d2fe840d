/* test-nn-grad-mode.c - what a gradient-free section promises
 *
 * SPDX-License-Identifier: MIT
 */

#include "nn/tensor/nn-grad-mode.h"

#include <string.h>

#include "nn/base/nn-error.h"
#include "tests/nn/nn-ops.h"

static NnTensor *
new_parameter (const char *name, gsize rows, gsize columns)
{
  NnTensor *parameter = nn_tensor_new (2, (const gsize[]){ rows, columns });
  float *values = nn_tensor_write (parameter, NULL);

  for (gsize i = 0; i < rows * columns; i++)
    values[i] = 0.5f + (float) i;
  nn_tensor_set_name (parameter, name);
  nn_tensor_set_requires_grad (parameter, TRUE);
  return parameter; /* at version 1 */
}

static void
test_nothing_is_recorded_inside (void)
{
  g_autoptr (NnTape) tape = nn_tape_new (NN_GUARD_SHIELD);
  g_autoptr (NnTensor) w = new_parameter ("w", 2, 2);
  NnTensor *y;

  NN_NO_GRAD ()
  {
    y = nn_square (tape, w);
    g_assert_false (nn_tensor_get_requires_grad (y));
    g_assert_true (nn_tensor_is_leaf (y));
  }
  g_assert_cmpuint (nn_tape_get_length (tape), ==, 0);

  y = nn_square (tape, w);
  g_assert_true (nn_tensor_get_requires_grad (y));
  g_assert_false (nn_tensor_is_leaf (y));
  g_assert_cmpuint (nn_tape_get_length (tape), ==, 1);
}

static gboolean
leave_by_return (void)
{
  NN_NO_GRAD ()
  {
    NN_NO_GRAD ()
    {
      return nn_grad_mode_is_enabled ();
    }
  }
  return TRUE;
}

static gboolean
fail_inside (GError **error)
{
  NN_NO_GRAD ()
  {
    g_set_error_literal (error, NN_ERROR, NN_ERROR_SHAPE, "as an example");
    return FALSE;
  }
  return TRUE;
}

static void
test_restored_on_every_way_out (void)
{
  g_autoptr (GError) error = NULL;

  g_assert_false (leave_by_return ());
  g_assert_true (nn_grad_mode_is_enabled ());

  g_assert_false (fail_inside (&error));
  g_assert_true (nn_grad_mode_is_enabled ());

  for (int i = 0; i < 3; i++) {
    NN_NO_GRAD ()
    {
      break; /* leaves the section, not the loop */
    }
    g_assert_true (nn_grad_mode_is_enabled ());
  }
  NN_NO_GRAD ()
  {
    goto out;
  }
out:
  g_assert_true (nn_grad_mode_is_enabled ());
}

static void
test_nesting_restores_the_mode_before (void)
{
  NN_NO_GRAD ()
  {
    NN_NO_GRAD ()
    {
      g_assert_false (nn_grad_mode_is_enabled ());
    }
    g_assert_false (nn_grad_mode_is_enabled ());
    NN_ENABLE_GRAD ()
    {
      g_assert_true (nn_grad_mode_is_enabled ());
      NN_NO_GRAD ()
      {
        g_assert_false (nn_grad_mode_is_enabled ());
      }
      g_assert_true (nn_grad_mode_is_enabled ());
    }
    g_assert_false (nn_grad_mode_is_enabled ());
  }
  g_assert_true (nn_grad_mode_is_enabled ());
}

static gboolean
gradient_free (NnTensor *w)
{
  NN_NO_GRAD_FUNCTION ();

  g_assert_false (nn_grad_mode_is_enabled ());
  return nn_tensor_write (w, NULL) != NULL;
}

static void
test_function_form_is_scoped_to_each_call (void)
{
  g_autoptr (NnTensor) w = new_parameter ("w", 1, 1);

  for (int i = 0; i < 2; i++) {
    g_assert_true (gradient_free (w));
    g_assert_true (nn_grad_mode_is_enabled ());
  }
  NN_NO_GRAD ()
  {
    g_assert_true (gradient_free (w));
    g_assert_false (nn_grad_mode_is_enabled ());
  }
}

static gpointer
mode_of_this_thread (gpointer data)
{
  return GINT_TO_POINTER (nn_grad_mode_is_enabled ());
}

static void
test_per_thread (void)
{
  NN_NO_GRAD ()
  {
    GThread *other = g_thread_new ("other", mode_of_this_thread, NULL);

    g_assert_true (GPOINTER_TO_INT (g_thread_join (other)));
    g_assert_false (nn_grad_mode_is_enabled ());
  }
}

static void
test_in_place_outside_is_refused (void)
{
  g_autoptr (NnTensor) w = new_parameter ("fc2.weight", 1, 2);
  g_autoptr (NnTensor) plain = nn_tensor_new (1, (const gsize[]){ 3 });
  g_autoptr (GError) error = NULL;

  g_assert_null (nn_tensor_write (w, &error));
  g_assert_error (error, NN_ERROR, NN_ERROR_GRAD_MODE);
  g_assert_nonnull (strstr (error->message, "fc2.weight"));
  g_assert_cmpuint (nn_tensor_get_version (w), ==, 1);

  g_assert_nonnull (nn_tensor_write (plain, NULL));
  NN_NO_GRAD ()
  {
    NN_ENABLE_GRAD ()
    {
      g_assert_null (nn_tensor_write (w, NULL));
    }
  }
}

static void
test_change_inside_keeps_what_the_tensor_is (void)
{
  g_autoptr (NnTensor) w = new_parameter ("w", 1, 2);
  const float *values = nn_tensor_get_values (w);

  NN_NO_GRAD ()
  {
    nn_tensor_write (w, NULL)[0] = 7;
  }
  g_assert_true (nn_tensor_get_values (w) == values);
  g_assert_cmpfloat (values[0], ==, 7.0f);
  g_assert_true (nn_tensor_get_requires_grad (w));
  g_assert_true (nn_tensor_is_leaf (w));
  g_assert_cmpuint (nn_tensor_get_version (w), ==, 2);
}

static void
test_data_shares_values_but_not_the_version (void)
{
  g_autoptr (NnTensor) w = new_parameter ("w", 2, 1);
  g_autoptr (NnTensor) data = nn_tensor_data (w);
  float *values = nn_tensor_write (data, NULL);

  g_assert_nonnull (values);
  values[1] = -3;
  g_assert_cmpfloat (nn_tensor_get_values (w)[1], ==, -3.0f);
  g_assert_false (nn_tensor_get_requires_grad (data));
  g_assert_cmpuint (nn_tensor_get_version (w), ==, 1);
  g_assert_cmpuint (nn_tensor_get_version (data), ==, 1);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/nn/grad-mode/nothing-is-recorded-inside",
                   test_nothing_is_recorded_inside);
  g_test_add_func ("/nn/grad-mode/restored-on-every-way-out",
                   test_restored_on_every_way_out);
  g_test_add_func ("/nn/grad-mode/nesting-restores-the-mode-before",
                   test_nesting_restores_the_mode_before);
  g_test_add_func ("/nn/grad-mode/function-form-is-scoped-to-each-call",
                   test_function_form_is_scoped_to_each_call);
  g_test_add_func ("/nn/grad-mode/per-thread", test_per_thread);
  g_test_add_func ("/nn/grad-mode/in-place-outside-is-refused",
                   test_in_place_outside_is_refused);
  g_test_add_func ("/nn/grad-mode/change-inside-keeps-what-the-tensor-is",
                   test_change_inside_keeps_what_the_tensor_is);
  g_test_add_func ("/nn/grad-mode/data-shares-values-but-not-the-version",
                   test_data_shares_values_but_not_the_version);
  return g_test_run ();
}
