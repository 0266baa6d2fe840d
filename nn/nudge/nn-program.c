/* nn-program.c - what an expression is compiled to
 *
 * SPDX-License-Identifier: MIT
 *
 * The program runs over one block of weights after the other.
 */

#include "nn/nudge/nn-program.h"

#include <math.h>
#include <string.h>

/* Four floats that the compiler keeps in one register, whatever the optimisation
 * level: arithmetic on them is elementwise, each element one float32 operation. */
typedef float Lanes __attribute__ ((vector_size (4 * sizeof (float))));

#define LANES       ((gsize) 4)
#define BLOCK_LANES 64 /* a block is 256 floats, 1 KiB: many fit the first cache */

/* A block of values, or a single one (in all four lanes) that goes with any block. */
typedef struct {
  const Lanes *lanes;
  gsize stride; /* from one Lanes to the next: 1, or 0 for a single value */
} Operand;

typedef struct {
  Lanes weights[BLOCK_LANES];
  gsize size; /* of the block in use, in floats */
  gsize n;    /* the same in Lanes */
  Operand stack[NN_PROGRAM_STACK];
  /* Where stack[i] has what was computed for it: one of these. */
  Lanes singles[NN_PROGRAM_STACK];
  Lanes blocks[NN_PROGRAM_STACK][BLOCK_LANES];
} Machine;

static Lanes
spread (float value)
{
  return (Lanes){ value, value, value, value };
}

/* A number divided by a tensor is a product in PyTorch, number * (1 / tensor),
 * which is rounded twice; anything else is one division. */
static void
divide (Lanes *result, Operand x, Operand y, gsize n)
{
  if (x.stride < y.stride)
    for (gsize i = 0; i < n; i++)
      result[i] = 1.0f / y.lanes[i] * x.lanes[0];
  else
    for (gsize i = 0; i < n; i++)
      result[i] = x.lanes[i * x.stride] / y.lanes[i * y.stride];
}

static void
square_root (Lanes *result, Operand x, gsize n)
{
  for (gsize i = 0; i < n; i++)
    for (gsize k = 0; k < LANES; k++)
      result[i][k] = sqrtf (x.lanes[i * x.stride][k]);
}

/* The exponents that PyTorch computes without its pow function, in its way.
 * Returns FALSE for any other. */
static gboolean
raise_simply (Lanes *result, Operand x, float exponent, gsize n)
{
  if (exponent == 2.0f || exponent == -2.0f) {
    for (gsize i = 0; i < n; i++)
      result[i] = x.lanes[i * x.stride] * x.lanes[i * x.stride];
  } else if (exponent == 3.0f) {
    for (gsize i = 0; i < n; i++) {
      Lanes base = x.lanes[i * x.stride];

      result[i] = base * base * base;
    }
  } else if (exponent == 0.5f || exponent == -0.5f) {
    square_root (result, x, n);
  } else if (exponent == -1.0f) {
    for (gsize i = 0; i < n; i++)
      result[i] = x.lanes[i * x.stride];
  } else {
    return FALSE;
  }
  if (exponent < 0.0f)
    for (gsize i = 0; i < n; i++)
      result[i] = 1.0f / result[i];
  return TRUE;
}

static void
raise_to_power (Lanes *result, Operand x, Operand y, gsize n)
{
  if (y.stride == 0 && raise_simply (result, x, y.lanes[0][0], n))
    return;
  for (gsize i = 0; i < n; i++)
    for (gsize k = 0; k < LANES; k++)
      result[i][k] = powf (x.lanes[i * x.stride][k], y.lanes[i * y.stride][k]);
}

/* A block of @size values, padded to whole Lanes. */
static void
load (Lanes *block, const float *values, gsize size)
{
  block[(size - 1) / LANES] = spread (0);
  memcpy (block, values, size * sizeof *values);
}

