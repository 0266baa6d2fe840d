#!/usr/bin/python3
# measure.py - what being attached to costs a job
#
# SPDX-License-Identifier: MIT
#
#   NUDGE_CLIENT=resources measure.py [SECONDS]
#
# Prints what a step costs with the client and no Nudge; and, while a Nudge looks 20 times a
# second at the loss, at parts of everything as a picture has them, and at all of it: how many
# frames come; what share of the job's time the client takes, in its training thread by the clock
# and in its other threads of a processor; the job's pace against its pace when nothing is looked
# at; and how long a frame is on a processor. Stretches of a second take turns, so that what else
# the machine does meets all alike: their median, and the least and the greatest. Where it does
# much else, how long a frame is on a processor means something, and the rest little.

import os
import statistics
import subprocess
import sys
import tempfile
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


class Spent:
    """Seconds that the client has taken so far, by a clock that can be changed, and frames."""

    def __init__(self, watcher):
        self.clock, self.seconds, self.frames = time.perf_counter, 0.0, 0
        self.section, watcher.section = watcher.section, self.count_section
        self.send_frame, watcher.send_frame = watcher.send_frame, self.count_frame
        self.has_shown = nudge_attach._Connection.has_shown
        nudge_attach._Connection.has_shown = lambda *arguments: self.count_sending(*arguments)

    def count_section(self):
        start = self.clock()
        self.section()
        self.seconds += self.clock() - start

    def count_frame(self, connection):
        self.frames += 1
        self.send_frame(connection)

    def count_sending(self, connection, seconds):
        self.seconds += seconds
        self.has_shown(connection, seconds)

    def now(self):
        return self.seconds, self.frames, time.perf_counter()


def describe(numbers, form):
    return "%s (%s to %s)" % tuple(form % f(numbers) for f in (statistics.median, min, max))


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
    spent = Spent(nudge_attach._get_watcher())
    kinds = ("off", "loss", "parts", "all")
    paces, shares, rates, costs = ({what: [] for what in kinds} for _ in range(4))

    def stretch(clock, seconds):
        """(seconds that the client has taken, frames, seconds, steps)"""
        spent.clock = clock
        before, n = spent.now(), 0
        while time.perf_counter() < before[-1] + seconds:
            step()
            n += 1
        return *(b - a for a, b in zip(before, spent.now())), n

    share = nudge_attach.FRAMES_SHARE
    end = time.monotonic() + SECONDS
    while time.monotonic() < end:
        for what in kinds:
            print(what, file=looker.stdin, flush=True)
            stretch(time.perf_counter, 0.5)
            took, frames, seconds, n = stretch(time.perf_counter, 1)
            paces[what].append(seconds / n)
            shares[what].append(100 * took / seconds)
            rates[what].append(frames / seconds)
            nudge_attach.FRAMES_SHARE = 1.0  # as many as are asked for
            took, frames, *_ = stretch(time.thread_time, 1)
            nudge_attach.FRAMES_SHARE = share
            costs[what].append(1e6 * took / max(1, frames))
    looker.kill()
    n = sum(p.numel() for p in model.parameters())
    print("%d parameters, steps of %s ms" % (
        n, describe([1000 * pace for pace in paces["off"]], "%.1f")))
    for what in kinds[1:]:
        ratios = [100 * (b / a - 1) for a, b in zip(paces["off"], paces[what])]
        print("looking at %s: %s frames a second" % (what, describe(rates[what], "%.1f")))
        print("    take %s %% of the job's time" % describe(shares[what], "%.2f"))
        print("    a step takes %s %%" % describe(ratios, "%+.1f"))
        print("    one frame takes %s us of a processor: 20 of them %.2f %% of a second" % (
            describe(costs[what], "%.0f"), 20 * statistics.median(costs[what]) / 1e4))


def main():
    os.environ["XDG_RUNTIME_DIR"] = tempfile.mkdtemp()
    print("not connected: %+.0f ns a step" % (1e9 * measure_flag()))
    measure_looking()


main()
