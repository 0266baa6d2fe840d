#!/usr/bin/python3
# messages.py - what the program says, gathered for its translators
#
# SPDX-License-Identifier: MIT
#
#   resources/po/messages.py                 gathers the messages into LANGUAGE.po each, those
#                                            of the help into resources/help/LANGUAGE's, and
#                                            lists those that are not translated; what is no
#                                            message any more is kept at the end, as a comment
#   resources/po/messages.py --check         changes nothing: is every message in each
#                                            LANGUAGE.po, the help's too, and translated?
#   resources/po/messages.py --pseudo FOLDER puts a catalogue of the language en_XA there, for
#                                            tests: English with every message a third longer
#
# The messages are in the files that POTFILES names, in the demos and in the lessons; the
# help's are in its pages, which are left out without itstool. Exit status: 0, or 1 where a
# message is not translated. Debian: gettext itstool

import argparse
import json
import os
import pathlib
import re
import shutil
import subprocess
import sys
import tempfile

po_folder = pathlib.Path(__file__).resolve().parent
top = po_folder.parent.parent
help_folder = top / "resources" / "help"
languages = (po_folder / "LINGUAS").read_text().split()

XGETTEXT = (
    "xgettext --from-code=UTF-8 --package-name=nudge --add-comments=Translators "
    "--add-location=file --output=- --keyword=_ --keyword=N_ --keyword=C_:1c,2 "
    "--keyword=NC_:1c,2 --keyword=ngettext:1,2 --keyword=g_dngettext:2,3"
).split()

# What a message is made longer by.
FILLER = " anto belio cuna"

# Of a file's JSON, what is shown to people.
SHOWN = ("title", "story", "say", "ask", "reveal")


def sentences_of(value):
    """The texts in a part of a demo's or a lesson's JSON that are shown."""
    if isinstance(value, list):
        for inner in value:
            yield from sentences_of(inner)
    elif isinstance(value, dict):
        for key, inner in value.items():
            if key in SHOWN and isinstance(inner, str):
                yield inner
            else:
                yield from sentences_of(inner)


def gather_demos(folder):
    """As files of C, which xgettext reads. Returns their paths, relative to the folder."""
    paths = [p for kind in ("demos", "lessons") for p in (top / "resources" / kind).glob("*.nudge")]
    for path in sorted(paths):
        texts = sentences_of(json.loads(path.read_text(encoding="utf-8")))
        marked = "".join("/* xgettext:no-c-format */ N_ (%s)\n" % json.dumps(text, ensure_ascii=False) for text in texts)
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
    return write_template(folder / "nudge.pot", text)


def write_template(path, text):
    path.write_text(re.sub(r'"POT-Creation-Date:.*\n', "", text), encoding="utf-8")
    return path


def make_help_template(folder):
    path = folder / "help.pot"
    pages = sorted(str(page.relative_to(top)) for page in (help_folder / "C").glob("*.page"))
    run(["itstool", "--output", path] + pages, cwd=top)
    entries = path.read_text(encoding="utf-8").split("\n\n")
    # A picture is in each language's folder under the same name: there is nothing to translate.
    return write_template(path, "\n\n".join(entry for entry in entries if 'msgid "external ref=' not in entry))


def list_catalogues(folder):
    """(template, LANGUAGE.po) of each language, of the program and of the help."""
    template = make_template(folder)
    for language in languages:
        yield template, po_folder / (language + ".po")
    if shutil.which("itstool") is None:
        return
    template = make_help_template(folder)
    for language in languages:
        yield template, help_folder / language / (language + ".po")


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


def check(catalogues):
    n_faults = 0
    for template, path in catalogues:
        subprocess.run(["msgfmt", "--check", "--output-file=/dev/null", path], check=True)
        faults = list(find_faults(template.read_text(), path.read_text()))
        n_faults += len(faults)
        for what, message in faults:
            where = path.relative_to(top)
            print("%s: %s: %s" % (where, what, json.dumps(message, ensure_ascii=False)))
    return 1 if n_faults else 0


def update(catalogues):
    for template, path in catalogues:
        merge = "msgmerge --quiet --update --backup=none --no-fuzzy-matching --add-location=file"
        subprocess.run(merge.split() + [path, template], check=True)
    return check(catalogues)


def lengthen(match):
    """A third more, behind the message, so that what %s and a mnemonic mean stays."""
    text = unquote(match.group(2).splitlines())
    end = "\n" if text.endswith("\n") else ""
    n_more = 1 + -(-len(text) // 3) if re.search(r"[^\W\d_]{2}", text) else 0
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
        if options.pseudo:
            return write_pseudo(make_template(pathlib.Path(name)), options.pseudo)
        catalogues = list(list_catalogues(pathlib.Path(name)))
        return check(catalogues) if options.check else update(catalogues)


if __name__ == "__main__":
    sys.exit(main())
