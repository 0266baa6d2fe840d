/* nn-gemm.c - the products of a large dense layer, on several threads
 *
 * SPDX-License-Identifier: MIT
 */

#include "nn/kernels/nn-gemm.h"

#include "nn/kernels/nn-gemm-grid.h"
#include "nn/kernels/nn-threads.h"

/* Multiplications below which the loops that copy nothing are faster. */
#define MIN_WORK (1u << 18)
/* And below which it is not worth waking a thread: 15 microseconds. */
#define MIN_SHARED_WORK (1u << 21)
/* One that is awake takes a part of shorter ones, down to 4 microseconds. */
#define MIN_BRIEF_WORK (1u << 19)
/* Each thread makes a copy of its own if that has at most so many floats, and the thread
 * computes at least so many rows from it. Packing is then done once for each thread, but no
 * thread writes lines that another one's cache holds, or reads what another one wrote. With it
 * W4 makes 5 % more steps on two processors that have no cache in common, and as many on two
 * that share one. */
#define MAX_OWN_FLOATS (1u << 17)
#define MIN_OWN_ROWS   256
#define MAX_COPIES     4
/* Floats that are copied before the product goes on, 4 MiB, so that the copy of a long
 * table does not need as much memory again. */
#define CHUNK         (1u << 20)
#define CHUNK_COLUMNS 2048

/**
 * nn_gemm_pays:
 *
 * Returns: whether a product of these sizes belongs here
 */
gboolean
nn_gemm_pays (gsize n_rows, gsize n_terms, gsize n_columns)
{
  return n_rows * n_terms * n_columns >= MIN_WORK;
}

static gsize
round_up (gsize n, gsize step)
{
  return (n + step - 1) / step * step;
}

static gsize
get_chunk_terms (gsize n_columns)
{
  const gsize n_padded = round_up (n_columns, nn_kernels_get ()->vector_width);

  return MAX (CHUNK / n_padded / NN_PACKED_TERMS, 1) * NN_PACKED_TERMS;
}

/* Returns: the floats that a chunk of x (n_terms, n_columns) takes at most */
static gsize
get_packed_size (gsize n_terms, gsize n_columns)
{
  const gsize n_chunk = MIN (n_columns, CHUNK_COLUMNS);

  return MIN (n_terms, get_chunk_terms (n_chunk)) *
         round_up (n_chunk, nn_kernels_get ()->vector_width);
}

/* Returns: how many threads at most make copies of their own, of so many floats each; 1 if
 * they share one */
static gsize
get_max_copies (gsize n_rows, gsize packed_size)
{
  return packed_size <= MAX_OWN_FLOATS ? CLAMP (n_rows / MIN_OWN_ROWS, 1, MAX_COPIES) : 1;
}

/* Returns: the floats that all copies of x (n_terms, n_columns) take */
static gsize
get_copies_size (gsize n_rows, gsize n_terms, gsize n_columns)
{
  const gsize size = get_packed_size (n_terms, n_columns);

  return size * get_max_copies (n_rows, size);
}

/**
 * nn_gemm_get_scratch:
 *
 * Returns: how many floats of scratch memory a layer's product and gradients need
 */
gsize
nn_gemm_get_scratch (gsize n_out, gsize n_in, gsize n_columns)
{
  return MAX (get_copies_size (n_out, n_in, n_columns),
              get_copies_size (n_out, n_columns, n_in) +
                  get_copies_size (n_in, n_out, n_columns));
}

static void
pack_part (gconstpointer data, gsize first, gsize end)
{
  nn_kernels_get ()->pack_blocks (data, first, end);
}

static void
product_part (gconstpointer data, gsize first, gsize end)
{
  const NnGemmGrid *grid = data;

  nn_gemm_grid_compute (grid, grid->product, first, end);
}

static gsize
count_blocks (const NnProduct *p)
{
  const gsize tile_columns = 2 * nn_kernels_get ()->vector_width;

  return (p->n_terms + NN_PACKED_TERMS - 1) / NN_PACKED_TERMS *
         ((p->n_columns + tile_columns - 1) / tile_columns);
}

static NnPoolLoop
get_pack_loop (const NnPackedProduct *packed)
{
  return (NnPoolLoop){ pack_part, packed, count_blocks (&packed->product), 1 };
}

/* Copies columns and computes them, so that threads do not meet in between; @first and @end
 * count tiles. */
