#!/usr/bin/python3
# check.py - what a distribution asks of the program beside its code
#
# SPDX-License-Identifier: MIT
#
#   check.py [CASE...]       all cases, if none is named
#
# NUDGE_PROGRAMS are the programs that were built, the command first, with ':' between them;
# NUDGE_VERSION is the build's, and NUDGE_HARDENED is empty where a build cannot be hardened.
# Prints TAP; a case whose tool is not installed is skipped, with the tool's name.
# Debian: appstream desktop-file-utils shared-mime-info binutils

import datetime
import email.utils
import os
import pathlib
import re
import shutil
import subprocess
import sys
import tempfile
import xml.etree.ElementTree as ET

TOP = pathlib.Path(__file__).resolve().parents[2]
RESOURCES = TOP / "resources"
ID = "org.nudgelab.Nudge"
METAINFO = RESOURCES / (ID + ".metainfo.xml")
DESKTOP = RESOURCES / (ID + ".desktop")
MIME = RESOURCES / (ID + ".mime.xml")
SUMMARY = 35  # characters, after which software centres cut it
LANGUAGE = "{http://www.w3.org/XML/1998/namespace}lang"


class Skipped(Exception):
    pass


def output_of(*command):
    """What a program prints, to both streams; fails with that if the program fails."""
    if not shutil.which(command[0]):
        raise Skipped(command[0] + " is not installed")
    result = subprocess.run(
        [str(part) for part in command], text=True, check=False,
        stdout=subprocess.PIPE, stderr=subprocess.STDOUT, env=os.environ | {"LC_ALL": "C.UTF-8"},
    )
    assert result.returncode == 0, result.stdout
    return result.stdout


def programs():
    return os.environ["NUDGE_PROGRAMS"].split(":")


def languages():
    return (RESOURCES / "po" / "LINGUAS").read_text().split()


# --- The cases ------------------------------------------------------------------------


def newest_change(key):
    """Of the package's changelog: what its newest entry has for a key, in one line."""
    entry = (RESOURCES / "debian" / "changelog").read_text().partition("\n -- ")
    name, version, distribution = re.match(r"(\S+) \(([^)]+)\) (\S+);", entry[0]).groups()
    date = entry[2].partition("\n")[0].partition(">  ")[2]
    return {"name": name, "version": version, "distribution": distribution, "date": date}[key]


def newest_news():
    """The version and the date of the first heading of NEWS.md."""
    heading = re.search(r"^## (\S+), (.+)$", (TOP / "NEWS.md").read_text(), re.MULTILINE)
    assert heading, "NEWS.md: no heading with a version and a date"
    return heading.groups()


def newest_release():
    return ET.parse(METAINFO).find("releases/release")


def one_version():
    """The build, the program, the news, the metainfo and the package have the same one."""
    version = os.environ["NUDGE_VERSION"]
    found = {
        "nudge --version": output_of(programs()[0], "--version").split()[-1],
        "NEWS.md": newest_news()[0],
        METAINFO.name: newest_release().get("version"),
        "debian/changelog": newest_change("version"),
    }
    assert set(found.values()) == {version}, "meson.build has %s, but %s" % (version, found)


def one_date():
    """The news, the metainfo and the package say that it was released on the same day."""
    said = newest_news()[1]
    try:
        news = datetime.datetime.strptime(said, "%d %B %Y").date()
    except ValueError:
        raise AssertionError("NEWS.md has no day such as 28 November 2026, but: " + said) from None
    found = {
        "NEWS.md": news,
        METAINFO.name: datetime.date.fromisoformat(newest_release().get("date")),
        "debian/changelog": email.utils.parsedate_to_datetime(newest_change("date")).date(),
    }
    assert len(set(found.values())) == 1, {name: str(day) for name, day in found.items()}
    distribution = newest_change("distribution")
    assert distribution != "UNRELEASED", "debian/changelog: " + distribution


def metainfo_is_valid():
    """To the pedant, but for the capital letter of an identifier that settings go by."""
    said = output_of("appstreamcli", "validate", "--pedantic", "--no-net", "--strict", METAINFO)
    hints = [line for line in said.splitlines() if re.match(r"[EWIP]: ", line)]
    others = [hint for hint in hints if "cid-contains-uppercase-letter" not in hint]
    assert not others, said


def metainfo_is_whole():
    root = ET.parse(METAINFO).getroot()
    summary = root.find("summary").text
    assert len(summary) <= SUMMARY, "%d characters: %s" % (len(summary), summary)
    for part in ("content_rating", "branding/color", "launchable", "releases/release"):
        assert root.find(part) is not None, "no " + part
    for image in root.iterfind("screenshots/screenshot/image"):
        data = (RESOURCES / "screenshots" / image.text.split("/")[-1]).read_bytes()
        size = [int.from_bytes(data[at : at + 4], "big") for at in (16, 20)]  # PNG's header
        assert size == [int(image.get(key)) for key in ("width", "height")], (image.text, size)


