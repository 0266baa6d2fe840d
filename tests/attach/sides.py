# sides.py - sides that die, hang, flood or send rubbish
#
# SPDX-License-Identifier: MIT

import contextlib
import json
import os
import random
import signal
import socket
import subprocess
import threading
import time

from jobs import (HERE, LONG, STEPS, assert_same, attached_nudge, environment, finish, fork, nudge, start,
                  start_bare)
from peer import HEADER, PATIENCE, Peer, path_of, wait_for


def kills(count=5):
    """Of either side, at any time; the other is whole."""
    finish(start_bare("plain", STEPS, "plain"))
    for _ in range(count):
        kill_nudge()
        kill_job()


def kill_nudge():
    """A few times, in one job."""
    job = start("plain", STEPS, "killed")
    for _ in range(3):
        with attached_nudge(job, *["--snapshot", "x.npz", "--step"] * 1000):
            time.sleep(random.uniform(0, 0.01))
    nudge("--headless", job.pid, "--continue")
    finish(job)
    assert_same("plain", "killed")


def kill_job():
    """While Nudge has it step. Nudge says so in a line."""
    job = start("plain", LONG, "out")
    with attached_nudge(job, *["--step"] * 5000) as process:
        threading.Timer(random.uniform(0, 0.1), job.kill).start()
        _, why = process.communicate(timeout=PATIENCE)
    job.wait()
    assert process.returncode == 1 and why.count("\n") == 1, (process.returncode, why)
    assert why.startswith("nudge: ") and ("ended" in why or "closed" in why), why


ENDS = {"last-line": 0, "sys.exit": 3, "exception": 1, "os._exit": 4, "signal": -signal.SIGTERM}


def ends():
    """A job ends as it would, whatever its other threads are in the middle of."""
    jobs = {}
    for how in ENDS:
        job = fork("--pause", os.path.join(HERE, "ends.py"), how)
        peer = Peer(job.pid)
        peer.send("look", every_ms=10, tensors=["weight"], gradients=["weight"])
        peer.send("nudge", targets=[{"parameter": "weight"}], operations=[["number", 0.0], ["set_w"]],
                  receipt=True)
        peer.send("continue")
        jobs[how] = job, peer
    statuses = {how: job.wait() for how, (job, _) in jobs.items()}
    assert statuses == ENDS, statuses


def last_state():
    """What a job was at its end is shown to those who looked, however seldom they did."""
    job = start("plain", STEPS, "out")
    peer = Peer(job.pid)
    peer.ask("look", every_ms=60000, tensors=["0.weight"])
    peer.send("continue")
    steps = []
    with contextlib.suppress(EOFError):
        while True:
            message, data = peer.receive()
            if message.get("event") == "frame":
                steps.append(message["step"])
                assert len(data) == 8 * 3 * 4, message
    assert len(steps) <= 2 and steps[-1] == STEPS, steps
    finish(job)


def holding():
    """A pause that is its asker's alone ends with it."""
    job = start("plain", STEPS, "out")
    peer = Peer(job.pid)
    peer.ask("pause", hold=False)
    peer.ask("describe")
    assert job.poll() is None
    peer.socket.close()
    finish(job)


def rubbish_bytes():
    deep = b"[" * 200000
    huge = HEADER.pack(b"NUDG", 0xFFFFFFFF, 0)
    yield b"GET / HTTP/1.1\r\n\r\n"
    yield HEADER.pack(b"NUDG", 10, 0)
    yield HEADER.pack(b"NUDG", 10, 1 << 60)
    yield huge
    yield HEADER.pack(b"NUDG", len(deep), 0) + deep
    for text in (b"[]", b"{", b"1" * 100000, b'"\xff"', b'{"do":1e999}', b"\0" * 100):
        yield HEADER.pack(b"NUDG", len(text), 0) + text
    generator = random.Random(1)
    for _ in range(20):
        yield generator.randbytes(generator.randrange(1, 5000))