static void
columns_part (gconstpointer data, gsize first, gsize end)
{
  const NnPackedProduct *whole = data;
  const gsize tile_columns = 2 * nn_kernels_get ()->vector_width;
  const gsize column = first * tile_columns;
  NnPackedProduct part = *whole;
  NnProduct *p = &part.product;

  p->n_columns = MIN (end * tile_columns, p->n_columns) - column;
  p->x += column * whole->x_column_stride;
  p->y += column;
  part.packed += column * p->n_terms;
  pack_part (&part, 0, count_blocks (p));
  nn_kernels_get ()->packed_product (&part,
                                     &(NnProductPart){ 0, p->n_rows, 0, p->n_columns });
}

static NnPoolLoop
get_columns_loop (const NnPackedProduct *packed)
{
  const gsize tile_columns = 2 * nn_kernels_get ()->vector_width;

  return (NnPoolLoop){ .part = columns_part,
                       .data = packed,
                       .n = (packed->product.n_columns + tile_columns - 1) / tile_columns,
                       .grain = 1,
                       .brief = TRUE };
}

static NnPoolLoop
get_product_loop (const NnGemmGrid *grid)
{
  return (NnPoolLoop){ product_part, grid, nn_gemm_grid_count (grid), 1 };
}

static gboolean
should_share (const NnProduct *p)
{
  return p->n_rows * p->n_terms * p->n_columns >= MIN_SHARED_WORK;
}

static NnGemmGrid
get_grid (const NnPackedProduct *packed, gboolean shared)
{
  return nn_gemm_grid_get (packed, shared ? nn_threads_get () : 1);
}

/* Whether all of it is copied at once. */
static gboolean
is_one_chunk (const NnProduct *p)
{
  return p->n_columns <= CHUNK_COLUMNS && p->n_terms <= get_chunk_terms (p->n_columns);
}

/* The threads' own copies of a product's x. */
typedef struct {
  NnGemmGrid grid;
  gsize n;          /* as many as there are threads; 1 if these share a copy */
  GThread **owners; /* (n) (atomic) the thread that has packed each, NULL at first */
} Copies;

/* @owners: (MAX_COPIES) */
static Copies
get_copies (const NnPackedProduct *product, GThread **owners)
{
  const NnProduct *p = &product->product;
  const gsize n_threads = nn_threads_get ();
  const gsize size = get_packed_size (p->n_terms, p->n_columns);
  const gboolean own = should_share (p) && is_one_chunk (p) &&
                       n_threads <= get_max_copies (p->n_rows, size);

  return (Copies){ get_grid (product, own), own ? n_threads : 1, owners };
}

/* Packs @copy if no thread has it yet. Returns: whether it is this thread's */
static gboolean
claim (GThread **owner, const NnPackedProduct *copy)
{
  GThread *thread = g_thread_self ();

  if (g_atomic_pointer_get (owner) == thread)
    return TRUE;
  if (!g_atomic_pointer_compare_and_exchange (owner, NULL, thread))
    return FALSE;
  pack_part (copy, 0, count_blocks (&copy->product));
  return TRUE;
}

/* A thread takes part in a job once, and no more threads do than there are copies. */
static void
own_copy_part (gconstpointer data, gsize first, gsize end)
{
  const Copies *self = data;
  const NnProduct *p = &self->grid.product->product;
  NnPackedProduct copy = *self->grid.product;

  for (gsize i = 0; !claim (&self->owners[i], &copy); i++) {
    g_assert (i + 1 < self->n);
    copy.packed += get_packed_size (p->n_terms, p->n_columns);
  }
  nn_gemm_grid_compute (&self->grid, &copy, first, end);
}

static NnPoolLoop
get_own_copy_loop (const Copies *copies)
{
  return (NnPoolLoop){ own_copy_part, copies, nn_gemm_grid_count (&copies->grid), 1 };
}

static void
run (gboolean shared, const NnPoolLoop *loops, gsize n_loops)
{
  if (shared)
    nn_threads_run_loops (loops, n_loops);
  else
    for (gsize i = 0; i < n_loops; i++)
      loops[i].part (loops[i].data, 0, loops[i].n);
}

static gboolean
is_brief (const NnProduct *p)
{
  return p->n_rows * p->n_terms * p->n_columns >= MIN_BRIEF_WORK && !should_share (p) &&
         is_one_chunk (p);
}

