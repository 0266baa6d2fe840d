/* nudge-signals.c - being asked to end, by Ctrl-C or kill
 *
 * SPDX-License-Identifier: MIT
 */

#include "app/command/nudge-signals.h"

#include <signal.h>
#include <time.h>

#include "nn/files/nn-temporary.h"

/* `timeout` sends a signal to the process and then to its group: so soon it is the
 * same request. */
#define SAME_REQUEST_S 0.2

static volatile sig_atomic_t received;
static struct timespec first; /* when; the handler's alone */

static void
handle (int number)
{
  struct timespec now;

  clock_gettime (CLOCK_MONOTONIC, &now);
  if (!received) {
    first = now;
    received = number;
  } else if ((double) (now.tv_sec - first.tv_sec) +
                 1e-9 * (double) (now.tv_nsec - first.tv_nsec) >
             SAME_REQUEST_S) {
    nn_temporary_remove_all ();
    signal (number, SIG_DFL);
    raise (number); /* takes effect when the handler returns */
  }
}

/* @flags: of sigaction () */
static void
watch (int flags)
{
  static const int numbers[] = { SIGHUP, SIGINT, SIGTERM };
  struct sigaction action = { .sa_handler = handle, .sa_flags = flags };

  for (gsize i = 0; i < G_N_ELEMENTS (numbers); i++) /* one at a time */
    sigaddset (&action.sa_mask, numbers[i]);
  for (gsize i = 0; i < G_N_ELEMENTS (numbers); i++) {
    struct sigaction before;

    sigaction (numbers[i], &action, &before);
    if (before.sa_handler == SIG_IGN)
      sigaction (numbers[i], &before, NULL);
  }
  signal (SIGPIPE, SIG_IGN);
  signal (SIGXFSZ, SIG_IGN);
}

/**
 * nudge_signals_watch:
 *
 * From now on SIGHUP, SIGINT and SIGTERM are requests, but for those that are ignored, as
 * under nohup. A write into a closed pipe, or beyond what the system allows, fails instead
 * of killing: no temporary file may remain.
 */
void
nudge_signals_watch (void)
{
  watch (SA_RESTART);
}

/**
 * nudge_signals_watch_reading:
 *
 * The same before nudge_signals_watch (), while nothing is written: reading ends with
 * EINTR, as the other end of a pipe may never write.
 */
void
nudge_signals_watch_reading (void)
{
  watch (0);
}

/**
 * nudge_signals_get:
 *
 * Returns: the number of the first signal; 0 if none came
 */
int
nudge_signals_get (void)
{
  return received;
}
