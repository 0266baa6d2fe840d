#!/usr/bin/python3
# check.py - jobs that Nudge is attached to, against the same jobs without it
#
# SPDX-License-Identifier: MIT
#
#   check.py [-m slow] [CASE...]       all cases, if none is named
#
# NUDGE_PROGRAM is the program, NUDGE_CLIENT the folder of nudge_attach.py. Prints TAP; why a
# case has failed, on standard error. No case depends on how fast the machine is: what waits
# does so for something that happens, with a limit that is for what never does.

import argparse
import os
import shutil
import sys
import tempfile
import time
import traceback

os.environ["OMP_NUM_THREADS"] = "1"  # and no threads here, where jobs are forked

import jobs
import kinds
import language
import ranks
import sides

CASES = [
    language.language, language.language_bfloat16, language.language_convolution,
    kinds.kinds, kinds.two_optimizers, kinds.later, kinds.tied, kinds.watched, kinds.parts,
    kinds.same_losses, kinds.unseen, kinds.refusals, kinds.take_back, kinds.others, kinds.others_standing, kinds.standing, kinds.order, kinds.also, kinds.script, kinds.spawning,
    kinds.listing,
    ranks.ranks_2, ranks.ranks_4, ranks.torchrun, ranks.unequal, ranks.left_while_paused,
    ranks.lost_rank, ranks.busy_rank,
    sides.kills, sides.ends, sides.last_state, sides.holding, sides.rubbish, sides.false_job,
]
SLOW = {sides.kills: 50}  # how often, with -m slow


def passes(case, *arguments):
    """In a folder of its own. A job that is forked in the case leaves through here."""
    folder = tempfile.mkdtemp(prefix="nudge-")
    os.chdir(folder)
    os.environ["XDG_RUNTIME_DIR"] = folder
    failure = None
    try:
        case(*arguments)
    except Exception:
        failure = "%s: %s" % (case.__name__, traceback.format_exc())
    jobs.end_all()
    os.chdir("/")
    shutil.rmtree(folder)
    if failure:
        print(failure, file=sys.stderr, flush=True)
    return failure is None


def check(names, slow):
    cases = [case for case in CASES if not names or case.__name__ in names]
    print("1..%d" % len(cases), flush=True)
    failed = 0
    for number, case in enumerate(cases, 1):
        start = time.monotonic()
        passed = passes(case, *[SLOW[case]] if slow and case in SLOW else [])
        failed += not passed
        print("%sok %d %s" % ("" if passed else "not ", number, case.__name__))
        print("# %.1f s" % (time.monotonic() - start), flush=True)
    return failed


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("-m", dest="mode")
    parser.add_argument("cases", nargs="*", metavar="CASE")
    options = parser.parse_args()
    try:
        return 1 if check(options.cases, options.mode == "slow") else 0
    except jobs.Forked as forked:
        job = forked.with_traceback(None)
    job.become()
    return 0


if __name__ == "__main__":
    sys.exit(main())