/* @result may be the lanes of an operand, as long as it has the same stride. */
static void
calculate (NnOp op, Lanes *result, Operand x, Operand y, gsize n)
{
  switch (op) {
  case NN_OP_NEGATE:
    for (gsize i = 0; i < n; i++)
      result[i] = -x.lanes[i];
    break;
  case NN_OP_ADD:
    for (gsize i = 0; i < n; i++)
      result[i] = x.lanes[i * x.stride] + y.lanes[i * y.stride];
    break;
  case NN_OP_SUBTRACT:
    for (gsize i = 0; i < n; i++)
      result[i] = x.lanes[i * x.stride] - y.lanes[i * y.stride];
    break;
  case NN_OP_MULTIPLY:
    for (gsize i = 0; i < n; i++)
      result[i] = x.lanes[i * x.stride] * y.lanes[i * y.stride];
    break;
  case NN_OP_DIVIDE:
    divide (result, x, y, n);
    break;
  case NN_OP_POWER:
    raise_to_power (result, x, y, n);
    break;
  default:
    g_assert_not_reached ();
  }
}

/* What is the same for every element is computed as one value, not as a block of them.
 * @draws: this block's part of the first draw; the next draw's is @n_draw further on */
static Operand
run_block (Machine *machine,
           const NnInstruction *program,
           gsize n_instructions,
           float amount,
           const float *draws,
           gsize n_draw)
{
  Operand *top = machine->stack; /* the next free place */

  for (gsize i = 0; i < n_instructions; i++) {
    NnInstruction instruction = program[i];
    gsize place;
    Operand x, y;
    Lanes *result;

    if (instruction.op == NN_OP_WEIGHT) {
      *top++ = (Operand){ machine->weights, 1 };
      continue;
    }
    if (instruction.op == NN_OP_AMOUNT || instruction.op == NN_OP_NUMBER) {
      result = &machine->singles[top - machine->stack];
      *result = spread (instruction.op == NN_OP_AMOUNT ? amount : instruction.number);
      *top++ = (Operand){ result, 0 };
      continue;
    }
    if (instruction.op == NN_OP_NOISE || instruction.op == NN_OP_RAND) {
      result = machine->blocks[top - machine->stack];
      load (result, draws, machine->size);
      draws += n_draw;
      *top++ = (Operand){ result, 1 };
      continue;
    }
    y = *--top;
    x = instruction.op == NN_OP_NEGATE ? y : *--top;
    place = (gsize) (top - machine->stack);
    if (MAX (x.stride, y.stride) == 0) {
      result = &machine->singles[place];
      calculate (instruction.op, result, x, y, 1);
      *top++ = (Operand){ result, 0 };
    } else {
      result = machine->blocks[place];
      calculate (instruction.op, result, x, y, machine->n);
      *top++ = (Operand){ result, 1 };
    }
  }
  return machine->stack[0];
}

/**
 * nn_program_run:
 * @program: (n_instructions) leaves one value and never holds more than
 *   NN_PROGRAM_STACK
 * @w: (n) the values
 * @amount: what NN_OP_AMOUNT stands for
 * @draws: (nullable) [NN_OP_NOISE or NN_OP_RAND in the program][n] their values
 * @result: (n) out, overwritten: the new values; may be @w
 *
 * Sums, products and quotients are PyTorch's bits, also where it does not do the
 * obvious: a number over a tensor, and powers with the exponents 2, 3, 0.5, -0.5,
 * -1 and -2. Other powers are powf's, which are within two units in the last place
 * of PyTorch's.
 */
void
nn_program_run (const NnInstruction *program,
                gsize n_instructions,
                const float *w,
                float amount,
                const float *draws,
                float *result,
                gsize n)
{
  Machine machine;

  for (gsize done = 0; done < n; done += LANES * BLOCK_LANES) {
    gsize size = MIN (n - done, LANES * BLOCK_LANES);
    Operand value;

    machine.size = size;
    machine.n = (size + LANES - 1) / LANES;
    load (machine.weights, w + done, size);
    value = run_block (&machine, program, n_instructions, amount,
                       draws ? draws + done : NULL, n);
    if (value.stride == 0)
      for (gsize i = 0; i < size; i++)
        result[done + i] = value.lanes[0][0];
    else
      memcpy (result + done, value.lanes, size * sizeof *result);
  }
}
