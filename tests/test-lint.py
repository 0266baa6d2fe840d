#!/usr/bin/python3
# test-lint.py - each check of tests/lint fails when it should, and only then
#
# SPDX-License-Identifier: MIT
#
# Makes a small tree in which lint finds nothing, then breaks one file at a time.

import os
import shutil
import subprocess
import sys
import tempfile

TESTS = os.path.dirname(os.path.abspath(__file__))

HEAD = "/* %s - one of a small tree\n *\n * SPDX-License-Identifier: MIT\n */\n\n"
HEADER = "#pragma once\n\n#include <glib.h>\n"
TREE = {
    "README.md": "# A small tree\n\n`nn/base/nn-a.h` and `build/nn/x`\n",
    "nn/meson.build": "nn_folders = [\n  'base', # first\n  'model',\n]\n",
    "nn/base/nn-a.h": HEADER,
    "nn/base/nn-a.c": '#include "nn/base/nn-a.h"\n\nvoid\nnn_a (void)\n{\n}\n',
    "nn/model/nn-b.h": HEADER + '\n#include "nn/base/nn-a.h"\n',
    "nn/model/nn-b.c": '#include "nn/model/nn-b.h"\n\n'
    "#include <math.h>\n#include <string.h>\n\nvoid\nnn_b (void)\n{\n  nn_a ();\n}\n",
    "ui/draw/nudge-c.c": '#include "ui/draw/nudge-c.h"\n\n#include <cairo.h>\n',
    "ui/draw/nudge-c.h": HEADER,
    "ui/nudge-d.c": "#include <gtk/gtk.h>\n\nvoid\nd (GtkLabel *label)\n{\n"
    '  gtk_label_set_text (label, _ ("Text"));\n  gtk_label_set_text (label, "");\n}\n',
    "tests/nn/f.h": HEADER,
    "tests/nn/base/test-nn-a.c": '#include "nn/base/nn-a.h"\n#include "tests/nn/f.h"\n',
    "tests/nn/base/meson.build": "nn_tests += files('test-nn-a.c')\n",
    "resources/ui/e.ui": '<?xml version="1.0" encoding="UTF-8"?>\n<interface>\n'
    '  <object class="GtkLabel">\n'
    '    <property name="label" translatable="yes">Text</property>\n'
    "  </object>\n</interface>\n",
    "resources/po/POTFILES": "ui/nudge-d.c\nresources/ui/e.ui\n",
}

LONG = "void\nlong_one (void)\n{\n" + "  nn_a ();\n" * 58 + "}"

