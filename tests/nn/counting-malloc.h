/* counting-malloc.h - counts what the thread allocates
 *
 * SPDX-License-Identifier: MIT
 *
 * Replaces the C library's allocating functions by counting ones, for the whole
 * process: included by a test's one source file. A sanitizer replaces them too, so
 * there COUNTING_MALLOC is not defined, and neither is anything else.
 */

#pragma once

#include <glib.h>
#include <stdlib.h>

#if !defined __SANITIZE_ADDRESS__ && !defined __SANITIZE_THREAD__
#define COUNTING_MALLOC

void *__libc_malloc (size_t size);
void *__libc_calloc (size_t n, size_t size);
void *__libc_realloc (void *old, size_t size);
void *__libc_memalign (size_t alignment, size_t size);

static _Thread_local guint n_allocations;

void *
malloc (size_t size)
{
  n_allocations++;
  return __libc_malloc (size);
}

void *
calloc (size_t n, size_t size)
{
  n_allocations++;
  return __libc_calloc (n, size);
}

void *
realloc (void *old, size_t size)
{
  n_allocations++;
  return __libc_realloc (old, size);
}

void *
aligned_alloc (size_t alignment, size_t size)
{
  n_allocations++;
  return __libc_memalign (alignment, size);
}

int
posix_memalign (void **result, size_t alignment, size_t size)
{
  n_allocations++;
  *result = __libc_memalign (alignment, size);
  return *result ? 0 : 12; /* ENOMEM */
}

#endif
