#!/usr/bin/python3
# look.py - looks at a job, 20 times a second, at what it is told to
#
# SPDX-License-Identifier: MIT
#
#   look.py PID             each line of standard input is off, loss, parts or all
#
# For measure.py.

import sys
import threading

from peer import Peer


MOST = 16384  # values of a tensor in parts: more than a picture of it shows


def take(peer):
    while True:
        peer.receive()


def main():
    peer = Peer(int(sys.argv[1]))
    names = [tensor["name"] for tensor in peer.ask("describe")[0]["tensors"]]
    threading.Thread(target=take, args=(peer,), daemon=True).start()
    for line in sys.stdin:
        what = line.strip()
        peer.send("look", every_ms=0 if what == "off" else 50, most=MOST if what == "parts" else 0,
                  tensors=names if what in ("parts", "all") else [])


main()