# (file, what is replaced, what by, the one thing that lint then says)
BROKEN = (
    ("nn/base/nn-a.c", "(void)", "(void )", "nn-a.c:9: format:"),
    ("nn/base/nn-a.c", '#include "nn/base/nn-a.h"\n\n', "",
     "nn-a.c:1: includes: its own header"),
    ("nn/model/nn-b.c", "<string.h>", "<ctype.h>", "nn-b.c:8: format:",
     "nn-b.c:9: includes: <ctype.h> after"),
    ("nn/model/nn-b.h", '\n#include "', '#include "', "nn-b.h:8: format:",
     "nn-b.h:9: includes: no blank line"),
    ("ui/nudge-d.c", "<gtk/gtk.h>", '<gtk/gtk.h>\n\n#include "ui/x.h"\n\n#include <math.h>',
     "nudge-d.c:10: includes: <math.h> after"),
    ("nn/base/nn-a.h", "MIT\n", "MIT\n *\n * Private to this folder.\n",
     'nn-b.h:10: includes: "nn/base/nn-a.h" says'),
    ("nn/base/nn-a.h", "MIT\n", "MIT\n *\n * Private to nn-c.c and nn/nudge.\n",
     'nn-b.h:10: includes: "nn/base/nn-a.h" says'),
    ("nn/base/nn-a.h", "MIT\n", "MIT\n *\n * Private to nn/base and nn/model.\n"),
    ("nn/model/nn-b.h", "<glib.h>", "<gio/gio.h>", "nn-b.h:8: layers:"),
    ("nn/model/nn-b.h", "nn/base/nn-a.h", "ui/nudge-d.h", "nn-b.h:10: layers:"),
    ("ui/draw/nudge-c.c", "<cairo.h>", "<gtk/gtk.h>", "nudge-c.c:8: layers:"),
    ("ui/draw/nudge-c.c", "<cairo.h>", '"ui/nudge-d.h"', "nudge-c.c:8: layers:"),
    ("ui/nudge-d.c", "<gtk/gtk.h>", '"app/f.h"', "nudge-d.c:6: layers:"),
    ("nn/base/nn-a.h", "<glib.h>", '"nn/model/nn-b.h"', "nn-a.h:1: climbing: uses nn/model/"),
    ("nn/base/nn-a.c", "{\n}", "{\n  nn_b ();\n}", "nn-a.c:1: climbing: uses nn/model/nn-b.c",
     "nn-a.c:1: circle: nn/base/nn-a.c -> nn/model/nn-b.c, nn/model/nn-b.c -> nn/base/nn-a.c"),
    ("nn/meson.build", "model", "models", "nn/model:1: arrows: not one of nn_folders"),
    ("tests/nn/base/test-nn-a.c", "tests/nn/f.h", "ui/nudge-d.h", "test-nn-a.c:7: layers:"),
    ("tests/nn/base/test-nn-a.c", "tests/nn/f.h", "tests/nn/model/g.h",
     "test-nn-a.c:7: arrows: \"tests/nn/model/g.h\" is for tests/nn/model alone"),
    ("tests/nn/base/meson.build", "nn-a", "nn-b", "test-nn-a.c:1: arrows: not in tests/nn/base"),
    ("README.md", "tree\n", "tree \n", "README.md:1: tails: blanks"),
    ("README.md", "/x`\n", "/x`", "README.md:2: tails: ends"),
    ("README.md", "/x`\n", "/x`\n\n", "README.md:4: tails: ends"),
    ("ui/nudge-d.c", '""', '"words#step"', "nudge-d.c:12: paths: the help has no",
     "nudge-d.c:12: strings: not translatable: gtk_label"),
    ("README.md", "nn-a.h", "nn-z.h", "README.md:3: paths: there is no nn/base/nn-z.h"),
    ("nn/base/nn-a.c", "nn-a.c - one", "nn-a.h - one", "nn-a.c:1: tails: begins"),
    ("nn/base/nn-a.c", "Identifier: MIT", "Identifier: ISC", "nn-a.c:1: tails: no SPDX"),
    ("nn/base/nn-a.c", "{\n}", "{\n}\n\n" + LONG, "nn-a.c:14: long function: long_one ()"),
    ("tests/nn/base/test-nn-a.c", 'f.h"\n', 'f.h"\n\n' + LONG + "\n",
     "test-nn-a.c:10: long function: long_one ()"),
    ("nn/base/nn-a.h", "<glib.h>", "<glib.h>\n" + "\n#undef X" * 800, "nn-a.h:800: sizes:"),
    ("README.md", "tree\n", "tree\n" + "\nmore" * 160, "README.md:160: sizes:"),
    ("ui/nudge-d.c", '""', '"Words"', "nudge-d.c:12: strings: not translatable: gtk_label"),
    ("nn/base/nn-a.c", "{\n}", '{\n  refuse (e, "too many layers");\n}',
     "nn-a.c:11: strings: not translatable: \"too many"),
    ("ui/nudge-d.c", '""', '_ ("")', "nudge-d.c:12: strings: Empty msgid"),
    ("resources/ui/e.ui", ' translatable="yes"', "", "e.ui:4: strings: not translatable"),
    ("resources/po/POTFILES", "ui/nudge-d.c\n", "", "POTFILES:1: strings: does not name ui/"),
    ("resources/po/POTFILES", "e.ui\n", "e.ui\nui/x.c\n", "POTFILES:1: strings: there is no ui/x"),
    ("ui/draw/nudge-c.c", "<cairo.h>\n", '<cairo.h>\n\nconst char *c = N_ ("Text");\n',
     "POTFILES:1: strings: does not name ui/draw/nudge-c.c"),
    ("README.md", "A small", "Somebody's", "README.md:1: word: Somebody"),
)  # fmt: skip


def write(root, path, text):
    os.makedirs(os.path.dirname(os.path.join(root, path)), exist_ok=True)
    with open(os.path.join(root, path), "w", encoding="utf-8") as file:
        file.write(text)


def contents(path):
    head = HEAD % os.path.basename(path) if path.endswith((".c", ".h")) else ""
    return head + TREE[path]


def found_in(root):
    """What lint says of a tree, a line for each finding."""
    command = [os.path.join(TESTS, "lint"), "--strict", "--root", root]
    result = subprocess.run(command, text=True, capture_output=True, check=False)
    lines = (result.stdout + result.stderr).splitlines()
    assert result.returncode == (1 if lines else 0), lines
    return lines


def is_said(lines, expected):
    """Each of the expected is a part of one line, and no line is left."""
    return len(lines) == len(expected) and all(
        any(part in line for line in lines) for part in expected
    )


def main():
    with tempfile.TemporaryDirectory() as root:
        shutil.copy(os.path.join(TESTS, "../.clang-format"), root)
        for path in TREE:
            write(root, path, contents(path))
        failed = 0 if is_said(found_in(root), []) else 1
        if failed:
            print("test-lint.py: the whole tree: %s" % found_in(root))
        for path, old, new, *expected in BROKEN:
            assert old in contents(path), (path, old)
            write(root, path, contents(path).replace(old, new, 1))
            lines = found_in(root)
            write(root, path, contents(path))
            if not is_said(lines, expected):
                failed += 1
                print("test-lint.py: %s: expected %s, found %s" % (path, expected, lines))
    print("test-lint.py: %d passed, %d failed" % (len(BROKEN) + 1 - failed, failed))
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
