#!/usr/bin/env python3
# check.py - fails where a page of the help has what our window does not show, or a dead link
#
# SPDX-License-Identifier: MIT
#
# check.py STAMP FOLDER PAGE... reads all pages of a language, whose pictures are in FOLDER, and
# writes STAMP if they are right.

import pathlib
import sys
import xml.etree.ElementTree as tree

SPACE = "{http://projectmallard.org/1.0/}"
BLOCKS = {"p", "list", "steps", "terms", "code", "media"}
INLINE = {"link", "code", "em", "key", "gui"}

# What may be in each element, and whether there is text between.
INSIDE = {
    "page": ({"info", "title", "section"} | BLOCKS, False),
    "section": ({"title", "section"} | BLOCKS, False),
    "info": ({"link", "title", "desc"}, False),
    "list": ({"item"}, False),
    "steps": ({"item"}, False),
    "terms": ({"item"}, False),
    "item": ({"title"} | BLOCKS, False),
    "media": ({"p"}, False),
    "title": (INLINE, True),
    "desc": (INLINE, True),
    "p": (INLINE, True),
    "link": (INLINE, True),
    "code": (set(), True),
    "em": (INLINE, True),
    "key": (set(), True),
    "gui": (set(), True),
}
FUNCTIONS = "functions"  # a page that the window makes of the catalogue


def fail(path, why):
    sys.exit(f"{path}: {why}")


def check_element(path, element):
    name = element.tag.removeprefix(SPACE)
    if name not in INSIDE:
        fail(path, f"<{name}> is not shown by the window; nudge-help-page.h says what is")
    allowed, text = INSIDE[name]
    if not text and any((t or "").strip() for t in [element.text] + [c.tail for c in element]):
        fail(path, f"text directly in <{name}>")
    if name == "media" and (len(element) != 1 or not "".join(element.itertext()).strip()):
        fail(path, f"a picture whose one <p> does not say what it shows: {element.get('src')}")
    for child in element:
        if child.tag.removeprefix(SPACE) not in allowed:
            fail(path, f"<{child.tag.removeprefix(SPACE)}> in <{name}>")
        check_element(path, child)


def get_targets(page, root):
    return {page} | {f"{page}#{e.get('id')}" for e in root.iter() if e is not root and e.get("id")}


def main(stamp, folder, *paths):
    pages = {}
    for path in paths:
        try:
            pages[path] = tree.parse(path).getroot()
        except tree.ParseError as error:
            fail(path, error)
        if pages[path].get("id") != pathlib.Path(path).stem:
            fail(path, f"its id is {pages[path].get('id')}, not the file's name")
    targets = {FUNCTIONS}.union(*(get_targets(r.get("id"), r) for r in pages.values()))
    for path, root in pages.items():
        check_element(path, root)
        for link in root.iter(SPACE + "link"):
            if link.get("xref") and link.get("xref") not in targets:
                fail(path, f"there is no {link.get('xref')} to link to")
        for media in root.iter(SPACE + "media"):
            if not (pathlib.Path(folder) / media.get("src")).exists():
                fail(path, f"there is no picture {media.get('src')}")
    pathlib.Path(stamp).write_text("")


main(*sys.argv[1:])
