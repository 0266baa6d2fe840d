# jobs.py - jobs, and Nudge attached to them
#
# SPDX-License-Identifier: MIT
#
# Works in the present folder, which is the user's runtime folder, too.

import contextlib
import json
import os
import runpy
import signal
import subprocess
import sys

import torch
from peer import PATIENCE, path_of, wait_for

HERE = os.path.dirname(os.path.abspath(__file__))
JOB = os.path.join(HERE, "job.py")
EDIT_AT = 150
STEPS = 220
LONG = 1000000  # steps that no job comes to
STARTED = []  # of which none outlives its test


# --- Processes ------------------------------------------------------------------------


class Forked(BaseException):
    """Raised where a job begins: goes up to main (), so that it ends as any program ends.

    It is forked where PyTorch is loaded already, which is most of what it takes to start one.
    """

    def become(self):
        arguments, attached, patience, more = self.args
        os.dup2(2, 1)  # what tests say is not for it
        os.environ.update(more)
        sys.argv = ["", *arguments] if attached else arguments
        sys.path.insert(1, os.environ["NUDGE_CLIENT"])
        if attached:
            import nudge_attach

            nudge_attach.PATIENCE = patience
            runpy.run_module("nudge_attach", run_name="__main__", alter_sys=True)
        else:
            runpy.run_path(arguments[0], run_name="__main__")


class Job:
    """As subprocess.Popen, of a process that was forked."""

    def __init__(self, pid):
        self.pid = pid
        self.status = None

    def poll(self):
        if self.status is None:
            pid, status = os.waitpid(self.pid, os.WNOHANG)
            self.status = os.waitstatus_to_exitcode(status) if pid else None
        return self.status

    def wait(self, timeout=PATIENCE):
        wait_for(lambda: self.poll() is not None, timeout)
        return self.status

    def kill(self):
        if self.status is None:
            os.kill(self.pid, signal.SIGKILL)


def fork(*arguments, attached=True, patience=PATIENCE, **more):
    pid = os.fork()
    if pid == 0:
        STARTED.clear()
        raise Forked([str(argument) for argument in arguments], attached, patience, more)
    STARTED.append(Job(pid))
    return STARTED[-1]


def start(*arguments, **more):
    """A job that listens, and waits after its first step until Nudge lets it go on."""
    job = fork("--pause", JOB, *arguments, **more)
    listens(job)
    return job


def start_bare(*arguments, **more):
    """A job that knows nothing of Nudge."""
    return fork(JOB, *arguments, attached=False, **more)


def start_new(*arguments):
    """Python, as it is typed."""
    STARTED.append(subprocess.Popen([sys.executable, *map(str, arguments)], env=environment()))
    return STARTED[-1]


def end_all():
    for process in STARTED:
        # What is typed may have processes of its own, which it ends if it is asked to.
        process.terminate() if isinstance(process, subprocess.Popen) else process.kill()
        process.wait(PATIENCE)
    STARTED.clear()


def environment():
    return os.environ | {"PYTHONPATH": os.environ["NUDGE_CLIENT"]}


def listens(job):
    def is_there():
        assert job.poll() is None, "the job has ended with %d" % job.poll()
        return os.path.exists(path_of(job.pid))

    wait_for(is_there)


def finish(job):
    status = job.wait(timeout=PATIENCE)
    assert status == 0, "the job has ended with %d" % status


# --- Nudge ----------------------------------------------------------------------------


def nudge(*arguments, status=0):
    """Its standard output; or its error, if it is to fail."""
    result = subprocess.run(
        [os.environ["NUDGE_PROGRAM"], "attach", *map(str, arguments)],
        env=environment(), capture_output=True, text=True, check=False, timeout=PATIENCE,
    )
    said = (arguments[:20], result.returncode, result.stdout, result.stderr)
    assert result.returncode == status, said
    if status:
        assert result.stderr.count("\n") == 1 and result.stderr.startswith("nudge: "), said
    return result.stderr if status else result.stdout


@contextlib.contextmanager
def attached_nudge(job, *arguments):
    """Yields the process, as soon as it has said something; it is killed behind."""
    with subprocess.Popen(
        [os.environ["NUDGE_PROGRAM"], "attach", "--headless", str(job.pid), *arguments],
        env=environment(), stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
    ) as process:
        assert process.stdout.readline(), process.stderr.read()
        yield process
        process.kill()


# --- What they leave ------------------------------------------------------------------


def read_text(name):
    with open(name, encoding="ascii") as file:
        return file.read()


def read_bytes(path):
    with open(path, "rb") as file:
        return file.read()


def assert_same(name, other):
    """Losses and parameters, to the bit."""
    assert read_text(name) == read_text(other), (name, other)


def tensors_of(path):
    data = read_bytes(path)
    n = int.from_bytes(data[:8], "little")
    types = {"F32": torch.float32, "BF16": torch.bfloat16, "I64": torch.int64}
    tensors = {}
    for name, facts in json.loads(data[8 : 8 + n]).items():
        if name != "__metadata__":
            first, last = facts["data_offsets"]
            part = bytearray(data[8 + n + first : 8 + n + last])
            flat = torch.frombuffer(part, dtype=types[facts["dtype"]])
            tensors[name] = flat.reshape(facts["shape"])
    return tensors


def same_bits(a, b):
    a, b = (t.contiguous().flatten() for t in (a, b))
    return a.dtype == b.dtype and (a.shape == b.shape) and bytes(
        a.view(torch.uint8).tolist()) == bytes(b.view(torch.uint8).tolist())
