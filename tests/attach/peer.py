# peer.py - the other end of a job's socket, as nudge-attach(7) has it
#
# SPDX-License-Identifier: MIT

import json
import os
import socket
import struct
import time

PATIENCE = 200  # seconds, for what takes a moment on a machine that does nothing else
HEADER = struct.Struct("<4sIQ")


def path_of(pid):
    return os.path.join(os.environ["XDG_RUNTIME_DIR"], "nudge", "%d.sock" % pid)


def wait_for(what, seconds=PATIENCE):
    """Until what () is true; returns that."""
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        found = what()
        if found:
            return found
        time.sleep(0.01)
    raise AssertionError("it takes too long")


class Peer:
    def __init__(self, pid):
        path = path_of(pid)
        wait_for(lambda: os.path.exists(path))
        self.socket = socket.socket(socket.AF_UNIX)
        self.socket.connect(path)
        self.socket.settimeout(PATIENCE)
        self.greeting, _ = self.receive()
        self.next_id = 1

    def read(self, n):
        data = b""
        while len(data) < n:
            more = self.socket.recv(n - len(data))
            if not more:
                raise EOFError
            data += more
        return data

    def receive(self):
        magic, n, n_bytes = HEADER.unpack(self.read(HEADER.size))
        assert magic == b"NUDG"
        return json.loads(self.read(n)), self.read(n_bytes)

    def send(self, do, **more):
        text = json.dumps({"do": do, "id": self.next_id, **more}).encode()
        self.next_id += 1
        self.socket.sendall(HEADER.pack(b"NUDG", len(text), 0) + text)

    def ask(self, do, **more):
        self.send(do, **more)
        while True:
            reply, data = self.receive()
            if reply.get("id") == self.next_id - 1:
                return reply, data
