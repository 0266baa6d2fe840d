#!/usr/bin/python3
# messages.py - what the program says, gathered for its translators
#
# SPDX-License-Identifier: MIT
#
#   resources/po/messages.py                 gathers the messages into LANGUAGE.po each, and
#                                            lists those that are not translated
#   resources/po/messages.py --check         changes nothing: is every message in each
#                                            LANGUAGE.po, translated, and nothing else?
#   resources/po/messages.py --pseudo FOLDER puts a catalogue of the language en_XA there, for
#                                            tests: English with every message a third longer
#
# The messages are in the files that POTFILES names, and in the demos. Exit status: 0, or 1
# where a message is not translated. Debian: gettext

import argparse
import json
import os
import pathlib
import re
import subprocess
import sys
import tempfile

po_folder = pathlib.Path(__file__).resolve().parent
top = po_folder.parent.parent
languages = (po_folder / "LINGUAS").read_text().split()

XGETTEXT = (
    "xgettext --from-code=UTF-8 --package-name=nudge --add-comments=Translators "
    "--add-location=file --output=- --keyword=_ --keyword=N_ --keyword=C_:1c,2 "
    "--keyword=NC_:1c,2 --keyword=ngettext:1,2 --keyword=g_dngettext:2,3"
).split()

# What a message is made longer by.
FILLER = " anto belio cuna"

# Of a file's JSON, what is shown to people.
SHOWN = ("title", "story")


def sentences_of(value):
    """The texts in a part of a demo's JSON that are shown."""
    for key, inner in value.items():
        if key in SHOWN and isinstance(inner, str):
            yield inner


def gather_demos(folder):
    """As files of C, which xgettext reads. Returns their paths, relative to the folder."""
    for path in sorted((top / "resources/demos").glob("*.nudge")):
        texts = sentences_of(json.loads(path.read_text(encoding="utf-8")))
        marked = "".join("N_ (%s)\n" % json.dumps(text) for text in texts)
        copy = folder / path.relative_to(top)
        copy.parent.mkdir(parents=True, exist_ok=True)
        copy.with_suffix(".nudge.c").write_text(marked, encoding="utf-8")
        yield str(copy.relative_to(folder)) + ".c"


def run(command, **options):
    return subprocess.run(command, check=True, stdout=subprocess.PIPE, **options).stdout


def make_template(folder):
    """Writes the .pot; returns its path."""
    demos = list(gather_demos(folder))
    listed = (po_folder / "POTFILES").read_text().split()
    files = [str(top / path) for path in listed] + [str(folder / path) for path in demos]
    text = run(XGETTEXT + files).decode()
    # Only where in the source a message is, so that the same source gives the same text.
    text = text.replace(str(folder) + "/", "").replace(str(top) + "/", "")
    text = text.replace(".nudge.c\n", ".nudge\n").replace(".nudge.c ", ".nudge ")
    text = re.sub(r'"POT-Creation-Date:.*\n', "", text)
    path = folder / "nudge.pot"
    path.write_text(text, encoding="utf-8")
    return path


def unquote(lines):
    return "".join(json.loads(line[line.index('"'):]) for line in lines)


def messages_of(text):
    """(context and message, flags, whether each of its forms is translated) of a .po's text."""
    for entry in re.split(r"\n\n+", text.strip()):
        lines = [line for line in entry.splitlines() if not line.startswith("#~")]
        flags = " ".join(line for line in lines if line.startswith("#,"))
        parts, name = {}, None
        for line in lines:
            match = re.match(r"(msg\w+(?:\[\d\])?) \"", line)
            name = match.group(1) if match else name
            if name and not line.startswith("#"):
                parts.setdefault(name, []).append(line)
        if "msgid" in parts:
            forms = [unquote(parts[key]) for key in parts if key.startswith("msgstr")]
            key = (unquote(parts.get("msgctxt", [])), unquote(parts["msgid"]))
            yield key, flags, all(forms)


def find_faults(template, text):
    """What is wrong with a translation, a line each."""
    wanted = {key for key, _, _ in messages_of(template)} - {("", "")}
    found = {key: "fuzzy" not in flags and done for key, flags, done in messages_of(text)}
    for key in sorted(wanted):
        if key not in found:
            yield "missing", key[1]
        elif not found[key]:
            yield "not translated", key[1]
    for key in sorted(set(found) - wanted - {("", "")}):
        yield "not in the program any more", key[1]


def check(template):
    n_faults = 0
    for language in languages:
        path = po_folder / (language + ".po")
        subprocess.run(["msgfmt", "--check", "--output-file=/dev/null", path], check=True)
        faults = list(find_faults(template.read_text(), path.read_text()))
        n_faults += len(faults)
        for what, message in faults:
            print("%s: %s: %s" % (path.name, what, json.dumps(message, ensure_ascii=False)))
    return 1 if n_faults else 0


def update(template):
    for language in languages:
        path = po_folder / (language + ".po")
        merge = "msgmerge --quiet --update --backup=none --no-fuzzy-matching --add-location=file"
        subprocess.run(merge.split() + [path, template], check=True)
        subprocess.run(["msgattrib", "--no-obsolete", "--output-file=" + str(path), path], check=True)
    return check(template)


def lengthen(match):
    """A third more, behind the message, so that what %s and a mnemonic mean stays."""
    text = unquote(match.group(2).splitlines())
    end = "\n" if text.endswith("\n") else ""
    n_more = -(-len(text) // 3) if re.search(r"[^\W\d_]{2}", text) else 0
    text = text[: len(text) - len(end)] + (FILLER * n_more)[:n_more].rstrip() + end
    return "%s %s\n" % (match.group(1), json.dumps(text, ensure_ascii=False))


def write_pseudo(template, folder):
    english = run(["msgen", "--no-wrap", "--lang=en", template]).decode()
    english = english.replace("nplurals=INTEGER; plural=EXPRESSION", "nplurals=2; plural=n!=1")
    header, separator, entries = english.partition("\n\n")
    longer = re.sub(r'^(msgstr(?:\[\d\])?) ((?:".*"\n?)+)', lengthen, entries, flags=re.M)
    output = pathlib.Path(folder, "en_XA/LC_MESSAGES/nudge.mo")
    output.parent.mkdir(parents=True, exist_ok=True)
    run(["msgfmt", "--output-file", output, "-"], input=(header + separator + longer).encode())
    os.utime(folder)  # as what made it looks there
    return 0


def main():
    parser = argparse.ArgumentParser(prog="messages.py")
    parser.add_argument("--check", action="store_true")
    parser.add_argument("--pseudo", metavar="FOLDER")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as name:
        template = make_template(pathlib.Path(name))
        if options.pseudo:
            return write_pseudo(template, options.pseudo)
        return check(template) if options.check else update(template)


if __name__ == "__main__":
    sys.exit(main())
