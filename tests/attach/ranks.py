# ranks.py - jobs of several ranks
#
# SPDX-License-Identifier: MIT

import os
import socket

from jobs import (EDIT_AT, HERE, JOB, LONG, STARTED, STEPS, assert_same, finish, fork, listens, nudge,
                  read_bytes, start_new, wait_for_list)
from language import NOISE
from peer import Peer, wait_for


def free_port():
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        return found.getsockname()[1]


def start_ranks(size, *arguments, **more):
    port = str(free_port())
    jobs = [
        fork(*arguments, RANK=str(rank), WORLD_SIZE=str(size), MASTER_ADDR="127.0.0.1",
             MASTER_PORT=port, **more)
        for rank in range(size)
    ]
    if more.get("attached", True):
        listens(jobs[0])
    return jobs


def check_ranks(size):
    """All ranks do the same at the same step, noise included."""
    said = "0.weight: w + 0.1*noise"
    typed = "w = model[0].weight; w.copy_(w + 0.1*%s)" % NOISE
    plain = start_ranks(size, JOB, "ddp", STEPS, "typed", 0, typed, attached=False)
    jobs = start_ranks(size, "--pause", JOB, "ddp", STEPS, "nudged")
    out = nudge("--headless", jobs[0].pid, "--seed", 7, "--nudge", said + " @ step %d" % EDIT_AT,
                "--continue")
    assert "repeats" in out, out
    for job in plain + jobs:
        finish(job)
    for rank in range(size):
        assert_same("typed.0", "nudged.%d" % rank)


def ranks_2():
    check_ranks(2)


def ranks_4():
    check_ranks(4)


def torchrun():
    """As it is typed, with all that can be asked of ranks."""
    job = start_new("-m", "torch.distributed.run", "--nproc_per_node", 2, "-r", 2, "-t", 2,
                    "--log_dir", "log", "--master_port", free_port(), "-m", "nudge_attach",
                    "--pause", JOB, "ddp", STEPS, "out")
    wait_for_list()
    out = nudge("--headless", "--nudge", "*: w*0.9 memory=zero", "--take-back",
                "--nudge", "*: w + 0.01*noise", "--receipt", "--step", "--nudge", "2: 0", "--steps", 3,
                "--continue")
    assert out.count("1 other rank: the same values") == 3, out
    finish(job)
    assert_same("out.0", "out.1")


def unequal():
    """Ranks that train apart, and not as long, never wait for each other."""
    jobs = start_ranks(2, "--pause", JOB, "unequal", STEPS, "out")
    nudge("--headless", jobs[0].pid, "--nudge", "*: w*0.9", "--steps", STEPS // 2 + 10)
    finish(jobs[1])  # after STEPS / 2
    out = nudge("--headless", jobs[0].pid, "--nudge", "*: w*0.9", "--continue")
    assert "rank 1: has ended" in out, out
    finish(jobs[0])


def left_while_paused():
    """A pause that ends with its connection ends on all ranks."""
    jobs = start_ranks(2, "--pause", JOB, "ddp", STEPS, "out")
    nudge("--headless", jobs[0].pid, "--step")
    peer = Peer(jobs[0].pid)
    assert peer.ask("pause", hold=False)[0]["ok"]
    peer.socket.close()
    for job in jobs:
        finish(job)


def lost_rank():
    """Where a rank is killed, the others' Nudge is told, and nothing is changed."""
    jobs = start_ranks(2, "--pause", JOB, "unequal", LONG, "out", patience=3)
    jobs[1].kill()
    jobs[1].wait()
    nudge("--headless", jobs[0].pid, "--snapshot", "old.npz")
    why = nudge("--headless", jobs[0].pid, "--nudge", "*: 0", status=1)
    assert "rank 1 does not answer" in why, why
    nudge("--headless", jobs[0].pid, "--snapshot", "new.npz")
    assert read_bytes("old.npz") == read_bytes("new.npz")


def busy_rank():
    """A rank may end while its threads agree with others."""
    for _ in range(3):
        finish(start_new(os.path.join(HERE, "busy.py"), free_port()))