/* Those terms and columns of @whole that begin at @term and @column. */
static NnPackedProduct
get_chunk (const NnPackedProduct *whole, gsize term, gsize n_terms, gsize column)
{
  const NnProduct *p = &whole->product;
  NnPackedProduct chunk = *whole;
  NnProduct *part = &chunk.product;

  part->n_terms = MIN (n_terms, p->n_terms - term);
  part->n_columns = MIN (CHUNK_COLUMNS, p->n_columns - column);
  part->a += term * p->term_stride;
  part->x += term * whole->x_term_stride + column * whole->x_column_stride;
  part->y += column;
  part->add |= term > 0;
  part->relu &= term + part->n_terms == p->n_terms;
  return chunk;
}

static void
multiply (const NnPackedProduct *whole)
{
  const NnProduct *p = &whole->product;
  const gsize n_terms = get_chunk_terms (MIN (p->n_columns, CHUNK_COLUMNS));
  const gboolean shared = should_share (p);

  for (gsize column = 0; column < p->n_columns; column += CHUNK_COLUMNS)
    for (gsize term = 0; term < p->n_terms; term += n_terms) {
      const NnPackedProduct chunk = get_chunk (whole, term, n_terms, column);
      const NnGemmGrid grid = get_grid (&chunk, shared);

      run (shared, (const NnPoolLoop[]){ get_pack_loop (&chunk) }, 1);
      run (shared, (const NnPoolLoop[]){ get_product_loop (&grid) }, 1);
    }
}

/**
 * nn_gemm_product:
 * @cached: whether these threads have just computed x
 * @scratch: see nn_gemm_get_scratch ()
 *
 * A batch comes from memory, and if each thread read all of it, W4's would take 22 us of a
 * step's 1000. So they share one copy: 1 % more steps on two processors that share a cache,
 * 2 % fewer on two that do not.
 */
void
nn_gemm_product (const NnProduct *product, gboolean cached, float *scratch)
{
  const NnPackedProduct packed = { .product = *product,
                                   .x_term_stride = product->n_columns,
                                   .x_column_stride = 1,
                                   .packed = scratch };
  GThread *owners[MAX_COPIES] = { NULL };
  const Copies copies = get_copies (&packed, owners);

  if (is_brief (product))
    run (TRUE, (const NnPoolLoop[]){ get_columns_loop (&packed) }, 1);
  else if (cached && copies.n > 1)
    run (TRUE, (const NnPoolLoop[]){ get_own_copy_loop (&copies) }, 1);
  else
    multiply (&packed);
}

/* dw = dz xᵀ */
static NnPackedProduct
get_weight_product (const NnGradients *g, float *scratch, gint *not_finite)
{
  return (NnPackedProduct){ .product = { .a = g->dz,
                                         .row_stride = g->n_columns,
                                         .term_stride = 1,
                                         .x = g->x,
                                         .y = g->dw,
                                         .y_stride = g->n_in,
                                         .n_rows = g->n_out,
                                         .n_terms = g->n_columns,
                                         .n_columns = g->n_in,
                                         .add = g->add },
                            .x_term_stride = 1,
                            .x_column_stride = g->n_columns,
                            .packed = scratch,
                            .not_finite = not_finite };
}

/* dx = wᵀ dz */
static NnPackedProduct
get_input_product (const NnGradients *g, float *scratch)
{
  return (NnPackedProduct){ .product = { .a = g->w,
                                         .row_stride = 1,
                                         .term_stride = g->n_in,
                                         .x = g->dz,
                                         .y = g->dx,
                                         .y_stride = g->n_columns,
                                         .n_rows = g->n_in,
                                         .n_terms = g->n_out,
                                         .n_columns = g->n_columns,
                                         .add = g->add_dx },
                            .x_term_stride = g->n_columns,
                            .x_column_stride = 1,
                            .packed = scratch };
}

static void
sum_rows_part (gconstpointer data, gsize first, gsize end)
{
  const NnGradients *g = data;
  const gsize offset = first * g->n_columns;

  nn_kernels_get ()->sum_rows (g->dz + offset, g->y ? g->y + offset : NULL, g->db + first,
                               end - first, g->n_columns, g->add);
}

static NnPoolLoop
get_sum_loop (const NnGradients *g)
{
  return (NnPoolLoop){ sum_rows_part, g, g->n_out, NN_PACKED_ROWS };
}

/* The sums leave dz as it is to be.
 * @input: (nullable)
 *
 * Returns: FALSE, and computes nothing, where threads are better off with one copy */
