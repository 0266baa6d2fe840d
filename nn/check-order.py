#!/usr/bin/python3
# check-order.py - no file of the engine may know one of a later folder
#
# SPDX-License-Identifier: MIT
#
#   check-order.py NM STAMP SOURCE FOLDER... -- LIBRARY...
#
# SOURCE is nn/, and each FOLDER in it may include and call those before it, and none
# after it. Inside a folder no two files may call, nor two headers include, each other,
# be it through others. What includes what is read from the sources; what calls what,
# from the objects in each LIBRARY. Exit status 1 if anything is wrong; else STAMP is
# written.

import pathlib
import re
import subprocess
import sys

INCLUDE = re.compile(r'\s*#\s*include\s+"nn/(([^/"]+)/[^"]+)"')
# "nn/libnn.a:nn/libnn.a.p/base_nn-error.c.o:0000000000000000 T nn_error_quark"
SYMBOL = re.compile(r".*[:/]([a-z]+)_([^:/]+)\.o\]?:[0-9a-f ]* ([A-Za-z]) (\S+)$")


def read_includes(source):
    """Returns {"base/nn-error.c": ["base/nn-error.h"]}, of all files."""
    files = sorted(p for p in source.glob("*/*") if p.suffix in (".c", ".h", ".inc"))
    return {
        str(path.relative_to(source)): [
            match[1] for match in map(INCLUDE.match, path.open(encoding="utf-8")) if match
        ]
        for path in files
    }


def read_calls(nm, libraries):
    """Returns {"base/nn-names.c": {"base/nn-error.c": "nn_error_quark"}}."""
    defined, needed = {}, []
    for library in libraries:
        text = subprocess.run([nm, "-A", library], capture_output=True, text=True, check=True).stdout
        for line in text.splitlines():
            match = SYMBOL.match(line)
            if match:
                file = f"{match[1]}/{match[2]}"
                if match[3] == "U":
                    needed.append((file, match[4]))
                elif match[3].isupper():
                    defined[match[4]] = file
    calls = {}
    for file, name in needed:
        if defined.get(name, file) != file:
            calls.setdefault(file, {})[defined[name]] = name
    return calls


def find_climbs(graph, folders, verb):
    for file, others in graph.items():
        for other in others:
            own, its = (folders.index(name.split("/")[0]) for name in (file, other))
            if its > own:
                yield f"nn/{file} {verb} nn/{other}, but {folders[its]}/ comes after {folders[own]}/"


def find_circle(graph):
    """Returns the files of one circle, the first one again at its end, or None."""
    done = set()

    def walk(file, path):
        if file in path:
            return path[path.index(file):] + [file]
        if file in done:
            return None
        for other in sorted(graph.get(file, ())):
            circle = walk(other, path + [file])
            if circle:
                return circle
        done.add(file)
        return None

    return next(filter(None, (walk(file, []) for file in sorted(graph))), None)


def main(nm, stamp, source, *rest):
    split = rest.index("--")
    folders, libraries = rest[:split], rest[split + 1:]
    includes = read_includes(pathlib.Path(source))
    calls = read_calls(nm, libraries)
    wrong = [*find_climbs(includes, folders, "includes"), *find_climbs(calls, folders, "calls")]
    for graph, verb in (includes, "include"), (calls, "call"):
        circle = find_circle(graph)
        if circle:
            wrong.append(f"these {verb} each other: " + ", ".join(f"nn/{file}" for file in circle))
    for line in wrong:
        print(line, file=sys.stderr)
    if wrong:
        return 1
    pathlib.Path(stamp).write_text("", encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
