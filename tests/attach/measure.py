#!/usr/bin/python3
# measure.py - what being attached to costs a job
#
# SPDX-License-Identifier: MIT
#
#   NUDGE_CLIENT=resources measure.py [SECONDS]
#
# Prints what a step costs with the client and no Nudge; and, while a Nudge looks 20 times a
# second at the loss, and at everything, the part of the job's time that goes into
# it, and the job's pace against its pace when nothing is looked at. These are medians of
# short stretches that take turns, so that what else the machine does meets all alike; the pace
# means something on a machine that does nothing else.

import os
import statistics
import subprocess
import sys
import time

sys.path.insert(0, os.environ["NUDGE_CLIENT"])

import torch

import nudge_attach

SECONDS = float(sys.argv[1]) if len(sys.argv) > 1 else 60


class Nothing(torch.optim.Optimizer):
    """An optimizer whose step takes no time."""

    def __init__(self, parameters):
        super().__init__(parameters, {})

    def step(self, closure=None):
        return None


def time_steps(step, n):
    start = time.perf_counter()
    for _ in range(n):
        step()
    return (time.perf_counter() - start) / n


def measure_flag():
    """Seconds that a step and a backward pass take longer by the client, with no Nudge."""
    bare = Nothing([torch.zeros(1, requires_grad=True)])
    watched = Nothing([torch.zeros(1, requires_grad=True)])
    inner = torch.autograd.backward
    torch.autograd.backward = lambda tensors, *arguments: None
    plain = torch.autograd.backward
    nudge_attach.watch(None, watched)
    heard = torch.autograd.backward
    torch.autograd.backward = inner
    watched.step()  # listens from now on
    # The least of many short stretches: nothing else has run in it.
    with_client = min(time_steps(watched.step, 500) + time_steps(lambda: heard(None), 500)
                      for _ in range(500))
    without = min(time_steps(bare.step, 500) + time_steps(lambda: plain(None), 500)
                  for _ in range(500))
    return with_client - without


def count_time(watcher):
    """[seconds that sections have taken so far]."""
    spent, section = [0.0], watcher.section

    def counted():
        start = time.perf_counter()
        section()
        spent[0] += time.perf_counter() - start

    watcher.section = counted
    return spent


def measure_looking():
    """By what is looked at: the part of its pace that a job of a million parameters loses."""
    model = torch.nn.Sequential(
        torch.nn.Linear(512, 1024), torch.nn.ReLU(), torch.nn.Linear(1024, 460)
    )
    optimizer = torch.optim.Adam(model.parameters())
    nudge_attach.watch(model, optimizer)
    x, y = torch.randn(256, 512), torch.randn(256, 460)

    def step():
        optimizer.zero_grad()
        ((model(x) - y) ** 2).mean().backward()
        optimizer.step()

    step()
    looker = subprocess.Popen(
        [sys.executable, os.path.join(os.path.dirname(__file__), "look.py"), str(os.getpid())],
        stdin=subprocess.PIPE, text=True,
    )
    spent = count_time(nudge_attach._get_watcher())
    paces = {"off": [], "loss": [], "all": []}
    parts = {"off": [], "loss": [], "all": []}
    end = time.monotonic() + SECONDS
    while time.monotonic() < end:
        for what, found in paces.items():
            print(what, file=looker.stdin, flush=True)
            settle = time.monotonic() + 0.3
            while time.monotonic() < settle:
                step()
            before = spent[0]
            start, n = time.perf_counter(), 0
            while time.perf_counter() < start + 1:
                step()
                n += 1
            found.append((time.perf_counter() - start) / n)
            parts[what].append((spent[0] - before) / (time.perf_counter() - start))
    looker.kill()
    pairs = {what: [b / a for a, b in zip(paces["off"], found)] for what, found in paces.items()}
    n = sum(p.numel() for p in model.parameters())
    for what in ("loss", "all"):
        print("%d parameters, looking at %s: %.2f %% of the job's time; a step takes "
              "%+.2f %% (median of %d; %.2f ms)" % (
                  n, what, 100 * statistics.median(parts[what]),
                  100 * (statistics.median(pairs[what]) - 1), len(pairs[what]),
                  1000 * statistics.median(paces["off"])))


def main():
    print("nobody connected: %+.0f ns a step" % (1e9 * measure_flag()))
    measure_looking()


main()