static gboolean
multiply_from_own_copies (const NnGradients *g,
                          const NnPackedProduct *weight,
                          const NnPackedProduct *input)
{
  GThread *weight_owners[MAX_COPIES] = { NULL }, *input_owners[MAX_COPIES] = { NULL };
  const Copies weight_copies = get_copies (weight, weight_owners);
  const Copies input_copies =
      input ? get_copies (input, input_owners) : (Copies){ .n = MAX_COPIES };
  NnPoolLoop loops[2];

  if (weight_copies.n <= 1 || input_copies.n <= 1)
    return FALSE;
  loops[0] = get_own_copy_loop (&weight_copies);
  if (input)
    loops[1] = get_own_copy_loop (&input_copies);
  run (TRUE, (const NnPoolLoop[]){ get_sum_loop (g) }, 1);
  run (TRUE, loops, input ? 2 : 1);
  return TRUE;
}

/* Threads meet as seldom as they can: x is copied beside the sums, which leave dz as it is
 * to be, and that is copied beside the product of the weights' gradient. */
static void
multiply_both (const NnGradients *g,
               const NnPackedProduct *weight,
               const NnPackedProduct *input)
{
  const gboolean shared = should_share (&weight->product);
  const NnGemmGrid grid = get_grid (weight, shared);
  NnGemmGrid input_grid;

  run (shared, (const NnPoolLoop[]){ get_sum_loop (g), get_pack_loop (weight) }, 2);
  if (input == NULL) {
    run (shared, (const NnPoolLoop[]){ get_product_loop (&grid) }, 1);
    return;
  }
  run (shared, (const NnPoolLoop[]){ get_pack_loop (input), get_product_loop (&grid) },
       2);
  input_grid = get_grid (input, shared);
  run (shared, (const NnPoolLoop[]){ get_product_loop (&input_grid) }, 1);
}

/* In one job: a thread finds the rows of x in its cache, as it has computed them, and leaves
 * there the rows of dx whose sums it is going to add up. On two threads W4's last layer takes
 * 16 us, both ways, instead of 27 on one, and 42 instead of 64 if these have a cache each. */
static void
multiply_briefly (const NnGradients *g,
                  const NnPackedProduct *weight,
                  const NnPackedProduct *input)
{
  NnPoolLoop loops[2];
  NnGemmGrid grid;

  run (FALSE, (const NnPoolLoop[]){ get_sum_loop (g) }, 1);
  loops[0] = get_columns_loop (weight);
  if (input) {
    run (FALSE, (const NnPoolLoop[]){ get_pack_loop (input) }, 1);
    grid = get_grid (input, TRUE);
    loops[1] = get_product_loop (&grid);
    loops[1].brief = TRUE;
  }
  run (TRUE, loops, input ? 2 : 1);
}

static void
multiply_in_chunks (const NnGradients *g,
                    const NnPackedProduct *weight,
                    const NnPackedProduct *input)
{
  run (g->n_out * g->n_columns >= NN_THREADS_MIN_FLOATS,
       (const NnPoolLoop[]){ get_sum_loop (g) }, 1);
  multiply (weight);
  if (input)
    multiply (input);
}

/**
 * nn_gemm_gradients:
 * @scratch: see nn_gemm_get_scratch ()
 *
 * While dw is in registers it costs little to see whether it is finite; reading it again
 * for that took 1 % of a step of W4 and W5.
 *
 * Returns: TRUE if all of dw and db is finite. FALSE says nothing
 */
gboolean
nn_gemm_gradients (const NnGradients *g, float *scratch)
{
  gint not_finite = FALSE;
  const NnPackedProduct weight = get_weight_product (g, scratch, &not_finite);
  const NnPackedProduct input =
      get_input_product (g, scratch + get_copies_size (g->n_out, g->n_columns, g->n_in));
  const NnPackedProduct *wanted = g->dx ? &input : NULL;

  if (!is_one_chunk (&weight.product) || (g->dx && !is_one_chunk (&input.product)))
    multiply_in_chunks (g, &weight, wanted);
  else if (is_brief (&weight.product))
    multiply_briefly (g, &weight, wanted);
  else if (!multiply_from_own_copies (g, &weight, wanted))
    multiply_both (g, &weight, wanted);
  return !g_atomic_int_get (&not_finite) &&
         nn_kernels_get ()->all_finite (g->db, g->n_out);
}