def odd_requests():
    targets = [{"parameter": "0.weight"}]
    yield {"do": None}
    yield {"do": ["nudge"]}
    yield {"do": "nudge"}
    yield {"do": "nudge", "targets": 3, "operations": [["w"], ["set_w"]]}
    yield {"do": "nudge", "targets": [3], "operations": [["w"], ["set_w"]]}
    for operations in ([], [[]], [3], [["add"]], [["w"]], [["number"]], [["number", "1"], ["set_w"]],
                       [["__import__"]], [["w"], ["w"], ["set_w"]], [["w"]] * 5000,
                       [["w"], ["std", 99], ["set_w"]], [["w"], ["std", "x"], ["set_w"]],
                       [["number", 1e308], ["set_w"]], [["number", 10.0], ["number", 400.0], ["power"], ["set_w"]]):
        yield {"do": "nudge", "targets": targets, "operations": operations}
    for part in ({"rows": [0, 99, 1]}, {"rows": [-1, 1, 1]}, {"rows": "x"}, {"edges": [[99, 0]]},
                 {"edges": 3}, {"columns": [0, 1, 1]}, {"rows": [0, 1, 0]}):
        yield {"do": "nudge", "targets": [{"parameter": "0.weight", **part}],
               "operations": [["number", 0.0], ["set_w"]]}
    for more in ({"amount": "x"}, {"seed": -1e300}, {"memory": 3}, {"when": 3}, {"when": {"at": []}},
                 {"when": {"at": ["x"]}}, {"when": {"every": -1}}):
        yield {"do": "nudge", "targets": targets, "operations": [["w"], ["set_w"]], **more}
    yield {"do": "tensors", "names": 3}
    yield {"do": "look", "every_ms": "x"}
    yield {"do": "look", "tensors": [3]}
    yield {"do": "look", "also": 3}
    yield {"do": "look", "also": {"exp_avg": 3}}
    yield {"do": "move", "standing": ["1"]}
    yield {"do": "move", "standing": "1", "before": 3}
    yield {"do": "step", "steps": "x"}
    yield {"do": "remove", "standing": []}


def peer_or_none(job):
    """Those before are still being turned away."""
    with contextlib.suppress(EOFError, OSError):
        return Peer(job.pid)
    return None


def flood(job):
    """Asks more than it reads, and then nothing for a while."""
    peer = Peer(job.pid)
    peer.socket.settimeout(0.2)
    with contextlib.suppress(OSError):
        for _ in range(20000):
            peer.send("tensors")
    return peer


def rubbish():
    """On the socket of a job, whose losses stay as they are."""
    plain = start_bare("plain", STEPS, "plain")
    job = start("plain", STEPS, "odd")
    for data in rubbish_bytes():
        with socket.socket(socket.AF_UNIX) as connection, contextlib.suppress(OSError):
            connection.connect(path_of(job.pid))
            connection.sendall(data)
    peer = wait_for(lambda: peer_or_none(job))
    for request in odd_requests():
        peer.send(request.pop("do"), **request)
        reply, _ = peer.receive()
        assert not reply["ok"] and reply["error"], (request, reply)
    flooding = [flood(job) for _ in range(2)]
    crowd = []
    for _ in range(20):
        crowd.append(socket.socket(socket.AF_UNIX))
        crowd[-1].connect(path_of(job.pid))
    peer.ask("step", steps=STEPS // 2)
    peer.send("continue")
    finish(job)
    finish(plain)
    del flooding
    assert_same("plain", "odd")


def false_job():
    """What listens and is no job: Nudge says so in a line, and in time."""
    greeting = json.dumps({"nudge_attach": 3, "pid": 1, "script": "x", "step": 0, "ranks": 1,
                           "paused": False}).encode()
    hello = HEADER.pack(b"NUDG", len(greeting), 0) + greeting
    other = greeting.replace(b'"nudge_attach": 3', b'"nudge_attach": 9')

    def replies(text, more=b""):
        return hello + HEADER.pack(b"NUDG", len(text), len(more)) + text + more

    bad = [b"", b"\0" * 100, hello[:20], hello, HEADER.pack(b"NUDG", 2, 0) + b"[]",
           HEADER.pack(b"NUDG", 1 << 31, 0), HEADER.pack(b"NUDG", 5, 0) + b"\xff\xff\xff\xff\xff",
           HEADER.pack(b"NUDG", len(other), 0) + other, replies(b'{"id":1}'), replies(b'{"id":1,"ok":3}'),
           replies(b'{"id":1,"ok":true}'), replies(b'{"id":1,"ok":true,"tensors":[3]}'),
           replies(b'{"id":1,"ok":true,"tensors":[{"name":"w","dtype":"float32","shape":[9999999,9999999]}]}'),
           replies(b'{"id":1,"ok":true,"tensors":[{"name":"w","dtype":"x","shape":[]}]}'),
           hello + HEADER.pack(b"NUDG", 2, (1 << 64) - 1) + b"{}"]
    for data in bad:
        with socket.socket(socket.AF_UNIX) as listener:
            listener.bind("false.sock")
            listener.listen()
            threading.Thread(target=serve, args=(listener, data), daemon=True).start()
            result = subprocess.run(
                [os.environ["NUDGE_PROGRAM"], "attach", "--headless", os.path.abspath("false.sock"),
                 "--wait", "1", "--snapshot", "x.npz"],
                env=environment(), capture_output=True, text=True, check=False, timeout=PATIENCE)
            assert result.returncode in (1, 2) and result.stderr.count("\n") == 1, (data, result)
        os.unlink("false.sock")


def serve(listener, data):
    connection, _ = listener.accept()
    connection.sendall(data)
    time.sleep(3)
    connection.close()
