# busy.py - a job that ends while a thread of its own is busy with the job's store
#
# SPDX-License-Identifier: MIT
#
#   busy.py PORT

import datetime
import sys
import threading
import time

from torch import distributed

import nudge_attach

store = distributed.TCPStore("127.0.0.1", int(sys.argv[1]), 1, True,
                             timeout=datetime.timedelta(seconds=20))
store = nudge_attach._Store(store)


def work():
    while True:
        store.add("n", 0)


threading.excepthook = lambda failure: None  # it is told that the job has ended
threading.Thread(target=work, daemon=True).start()
time.sleep(0.2)