def texts_are_translated():
    """Each text of the metainfo and the types, as often in each language as in English."""
    for path in (METAINFO, MIME):
        counts = {}
        for element in ET.parse(path).iter():
            kind = element.tag.rpartition("}")[2]
            if kind in ("summary", "developer_name", "p", "li", "caption", "comment"):
                key = (kind, element.get(LANGUAGE, ""))
                counts[key] = counts.get(key, 0) + 1
        for (kind, language), count in counts.items():
            wanted = counts[kind, ""]
            assert count == wanted, "%s: %d %s in %s" % (path.name, count, kind, language)
            for other in languages():
                assert (kind, other) in counts, "%s: no %s in %s" % (path.name, kind, other)
    entry = DESKTOP.read_text()
    for language in languages():
        for key in ("GenericName", "Comment", "Keywords"):
            assert "\n%s[%s]=" % (key, language) in entry, (key, language)


def desktop_file_is_valid():
    assert output_of("desktop-file-validate", DESKTOP) == ""


def types_are_known():
    """The desktop opens what the program reads by the types that we add."""
    with tempfile.TemporaryDirectory() as folder:
        packages = pathlib.Path(folder, "packages")
        packages.mkdir()
        shutil.copy(MIME, packages)
        output_of("update-mime-database", folder)
        globs = pathlib.Path(folder, "globs2").read_text()
    for name in ("nudge", "safetensors", "npy", "npz", "pt", "pth"):
        assert ":*.%s\n" % name in globs, globs
    ours = set(re.findall(r"^\d+:([^:]+):", globs, re.MULTILINE))
    opened = set(re.search(r"MimeType=(.*)", DESKTOP.read_text()).group(1).split(";"))
    assert ours <= opened, ours - opened


def icons_are_there():
    """One for large sizes, one drawn for 16 pixels, and the program's in one colour."""
    sizes = {
        "scalable/apps/%s.svg" % ID: 128,
        "scalable/mimetypes/application-x-nudge.svg": 128,
        "16x16/apps/%s.svg" % ID: 16,
        "16x16/mimetypes/application-x-nudge.svg": 16,
        "symbolic/apps/%s-symbolic.svg" % ID: 16,
    }
    build = (RESOURCES / "meson.build").read_text()
    for path, size in sizes.items():
        root = ET.parse(RESOURCES / "icons" / "hicolor" / path).getroot()
        shape = (root.get("width"), root.get("height"), root.get("viewBox"))
        assert shape == (str(size), str(size), "0 0 %d %d" % (size, size)), (path, shape)
        assert "icons/hicolor/" + path in build, path + " is not installed"
    assert "Icon=%s\n" % ID in DESKTOP.read_text()


def programs_are_hardened():
    """What Debian hardens its packages with, in the programs as they were linked."""
    if not os.environ["NUDGE_HARDENED"]:
        raise Skipped("a build for debugging or with a sanitizer")
    for program in programs():
        said = output_of("readelf", "--wide", "--file-header", "--segments", "--dynamic", program)
        symbols = output_of("readelf", "--wide", "--dyn-syms", program)
        stack = re.search(r"GNU_STACK.*", said).group()
        for name, found in {
            "position independent": re.search(r"Flags:.*\bPIE\b", said),
            "relocations read-only": "GNU_RELRO" in said,
            "bound at start": re.search(r"Flags:.*\bNOW\b", said),
            "stack not executable": "E" not in stack.split()[-2],
            "stack protector": "__stack_chk_fail" in symbols,
            "fortified": re.search(r"__\w+_chk@", symbols.replace("__stack_chk_fail", "")),
        }.items():
            assert found, "%s: not %s" % (program, name)


CASES = [
    one_version, one_date, metainfo_is_valid, metainfo_is_whole, texts_are_translated,
    desktop_file_is_valid, types_are_known, icons_are_there, programs_are_hardened,
]


def main():
    cases = [case for case in CASES if not sys.argv[1:] or case.__name__ in sys.argv[1:]]
    failed = 0
    print("1..%d" % len(cases))
    for number, case in enumerate(cases, 1):
        result, why = "ok", ""
        try:
            case()
        except Skipped as skipped:
            why = " # SKIP %s" % skipped
        except Exception as error:
            print("%s: %s" % (case.__name__, error), file=sys.stderr)
            result, failed = "not ok", failed + 1
        print("%s %d %s%s" % (result, number, case.__name__, why), flush=True)
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
