#!/usr/bin/python3
# texts-of-experiments.py - what shipped demos and lessons say, as C that xgettext reads
#
# SPDX-License-Identifier: MIT
#
#   texts-of-experiments.py OUTPUT.c FILE.nudge...
#
# xgettext knows no JSON. OUTPUT.c has a N_ () for the title and the story of each file and
# for all that its lesson says, asks, reveals and lets one choose, with a comment for the
# translator that says where it is from. It is for nudge-pot alone, and is not compiled.

import json
import pathlib
import sys

output, *sources = sys.argv[1:]


def list_texts(experiment):
    for key in "title", "story":
        if key in experiment:
            yield key, experiment[key]
    for number, step in enumerate(experiment.get("lesson", {}).get("steps", []), 1):
        for key in "say", "ask", "reveal":
            if key in step:
                yield f"step {number}", step[key]
        for choice in step.get("choices", []):
            yield f"step {number}, a choice", choice["say"]


with open(output, "w", encoding="utf-8") as file:
    for source in map(pathlib.Path, sources):
        for place, text in list_texts(json.loads(source.read_text(encoding="utf-8"))):
            braces = "; {…} stays as it is" if "{" in text else ""
            print("/* xgettext:no-c-format", file=file)
            print(f"   TRANSLATORS: {source.stem}, {place}{braces} */", file=file)
            print(f"N_ ({json.dumps(text, ensure_ascii=False)});", file=file)
